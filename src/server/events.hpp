// Who waits for changes of tasks: event streams and uploads that answer when their parse is done.
//
// A change costs what its listeners cost: subscriptions are found by their task, the JSON of an event is made once, on
// a thread of its own, and only where someone listens; changes of a task that come while its event is being made become
// one event. Streams of all tasks are given what has changed in pieces, a few times a second.
//
// Subscriptions are used on the I/O thread alone; changes come from any thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/store.hpp"

namespace medmark::server {

// What a stream is sent: one task, or for streams of all tasks one after the other.
struct TaskEvent {
  std::string task_id;  // empty where it tells of several
  std::string text;     // "event: task\ndata: {...}\n\n"
  store::TaskStatus status = store::TaskStatus::kQueued;
};

class Subscription;

// The subscriptions by their tasks; shared with them, since they may be the last to go. Thread-safe.
class SubscriptionIndex {
 public:
  void add(Subscription& subscription);
  void remove(Subscription& subscription);
  [[nodiscard]] bool has(const std::string& task_id) const;
  // On the I/O thread, where subscriptions live.
  [[nodiscard]] std::vector<Subscription*> of(const std::string& task_id) const;
  [[nodiscard]] std::vector<Subscription*> all() const;

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::vector<Subscription*>> by_task_;  // "": those of all tasks
};

class Subscription {
 public:
  Subscription(boost::asio::io_context& io, std::string task_id, std::shared_ptr<SubscriptionIndex> index);
  ~Subscription();
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;

  // The next event; null where none came in time. I/O thread.
  [[nodiscard]] boost::asio::awaitable<std::shared_ptr<const TaskEvent>> next(
      std::chrono::steady_clock::duration timeout);

  void push(std::shared_ptr<const TaskEvent> event);
  void wake() { signal_.cancel(); }
  [[nodiscard]] const std::string& task_id() const { return task_id_; }

 private:
  boost::asio::steady_timer signal_;
  std::string task_id_;  // empty: all tasks
  std::shared_ptr<SubscriptionIndex> index_;
  std::deque<std::shared_ptr<const TaskEvent>> events_;
};

class EventHub {
 public:
  // `workers`: one thread, so that events of a task keep their order.
  EventHub(boost::asio::io_context& io, boost::asio::thread_pool& workers, store::Store& store);
  ~EventHub();  // hears of nothing more; the threads must have stopped
  EventHub(const EventHub&) = delete;
  EventHub& operator=(const EventHub&) = delete;

  // Ends when the caller drops it. I/O thread.
  [[nodiscard]] std::shared_ptr<Subscription> subscribe(const std::string& task_id);
  // Wakes everyone who waits; for the end of the server. I/O thread.
  void wake_all();

  // An event of the task as it is now. Any thread.
  [[nodiscard]] std::shared_ptr<const TaskEvent> event_of(const store::Task& task) const;

 private:
  void publish(const store::Task& task);
  void make_event(const std::string& task_id);
  void deliver(const std::shared_ptr<const TaskEvent>& event);
  void deliver_to_all();

  boost::asio::io_context& io_;
  boost::asio::thread_pool& workers_;
  store::Store& store_;
  std::shared_ptr<SubscriptionIndex> index_ = std::make_shared<SubscriptionIndex>();
  std::mutex changed_mutex_;
  std::map<std::string, store::Task> changed_;  // whose events are still to be made

  // The I/O thread's own.
  std::map<std::string, std::shared_ptr<const TaskEvent>> piece_;  // for streams of all tasks, by task
  boost::asio::steady_timer piece_due_;
  bool is_piece_planned_ = false;
  std::shared_ptr<void> listening_;
};

}  // namespace medmark::server
