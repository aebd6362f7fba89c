// Who waits for changes of tasks: event streams and uploads that answer when their parse is done.
//
// Subscriptions live on the I/O thread alone; changes come from any thread. The JSON of an event is made on a worker
// thread, and only while someone listens.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace medmark::server {

struct TaskEvent {
  std::string task_id;
  std::string text;  // "event: task\ndata: {...}\n\n"
  bool is_final = false;
};

class Subscription {
 public:
  Subscription(boost::asio::io_context& io, std::string task_id) : signal_(io), task_id_(std::move(task_id)) {}

  // The next event; null where none came in time. I/O thread.
  [[nodiscard]] boost::asio::awaitable<std::shared_ptr<const TaskEvent>> next(
      std::chrono::steady_clock::duration timeout);

 private:
  friend class EventHub;
  void push(std::shared_ptr<const TaskEvent> event);

  boost::asio::steady_timer signal_;
  std::string task_id_;  // empty: all tasks
  std::deque<std::shared_ptr<const TaskEvent>> events_;
};

class EventHub {
 public:
  EventHub(boost::asio::io_context& io, boost::asio::thread_pool& workers, store::Store& store);
  ~EventHub();  // hears of nothing more; the threads must have stopped
  EventHub(const EventHub&) = delete;
  EventHub& operator=(const EventHub&) = delete;

  // Ends when the caller drops it. I/O thread.
  [[nodiscard]] std::shared_ptr<Subscription> subscribe(const std::string& task_id);
  // Wakes everyone who waits; for the end of the server. I/O thread.
  void wake_all();

  // An event of the task as it is now. Worker threads.
  [[nodiscard]] std::shared_ptr<const TaskEvent> event_of(const store::Task& task) const;

 private:
  void publish(const store::Task& task);
  void deliver(const std::shared_ptr<const TaskEvent>& event);

  boost::asio::io_context& io_;
  boost::asio::thread_pool& workers_;
  store::Store& store_;
  std::vector<std::weak_ptr<Subscription>> subscriptions_;
  std::atomic<std::size_t> listener_count_ = 0;  // about; an event too many is made, never one too few
  std::shared_ptr<void> listening_;
};

}  // namespace medmark::server
