// One place for an engine process: the process that takes work there, its successor while that loads, and those that
// only finish what they have.
//
// Not thread-safe: its owner's mutex guards it. Processes that are no longer wanted are handed out to be destroyed
// where no lock is held, because their end is waited for.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "engine/process_link.hpp"

namespace medmark::engine {

// A process and what is in it.
struct SlotMember {
  std::shared_ptr<ProcessLink> link;
  int documents = 0;  // being parsed
  int looks = 0;      // page pictures and inspections
  int pages = 0;      // done since it started
  bool is_replaced = false;
  bool has_answered = false;  // a job came out of it, well or badly

  [[nodiscard]] bool is_idle() const { return documents == 0 && looks == 0; }
};

struct SlotCounts {
  std::uint64_t restarts = 0;
  std::uint64_t retirements = 0;
};

class ProcessSlot {
 public:
  using Starter = std::function<base::Result<std::shared_ptr<ProcessLink>>()>;

  ProcessSlot(Starter start, int retire_after_pages, std::uint64_t max_memory_bytes)
      : start_(std::move(start)), retire_after_pages_(retire_after_pages), max_memory_bytes_(max_memory_bytes) {}

  // Starts, replaces and retires as things stand now; adds to `ended` what can be destroyed.
  void tend(decoder::Clock::time_point now, std::vector<std::shared_ptr<ProcessLink>>& ended);

  // The process that takes work; empty while there is none.
  [[nodiscard]] std::shared_ptr<SlotMember> serving() const;
  [[nodiscard]] EngineState state() const;
  [[nodiscard]] const SlotCounts& counts() const { return counts_; }
  [[nodiscard]] std::vector<std::shared_ptr<ProcessLink>> links() const;

  // Documents that were in a process that ended wait here to be tried alone, one after the other.
  int suspects_waiting = 0;
  bool is_suspect_running = false;

 private:
  void replace_dead(decoder::Clock::time_point now, std::vector<std::shared_ptr<ProcessLink>>& ended);
  void retire(decoder::Clock::time_point now, std::vector<std::shared_ptr<ProcessLink>>& ended);
  [[nodiscard]] bool wants_successor() const;

  Starter start_;
  int retire_after_pages_;
  std::uint64_t max_memory_bytes_;
  std::shared_ptr<SlotMember> current_;
  std::shared_ptr<ProcessLink> successor_;
  std::vector<std::shared_ptr<SlotMember>> retiring_;
  SlotCounts counts_;
  std::optional<base::Error> failure_;  // why the last one ended before it served
  bool has_served_ = false;
  int failed_starts_ = 0;
  decoder::Clock::time_point next_start_;
  decoder::Clock::time_point next_successor_;
};

}  // namespace medmark::engine
