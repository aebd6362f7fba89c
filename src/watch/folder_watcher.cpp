#include "watch/folder_watcher.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "watch/claimed_file.hpp"
#include "watch/claims.hpp"
#include "watch/file_moves.hpp"
#include "watch/waiting_files.hpp"

namespace medmark::watch {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;

// A look at a slow share must not be all the watcher does.
constexpr int kLookShare = 10;

class FolderWatcher {
 public:
  FolderWatcher(const WatchSettings& settings, Processor& processor, std::unique_ptr<Claims> claims, const LogSink& log)
      : settings_(settings),
        processor_(processor),
        claims_(std::move(claims)),
        log_(log),
        files_(settings, processor, *claims_, log),
        waiting_(settings.incoming, {settings.output, settings.done, settings.failed}, settings.settle) {}

  WatchReport run(const std::stop_token& stop) {
    const auto workers = static_cast<std::size_t>(std::max(1, processor_.capacity()));
    for (Claim& claim : claims_->left_over()) pending_.push_back({std::move(claim)});
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < workers; ++i) {
      threads.emplace_back([this, &stop](const std::stop_token& end) { work(stop, end); });
    }
    while (!stop.stop_requested() && !is_finished()) {
      if (may_work()) {
        look_when_due();
        take_claims(2 * workers);
      }
      wait(stop);
    }
    threads.clear();  // ends and joins them; their documents stop within a page
    return report_;
  }

 private:
  struct PendingClaim {
    Claim claim;
    int tries = 0;  // in this run
    WatchClock::time_point not_before = {};
  };

  bool is_once() const { return settings_.mode == RunMode::kOnce; }

  bool is_finished() {
    const std::lock_guard lock(mutex_);
    if (!is_once() || !pending_.empty() || active_ > 0) return false;
    return has_given_up_ || (has_seen_all_ && next_complete_ >= waiting_.complete().size());
  }

  bool may_work() {
    if (!settings_.schedule.is_open_now()) {
      if (is_once()) put_all_back("The schedule does not let the work go on.");
      return false;
    }
    const auto trouble = processor_.trouble();
    const std::lock_guard lock(mutex_);
    if (trouble.has_value() && is_once()) give_up(trouble->message);
    return !trouble.has_value() && !has_given_up_ && WatchClock::now() >= trouble_until_;
  }

  // With mutex_ held.
  void give_up(const std::string& why) {
    if (!has_given_up_) log_(why);
    has_given_up_ = true;
  }

  void put_all_back(const std::string& why) {
    const std::lock_guard lock(mutex_);
    for (const PendingClaim& pending : pending_) leave(pending.claim);
    pending_.clear();
    give_up(why);
  }

  void look_when_due() {
    const auto begin = WatchClock::now();
    if (begin < next_look_ || has_seen_all_) return;
    const auto looked = waiting_.look(begin);
    const auto end = WatchClock::now();
    next_look_ = end + std::max<WatchClock::duration>(settings_.look_interval, (end - begin) * kLookShare);
    next_complete_ = 0;
    if (!looked.has_value()) {
      if (!is_away_) log_(looked.error().message);
      is_away_ = true;
      const std::lock_guard lock(mutex_);
      trouble_until_ = end + settings_.trouble_interval;
      if (is_once()) has_given_up_ = true;
      return;
    }
    is_away_ = false;
    if (!is_once()) return;
    // The second look, when what did not change is complete, is the last.
    if (first_look_.has_value() && begin >= *first_look_ + settings_.settle) has_seen_all_ = true;
    if (!first_look_.has_value()) first_look_ = begin;
    next_look_ = *first_look_ + settings_.settle;
  }

  // As many as keep the workers busy; the rest stays where users see it.
  void take_claims(std::size_t most) {
    const auto& complete = waiting_.complete();
    while (next_complete_ < complete.size()) {
      {
        const std::lock_guard lock(mutex_);
        if (pending_.size() + active_ >= most || has_given_up_) return;
      }
      auto claim = claims_->take(complete[next_complete_++]);
      if (claim.has_value()) {
        const std::lock_guard lock(mutex_);
        pending_.push_back({std::move(*claim)});
        news_.notify_all();
      } else if (claim.error().code != ErrorCode::kNotFound) {  // otherwise it has gone meanwhile
        note_trouble(claim.error());
        return;
      }
    }
  }

  void note_trouble(const base::Error& error) {
    log_(std::string(base::error_code_name(error.code)) + ": " + error.message);
    const std::lock_guard lock(mutex_);
    trouble_until_ = WatchClock::now() + settings_.trouble_interval;
    if (is_once()) has_given_up_ = true;
  }

  void wait(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    const auto seen = ended_;
    const auto until =
        WatchClock::now() + (is_once() ? std::min(settings_.settle, settings_.look_interval) : settings_.look_interval);
    news_.wait_until(lock, stop, until, [&] { return ended_ != seen; });
  }

