// What an engine process gives up for good before it takes its first job.
//
// No socket but the one it was born with: socket(), connect(), bind(), listen() and accept() answer EACCES, io_uring
// and ptrace as well; no new privileges, no core dumps, no look into its memory by other processes of the same user.
// It keeps files (models load when a page first needs them) and exec (its decoders are its children), and on CUDA the
// driver's devices and ioctl. docs/processes.md lists it for all processes.
#pragma once

#include <cstdint>

namespace medmark::engine {

inline constexpr int kExitSandboxFailed = 70;
inline constexpr int kExitOutOfMemory = 71;

// Called once, from a process with one thread. False where the system cannot: the process must end then.
[[nodiscard]] bool enter_engine_sandbox();

// Bounds the private memory of the process beyond what it has now; a request for more ends it with kExitOutOfMemory.
// Without effect in a sanitizer build, whose run-time reserves far more than it uses.
[[nodiscard]] bool limit_engine_memory(std::uint64_t bytes);

}  // namespace medmark::engine
