#include "engine/engine_sandbox.hpp"

#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <memory>
#include <new>

#include "decoder/sandbox.hpp"

namespace medmark::engine {
namespace {

struct ReleaseFilter {
  void operator()(void* filter) const { seccomp_release(filter); }
};

constexpr int kRefused[] = {
    SCMP_SYS(socket),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(process_vm_readv),
};

bool refuse_sockets() {
  const std::unique_ptr<void, ReleaseFilter> filter(seccomp_init(SCMP_ACT_ALLOW));
  if (!filter) return false;
  for (const int call : kRefused) {
    if (seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), call, 0) != 0) return false;
  }
  return seccomp_load(filter.get()) == 0;
}

// Where memory runs out, an engine goes before the server that keeps the documents does.
void offer_to_out_of_memory_killer() { std::ofstream("/proc/self/oom_score_adj") << 500; }

// Private writable memory the process has now.
std::uint64_t data_bytes_now() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t size = 0, resident = 0, shared = 0, text = 0, library = 0, data = 0;
  file >> size >> resident >> shared >> text >> library >> data;
  return file ? data * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace

bool enter_engine_sandbox() {
  offer_to_out_of_memory_killer();
  const rlimit none{0, 0};
  if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_DUMPABLE, 0) != 0) return false;
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && refuse_sockets();
}

bool limit_engine_memory(std::uint64_t bytes) {
  if (decoder::is_sanitizer_build()) return true;
  std::set_new_handler([] { ::_exit(kExitOutOfMemory); });
  const std::uint64_t most = data_bytes_now() + bytes;
  // The hard limit stays: a decoder sets a limit of its own, which may be higher.
  const rlimit limit{most, RLIM_INFINITY};
  return ::setrlimit(RLIMIT_DATA, &limit) == 0;
}

}  // namespace medmark::engine
