// The bytes of a document for a decoder: a file that stays a file, so that a scan of 700 pages never stands in memory
// whole.
//
// What changes or shortens the file while it is read ends its decoder process at worst (the reading here is by read(),
// never by a mapping). Ownership: holds the descriptor. Thread-safe after construction.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "base/error.hpp"
#include "base/sha256.hpp"
#include "decoder/channel.hpp"

namespace medmark::decoder {

class DocumentFile {
 public:
  // Larger files are refused.
  static constexpr std::uint64_t kMaxBytes = std::uint64_t{2} << 30;

  // Fail with not_found where it is no file that can be read, too_large above kMaxBytes.
  [[nodiscard]] static base::Result<DocumentFile> open(const std::filesystem::path& path);
  [[nodiscard]] static base::Result<DocumentFile> take(Descriptor file);
  // A copy in memory. Fails with internal where the system gives none.
  [[nodiscard]] static base::Result<DocumentFile> copy_of(std::span<const std::uint8_t> bytes);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const Descriptor& descriptor() const { return file_; }
  // Another holder of the same file. Fails with internal where descriptors run out.
  [[nodiscard]] base::Result<DocumentFile> share() const;
  // The first `count` bytes, fewer where there are fewer.
  [[nodiscard]] std::vector<std::uint8_t> head(std::size_t count) const;
  // Feeds all bytes to `digest`, piece by piece.
  void hash_into(base::Sha256& digest) const;

 private:
  DocumentFile(Descriptor file, std::uint64_t size) : file_(std::move(file)), size_(size) {}
  // Bytes from `offset` on, as many as fit and are there.
  [[nodiscard]] std::size_t read_at(std::uint64_t offset, std::span<std::uint8_t> bytes) const;

  Descriptor file_;
  std::uint64_t size_ = 0;
};

}  // namespace medmark::decoder
