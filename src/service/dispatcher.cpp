#include "service/dispatcher.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <limits>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "results/result_files.hpp"

namespace medmark::service {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;

// Between two looks at the queue while nothing is announced: a schedule may have opened, a disk have room again.
constexpr auto kIdleInterval = std::chrono::seconds(5);
constexpr auto kTroubleInterval = std::chrono::seconds(2);

engine::Job job_of(const store::ClaimedTask& claimed) {
  engine::Job job;
  for (const store::SourceFile& file : claimed.files) job.files.push_back({.name = file.file_name, .path = file.path});
  job.options = claimed.parameters;
  job.password = claimed.password;
  if (!claimed.files.empty()) job.asset_prefix = fs::path(claimed.files.front().file_name).stem().string() + ".assets/";
  return job;
}

base::Result<store::ParsedResult> write_into(const fs::path& folder, const engine::Parsed& parsed) {
  store::ParsedResult result{.document_json = folder / "document.json",
                             .assets_folder = folder / "assets",
                             .is_partial = parsed.pages_with_errors > 0};
  std::error_code error;
  if (!parsed.assets.empty()) fs::create_directories(result.assets_folder, error);
  if (error) return tl::unexpected(results::write_error(error.value()));
  for (const engine::ParsedAsset& asset : parsed.assets) {
    const std::string_view bytes(reinterpret_cast<const char*>(asset.bytes.data()), asset.bytes.size());
    if (auto written = results::write_file(result.assets_folder / asset.name, bytes); !written.has_value()) {
      return tl::unexpected(written.error());
    }
  }
  if (auto written = results::write_file(result.document_json, parsed.document_json); !written.has_value()) {
    return tl::unexpected(written.error());
  }
  return result;
}

}  // namespace

class Dispatcher::Implementation {
 public:
  Implementation(store::TaskQueue& queue, engine::Engine& engine, DispatcherSettings settings)
      : queue_(queue), engine_(engine), settings_(std::move(settings)) {
    subscription_ = queue_.subscribe([this](const store::Task& task) { take_note(task); });
    const int workers = settings_.workers > 0 ? settings_.workers : engine_.capacity();
    for (int i = 0; i < workers; ++i) {
      // One place of several is for tasks someone waits for.
      const int most = i == 0 && workers > 1 ? store::Priority::kInteractive : std::numeric_limits<int>::max();
      workers_.emplace_back([this, most](const std::stop_token& stop) { work(most, stop); });
    }
  }

  ~Implementation() {
    subscription_.reset();
    for (std::jthread& worker : workers_) worker.request_stop();
    {
      const std::lock_guard lock(mutex_);
      is_closing_ = true;
      for (auto& [task, stop] : running_) stop.request_stop();
    }
    news_.notify_all();
    workers_.clear();
  }

 private:
  void take_note(const store::Task& task) {
    {
      const std::lock_guard lock(mutex_);
      if (task.status == store::TaskStatus::kQueued) ++queued_news_;
      const bool is_over = task.cancel_requested || task.status == store::TaskStatus::kCanceled;
      if (const auto found = running_.find(task.id); found != running_.end() && is_over) found->second.request_stop();
    }
    news_.notify_all();
  }

  void wait(std::chrono::milliseconds most, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    const auto seen = queued_news_;
    news_.wait_for(lock, stop, most, [&] { return queued_news_ != seen || is_closing_; });
  }

