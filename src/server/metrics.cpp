#include "server/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace medmark::server {

void Metrics::request_done(const std::string& method, const std::string& route, int status, double seconds) {
  const std::lock_guard lock(mutex_);
  ++requests_[{method, route, status}];
  Times& times = times_[route];
  const auto bucket = std::lower_bound(kTimeBuckets.begin(), kTimeBuckets.end(), seconds);
  ++times.counts[static_cast<std::size_t>(bucket - kTimeBuckets.begin())];
  times.sum += seconds;
}

std::string Metrics::request_lines() const {
  const std::lock_guard lock(mutex_);
  std::string out = "# TYPE medmark_http_requests_total counter\n";
  for (const auto& [key, count] : requests_) {
    const auto& [method, route, status] = key;
    fmt::format_to(std::back_inserter(out),
                   "medmark_http_requests_total{{method=\"{}\",route=\"{}\",status=\"{}\"}} {}\n", method, route,
                   status, count);
  }
  out += "# TYPE medmark_http_request_seconds histogram\n";
  for (const auto& [route, times] : times_) {
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < kTimeBuckets.size(); ++i) {
      total += times.counts[i];
      fmt::format_to(std::back_inserter(out), "medmark_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n",
                     route, kTimeBuckets[i], total);
    }
    total += times.counts.back();
    fmt::format_to(std::back_inserter(out),
                   "medmark_http_request_seconds_bucket{{route=\"{0}\",le=\"+Inf\"}} {1}\n"
                   "medmark_http_request_seconds_sum{{route=\"{0}\"}} {2}\n"
                   "medmark_http_request_seconds_count{{route=\"{0}\"}} {1}\n",
                   route, total, times.sum);
  }
  return out;
}

}  // namespace medmark::server
