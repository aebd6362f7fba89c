#include "engine/process_slot.hpp"

#include <algorithm>
#include <chrono>

namespace medmark::engine {
namespace {

using base::ErrorCode;
using decoder::Clock;

constexpr auto kLongestPause = std::chrono::seconds(30);
// From here on a process is replaced as if it had done its pages.
constexpr double kRetireAboveMemoryShare = 0.75;

// Twice as long after each start that came to nothing.
Clock::duration pause_after(int failed_starts) {
  if (failed_starts == 0) return Clock::duration::zero();
  return std::min<Clock::duration>(std::chrono::milliseconds(500) * (1 << std::min(failed_starts, 10)), kLongestPause);
}

}  // namespace

void ProcessSlot::tend(Clock::time_point now, std::vector<std::shared_ptr<ProcessLink>>& ended) {
  replace_dead(now, ended);
  retire(now, ended);
}

void ProcessSlot::replace_dead(Clock::time_point now, std::vector<std::shared_ptr<ProcessLink>>& ended) {
  // Documents are read while the models still load: a process that answered was no failed start, ready or not.
  if (current_ && (current_->link->state().phase == LinkPhase::kReady || current_->has_answered)) failed_starts_ = 0;
  if (current_ && current_->link->state().phase == LinkPhase::kDead) {
    if (has_served_) ++counts_.restarts;
    failure_ = current_->link->state().error;
    next_start_ = now + pause_after(failed_starts_);
    ++failed_starts_;
    ended.push_back(std::move(current_->link));
    current_ = nullptr;
    if (successor_) {  // it is on its way already
      current_ = std::make_shared<SlotMember>(SlotMember{.link = std::move(successor_)});
    }
  }
  if (!current_ && now >= next_start_) {
    auto link = start_();
    if (link.has_value()) {
      current_ = std::make_shared<SlotMember>(SlotMember{.link = std::move(*link)});
    } else {
      failure_ = link.error();
      next_start_ = now + pause_after(++failed_starts_);
    }
  }
  if (serving()) {
    has_served_ = true;
    failure_.reset();
  }
}

bool ProcessSlot::wants_successor() const {
  if (!current_ || current_->link->state().phase != LinkPhase::kReady) return false;
  if (current_->pages >= retire_after_pages_) return true;
  const auto most = static_cast<double>(max_memory_bytes_) * kRetireAboveMemoryShare;
  return max_memory_bytes_ > 0 && static_cast<double>(current_->link->resident_bytes()) > most;
}

void ProcessSlot::retire(Clock::time_point now, std::vector<std::shared_ptr<ProcessLink>>& ended) {
  if (current_ && max_memory_bytes_ > 0 && current_->link->resident_bytes() > max_memory_bytes_) {
    current_->link->end({ErrorCode::kTooLarge, "Reading the document needs more memory than an engine process gets."});
  }
  if (!successor_ && now >= next_successor_ && wants_successor()) {
    // One that cannot be started is tried again later; the present one goes on until then.
    next_successor_ = now + kLongestPause;
    if (auto link = start_(); link.has_value()) successor_ = std::move(*link);
  }
  if (successor_) {
    const LinkPhase phase = successor_->state().phase;
    if (phase == LinkPhase::kDead) ended.push_back(std::move(successor_));
    if (phase == LinkPhase::kReady) {
      ++counts_.retirements;
      current_->is_replaced = true;
      retiring_.push_back(std::exchange(current_, std::make_shared<SlotMember>(SlotMember{.link = successor_})));
      successor_ = nullptr;
      next_successor_ = {};
    }
  }
  const auto done = std::partition(retiring_.begin(), retiring_.end(), [](const auto& member) {
    return !member->is_idle() && member->link->state().phase != LinkPhase::kDead;
  });
  std::for_each(done, retiring_.end(), [&](auto& member) { ended.push_back(std::move(member->link)); });
  retiring_.erase(done, retiring_.end());
}

std::shared_ptr<SlotMember> ProcessSlot::serving() const {
  if (!current_) return nullptr;
  const LinkPhase phase = current_->link->state().phase;
  return phase == LinkPhase::kServing || phase == LinkPhase::kReady ? current_ : nullptr;
}

EngineState ProcessSlot::state() const {
  EngineState state;
  if (current_) {
    const LinkState link = current_->link->state();
    state.device_note = link.device_note;
    if (link.phase == LinkPhase::kReady) {
      state.condition = link.error.has_value() ? EngineCondition::kFailed : EngineCondition::kReady;
      state.error = link.error;
      return state;
    }
  }
  constexpr int kTolerableStarts = 2;  // one that ends by accident is not a failure yet
  const bool is_serving = serving() != nullptr;
  if (!is_serving && failure_.has_value() && failed_starts_ > kTolerableStarts) {
    state.condition = EngineCondition::kFailed;
    state.error = failure_;
  } else {
    state.condition = has_served_ && !is_serving ? EngineCondition::kRestarting : EngineCondition::kLoading;
  }
  return state;
}

std::vector<std::shared_ptr<ProcessLink>> ProcessSlot::links() const {
  std::vector<std::shared_ptr<ProcessLink>> links;
  if (current_) links.push_back(current_->link);
  if (successor_) links.push_back(successor_);
  for (const auto& member : retiring_) links.push_back(member->link);
  return links;
}

}  // namespace medmark::engine