  void work(int most, const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      // Tasks stay queued while there is nobody to parse them; the readiness route says why.
      if (engine_.state().condition == engine::EngineCondition::kFailed) {
        wait(kTroubleInterval, stop);
        continue;
      }
      const auto seen = [this] {
        const std::lock_guard lock(mutex_);
        return queued_news_;
      }();
      auto claimed = queue_.claim_next(settings_.worker_name, std::min(most, max_priority()));
      if (!claimed.has_value()) {
        wait(kTroubleInterval, stop);
      } else if (claimed->has_value()) {
        process(**claimed, stop);
      } else {
        std::unique_lock lock(mutex_);
        news_.wait_for(lock, stop, kIdleInterval, [&] { return queued_news_ != seen || is_closing_; });
      }
    }
  }

  [[nodiscard]] int max_priority() const {
    return settings_.max_priority ? settings_.max_priority() : std::numeric_limits<int>::max();
  }

  // Makes a running task known to take_note(); its stop token.
  std::stop_token begin(const std::string& task) {
    const std::lock_guard lock(mutex_);
    std::stop_source& source = running_[task];
    if (is_closing_) source.request_stop();
    return source.get_token();
  }

  void process(const store::ClaimedTask& claimed, const std::stop_token& worker_stop) {
    const std::string& id = claimed.task.id;
    const std::stop_token stop = begin(id);
    // A cancellation between claim and begin() was announced to nobody.
    const auto now = queue_.task(id);
    const bool is_canceled = now.has_value() && now->cancel_requested;
    base::Result<void> outcome;
    if (is_canceled) {
      outcome = base::fail(ErrorCode::kCanceled, "The work was canceled.");
    } else if (claimed.task.attempts > settings_.max_attempts) {
      outcome = base::fail(ErrorCode::kWorkerCrashed, "The server ended several times while it read the document.");
    } else {
      outcome = parse(claimed, stop);
    }
    bool is_closing = false;
    {
      const std::lock_guard lock(mutex_);
      running_.erase(id);
      is_closing = is_closing_;
    }
    if (outcome.has_value()) return;
    const bool was_stopped_by_us = is_closing && outcome.error().code == ErrorCode::kCanceled && !is_canceled;
    end_task(id, was_stopped_by_us ? std::nullopt : std::optional(outcome.error()), worker_stop);
  }

  base::Result<void> parse(const store::ClaimedTask& claimed, const std::stop_token& stop) {
    const std::string& id = claimed.task.id;
    const auto tell = [&](const engine::JobProgress& progress) {
      queue_.report_progress(id, {.pages_done = progress.pages_done, .pages = progress.pages});
    };
    engine::Job job = job_of(claimed);
    if (settings_.words) job.words = settings_.words();
    if (settings_.max_pages) job.max_pages = settings_.max_pages();
    const auto parsed = engine_.parse(job, tell, stop);
    if (!parsed.has_value()) return tl::unexpected(parsed.error());
    const auto folder = queue_.staging_folder(id);
    if (!folder.has_value()) return tl::unexpected(folder.error());
    const auto result = write_into(*folder, *parsed);
    if (!result.has_value()) return tl::unexpected(result.error());
    auto completed = queue_.complete(id, *result);
    if (!completed.has_value() && completed.error().code == ErrorCode::kConflict) {
      return base::fail(ErrorCode::kCanceled, "The work was canceled.");
    }
    return completed;
  }

  // Ends a task that has no result: failed, or queued again where there is no error. A store that cannot write is
  // asked again; a task that is no longer there, or no longer running, has ended already.
  void end_task(const std::string& id, const std::optional<Error>& error, const std::stop_token& stop) {
    while (true) {
      const auto ended = error.has_value() ? queue_.fail(id, *error) : queue_.requeue(id);
      const bool is_over =
          ended.has_value() || ended.error().code == ErrorCode::kConflict || ended.error().code == ErrorCode::kNotFound;
      // Where the server is closing, its next start queues the task again.
      if (is_over || stop.stop_requested()) return;
      wait(kTroubleInterval, stop);
    }
  }

  store::TaskQueue& queue_;
  engine::Engine& engine_;
  const DispatcherSettings settings_;
  std::mutex mutex_;
  std::condition_variable_any news_;
  std::uint64_t queued_news_ = 0;
  bool is_closing_ = false;
  std::map<std::string, std::stop_source> running_;
  std::shared_ptr<void> subscription_;
  std::vector<std::jthread> workers_;
};

Dispatcher::Dispatcher(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Dispatcher::~Dispatcher() = default;

std::unique_ptr<Dispatcher> Dispatcher::start(store::TaskQueue& queue, engine::Engine& engine,
                                              DispatcherSettings settings) {
  // A store that cannot write now is asked again when a task is claimed; orphans then wait for the next start.
  static_cast<void>(queue.requeue_orphans());
  return std::unique_ptr<Dispatcher>(
      new Dispatcher(std::make_unique<Implementation>(queue, engine, std::move(settings))));
}

}  // namespace medmark::service
