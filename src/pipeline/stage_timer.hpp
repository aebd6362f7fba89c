// Wall-clock milliseconds by stage name, for `timings_ms`. Confined to one thread.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <utility>

namespace medmark::pipeline {

class StageTimer {
 public:
  // Runs `work` and adds what it took to the stage.
  template <typename Work>
  auto measure(const std::string& stage, Work&& work) {
    const Scope scope(*this, stage);
    return std::forward<Work>(work)();
  }

  [[nodiscard]] const std::map<std::string, double>& milliseconds() const { return milliseconds_; }

 private:
  class Scope {
   public:
    Scope(StageTimer& timer, const std::string& stage)
        : timer_(timer), stage_(stage), start_(std::chrono::steady_clock::now()) {}
    ~Scope() {
      const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start_;
      timer_.milliseconds_[stage_] += taken.count();
    }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    StageTimer& timer_;
    const std::string& stage_;
    std::chrono::steady_clock::time_point start_;
  };

  std::map<std::string, double> milliseconds_;
};

}  // namespace medmark::pipeline
