#include "engine/process_link.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "engine/engine_process.hpp"
#include "engine/engine_sandbox.hpp"
#include "engine/packet_socket.hpp"

namespace medmark::engine {
namespace {

using base::Error;
using base::ErrorCode;
using decoder::Clock;
using decoder::Descriptor;

// What the end of a process says about the work that was in it.
Error error_of_end(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == kExitOutOfMemory) {
    return {ErrorCode::kTooLarge, "Reading the document needs more memory than an engine process gets."};
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == kExitSandboxFailed) {
    return {ErrorCode::kInternal, "The system does not let the engine process shut itself off (seccomp)."};
  }
  return {ErrorCode::kWorkerCrashed, "The engine process ended while it read the document."};
}

base::Result<Descriptor> open_file(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file) return base::fail(ErrorCode::kNotFound, "The file cannot be read.");
  return file;
}

}  // namespace

struct ProcessLink::Call {
  std::uint64_t id = 0;
  JobProgressSink progress;
  Clock::time_point started = Clock::now();
  Clock::time_point last_progress = Clock::now();
  int pages = 0;
  bool is_answered = false;
  bool is_lost = false;
  base::Result<Descriptor> memory;
};

base::Result<std::shared_ptr<ProcessLink>> ProcessLink::start(const EngineSettings& settings,
                                                              std::function<void()> on_change) {
  std::vector<std::string> arguments = {"medmark", std::string(kEngineProcessArgument)};
  arguments.insert(arguments.end(), settings.extra_arguments.begin(), settings.extra_arguments.end());
  auto child = decoder::ChildProcess::start(settings.executable, arguments, {}, decoder::ControlSocket::kMessages);
  if (!child.has_value()) return tl::unexpected(child.error());
  std::shared_ptr<ProcessLink> link(new ProcessLink(std::move(*child), std::move(on_change)));
  // A process that has ended already shows in the receiver.
  static_cast<void>(link->send({.kind = RequestKind::kConfigure,
                                .share_directory = settings.share_directory.string(),
                                .device = settings.device,
                                .threads = settings.threads,
                                .max_memory_bytes = settings.max_memory_bytes,
                                .warm_up = settings.warm_up}));
  return link;
}

ProcessLink::ProcessLink(decoder::ChildProcess child, std::function<void()> on_change)
    : child_(std::move(child)),
      control_(::fcntl(child_.control(), F_DUPFD_CLOEXEC, 0)),
      pid_(child_.pid()),
      on_change_(std::move(on_change)) {
  receiver_ = std::thread([this] { receive(); });
}

ProcessLink::~ProcessLink() {
  end({ErrorCode::kCanceled, "The work was canceled."});
  receiver_.join();
}

LinkState ProcessLink::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

void ProcessLink::end(Error reason) {
  {
    const std::lock_guard lock(mutex_);
    if (!end_reason_.has_value()) end_reason_ = std::move(reason);
  }
  // The receiver sees the end of the stream and takes the process away.
  ::shutdown(control_.get(), SHUT_RDWR);
}

std::uint64_t ProcessLink::resident_bytes() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/statm");
  std::uint64_t size = 0, resident = 0, shared = 0;
  file >> size >> resident >> shared;
  const bool is_dead = state().phase == LinkPhase::kDead;
  return file && !is_dead ? (resident - shared) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

void ProcessLink::receive() {
  while (auto packet = receive_packet(control_.get())) {
    const auto reply = decode_reply(packet->bytes);
    if (!reply.has_value()) break;
    take(*reply, std::move(packet->descriptor));
  }
  // A process that closed its socket is about to end by itself, with a status of its own worth waiting for.
  lose_calls(error_of_end(child_.end_by_itself()));
  on_change_();
}

void ProcessLink::take(const Reply& reply, Descriptor memory) {
  JobProgressSink sink;
  {
    const std::lock_guard lock(mutex_);
    if (reply.kind == ReplyKind::kServing) {
      state_.phase = LinkPhase::kServing;
      state_.threads = std::max(1, reply.threads);
      state_.device_note = reply.device_note;
    } else if (reply.kind == ReplyKind::kReady) {
      state_.phase = LinkPhase::kReady;
      state_.error = reply.error;
    } else if (reply.kind == ReplyKind::kFailed) {
      end_reason_ = reply.error;
      return;
    } else {
      const auto found = calls_.find(reply.job);
      if (found == calls_.end()) return;
      Call& call = *found->second;
      call.last_progress = Clock::now();
      if (reply.kind == ReplyKind::kProgress) {
        call.pages = reply.progress.pages;
        sink = call.progress;
      } else {
        call.is_answered = true;
        call.memory = reply.error.has_value() ? base::Result<Descriptor>(tl::unexpected(*reply.error))
                                              : base::Result<Descriptor>(std::move(memory));
        calls_.erase(found);
      }
    }
  }
  answered_.notify_all();
  if (sink) sink(reply.progress);
  if (reply.kind == ReplyKind::kServing || reply.kind == ReplyKind::kReady) on_change_();
}

