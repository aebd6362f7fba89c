// The way of one claimed file from its folder of its own to done or failed, every step of which can be cut off and
// taken up again.
//
// Thread-safe for different claims.
#pragma once

#include <mutex>
#include <set>
#include <stop_token>
#include <string>

#include "watch/claims.hpp"
#include "watch/folder_watcher.hpp"
#include "watch/known_files.hpp"
#include "watch/processor.hpp"

namespace medmark::watch {

enum class ClaimEnd {
  kDone,
  kPartial,
  kDuplicate,
  kFailed,
  kAgain,    // the same claim later: this try came to nothing
  kTrouble,  // nothing can go on for now: the disk is full, a folder is away
};

class ClaimedFiles {
 public:
  ClaimedFiles(const WatchSettings& settings, Processor& processor, Claims& claims, const LogSink& log)
      : settings_(settings), processor_(processor), claims_(claims), log_(log), known_(settings.output) {}

  // As far as it goes now.
  [[nodiscard]] ClaimEnd advance(Claim& claim, const std::stop_token& stop);

 private:
  [[nodiscard]] ClaimEnd parse(Claim& claim, const std::string& sha256, const std::stop_token& stop);
  [[nodiscard]] ClaimEnd finish(const Claim& claim, ClaimEnd end);
  [[nodiscard]] ClaimEnd set_aside_duplicate(const Claim& claim, const KnownFile& known);
  [[nodiscard]] ClaimEnd refuse(const Claim& claim, const base::Error& error);
  [[nodiscard]] ClaimEnd move_to_failed(const Claim& claim, const std::string& reason);
  [[nodiscard]] ClaimEnd judge(const Claim& claim, const base::Error& error);
  [[nodiscard]] std::filesystem::path reserve_stem(const Claim& claim, const std::string& sha256);
  void tell(const Claim& claim, const std::string& what) const { log_(claim.id + ": " + what); }

  const WatchSettings& settings_;
  Processor& processor_;
  Claims& claims_;
  const LogSink& log_;
  KnownFiles known_;
  std::mutex mutex_;
  std::set<std::string> hashes_in_work_;
  std::set<std::filesystem::path> stems_in_work_;
  std::mutex moving_mutex_;  // choosing a name and taking it are one step
};

}  // namespace medmark::watch
