#include "decoder/decoder_process.hpp"

#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <opencv2/core/utility.hpp>
#include <string>
#include <vector>

#include "decoder/channel.hpp"
#include "decoder/office_protocol.hpp"
#include "decoder/protocol.hpp"
#include "decoder/sandbox.hpp"
#include "input/source.hpp"

namespace medmark::decoder {
namespace {

using base::ErrorCode;

// A descriptor's file, mapped whole for the process's life; empty where it cannot be mapped (an empty file, /dev/null).
std::span<std::uint8_t> map_whole(int fd, int protection, int flags) {
  struct stat status {};
  if (::fstat(fd, &status) != 0 || status.st_size <= 0) return {};
  const auto size = static_cast<std::size_t>(status.st_size);
  void* address = ::mmap(nullptr, size, protection, flags, fd, 0);
  if (address == MAP_FAILED) return {};
  return {static_cast<std::uint8_t*>(address), size};
}

// Lets go of what was read of a mapped file: a scan of 700 pages would end up whole in the process's memory. What is
// needed again comes from the system's cache.
void forget_pages_of(std::span<const std::uint8_t> mapped) {
  if (mapped.empty()) return;
  auto* address = const_cast<std::uint8_t*>(mapped.data());  // the system's interface; nothing is written
  (void)::madvise(address, mapped.size(), MADV_DONTNEED);
}

// Ends the process some time after the deadline of a request whose client is gone and can no longer end it.
void set_own_deadline(std::uint32_t deadline_ms) {
  const std::uint64_t ms = deadline_ms == 0 ? 0 : std::uint64_t{deadline_ms} * 2 + 1000;
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(ms / 1000);
  timer.it_value.tv_usec = static_cast<suseconds_t>(ms % 1000 * 1000);
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

class RequestServer {
 public:
  RequestServer(std::span<const std::uint8_t> document, std::span<std::uint8_t> result,
                std::span<const std::uint8_t> font)
      : document_(document), result_(result), font_(font) {}

  // Until the client hangs up. False where it talks nonsense.
  bool serve() {
    Request request;
    while (read_all(kControlDescriptor, writable_bytes_of(request), std::nullopt) == Transfer::kDone) {
      set_own_deadline(request.deadline_ms);
      std::string password;
      if (request.password_size > kMaxPasswordSize) return false;
      password.resize(request.password_size);
      const std::span<std::uint8_t> password_bytes{reinterpret_cast<std::uint8_t*>(password.data()), password.size()};
      if (read_all(kControlDescriptor, password_bytes, std::nullopt) != Transfer::kDone) return false;
      const Reply reply = answer(request, std::move(password));
      forget_pages_of(document_);
      set_own_deadline(0);
      if (!send(reply)) return false;
    }
    return true;
  }

 private:
  // Sockets refuse send() behind the filter, so this end writes; a client that is gone ends it by SIGPIPE.
  static bool send(const Reply& reply) {
    const auto bytes = bytes_of(reply);
    return ::write(kControlDescriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  }

  Reply with_payload(const std::vector<std::uint8_t>& payload, bool has_failed = false) {
    if (payload.size() > result_.size())
      return failed({ErrorCode::kTooLarge, "The page holds more than can be handed over."});
    std::copy(payload.begin(), payload.end(), result_.begin());
    return {.has_failed = has_failed ? 1U : 0U, .payload_size = payload.size()};
  }

  Reply failed(const base::Error& error) { return with_payload(encode_error(error), true); }

  Reply answer(const Request& request, std::string password) {
    if (request.kind == RequestKind::kOpen) return open(request, std::move(password));
    if (!source_) return failed({ErrorCode::kInternal, "The decoder process holds no document."});
    switch (request.kind) {
      case RequestKind::kPage: {
        const auto page = source_->page(request.page);
        return page ? with_payload(encode_page(*page)) : failed(page.error());
      }
      case RequestKind::kRender:
      case RequestKind::kOfficePicture:
        return render(request);
      case RequestKind::kOfficePage: {
        const auto page = source_->office_page(request.page);
        return page ? with_payload(encode_office_page(*page)) : failed(page.error());
      }
      default:
        return failed({ErrorCode::kInternal, "The decoder process does not know this request."});
    }
  }

  Reply open(const Request& request, std::string password) {
    input::SourceOptions options;
    options.password = std::move(password);
    options.fallback_font = font_;
    options.max_pages = request.max_pages;
    options.max_rendered_pixels = request.max_rendered_pixels;
    auto source = input::open_source(document_, options);
    if (!source) return failed(source.error());
    source_ = std::move(*source);
    return with_payload(encode_document(
        {std::string(source_->media_type()), source_->page_count(), source_->outline(), source_->is_office()}));
  }

  Reply render(const Request& request) {
    std::size_t size = 0;
    const auto allocate = [&](std::size_t wanted) -> std::span<std::uint8_t> {
      if (wanted > result_.size() - sizeof(RenderingHeader)) return {};
      size = wanted;
      return result_.subspan(sizeof(RenderingHeader), wanted);
    };
    const auto rendered = request.kind == RequestKind::kOfficePicture
                              ? source_->render_office_picture(request.page, request.dpi, allocate)
                              : source_->render(request.page, request.dpi, allocate);
    if (!rendered) return failed(rendered.error());
    const RenderingHeader header{.width = rendered->width,
                                 .height = rendered->height,
                                 .dpi = rendered->dpi,
                                 .is_damaged = rendered->damage ? 1U : 0U};
    std::memcpy(result_.data(), &header, sizeof header);
    return {.payload_size = sizeof header + size};
  }

  std::span<const std::uint8_t> document_;
  std::span<std::uint8_t> result_;
  std::span<const std::uint8_t> font_;
  std::unique_ptr<input::Source> source_;
};

}  // namespace

int run_decoder_process(int argument_count, const char* const* arguments) {
  SandboxLimits limits;
  if (argument_count >= 3) limits.memory_bytes = std::strtoull(arguments[2], nullptr, 10);
  if (!close_descriptors_above(kFontDescriptor)) return kExitSandboxFailed;
  const auto document = map_whole(kDocumentDescriptor, PROT_READ, MAP_PRIVATE);
  const auto result = map_whole(kResultDescriptor, PROT_READ | PROT_WRITE, MAP_SHARED);
  const auto font = map_whole(kFontDescriptor, PROT_READ, MAP_PRIVATE);
  for (const int fd : {kDocumentDescriptor, kResultDescriptor, kFontDescriptor}) ::close(fd);
  if (result.size() < sizeof(RenderingHeader)) return kExitSandboxFailed;
  cv::setNumThreads(1);  // threads are processes to the filter
  if (!enter_sandbox(limits)) return kExitSandboxFailed;
  const bool ended_well = RequestServer(document, result, font).serve();
  // Not exit(): the process is the document's, nothing of it is worth a destructor's risk.
  ::_exit(ended_well ? 0 : 1);
}

}  // namespace medmark::decoder
