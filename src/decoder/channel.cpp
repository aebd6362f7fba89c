#include "decoder/channel.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace medmark::decoder {
namespace {

Descriptor memory_file() { return Descriptor(::memfd_create("medmark", MFD_CLOEXEC | MFD_ALLOW_SEALING)); }

// Whether something can be read before the deadline.
Transfer wait_for_input(int fd, std::optional<Clock::time_point> deadline) {
  while (true) {
    int timeout = -1;
    if (deadline) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - Clock::now()).count();
      if (left <= 0) return Transfer::kTimeout;
      timeout = static_cast<int>(std::min<long long>(left, INT_MAX));
    }
    pollfd entry{fd, POLLIN, 0};
    const int ready = ::poll(&entry, 1, timeout);
    if (ready > 0) return Transfer::kDone;
    if (ready == 0) return Transfer::kTimeout;
    if (errno != EINTR) return Transfer::kClosed;
  }
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Descriptor sealed_memory(std::span<const std::uint8_t> bytes) {
  Descriptor memory = memory_file();
  std::size_t written = 0;
  while (memory && written < bytes.size()) {
    const ssize_t count = ::write(memory.get(), bytes.data() + written, bytes.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return {};
    written += static_cast<std::size_t>(count);
  }
  if (!memory || ::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
    return {};
  return memory;
}

Descriptor shared_memory(std::size_t size) {
  Descriptor memory = memory_file();
  if (!memory || ::ftruncate(memory.get(), static_cast<off_t>(size)) != 0 ||
      ::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    return {};
  }
  return memory;
}

void release_memory(const Descriptor& memory, std::size_t size) {
  // Where the system cannot do it, the memory stays taken until the decoder ends; nothing else changes.
  static_cast<void>(::fallocate(memory.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(size)));
}

Transfer write_all(int fd, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return Transfer::kClosed;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return Transfer::kDone;
}

Transfer read_all(int fd, std::span<std::uint8_t> bytes, std::optional<Clock::time_point> deadline) {
  while (!bytes.empty()) {
    if (const Transfer ready = wait_for_input(fd, deadline); ready != Transfer::kDone) return ready;
    const ssize_t count = ::read(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return Transfer::kClosed;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return Transfer::kDone;
}

bool read_memory(const Descriptor& memory, std::size_t offset, std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::pread(memory.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
    offset += static_cast<std::size_t>(count);
  }
  return true;
}

}  // namespace medmark::decoder
