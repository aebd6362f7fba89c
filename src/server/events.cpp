#include "server/events.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/task_json.hpp"

namespace medmark::server {
namespace {

namespace asio = boost::asio;

// A reader that is this far behind is given the newest events only; each tells the whole state of its task.
constexpr std::size_t kMaxWaitingEvents = 256;

}  // namespace

asio::awaitable<std::shared_ptr<const TaskEvent>> Subscription::next(std::chrono::steady_clock::duration timeout) {
  if (events_.empty()) {
    signal_.expires_after(timeout);
    co_await signal_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  if (events_.empty()) co_return nullptr;
  auto event = std::move(events_.front());
  events_.pop_front();
  co_return event;
}

void Subscription::push(std::shared_ptr<const TaskEvent> event) {
  if (events_.size() >= kMaxWaitingEvents) events_.pop_front();
  events_.push_back(std::move(event));
  signal_.cancel();
}

EventHub::EventHub(asio::io_context& io, asio::thread_pool& workers, store::Store& store)
    : io_(io), workers_(workers), store_(store) {
  listening_ = store.queue().subscribe([this](const store::Task& task) { publish(task); });
}

EventHub::~EventHub() = default;

std::shared_ptr<Subscription> EventHub::subscribe(const std::string& task_id) {
  std::erase_if(subscriptions_, [](const auto& held) { return held.expired(); });
  auto subscription = std::make_shared<Subscription>(io_, task_id);
  subscriptions_.push_back(subscription);
  listener_count_ = subscriptions_.size();
  return subscription;
}

void EventHub::wake_all() {
  for (const auto& held : subscriptions_) {
    if (const auto subscription = held.lock()) subscription->signal_.cancel();
  }
}

std::shared_ptr<const TaskEvent> EventHub::event_of(const store::Task& task) const {
  auto event = std::make_shared<TaskEvent>();
  event->task_id = task.id;
  event->text = "event: task\ndata: " + dump(task_json(store_, task)) + "\n\n";
  event->is_final = store::is_final(task.status);
  return event;
}

void EventHub::publish(const store::Task& task) {
  if (listener_count_ == 0) return;
  asio::post(workers_, [this, task] {
    auto event = event_of(task);
    asio::post(io_, [this, event = std::move(event)] { deliver(event); });
  });
}

void EventHub::deliver(const std::shared_ptr<const TaskEvent>& event) {
  std::erase_if(subscriptions_, [](const auto& held) { return held.expired(); });
  listener_count_ = subscriptions_.size();
  for (const auto& held : subscriptions_) {
    const auto subscription = held.lock();
    const bool wanted =
        subscription != nullptr && (subscription->task_id_.empty() || subscription->task_id_ == event->task_id);
    if (wanted) subscription->push(event);
  }
}

}  // namespace medmark::server
