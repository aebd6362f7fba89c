#include "decoder/sandbox.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <new>

namespace medmark::decoder {
namespace {

using ::testing::ExitedWithCode;
using ::testing::KilledBySignal;

// Each test enters the sandbox in a forked process, which then ends with what it found.
template <typename Action>
void in_sandbox(Action action, const SandboxLimits& limits = {}) {
  if (!close_descriptors_above(3) || !enter_sandbox(limits)) ::_exit(kExitSandboxFailed);
  ::_exit(action());
}

#define SKIP_UNDER_SANITIZER() \
  if (is_sanitizer_build()) GTEST_SKIP() << "a sanitizer's run-time needs what is forbidden here"

TEST(Sandbox, LetsComputationAndMemoryBe) {
  EXPECT_EXIT(in_sandbox([] {
                auto* block = static_cast<volatile char*>(std::malloc(std::size_t{8} << 20));
                if (block == nullptr) return 1;
                block[0] = 1;
                return block[0] == 1 ? 0 : 2;
              }),
              ExitedWithCode(0), "");
}

TEST(Sandbox, RefusesFiles) {
  SKIP_UNDER_SANITIZER();
  EXPECT_EXIT(in_sandbox([] { return ::open("/etc/hostname", O_RDONLY) < 0 && errno == EPERM ? 0 : 1; }),
              ExitedWithCode(0), "");
  EXPECT_EXIT(in_sandbox([] { return ::access("/etc/hostname", R_OK) < 0 && errno == EPERM ? 0 : 1; }),
              ExitedWithCode(0), "");
}

TEST(Sandbox, EndsWhoAsksForASocketAProgramOrAProcess) {
  EXPECT_EXIT(in_sandbox([] { return ::socket(AF_INET, SOCK_STREAM, 0); }), KilledBySignal(SIGSYS), "");
  EXPECT_EXIT(in_sandbox([] { return ::execl("/bin/true", "true", nullptr); }), KilledBySignal(SIGSYS), "");
  SKIP_UNDER_SANITIZER();
  EXPECT_EXIT(in_sandbox([] { return ::fork() == 0 ? 0 : 1; }), KilledBySignal(SIGSYS), "");
  EXPECT_EXIT(in_sandbox([] { return ::kill(::getppid(), 0); }), KilledBySignal(SIGSYS), "");
}

TEST(Sandbox, RefusesMemoryThatRuns) {
  SKIP_UNDER_SANITIZER();
  EXPECT_EXIT(
      in_sandbox([] {
        return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? 0 : 1;
      }),
      KilledBySignal(SIGSYS), "");
}

TEST(Sandbox, EndsWithItsOwnStatusWhereMemoryRunsOut) {
  SKIP_UNDER_SANITIZER();
  const SandboxLimits limits{.memory_bytes = std::uint64_t{64} << 20};
  const auto take_too_much = [] {
    for (int i = 0; i < 100; ++i) {
      auto* block = new volatile char[std::size_t{8} << 20];
      block[0] = 1;
    }
    return 0;
  };
  EXPECT_EXIT(in_sandbox(take_too_much, limits), ExitedWithCode(kExitOutOfMemory), "");
}

TEST(Sandbox, LeavesNoDescriptorAboveTheNamedOne) {
  EXPECT_EXIT(
      {
        const int extra = ::open("/dev/null", O_RDONLY);
        const int high = ::fcntl(extra, F_DUPFD, 20);
        const bool closed = close_descriptors_above(2);
        ::_exit(closed && ::fcntl(high, F_GETFD) < 0 && errno == EBADF ? 0 : 1);
      },
      ExitedWithCode(0), "");
}

}  // namespace
}  // namespace medmark::decoder
