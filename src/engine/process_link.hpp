// One engine process as its client holds it: started, asked, watched, replaced by nobody but its owner.
//
// Thread-safe. The destructor ends the process and waits for it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "base/error.hpp"
#include "decoder/channel.hpp"
#include "decoder/child_process.hpp"
#include "engine/engine.hpp"
#include "engine/protocol.hpp"

namespace medmark::engine {

enum class LinkPhase { kLoading, kServing, kReady, kDead };

struct LinkState {
  LinkPhase phase = LinkPhase::kLoading;
  int threads = 1;
  std::string device_note;
  std::optional<base::Error> error;  // of loading, or of its end
};

// How long a call may take; checked by the thread that waits for it.
struct CallLimits {
  std::chrono::milliseconds page{60'000};
  std::chrono::milliseconds whole{1'800'000};
  std::chrono::milliseconds whole_per_page{0};
};

// What became of a call. Where the process ended, `is_lost` says so, and `is_culprit` whether this call is known to be
// the reason (it did not end in time).
struct CallOutcome {
  base::Result<decoder::Descriptor> memory;
  bool is_lost = false;
  bool is_culprit = false;
};

class ProcessLink {
 public:
  // Returns at once; the process loads in the background. `on_change` is called without locks when the phase changes.
  [[nodiscard]] static base::Result<std::shared_ptr<ProcessLink>> start(const EngineSettings& settings,
                                                                        std::function<void()> on_change);
  ~ProcessLink();
  ProcessLink(const ProcessLink&) = delete;
  ProcessLink& operator=(const ProcessLink&) = delete;

  [[nodiscard]] LinkState state() const;
  // Sends the files and the request and waits for the answer. `descriptors` are borrowed, one for each name.
  [[nodiscard]] CallOutcome call(Request request, const std::vector<JobFile>& files, const JobProgressSink& progress,
                                 const std::stop_token& stop, const CallLimits& limits);
  // Ends the process; calls in it are lost.
  void end(base::Error reason);
  // Memory of the process now, resident and private; 0 where it is gone.
  [[nodiscard]] std::uint64_t resident_bytes() const;

 private:
  struct Call;

  ProcessLink(decoder::ChildProcess child, std::function<void()> on_change);
  void receive();
  void take(const Reply& reply, decoder::Descriptor memory);
  void lose_calls(base::Error error);
  [[nodiscard]] base::Result<void> send_job(Request& request, const std::vector<JobFile>& files);
  [[nodiscard]] bool send(const Request& request, int descriptor = -1);
  [[nodiscard]] CallOutcome wait_for(const std::shared_ptr<Call>& call, const std::stop_token& stop,
                                     const CallLimits& limits);
  [[nodiscard]] decoder::Clock::time_point deadline_of(const Call& call, const CallLimits& limits) const;

  decoder::ChildProcess child_;
  const decoder::Descriptor control_;  // a copy of the child's own, so that its number stays ours to the end
  const pid_t pid_;
  std::function<void()> on_change_;

  std::mutex send_mutex_;
  mutable std::mutex mutex_;
  std::condition_variable_any answered_;
  LinkState state_;
  std::optional<base::Error> end_reason_;
  std::uint64_t next_call_ = 1;
  std::map<std::uint64_t, std::shared_ptr<Call>> calls_;
  std::thread receiver_;
};

}  // namespace medmark::engine
