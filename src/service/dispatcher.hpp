// Takes queued tasks from the store, has the engine parse them, and writes the results back.
//
// As many tasks are in work as keep the engine busy; one place is kept for tasks someone waits for. A task is ended in
// the store as completed, partial, failed or canceled, whatever happens; where the store cannot take even that (a full
// disk), it is tried again until it can. What a dead server left running is queued again first.
//
// Thread-safe. Queue and engine must outlive the object. The destructor stops the work in hand, within a page, and
// queues it again.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "engine/engine.hpp"
#include "store/store.hpp"

namespace medmark::service {

struct DispatcherSettings {
  std::string worker_name = "engine";
  int workers = 0;  // tasks at once; 0: what the engine asks for
  // Tasks of a lower importance than this (a higher number) wait; asked before each claim. Empty: none wait.
  std::function<int()> max_priority;
  // Asked before each parse: repairs of recognised words, and the most pages a document may have (0: no limit of ours).
  std::function<std::map<std::string, std::string>()> words = {};
  std::function<int()> max_pages = {};
  // A task that was claimed more often than this has ended the server itself, again and again: it fails.
  int max_attempts = 6;
};

class Dispatcher {
 public:
  [[nodiscard]] static std::unique_ptr<Dispatcher> start(store::TaskQueue& queue, engine::Engine& engine,
                                                         DispatcherSettings settings);
  ~Dispatcher();
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

 private:
  class Implementation;
  explicit Dispatcher(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace medmark::service
