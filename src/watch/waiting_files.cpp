#include "watch/waiting_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

namespace medmark::watch {
namespace {

namespace fs = std::filesystem;

// An empty file waits this many times longer.
constexpr int kEmptyFilePatience = 6;

// Names of unfinished files: browsers, office programs, copying tools.
constexpr std::array<std::string_view, 5> kUnfinishedEndings = {".part", ".tmp", ".crdownload", ".partial",
                                                                ".filepart"};

bool is_of_no_interest(std::string_view name) {
  if (name.starts_with('.') || name.starts_with('~')) return true;
  return std::any_of(kUnfinishedEndings.begin(), kUnfinishedEndings.end(),
                     [name](std::string_view ending) { return name.ends_with(ending); });
}

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

}  // namespace

WaitingFiles::WaitingFiles(fs::path incoming, std::vector<fs::path> excluded, std::chrono::milliseconds settle)
    : incoming_(std::move(incoming)), excluded_(std::move(excluded)), settle_(settle) {}

base::Result<void> WaitingFiles::look(WatchClock::time_point now) {
  SeenFiles found;
  if (!walk("", now, found)) {
    return base::fail(base::ErrorCode::kNotFound, "The incoming folder cannot be read.");
  }
  seen_ = std::move(found);
  std::vector<const SeenFiles::value_type*> ready;
  for (const auto& entry : seen_) {
    if (is_complete(entry.second, now)) ready.push_back(&entry);
  }
  std::sort(ready.begin(), ready.end(), [](const auto* a, const auto* b) {
    return std::pair(a->second.stamp.modified_ns, std::string_view(a->first)) <
           std::pair(b->second.stamp.modified_ns, std::string_view(b->first));
  });
  complete_.clear();
  complete_.reserve(ready.size());
  for (const auto* entry : ready) complete_.emplace_back(entry->first);
  return {};
}

bool WaitingFiles::walk(const std::string& relative, WatchClock::time_point now, SeenFiles& found) const {
  const std::unique_ptr<DIR, CloseFolder> folder(::opendir((incoming_ / relative).c_str()));
  if (!folder) return false;
  const int descriptor = ::dirfd(folder.get());
  while (const dirent* entry = ::readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    if (is_of_no_interest(name)) continue;
    struct stat status {};
    if (::fstatat(descriptor, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
    std::string path = relative.empty() ? std::string(name) : relative + '/' + std::string(name);
    if (S_ISREG(status.st_mode)) {
      constexpr std::int64_t kNanoseconds = 1'000'000'000;
      note_file(
          path,
          {static_cast<std::uint64_t>(status.st_size), status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec},
          now, found);
    } else if (S_ISDIR(status.st_mode) &&
               std::find(excluded_.begin(), excluded_.end(), incoming_ / path) == excluded_.end()) {
      static_cast<void>(walk(path, now, found));
    }
  }
  return true;
}

void WaitingFiles::note_file(const std::string& relative, const Stamp& stamp, WatchClock::time_point now,
                             SeenFiles& found) const {
  const auto known = seen_.find(relative);
  const bool is_same = known != seen_.end() && known->second.stamp == stamp;
  found.emplace(relative, Seen{stamp, is_same ? known->second.since : now});
}

bool WaitingFiles::is_complete(const Seen& seen, WatchClock::time_point now) const {
  return now - seen.since >= settle_ * (seen.stamp.size == 0 ? kEmptyFilePatience : 1);
}

}  // namespace medmark::watch
