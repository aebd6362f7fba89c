#include "cli/served_folder.hpp"

#include <chrono>
#include <condition_variable>
#include <filesystem>

#include "server/log.hpp"

namespace medmark::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kFilesAtOnce = 8;  // waiting in the server's queue; the rest wait in the folder
constexpr auto kRetryInterval = std::chrono::minutes(1);

// Without what the watcher keeps for itself under hidden names.
int count_files(const fs::path& folder) {
  int count = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code ignored;
    if (entry->path().filename().string().front() == '.') {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file(ignored)) {
      ++count;
    }
  }
  return count;
}

std::optional<base::Error> engine_trouble(const server::EngineAccess& engine) {
  const engine::EngineState state = engine.state();
  if (state.condition != engine::EngineCondition::kFailed) return std::nullopt;
  return state.error.value_or(base::Error{base::ErrorCode::kInternal, "The engine does not start."});
}

}  // namespace

ServedFolder::ServedFolder(watch::WatchSettings settings, std::string schedule, store::Store& store,
                           server::EngineAccess engine)
    : settings_(std::move(settings)),
      schedule_(std::move(schedule)),
      engine_(std::move(engine)),
      processor_(watch::make_store_processor(store, kFilesAtOnce, [this] { return engine_trouble(engine_); })),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

void ServedFolder::work(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  while (!stop.stop_requested()) {
    const auto report = watch::watch_folder(
        settings_, *processor_,
        [](const std::string& line) { server::log_line(server::LogLevel::kInfo, "watch " + line); }, stop);
    {
      const std::lock_guard lock(mutex_);
      last_error_ = report.has_value() ? std::nullopt : std::optional(report.error());
    }
    if (!report.has_value()) {
      server::log_line(server::LogLevel::kWarning,
                       "watch stopped code=" + std::string(base::error_code_name(report.error().code)));
    }
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, kRetryInterval, [] { return false; });
  }
}

server::Json ServedFolder::state() const {
  server::Json error = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (last_error_.has_value()) {
      error = {{"code", base::error_code_name(last_error_->code)}, {"message", last_error_->message}};
    }
  }
  return {{"name", settings_.incoming.filename().string()},  {"state", error.is_null() ? "watching" : "stopped"},
          {"waiting", count_files(settings_.incoming)},      {"done", count_files(settings_.done)},
          {"failed", count_files(settings_.failed)},         {"schedule", schedule_},
          {"in_schedule", settings_.schedule.is_open_now()}, {"last_error", std::move(error)}};
}

}  // namespace medmark::cli
