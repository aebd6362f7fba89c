// The unattended folder: files come in, results and the files themselves go out, whatever happens in between.
//
// A file is complete (WaitingFiles), claimed by rename (Claims), known by its bytes (KnownFiles), parsed (Processor);
// its result stands in the output folder before the file moves to the done folder. Killed at any moment, the next start
// takes up every claim: what has its result is only moved, the rest is parsed again, into the same names.
//
// Failures that pass (a full disk, a share that is away, an engine that cannot start) stop the work until they have
// passed and count for nothing; others are tried `max_attempts` times, a document's own fault once. Failed files stand
// in the failed folder with NAME.reason.txt. Duplicates stand in the done folder with NAME.duplicate.txt.
//
// run() blocks; one run at a time. Log lines name claims, never files.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <stop_token>
#include <string>

#include "base/error.hpp"
#include "watch/processor.hpp"
#include "watch/schedule.hpp"

namespace medmark::watch {

enum class RunMode { kForever, kOnce };

struct WatchSettings {
  std::filesystem::path incoming;
  std::filesystem::path output;
  std::filesystem::path done;
  std::filesystem::path failed;
  std::map<std::string, std::string> options;  // by contract name, checked
  std::string password;
  Schedule schedule;
  RunMode mode = RunMode::kForever;
  std::chrono::milliseconds settle{5000};         // a file must not change for so long
  std::chrono::milliseconds look_interval{2000};  // at least; ten times as long as a look takes where that is more
  std::chrono::milliseconds trouble_interval{15'000};
  int max_attempts = 3;
};

struct WatchReport {
  int done = 0;
  int partial = 0;  // of those done: some page failed
  int duplicates = 0;
  int failed = 0;
  int left = 0;  // put back where they came from: the disk is full, a folder is away
};

using LogSink = std::function<void(const std::string&)>;

// Makes output, done and failed folders where they are missing. Fails with conflict where another watches the folder,
// not_found where the incoming folder is not there at the start, storage_full, internal.
[[nodiscard]] base::Result<WatchReport> watch_folder(const WatchSettings& settings, Processor& processor,
                                                     const LogSink& log, const std::stop_token& stop);

}  // namespace medmark::watch
