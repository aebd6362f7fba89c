#include "decoder/sandbox.hpp"

#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <memory>
#include <new>

#include "decoder/channel.hpp"

namespace medmark::decoder {
namespace {

// Standard streams and the control socket are open; there is no number left for another one.
constexpr std::uint64_t kDescriptors = kControlDescriptor + 1;

struct ReleaseFilter {
  void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, ReleaseFilter>;

// What computing and talking on open descriptors takes.
constexpr int kAllowed[] = {
    SCMP_SYS(read),         SCMP_SYS(write),          SCMP_SYS(pread64),      SCMP_SYS(readv),
    SCMP_SYS(writev),       SCMP_SYS(lseek),          SCMP_SYS(close),        SCMP_SYS(poll),
    SCMP_SYS(munmap),       SCMP_SYS(mremap),         SCMP_SYS(madvise),      SCMP_SYS(brk),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),
    SCMP_SYS(setitimer),    SCMP_SYS(clock_gettime),  SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday),
    SCMP_SYS(futex),        SCMP_SYS(getpid),         SCMP_SYS(gettid),       SCMP_SYS(sched_yield),
    SCMP_SYS(getrandom),    SCMP_SYS(exit),           SCMP_SYS(exit_group),   SCMP_SYS(restart_syscall),
    SCMP_SYS(getrusage),
};

// What libraries try in passing and live without: they are told no.
constexpr int kRefused[] = {
    SCMP_SYS(open),       SCMP_SYS(openat),    SCMP_SYS(stat),
    SCMP_SYS(lstat),      SCMP_SYS(fstat),     SCMP_SYS(newfstatat),
    SCMP_SYS(statx),      SCMP_SYS(access),    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2), SCMP_SYS(readlink),  SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd),     SCMP_SYS(uname),     SCMP_SYS(sysinfo),
    SCMP_SYS(ioctl),      SCMP_SYS(fcntl),     SCMP_SYS(sched_getaffinity),
    SCMP_SYS(prlimit64),  SCMP_SYS(getrlimit), SCMP_SYS(getuid),
    SCMP_SYS(geteuid),    SCMP_SYS(getgid),    SCMP_SYS(getegid),
    SCMP_SYS(unlink),
};

// Under a sanitizer everything else is left open.
constexpr int kForbiddenUnderSanitizer[] = {
    SCMP_SYS(socket),   SCMP_SYS(connect), SCMP_SYS(bind),  SCMP_SYS(execve),
    SCMP_SYS(execveat), SCMP_SYS(fork),    SCMP_SYS(vfork),
};

bool allow_memory_without_code(scmp_filter_ctx filter) {
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) != 0) return false;
  }
  return true;
}

// abort() and friends may signal the process itself, nobody else.
bool allow_signals_to_self(scmp_filter_ctx filter) {
  const auto self = static_cast<scmp_datum_t>(::getpid());
  return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, self, 0)) == 0;
}

bool load_strict_filter() {
  const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
  if (!filter) return false;
  for (const int call : kAllowed) {
    if (seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) != 0) return false;
  }
  for (const int call : kRefused) {
    if (seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), call, 0) != 0) return false;
  }
  return allow_memory_without_code(filter.get()) && allow_signals_to_self(filter.get()) &&
         seccomp_load(filter.get()) == 0;
}

bool load_sanitizer_filter() {
  const Filter filter(seccomp_init(SCMP_ACT_ALLOW));
  if (!filter) return false;
  for (const int call : kForbiddenUnderSanitizer) {
    if (seccomp_rule_add(filter.get(), SCMP_ACT_KILL_PROCESS, call, 0) != 0) return false;
  }
  return seccomp_load(filter.get()) == 0;
}

bool limit(__rlimit_resource resource, std::uint64_t value) {
  const rlimit both{value, value};
  return ::setrlimit(resource, &both) == 0;
}

// Private writable memory that the process has now, from the kernel's own count; it must be asked before files are
// closed off.
std::uint64_t data_bytes_now() {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen("/proc/self/statm", "re"), std::fclose);
  unsigned long long size = 0, resident = 0, shared = 0, text = 0, library = 0, data = 0;
  if (!file || std::fscanf(file.get(), "%llu %llu %llu %llu %llu %llu", &size, &resident, &shared, &text, &library,
                           &data) != 6) {
    return 0;
  }
  return data * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

// PDFium traps where memory runs out. Whether that was it shows in whether a little memory can still be had.
void on_trap(int signal_number) {
  constexpr std::size_t kProbe = std::size_t{32} << 20;
  void* probe = ::mmap(nullptr, kProbe, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (probe == MAP_FAILED) ::_exit(kExitOutOfMemory);
  ::signal(signal_number, SIG_DFL);
  ::raise(signal_number);
}

void watch_memory() {
  std::set_new_handler([] { ::_exit(kExitOutOfMemory); });
  for (const int signal_number : {SIGABRT, SIGILL, SIGTRAP, SIGSEGV}) ::signal(signal_number, on_trap);
}

}  // namespace

bool is_sanitizer_build() {
#if defined(__SANITIZE_ADDRESS__)
  return true;
#elif defined(__has_feature)
  return __has_feature(address_sanitizer);
#else
  return false;
#endif
}

bool close_descriptors_above(int last_descriptor) {
  return ::close_range(static_cast<unsigned>(last_descriptor) + 1, ~0U, 0) == 0;
}

bool enter_sandbox(const SandboxLimits& limits) {
  if (!limit(RLIMIT_CORE, 0) || !limit(RLIMIT_CPU, limits.processor_seconds)) return false;
  if (::prctl(PR_SET_DUMPABLE, 0) != 0 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  if (is_sanitizer_build()) return load_sanitizer_filter();
  watch_memory();
  if (!limit(RLIMIT_DATA, data_bytes_now() + limits.memory_bytes)) return false;
  if (!limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_NPROC, 0) || !limit(RLIMIT_NOFILE, kDescriptors)) return false;
  return load_strict_filter();
}

}  // namespace medmark::decoder
