// What an administrator may set while the server runs, kept in the store. Values; LiveSettings is thread-safe.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>

#include "server/message.hpp"
#include "store/store.hpp"

namespace medmark::server {

struct Limits {
  std::uint64_t max_body_bytes = std::uint64_t{2} << 30;  // of one request, all its files together
  std::uint64_t max_file_bytes = std::uint64_t{1} << 30;
  int max_files = 2000;  // of one request
  int max_pages = 5000;  // of one document, of those that are asked for; the decoder takes no more than 5,000 of a file
};

// Where a value is worse than its threshold, /health, the log and the metrics warn.
struct Thresholds {
  std::uint64_t memory_bytes = std::uint64_t{16} << 30;    // server, engine and decoders together
  std::uint64_t disk_free_bytes = std::uint64_t{5} << 30;  // of the data folder's disk
  int queued_tasks = 5000;
};

struct SessionLimits {
  int idle_minutes = 30;
  int absolute_hours = 12;
};

struct ServiceSettings {
  Limits limits;
  Thresholds thresholds;
  SessionLimits sessions;
  bool start_at_once = false;  // the page starts parsing without asking
};

[[nodiscard]] Json to_json(const ServiceSettings& settings);
// Changes what `change` names; kInvalidParameter for unknown names and values out of range.
[[nodiscard]] base::Result<ServiceSettings> changed(const ServiceSettings& settings, const Json& change);

class LiveSettings {
 public:
  // Reads what the store has; what it lacks keeps its default.
  explicit LiveSettings(store::Settings& stored);
  [[nodiscard]] ServiceSettings get() const;
  [[nodiscard]] base::Result<ServiceSettings> change(const Json& change);

 private:
  store::Settings& stored_;
  mutable std::mutex mutex_;
  ServiceSettings settings_;
};

}  // namespace medmark::server
