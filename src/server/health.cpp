#include "server/health.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <numeric>

namespace medmark::server {

const char* condition_name(engine::EngineCondition condition) {
  switch (condition) {
    case engine::EngineCondition::kLoading:
      return "loading";
    case engine::EngineCondition::kReady:
      return "ready";
    case engine::EngineCondition::kRestarting:
      return "restarting";
    case engine::EngineCondition::kFailed:
      return "failed";
  }
  return "failed";
}

std::uint64_t resident_bytes() {
  std::ifstream statistics("/proc/self/statm");
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  statistics >> all >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

Health look(Services& services) {
  Health health;
  health.engine = services.engine.state();
  const Thresholds thresholds = services.settings.get().thresholds;
  const auto counts = services.store.queue().task_counts();
  if (counts.has_value()) health.tasks = *counts;
  const auto engines = services.engine.statistics().resident_bytes;
  health.memory_bytes = std::accumulate(engines.begin(), engines.end(), resident_bytes());
  std::error_code error;
  const auto space = std::filesystem::space(services.store.folder(), error);
  if (!error) {
    health.disk_free_bytes = space.available;
    health.disk_total_bytes = space.capacity;
  }
  health.is_writable = counts.has_value() && services.store.check_writable().has_value();
  if (!health.is_writable) health.warnings.push_back({"storage", "The data folder cannot be written."});
  if (health.engine.condition == engine::EngineCondition::kFailed) {
    health.warnings.push_back({"engine", health.engine.error.value_or(base::Error{}).message});
  }
  if (health.memory_bytes > thresholds.memory_bytes) {
    health.warnings.push_back({"memory", "The processes use more memory than the threshold."});
  }
  if (!error && health.disk_free_bytes < thresholds.disk_free_bytes) {
    health.warnings.push_back({"disk", "The data folder's disk has less free space than the threshold."});
  }
  if (health.tasks.queued > thresholds.queued_tasks) {
    health.warnings.push_back({"queue", "More tasks wait than the threshold."});
  }
  return health;
}

Json warnings_json(const std::vector<Warning>& warnings) {
  Json list = Json::array();
  for (const Warning& warning : warnings) list.push_back({{"code", warning.code}, {"message", warning.message}});
  return list;
}

}  // namespace medmark::server
