#include "decoder/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "decoder/sandbox.hpp"

namespace medmark::decoder {
namespace {

using base::ErrorCode;

// Descriptors are laid out in the child by dup2; above this number none of the targets can overwrite a source.
constexpr int kSafeDescriptor = 16;

class SpawnActions {
 public:
  SpawnActions() { is_sound_ = ::posix_spawn_file_actions_init(&actions_) == 0; }
  ~SpawnActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  void lay(int from, int to) {
    if (from < 0) return open_nothing(to);
    Descriptor moved(::fcntl(from, F_DUPFD_CLOEXEC, kSafeDescriptor));
    is_sound_ = is_sound_ && moved && ::posix_spawn_file_actions_adddup2(&actions_, moved.get(), to) == 0;
    held_.push_back(std::move(moved));
  }
  void open_nothing(int to) {
    is_sound_ = is_sound_ && ::posix_spawn_file_actions_addopen(&actions_, to, "/dev/null", O_RDWR, 0) == 0;
  }
  [[nodiscard]] bool is_sound() const { return is_sound_; }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
  std::vector<Descriptor> held_;
  bool is_sound_ = false;
};

// The child starts with no signal blocked or ignored, whatever its client does with signals.
class SpawnAttributes {
 public:
  SpawnAttributes() {
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    is_sound_ = ::posix_spawnattr_init(&attributes_) == 0 && ::posix_spawnattr_setsigmask(&attributes_, &none) == 0 &&
                ::posix_spawnattr_setsigdefault(&attributes_, &all) == 0 &&
                ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) == 0;
  }
  ~SpawnAttributes() { ::posix_spawnattr_destroy(&attributes_); }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  [[nodiscard]] bool is_sound() const { return is_sound_; }
  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
  bool is_sound_ = false;
};

}  // namespace

base::Result<ChildProcess> ChildProcess::start(const std::filesystem::path& executable,
                                               const std::vector<std::string>& arguments,
                                               const ChildDescriptors& descriptors, ControlSocket socket) {
  int pair[2] = {-1, -1};
  const int kind = socket == ControlSocket::kStream ? SOCK_STREAM : SOCK_SEQPACKET;
  if (::socketpair(AF_UNIX, kind | SOCK_CLOEXEC, 0, pair) != 0) {
    return base::fail(ErrorCode::kInternal, "The system gives no socket for a child process.");
  }
  Descriptor ours(pair[0]);
  const Descriptor theirs(pair[1]);
  SpawnActions actions;
  actions.open_nothing(0);
  actions.open_nothing(1);
  if (!is_sanitizer_build()) actions.open_nothing(2);  // a sanitizer's report is wanted
  actions.lay(theirs.get(), kControlDescriptor);
  actions.lay(descriptors.document, kDocumentDescriptor);
  actions.lay(descriptors.result, kResultDescriptor);
  actions.lay(descriptors.font, kFontDescriptor);
  const SpawnAttributes attributes;

  std::vector<std::string> owned = arguments;
  std::vector<char*> pointers;
  for (std::string& argument : owned) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  // Nothing of the client's environment: it may name people and places, and steers the loader.
  std::string locale = "LC_ALL=C.UTF-8";
  char* environment[] = {locale.data(), nullptr};
  pid_t pid = -1;
  if (!actions.is_sound() || !attributes.is_sound() ||
      ::posix_spawn(&pid, executable.c_str(), actions.get(), attributes.get(), pointers.data(), environment) != 0) {
    return base::fail(ErrorCode::kInternal, "A child process could not be started.");
  }
  return ChildProcess(pid, std::move(ours));
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), control_(std::move(other.control_)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(control_, other.control_);
  return *this;
}

ChildProcess::~ChildProcess() { static_cast<void>(end()); }

int ChildProcess::end() {
  if (pid_ < 0) return 0;
  ::kill(pid_, SIGKILL);  // a child that has ended already keeps its own status
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  control_ = Descriptor();
  return status;
}

int ChildProcess::end_by_itself() {
  constexpr int kPatienceMs = 500;
  const Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  pollfd entry{process.get(), POLLIN, 0};
  if (process) ::poll(&entry, 1, kPatienceMs);
  return end();
}

}  // namespace medmark::decoder
