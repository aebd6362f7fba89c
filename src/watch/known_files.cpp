#include "watch/known_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>

#include "decoder/channel.hpp"
#include "results/result_files.hpp"

namespace medmark::watch {
namespace {

constexpr char kSeparator = '\t';

// Bytes and options in one word: the options without separators of ours.
std::string key_of(const std::string& sha256, const std::map<std::string, std::string>& options) {
  std::string key = sha256;
  for (const auto& [name, value] : options) key += ';' + name + '=' + value;
  return key;
}

}  // namespace

KnownFiles::KnownFiles(std::filesystem::path output) : file_(std::move(output) / kFileName) { read(); }

void KnownFiles::read() {
  std::ifstream stream(file_, std::ios::binary);
  std::string line;
  // A last line without its end was cut off.
  while (std::getline(stream, line) && !stream.eof()) {
    std::istringstream fields(line);
    std::string key, claim, stem;
    if (std::getline(fields, key, kSeparator) && std::getline(fields, claim, kSeparator) &&
        std::getline(fields, stem)) {
      known_[key] = {claim, stem};
    }
  }
}

std::optional<KnownFile> KnownFiles::find(const std::string& sha256,
                                          const std::map<std::string, std::string>& options) const {
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(key_of(sha256, options));
  return found == known_.end() ? std::nullopt : std::optional(found->second);
}

base::Result<void> KnownFiles::add(const std::string& sha256, const std::map<std::string, std::string>& options,
                                   const KnownFile& known) {
  const std::string key = key_of(sha256, options);
  std::string line = key + kSeparator + known.claim + kSeparator + known.stem.string() + '\n';
  const std::lock_guard lock(mutex_);
  const decoder::Descriptor file(::open(file_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  if (!file) return tl::unexpected(results::write_error(errno));
  // What a crash or a full disk cut off must not run into this line.
  const off_t end = ::lseek(file.get(), 0, SEEK_END);
  char last = '\n';
  if (end > 0 && ::pread(file.get(), &last, 1, end - 1) == 1 && last != '\n') line.insert(0, 1, '\n');
  errno = ENOSPC;  // a short write says no more
  if (::write(file.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    return tl::unexpected(results::write_error(errno));
  }
  if (::fsync(file.get()) != 0 && errno != EINVAL && errno != ENOTSUP) {
    return tl::unexpected(results::write_error(errno));
  }
  known_[key] = known;
  return {};
}

}  // namespace medmark::watch
