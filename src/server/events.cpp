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
// With 1,000 streams of all tasks a piece costs about 10 ms of the I/O thread.
constexpr auto kPieceInterval = std::chrono::milliseconds(250);

}  // namespace

void SubscriptionIndex::add(Subscription& subscription) {
  const std::lock_guard lock(mutex_);
  by_task_[subscription.task_id()].push_back(&subscription);
}

void SubscriptionIndex::remove(Subscription& subscription) {
  const std::lock_guard lock(mutex_);
  const auto found = by_task_.find(subscription.task_id());
  if (found == by_task_.end()) return;
  std::erase(found->second, &subscription);
  if (found->second.empty()) by_task_.erase(found);
}

bool SubscriptionIndex::has(const std::string& task_id) const {
  const std::lock_guard lock(mutex_);
  return by_task_.contains(task_id);
}

std::vector<Subscription*> SubscriptionIndex::of(const std::string& task_id) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_task_.find(task_id);
  return found == by_task_.end() ? std::vector<Subscription*>() : found->second;
}

std::vector<Subscription*> SubscriptionIndex::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<Subscription*> everyone;
  for (const auto& [task, some] : by_task_) everyone.insert(everyone.end(), some.begin(), some.end());
  return everyone;
}

Subscription::Subscription(asio::io_context& io, std::string task_id, std::shared_ptr<SubscriptionIndex> index)
    : signal_(io), task_id_(std::move(task_id)), index_(std::move(index)) {
  index_->add(*this);
}

Subscription::~Subscription() { index_->remove(*this); }

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
    : io_(io), workers_(workers), store_(store), piece_due_(io) {
  listening_ = store.queue().subscribe([this](const store::Task& task) { publish(task); });
}

EventHub::~EventHub() = default;

std::shared_ptr<Subscription> EventHub::subscribe(const std::string& task_id) {
  return std::make_shared<Subscription>(io_, task_id, index_);
}

void EventHub::wake_all() {
  for (Subscription* subscription : index_->all()) subscription->wake();
}

std::shared_ptr<const TaskEvent> EventHub::event_of(const store::Task& task) const {
  if (task.is_removed) {
    const Json gone = {{"id", task.id}, {"document_id", task.document_id}};
    return std::make_shared<const TaskEvent>(
        TaskEvent{task.id, "event: removed\ndata: " + dump(gone) + "\n\n", store::TaskStatus::kCanceled});
  }
  return std::make_shared<const TaskEvent>(
      TaskEvent{task.id, "event: task\ndata: " + dump(task_json(store_, task)) + "\n\n", task.status});
}

void EventHub::publish(const store::Task& task) {
  if (!index_->has(task.id) && !index_->has("")) return;
  bool is_first = false;
  {
    const std::lock_guard lock(changed_mutex_);
    is_first = changed_.insert_or_assign(task.id, task).second;
  }
  if (is_first) asio::post(workers_, [this, id = task.id] { make_event(id); });
}

void EventHub::make_event(const std::string& task_id) {
  store::Task task;
  {
    const std::lock_guard lock(changed_mutex_);
    task = std::move(changed_.extract(task_id).mapped());
  }
  // Changes may be told in another order than they happened: what the store has is the newest. A task that is gone with
  // its document is told as it came.
  if (auto newest = store_.queue().task(task_id); newest.has_value()) task = std::move(*newest);
  asio::post(io_, [this, event = event_of(task)] { deliver(event); });
}

void EventHub::deliver(const std::shared_ptr<const TaskEvent>& event) {
  for (Subscription* subscription : index_->of(event->task_id)) subscription->push(event);
  if (!index_->has("")) return;
  piece_[event->task_id] = event;
  if (is_piece_planned_) return;
  is_piece_planned_ = true;
  // The first change after a quiet time goes at once.
  piece_due_.expires_at(std::max(piece_due_.expiry(), std::chrono::steady_clock::now()));
  piece_due_.async_wait([this](const boost::system::error_code& error) {
    if (!error) deliver_to_all();
  });
}

void EventHub::deliver_to_all() {
  is_piece_planned_ = false;
  piece_due_.expires_after(kPieceInterval);  // no earlier than this goes the next one
  auto piece = std::make_shared<TaskEvent>();
  for (const auto& [id, event] : piece_) piece->text += event->text;
  piece_.clear();
  for (Subscription* subscription : index_->of("")) subscription->push(piece);
}

}  // namespace medmark::server
