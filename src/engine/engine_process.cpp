#include "engine/engine_process.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "decoder/channel.hpp"
#include "decoder/sandbox.hpp"
#include "engine/engine_sandbox.hpp"
#include "engine/packet_socket.hpp"
#include "engine/protocol.hpp"
#include "engine/result_memory.hpp"
#include "output/json.hpp"
#include "output/markdown.hpp"

namespace medmark::engine {
namespace {

using base::ErrorCode;
using decoder::Descriptor;
using decoder::kControlDescriptor;

// The server must answer while pages are read: whatever it wants of the processor comes first.
constexpr int kNiceness = 5;

// Sends replies of all threads, one after the other.
class ReplySender {
 public:
  void send(const Reply& reply, const Descriptor& memory = {}) {
    const std::vector<std::uint8_t> bytes = encode_reply(reply);
    const std::lock_guard lock(mutex_);
    // A client that is gone ends the process where requests are received.
    static_cast<void>(send_packet(kControlDescriptor, bytes, memory.get()));
  }

 private:
  std::mutex mutex_;
};

struct NamedFile {
  std::string name;
  Descriptor descriptor;
};

// One job: its files as they arrive, then a thread that does it.
class EngineJob {
 public:
  EngineJob(Worker& worker, ReplySender& sender) : worker_(worker), sender_(sender) {}

  void add_file(std::string name, Descriptor descriptor) { files_.push_back({std::move(name), std::move(descriptor)}); }
  void cancel() { stop_.request_stop(); }

  // Answers the request; called once.
  void run(const Request& request) {
    auto memory = answer(request);
    files_.clear();
    if (memory.has_value() && !*memory) {
      memory = base::fail(ErrorCode::kInternal, "The system gives no memory for a result.");
    }
    if (memory.has_value()) {
      sender_.send({.kind = ReplyKind::kDone, .job = request.job}, *memory);
    } else {
      sender_.send({.kind = ReplyKind::kError, .job = request.job, .error = memory.error()});
    }
  }

 private:
  base::Result<Descriptor> answer(const Request& request) {
    std::vector<pipeline::InputFile> files;
    files.reserve(files_.size());
    for (NamedFile& file : files_) {
      auto taken = decoder::DocumentFile::take(std::move(file.descriptor));
      if (!taken.has_value()) return tl::unexpected(taken.error());
      files.push_back({std::move(file.name), std::move(*taken)});
    }
    if (files.empty()) return base::fail(ErrorCode::kInvalidParameter, "There is no file to parse.");
    switch (request.kind) {
      case RequestKind::kParse:
        return parse(request, files);
      case RequestKind::kRender:
        return worker_.render(files, request.password, request.view).map(write_picture);
      case RequestKind::kInspect:
        return worker_.inspect(files, request.password).map(write_inspection);
      default:
        return base::fail(ErrorCode::kInternal, "The engine process does not know this request.");
    }
  }

  base::Result<Descriptor> parse(const Request& request, const std::vector<pipeline::InputFile>& files) {
    pipeline::ParseOptions options;
    for (const auto& [name, value] : request.options) {
      if (auto set = pipeline::set_option(options, name, value); !set.has_value()) return tl::unexpected(set.error());
    }
    options.password = request.password;
    options.words = request.words;
    std::atomic<bool> is_too_long = false;
    const auto tell = [&](const pipeline::Progress& progress) {
      // Told before the first page is begun.
      if (request.max_pages > 0 && progress.pages > request.max_pages) {
        is_too_long = true;
        stop_.request_stop();
        return;
      }
      sender_.send({.kind = ReplyKind::kProgress,
                    .job = request.job,
                    .progress = {.pages_done = progress.pages_done, .pages = progress.pages}});
    };
    auto document = worker_.parse(files, options, tell, stop_.get_token());
    if (is_too_long) {
      return base::fail(ErrorCode::kTooManyPages,
                        "The document has more than " + std::to_string(request.max_pages) + " pages.");
    }
    if (!document.has_value()) return tl::unexpected(document.error());
    if (!request.asset_prefix.empty()) {
      document->content = output::to_markdown(*document, {.asset_prefix = request.asset_prefix});
    }
    return write_document(*document, output::to_json(*document));
  }

  Worker& worker_;
  ReplySender& sender_;
  std::stop_source stop_;
  std::vector<NamedFile> files_;
};

class EngineServer {
 public:
  explicit EngineServer(const WorkerFactory& make_worker) : make_worker_(make_worker) {}

  // Until the client hangs up; the exit status.
  int serve() {
    while (auto packet = receive_packet(kControlDescriptor)) {
      auto request = decode_request(packet->bytes);
      if (!request.has_value()) return 1;
      if (request->kind == RequestKind::kConfigure) {
        if (!configure(*request)) return 1;
      } else if (!worker_ || !accept(std::move(*request), std::move(packet->descriptor))) {
        return 1;
      }
    }
    return 0;
  }

 private:
  bool configure(const Request& configuration) {
    if (worker_) return false;
    // The CUDA driver reserves far more than it uses; there the client watches instead.
    const bool may_use_cuda = configuration.device != "cpu" && std::filesystem::exists("/dev/nvidiactl");
    if (!may_use_cuda && configuration.max_memory_bytes > 0 && !limit_engine_memory(configuration.max_memory_bytes)) {
      return false;
    }
    auto worker = make_worker_(configuration);
    if (!worker.has_value()) {
      sender_.send({.kind = ReplyKind::kFailed, .error = worker.error()});
      return false;
    }
    worker_ = std::move(*worker);
    sender_.send({.kind = ReplyKind::kServing, .threads = worker_->threads(), .device_note = worker_->device_note()});
    std::thread([this, warm_up = configuration.warm_up] {
      const auto warm = warm_up == WarmUp::kLoadModels ? worker_->warm_up() : base::Result<void>{};
      sender_.send({.kind = ReplyKind::kReady, .error = warm.has_value() ? std::nullopt : std::optional(warm.error())});
    }).detach();
    return true;
  }

  bool accept(Request request, Descriptor descriptor) {
    const std::uint64_t id = request.job;
    const std::lock_guard lock(mutex_);
    if (request.kind == RequestKind::kCancel) {
      if (const auto job = jobs_.find(id); job != jobs_.end()) job->second->cancel();
      return true;
    }
    std::shared_ptr<EngineJob>& job = jobs_[id];
    if (!job) job = std::make_shared<EngineJob>(*worker_, sender_);
    if (request.kind == RequestKind::kFile) {
      job->add_file(std::move(request.file_name), std::move(descriptor));
      return true;
    }
    std::thread([this, job, started = std::move(request)] {
      job->run(started);
      const std::lock_guard forget(mutex_);
      jobs_.erase(started.job);
    }).detach();
    return true;
  }

  const WorkerFactory& make_worker_;
  ReplySender sender_;
  std::unique_ptr<Worker> worker_;
  std::mutex mutex_;
  std::map<std::uint64_t, std::shared_ptr<EngineJob>> jobs_;
};

}  // namespace

int run_engine_process(const WorkerFactory& make_worker) {
  if (!decoder::close_descriptors_above(kControlDescriptor)) return kExitSandboxFailed;
  if (!enter_engine_sandbox()) return kExitSandboxFailed;
  static_cast<void>(::setpriority(PRIO_PROCESS, 0, kNiceness));
  // Threads of jobs may still run when the client hangs up: nothing they do has a reader any more, so the process ends
  // without waiting for them, and its objects are left to the system.
  EngineServer server(make_worker);
  ::_exit(server.serve());
}

}  // namespace medmark::engine
