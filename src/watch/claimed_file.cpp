#include "watch/claimed_file.hpp"

#include <ctime>
#include <fstream>
#include <iterator>

#include "results/result_files.hpp"
#include "watch/file_moves.hpp"

namespace medmark::watch {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;

// A document begun more often than this has ended the watcher itself, again and again.
constexpr int kMostStarts = 8;
constexpr const char* kReasonNote = "reason.txt";

std::string time_text() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  char text[sizeof "2000-01-01T00:00:00+0000"];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S%z", &local)};
}

std::string reason_text(const Error& error, int attempts) {
  return "code: " + std::string(base::error_code_name(error.code)) + "\nmessage: " + error.message +
         "\ntime: " + time_text() + "\nattempts: " + std::to_string(attempts) + "\n";
}

// Another try can end otherwise only where the document is not what decided.
bool may_pass(ErrorCode code) {
  return code == ErrorCode::kInternal || code == ErrorCode::kNotFound || code == ErrorCode::kConflict;
}

bool is_of_the_machine(ErrorCode code) {
  return code == ErrorCode::kStorageFull || code == ErrorCode::kModelMissing || code == ErrorCode::kModelCorrupt ||
         code == ErrorCode::kDeviceUnavailable || code == ErrorCode::kBusy;
}

}  // namespace

ClaimEnd ClaimedFiles::advance(Claim& claim, const std::stop_token& stop) {
  if (std::ifstream note(claims_.note(claim, kReasonNote)); note) {
    return move_to_failed(claim, {std::istreambuf_iterator<char>(note), {}});
  }
  const auto sha256 = hash_file(claim.file);
  if (!sha256.has_value()) return judge(claim, sha256.error());
  {
    const std::lock_guard lock(mutex_);
    if (!hashes_in_work_.insert(*sha256).second) return ClaimEnd::kAgain;  // its twin is in work: it will be known then
  }
  const auto known = known_.find(*sha256, settings_.options);
  const bool has_result =
      known.has_value() && results::is_already_done(settings_.output, known->stem, *sha256, settings_.options);
  ClaimEnd end = ClaimEnd::kAgain;
  if (has_result) {
    // A claim's own result: only the move was left.
    end = known->claim == claim.id ? finish(claim, ClaimEnd::kDone) : set_aside_duplicate(claim, *known);
  } else {
    end = parse(claim, *sha256, stop);
  }
  const std::lock_guard lock(mutex_);
  hashes_in_work_.erase(*sha256);
  return end;
}

ClaimEnd ClaimedFiles::parse(Claim& claim, const std::string& sha256, const std::stop_token& stop) {
  if (claim.attempts >= kMostStarts) {
    return refuse(claim, {ErrorCode::kWorkerCrashed, "The watcher ended several times while it read the document."});
  }
  claims_.count_attempt(claim);
  const fs::path stem = reserve_stem(claim, sha256);
  base::Result<Outcome> outcome = Outcome{};
  if (!results::is_already_done(settings_.output, stem, sha256, settings_.options)) {
    outcome = processor_.process({.file = claim.file,
                                  .file_name = claim.relative.filename().string(),
                                  .output_folder = settings_.output,
                                  .stem = stem,
                                  .options = settings_.options,
                                  .password = settings_.password},
                                 stop);
  }
  ClaimEnd end = ClaimEnd::kAgain;
  if (!outcome.has_value()) {
    end = judge(claim, outcome.error());
  } else if (const auto added = known_.add(sha256, settings_.options, {claim.id, stem}); !added.has_value()) {
    end = judge(claim, added.error());
  } else {
    if (outcome->pages_with_errors > 0) {
      tell(claim, "partial: " + std::to_string(outcome->pages_with_errors) + " of " + std::to_string(outcome->pages) +
                      " pages have errors");
    }
    end = finish(claim, outcome->pages_with_errors > 0 ? ClaimEnd::kPartial : ClaimEnd::kDone);
  }
  const std::lock_guard lock(mutex_);
  stems_in_work_.erase(stem);
  return end;
}

