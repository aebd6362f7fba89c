#include "decoder/document_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace medmark::decoder {

using base::ErrorCode;

base::Result<DocumentFile> DocumentFile::open(const std::filesystem::path& path) {
  return take(Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)));
}

base::Result<DocumentFile> DocumentFile::take(Descriptor file) {
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return base::fail(ErrorCode::kNotFound, "The file cannot be read.");
  }
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > kMaxBytes) return base::fail(ErrorCode::kTooLarge, "The file is larger than 2 GiB.");
  return DocumentFile(std::move(file), size);
}

base::Result<DocumentFile> DocumentFile::copy_of(std::span<const std::uint8_t> bytes) {
  Descriptor memory = sealed_memory(bytes);
  if (!memory) return base::fail(ErrorCode::kInternal, "The system gives no memory for a decoder process.");
  return DocumentFile(std::move(memory), bytes.size());
}

base::Result<DocumentFile> DocumentFile::share() const {
  Descriptor other(::fcntl(file_.get(), F_DUPFD_CLOEXEC, 0));
  if (!other) return base::fail(ErrorCode::kInternal, "Too many files are open.");
  return DocumentFile(std::move(other), size_);
}

std::size_t DocumentFile::read_at(std::uint64_t offset, std::span<std::uint8_t> bytes) const {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count =
        ::pread(file_.get(), bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

std::vector<std::uint8_t> DocumentFile::head(std::size_t count) const {
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(std::min<std::uint64_t>(count, size_)));
  bytes.resize(read_at(0, bytes));
  return bytes;
}

void DocumentFile::hash_into(base::Sha256& digest) const {
  constexpr std::size_t kPieceBytes = std::size_t{1} << 18;
  std::vector<std::uint8_t> piece(kPieceBytes);
  std::uint64_t offset = 0;
  while (const std::size_t count = read_at(offset, piece)) {
    digest.update(std::span(piece).first(count));
    offset += count;
  }
}

}  // namespace medmark::decoder
