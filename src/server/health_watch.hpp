// Looks at the service's health from time to time and logs warnings as they come and go.
#pragma once

#include <stop_token>
#include <thread>

#include "server/services.hpp"

namespace medmark::server {

class HealthWatch {
 public:
  // Services outlive it.
  explicit HealthWatch(Services& services);

 private:
  void work(const std::stop_token& stop);

  Services& services_;
  std::jthread thread_;
};

}  // namespace medmark::server
