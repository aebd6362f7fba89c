// What waits in a watched folder, and what of it is complete.
//
// A file counts as complete when its size and time have not changed for a while between two looks; an empty one must
// wait longer, because many programs make a file some time before they fill it. It polls: network shares tell nobody
// when a file comes. Not looked at: hidden files and folders, names that copying programs use for unfinished files,
// links. Confined to one thread at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace medmark::watch {

using WatchClock = std::chrono::steady_clock;

class WaitingFiles {
 public:
  // `excluded` folders (absolute) are not entered: the watcher's own may stand inside.
  WaitingFiles(std::filesystem::path incoming, std::vector<std::filesystem::path> excluded,
               std::chrono::milliseconds settle);

  // Walks the folder. Fails with not_found where the folder itself cannot be read (a share that is away); what was
  // known stays known. A subfolder that cannot be read is left out.
  [[nodiscard]] base::Result<void> look(WatchClock::time_point now);
  // Complete files of the last look, relative to the folder, oldest first.
  [[nodiscard]] const std::vector<std::filesystem::path>& complete() const { return complete_; }
  // Files of the last look, complete or not.
  [[nodiscard]] std::size_t count() const { return seen_.size(); }

 private:
  struct Stamp {
    std::uint64_t size = 0;
    std::int64_t modified_ns = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  struct Seen {
    Stamp stamp;
    WatchClock::time_point since;
  };
  using SeenFiles = std::map<std::string, Seen>;

  [[nodiscard]] bool walk(const std::string& relative, WatchClock::time_point now, SeenFiles& found) const;
  void note_file(const std::string& relative, const Stamp& stamp, WatchClock::time_point now, SeenFiles& found) const;
  [[nodiscard]] bool is_complete(const Seen& seen, WatchClock::time_point now) const;

  std::filesystem::path incoming_;
  std::vector<std::filesystem::path> excluded_;
  std::chrono::milliseconds settle_;
  SeenFiles seen_;
  std::vector<std::filesystem::path> complete_;
};

}  // namespace medmark::watch