void ProcessLink::lose_calls(Error error) {
  {
    const std::lock_guard lock(mutex_);
    if (end_reason_.has_value()) error = *end_reason_;
    state_.phase = LinkPhase::kDead;
    state_.error = error;
    for (auto& [id, call] : calls_) {
      call->is_answered = true;
      call->is_lost = true;
      call->memory = tl::unexpected(error);
    }
    calls_.clear();
  }
  answered_.notify_all();
}

bool ProcessLink::send(const Request& request, int descriptor) {
  const std::vector<std::uint8_t> bytes = encode_request(request);
  const std::lock_guard lock(send_mutex_);
  return send_packet(control_.get(), bytes, descriptor);
}

base::Result<void> ProcessLink::send_job(Request& request, const std::vector<JobFile>& files) {
  for (const JobFile& file : files) {
    const Request named{.kind = RequestKind::kFile, .job = request.job, .file_name = file.name};
    if (file.descriptor >= 0) {
      static_cast<void>(send(named, file.descriptor));
      continue;
    }
    const auto opened = open_file(file.path);
    if (!opened.has_value()) return tl::unexpected(opened.error());
    static_cast<void>(send(named, opened->get()));
  }
  if (encode_request(request).size() > kMaxPacketBytes) {
    return base::fail(ErrorCode::kInvalidParameter, "The options are too long.");
  }
  // Where the process is gone the receiver tells the call so.
  static_cast<void>(send(request));
  return {};
}

CallOutcome ProcessLink::call(Request request, const std::vector<JobFile>& files, const JobProgressSink& progress,
                              const std::stop_token& stop, const CallLimits& limits) {
  auto call = std::make_shared<Call>();
  {
    const std::lock_guard lock(mutex_);
    if (state_.phase == LinkPhase::kDead) {
      return {tl::unexpected(state_.error.value_or(Error{ErrorCode::kWorkerCrashed, "The engine process ended."})),
              true};
    }
    call->id = request.job = next_call_++;
    call->progress = progress;
    calls_.emplace(call->id, call);
  }
  if (auto sent = send_job(request, files); !sent.has_value()) {
    const std::lock_guard lock(mutex_);
    calls_.erase(call->id);
    return {tl::unexpected(sent.error())};
  }
  return wait_for(call, stop, limits);
}

// With J jobs in the process and T threads, pages of all jobs taking turns, a page of a job comes up after at most
// J / T pages of others, each no longer than a page may be.
Clock::time_point ProcessLink::deadline_of(const Call& call, const CallLimits& limits) const {
  const auto jobs = static_cast<int>(calls_.size());
  const int turns = 1 + (jobs + state_.threads - 1) / state_.threads;
  return std::min(call.last_progress + limits.page * turns,
                  call.started + limits.whole + limits.whole_per_page * call.pages);
}

CallOutcome ProcessLink::wait_for(const std::shared_ptr<Call>& call, const std::stop_token& stop,
                                  const CallLimits& limits) {
  const auto is_answered = [&call] { return call->is_answered; };
  std::unique_lock lock(mutex_);
  while (!call->is_answered) {
    const auto deadline = deadline_of(*call, limits);
    answered_.wait_until(lock, stop, deadline, is_answered);
    if (call->is_answered) break;
    if (stop.stop_requested()) {
      lock.unlock();
      static_cast<void>(send({.kind = RequestKind::kCancel, .job = call->id}));
      lock.lock();
      answered_.wait_until(lock, deadline_of(*call, limits), is_answered);
    }
    if (call->is_answered || Clock::now() < deadline_of(*call, limits)) continue;
    lock.unlock();
    end({ErrorCode::kWorkerCrashed, "The engine process was ended because another document did not end in time."});
    lock.lock();
    answered_.wait(lock, is_answered);
    return {base::fail(ErrorCode::kTimeout, "Reading the document took too long."), true, true};
  }
  return {std::move(call->memory), call->is_lost};
}

}  // namespace medmark::engine
