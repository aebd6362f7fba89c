// A watched folder inside `serve`: its files become tasks of the server, behind those that someone waits for.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "server/message.hpp"
#include "server/services.hpp"
#include "watch/folder_watcher.hpp"

namespace medmark::cli {

// Works until it is destroyed. A folder that is away is tried again every minute. state() is thread-safe.
class ServedFolder {
 public:
  // `schedule` as it was given, for state(). The store outlives it.
  ServedFolder(watch::WatchSettings settings, std::string schedule, store::Store& store, server::EngineAccess engine);

  // One entry of GET /api/v1/watch.
  [[nodiscard]] server::Json state() const;

 private:
  void work(const std::stop_token& stop);

  watch::WatchSettings settings_;
  std::string schedule_;
  server::EngineAccess engine_;
  std::unique_ptr<watch::Processor> processor_;
  mutable std::mutex mutex_;
  std::optional<base::Error> last_error_;
  std::jthread thread_;
};

}  // namespace medmark::cli
