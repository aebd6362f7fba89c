// Gives up, for the calling process and for good, everything a decoder does not need: files, network, programs,
// processes, privileges, more memory and time than its share.
//
// Called once, from a process with one thread, before it looks at a single untrusted byte.
// docs/decisions/0005-decoder-process.md says what this defends and what not.
#pragma once

#include <cstdint>

namespace medmark::decoder {

struct SandboxLimits {
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;  // private memory beyond what the process has mapped already
  std::uint32_t processor_seconds = 900;                // of the whole document
};

// Exit statuses by which the child tells its client what ended it.
inline constexpr int kExitSandboxFailed = 70;
inline constexpr int kExitOutOfMemory = 71;

// Whether this build runs under a sanitizer, whose run-time needs files and far more address space: the filter then
// forbids only network, programs and new privileges, and memory has no limit.
[[nodiscard]] bool is_sanitizer_build();

// Closes every descriptor above `last_descriptor`. False where the system cannot.
[[nodiscard]] bool close_descriptors_above(int last_descriptor);

// Sets the limits and the system call filter. False where the system cannot: the process must end then. From then on
// files answer EPERM, and asking for a socket, a program, or a process ends the process.
[[nodiscard]] bool enter_sandbox(const SandboxLimits& limits);

}  // namespace medmark::decoder
