#include "server/health_watch.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>

#include "server/health.hpp"
#include "server/log.hpp"

namespace medmark::server {

HealthWatch::HealthWatch(Services& services)
    : services_(services), thread_([this](const std::stop_token& stop) { work(stop); }) {}

void HealthWatch::work(const std::stop_token& stop) {
  constexpr auto kInterval = std::chrono::seconds(15);
  std::mutex mutex;
  std::condition_variable_any wake;
  std::set<std::string> known;
  while (!stop.stop_requested()) {
    std::set<std::string> current;
    for (const Warning& warning : look(services_).warnings) {
      current.insert(warning.code);
      if (!known.contains(warning.code))
        log_line(LogLevel::kWarning, "warning code=" + warning.code + " " + warning.message);
    }
    for (const std::string& code : known) {
      if (!current.contains(code)) log_line(LogLevel::kInfo, "warning ended code=" + code);
    }
    known = std::move(current);
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, kInterval, [] { return false; });
  }
}

}  // namespace medmark::server