  // A claim whose time has come; with mutex_ held.
  std::deque<PendingClaim>::iterator due_claim() {
    const auto now = WatchClock::now();
    return std::find_if(pending_.begin(), pending_.end(),
                        [now](const PendingClaim& pending) { return pending.not_before <= now; });
  }

  void work(const std::stop_token& stop, const std::stop_token& end) {
    constexpr auto kLookForDue = std::chrono::milliseconds(200);
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested() && !end.stop_requested()) {
      const auto due = due_claim();
      const bool may_begin = due != pending_.end() && settings_.schedule.is_open_now();
      if (!may_begin) {
        if (pending_.empty()) {
          news_.wait(lock, end, [this] { return !pending_.empty(); });
        } else {
          news_.wait_for(lock, end, kLookForDue, [] { return false; });
        }
        continue;
      }
      PendingClaim pending = std::move(*due);
      pending_.erase(due);
      ++active_;
      lock.unlock();
      const ClaimEnd claim_end = files_.advance(pending.claim, stop);
      lock.lock();
      --active_;
      ++ended_;
      if (!stop.stop_requested()) note_end(std::move(pending), claim_end);
      news_.notify_all();
    }
  }

  // With mutex_ held.
  void note_end(PendingClaim pending, ClaimEnd end) {
    switch (end) {
      case ClaimEnd::kDone:
        ++report_.done;
        return;
      case ClaimEnd::kPartial:
        ++report_.done;
        ++report_.partial;
        return;
      case ClaimEnd::kDuplicate:
        ++report_.duplicates;
        return;
      case ClaimEnd::kFailed:
        ++report_.failed;
        return;
      case ClaimEnd::kAgain:
        try_again(std::move(pending));
        return;
      case ClaimEnd::kTrouble:
        trouble_until_ = WatchClock::now() + settings_.trouble_interval;
        pending.not_before = trouble_until_;
        if (is_once()) {
          leave(pending.claim);
          give_up("The work stops until the trouble has passed.");
        } else {
          pending_.push_back(std::move(pending));
        }
        return;
    }
  }

  void try_again(PendingClaim pending) {
    constexpr auto kFirstPause = std::chrono::milliseconds(500);
    constexpr int kMostDoublings = 6;
    constexpr int kMostTriesAtOnce = 40;  // a twin in work keeps a claim waiting too
    if (is_once() && ++pending.tries >= kMostTriesAtOnce) return leave(pending.claim);
    pending.not_before = WatchClock::now() + kFirstPause * (1 << std::min(pending.claim.attempts, kMostDoublings));
    pending_.push_back(std::move(pending));
  }

  // Back to the incoming folder, or, where that cannot be, in its claim for the next start.
  void leave(const Claim& claim) {
    ++report_.left;
    static_cast<void>(claims_->put_back(claim));
  }

  const WatchSettings& settings_;
  Processor& processor_;
  std::unique_ptr<Claims> claims_;
  const LogSink& log_;
  ClaimedFiles files_;

  // The main thread's own.
  WaitingFiles waiting_;
  WatchClock::time_point next_look_;
  std::optional<WatchClock::time_point> first_look_;
  std::size_t next_complete_ = 0;
  bool is_away_ = false;
  bool has_seen_all_ = false;

  std::mutex mutex_;
  std::condition_variable_any news_;
  std::deque<PendingClaim> pending_;
  std::size_t active_ = 0;
  std::uint64_t ended_ = 0;
  WatchClock::time_point trouble_until_;
  bool has_given_up_ = false;
  WatchReport report_;
};

// Absolute and without "..", so that folders can be compared.
base::Result<void> prepare(fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return tl::unexpected(move_error(error.value()));
  folder = fs::canonical(folder, error);
  if (error) return tl::unexpected(move_error(error.value()));
  return {};
}

}  // namespace

base::Result<WatchReport> watch_folder(const WatchSettings& settings, Processor& processor, const LogSink& log,
                                       const std::stop_token& stop) {
  WatchSettings prepared = settings;
  std::error_code error;
  prepared.incoming = fs::canonical(settings.incoming, error);
  if (error) return base::fail(ErrorCode::kNotFound, "The incoming folder cannot be read.");
  for (fs::path* folder : {&prepared.output, &prepared.done, &prepared.failed}) {
    if (auto made = prepare(*folder); !made.has_value()) return tl::unexpected(made.error());
    if (*folder == prepared.incoming) {
      return base::fail(ErrorCode::kInvalidParameter, "The incoming folder cannot be one of the others.");
    }
  }
  auto claims = Claims::open(prepared.incoming);
  if (!claims.has_value()) return tl::unexpected(claims.error());
  return FolderWatcher(prepared, processor, std::move(*claims), log).run(stop);
}

}  // namespace medmark::watch