// The first name that is free: as `parse` would call it, then with the extension, then numbered. Another document's
// result is never replaced; this document's own, of an attempt that was cut off, is.
fs::path ClaimedFiles::reserve_stem(const Claim& claim, const std::string& sha256) {
  const fs::path plain = fs::path(claim.relative).replace_extension();
  const std::lock_guard lock(mutex_);
  for (int number = 0;; ++number) {
    fs::path stem = number == 0 ? plain : claim.relative;
    if (number > 1) stem += "-" + std::to_string(number);
    std::error_code error;
    const bool is_taken = fs::exists(settings_.output / (stem.string() + ".json"), error) &&
                          !results::is_already_done(settings_.output, stem, sha256, settings_.options);
    if (!is_taken && stems_in_work_.insert(stem).second) return stem;
  }
}

ClaimEnd ClaimedFiles::finish(const Claim& claim, ClaimEnd end) {
  const std::lock_guard lock(moving_mutex_);
  const auto moved = choose_place(claim.file, settings_.done, claim.relative).and_then([&](const fs::path& place) {
    return move_to(claim.file, place);
  });
  if (!moved.has_value()) return judge(claim, moved.error());
  claims_.forget(claim);
  return end;
}

ClaimEnd ClaimedFiles::set_aside_duplicate(const Claim& claim, const KnownFile& known) {
  const std::lock_guard lock(moving_mutex_);
  const auto place = choose_place(claim.file, settings_.done, claim.relative);
  if (!place.has_value()) return judge(claim, place.error());
  const std::string text =
      "The same bytes were parsed before; their result is " + known.stem.string() + ".md\ntime: " + time_text() + "\n";
  const auto moved = results::replace_file(place->string() + ".duplicate.txt", text).and_then([&] {
    return move_to(claim.file, *place);
  });
  if (!moved.has_value()) return judge(claim, moved.error());
  claims_.forget(claim);
  return ClaimEnd::kDuplicate;
}

ClaimEnd ClaimedFiles::judge(const Claim& claim, const Error& error) {
  if (error.code == ErrorCode::kCanceled) return ClaimEnd::kAgain;
  std::error_code ignored;
  const bool is_away = error.code == ErrorCode::kNotFound && !fs::is_directory(settings_.incoming, ignored);
  if (is_away || is_of_the_machine(error.code) || processor_.trouble().has_value()) {
    tell(claim, std::string(base::error_code_name(error.code)) + ": " + error.message);
    return ClaimEnd::kTrouble;
  }
  if (may_pass(error.code) && claim.attempts < settings_.max_attempts) {
    tell(claim, std::string(base::error_code_name(error.code)) + ", tried again: " + error.message);
    return ClaimEnd::kAgain;
  }
  return refuse(claim, error);
}

ClaimEnd ClaimedFiles::refuse(const Claim& claim, const Error& error) {
  tell(claim, std::string(base::error_code_name(error.code)) + ": " + error.message);
  // Decided once and for all, also for a start after a crash.
  const std::string reason = reason_text(error, claim.attempts);
  const auto noted = results::replace_file(claims_.note(claim, kReasonNote), reason, results::Durability::kSynced);
  if (!noted.has_value()) return ClaimEnd::kTrouble;
  return move_to_failed(claim, reason);
}

ClaimEnd ClaimedFiles::move_to_failed(const Claim& claim, const std::string& reason) {
  const std::lock_guard lock(moving_mutex_);
  const auto moved = choose_place(claim.file, settings_.failed, claim.relative).and_then([&](const fs::path& place) {
    return results::replace_file(place.string() + ".reason.txt", reason).and_then([&] {
      return move_to(claim.file, place);
    });
  });
  if (!moved.has_value()) {
    tell(claim, std::string(base::error_code_name(moved.error().code)) + ": " + moved.error().message);
    return ClaimEnd::kTrouble;
  }
  claims_.forget(claim);
  return ClaimEnd::kFailed;
}

}  // namespace medmark::watch
