// Counters of the server itself. Thread-safe. Labels are routes, methods and codes of ours, never anything of a
// request.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <tuple>

namespace medmark::server {

// Upper bounds of the buckets of request times, in seconds.
inline constexpr std::array<double, 9> kTimeBuckets = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30};

class Metrics {
 public:
  void request_done(const std::string& method, const std::string& route, int status, double seconds);

  std::atomic<std::int64_t> open_connections = 0;
  std::atomic<std::int64_t> event_streams = 0;
  std::atomic<std::uint64_t> refused_connections = 0;
  std::atomic<std::uint64_t> received_bytes = 0;
  std::atomic<std::uint64_t> failed_logins = 0;

  // The request counters in Prometheus' text form.
  [[nodiscard]] std::string request_lines() const;

 private:
  struct Times {
    std::array<std::uint64_t, kTimeBuckets.size() + 1> counts{};
    double sum = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::tuple<std::string, std::string, int>, std::uint64_t> requests_;
  std::map<std::string, Times> times_;  // by route
};

}  // namespace medmark::server
