// How the service is: what /health, /ready, /metrics and the log say of it. Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/services.hpp"

namespace medmark::server {

struct Warning {
  std::string code;  // "memory", "disk", "queue", "engine", "storage"
  std::string message;
};

struct Health {
  engine::EngineState engine;
  store::TaskCounts tasks;
  bool is_writable = true;
  std::uint64_t memory_bytes = 0;  // server, engine processes
  std::uint64_t disk_free_bytes = 0;
  std::uint64_t disk_total_bytes = 0;
  std::vector<Warning> warnings;
};

[[nodiscard]] Health look(Services& services);
[[nodiscard]] const char* condition_name(engine::EngineCondition condition);
[[nodiscard]] Json warnings_json(const std::vector<Warning>& warnings);
// Resident memory of this process.
[[nodiscard]] std::uint64_t resident_bytes();

}  // namespace medmark::server
