// The descriptors that tie a client to its decoder process, and reading and writing on them.
//
// Ownership: Descriptor closes what it holds. Thread-safe as values are. Failures are empty results; errno is not kept.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

namespace medmark::decoder {

// Where the child finds what the client hands it. Nothing else is open in the child.
inline constexpr int kControlDescriptor = 3;   // a stream socket
inline constexpr int kDocumentDescriptor = 4;  // the document's file, read-only
inline constexpr int kResultDescriptor = 5;    // a memory file of fixed size, shared for writing
inline constexpr int kFontDescriptor = 6;      // the fallback font, read-only; /dev/null where there is none

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor();
  [[nodiscard]] int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// A memory file that holds `bytes` and can never change again.
[[nodiscard]] Descriptor sealed_memory(std::span<const std::uint8_t> bytes);
// A memory file of `size` zero bytes that can be written but neither grow nor shrink. It takes memory where it is
// written only.
[[nodiscard]] Descriptor shared_memory(std::size_t size);
// Gives the pages of a memory file back to the system; its bytes are zero then.
void release_memory(const Descriptor& memory, std::size_t size);

using Clock = std::chrono::steady_clock;
enum class Transfer { kDone, kTimeout, kClosed };

// All of `bytes`, or until `deadline`, or until the other side is gone.
[[nodiscard]] Transfer write_all(int fd, std::span<const std::uint8_t> bytes);
[[nodiscard]] Transfer read_all(int fd, std::span<std::uint8_t> bytes, std::optional<Clock::time_point> deadline);
// `bytes.size()` bytes from the start of a memory file plus `offset`.
[[nodiscard]] bool read_memory(const Descriptor& memory, std::size_t offset, std::span<std::uint8_t> bytes);

template <typename T>
[[nodiscard]] std::span<std::uint8_t> writable_bytes_of(T& value) {
  return {reinterpret_cast<std::uint8_t*>(&value), sizeof value};
}
template <typename T>
[[nodiscard]] std::span<const std::uint8_t> bytes_of(const T& value) {
  return {reinterpret_cast<const std::uint8_t*>(&value), sizeof value};
}

}  // namespace medmark::decoder
