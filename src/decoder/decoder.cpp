#include "decoder/decoder.hpp"

#include <fcntl.h>
#include <sys/wait.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "decoder/channel.hpp"
#include "decoder/child_process.hpp"
#include "decoder/decoder_process.hpp"
#include "decoder/legacy_office.hpp"
#include "decoder/office_protocol.hpp"
#include "decoder/protocol.hpp"
#include "decoder/sandbox.hpp"

namespace medmark::decoder {
namespace {

using base::Error;
using base::ErrorCode;

// Room for everything but pixels: a page of 300,000 characters takes 20 MB.
constexpr std::size_t kLeastResultBytes = std::size_t{64} << 20;

// The Chinese fonts that distributions install, and the package's own beside the program.
std::filesystem::path default_font() {
  std::error_code ignored;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
  for (const std::filesystem::path& path :
       {program / "share/medmark/fonts/wqy-microhei.ttc", program / "../share/medmark/fonts/wqy-microhei.ttc",
        std::filesystem::path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
        std::filesystem::path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")}) {
    if (std::filesystem::exists(path, ignored)) return path;
  }
  return {};
}

// What a child's end says about the call it was in.
Error error_of_end(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == kExitOutOfMemory) {
    return {ErrorCode::kTooLarge, "Reading the document needs more memory than a decoder process gets."};
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == kExitSandboxFailed) {
    return {ErrorCode::kInternal, "The system does not let the decoder process shut itself off (seccomp)."};
  }
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
    return {ErrorCode::kTimeout, "Reading the document took more processor time than a decoder process gets."};
  }
  return {ErrorCode::kWorkerCrashed, "The decoder process ended while it read the document."};
}

}  // namespace

class Decoder::Implementation {
 public:
  static base::Result<std::unique_ptr<Implementation>> open(DocumentFile file, DecodeOptions options) {
    if (is_legacy_office(file)) {
      auto modern = modern_office_file(file);
      if (!modern) return tl::unexpected(modern.error());
      file = std::move(*modern);
    }
    auto self = std::make_unique<Implementation>(std::move(file), std::move(options));
    if (self->file_.size() == 0) return base::fail(ErrorCode::kCorruptDocument, "The file is empty.");
    self->result_size_ = std::max(
        kLeastResultBytes, sizeof(RenderingHeader) + 3 * static_cast<std::size_t>(self->options_.max_rendered_pixels) +
                               (std::size_t{1} << 20));
    self->result_memory_ = shared_memory(self->result_size_);
    if (!self->result_memory_) {
      return base::fail(ErrorCode::kInternal, "The system gives no memory for a decoder process.");
    }
    const std::filesystem::path font =
        self->options_.fallback_font.empty() ? default_font() : self->options_.fallback_font;
    if (!font.empty()) self->font_ = Descriptor(::open(font.c_str(), O_RDONLY | O_CLOEXEC));
    if (auto started = self->start_child(); !started) return tl::unexpected(started.error());
    return self;
  }

  Implementation(DocumentFile file, DecodeOptions options) : options_(std::move(options)), file_(std::move(file)) {}

  const DocumentInfo& document() const { return document_; }

  base::Result<input::NativePage> page(int index) {
    auto payload = call_for_page({.kind = RequestKind::kPage, .page = index});
    if (!payload) return tl::unexpected(payload.error());
    return decode_page(*payload);
  }

  base::Result<input::Picture> render(int index, double dpi) {
    return render({.kind = RequestKind::kRender, .page = index, .dpi = dpi});
  }

  base::Result<document::OfficePage> office_page(int index) {
    const auto payload = call_for_page({.kind = RequestKind::kOfficePage, .page = index});
    if (!payload) return tl::unexpected(payload.error());
    return decode_office_page(*payload);
  }

  base::Result<input::Picture> render_office_picture(int picture, double dpi) {
    return render({.kind = RequestKind::kOfficePicture, .page = picture, .dpi = dpi});
  }

 private:
  base::Result<input::Picture> render(const Request& request) {
    const auto reply_size = call_page(request);
    if (!reply_size) return tl::unexpected(reply_size.error());
    auto picture = take_picture(*reply_size);
    release_memory(result_memory_, result_size_);
    return picture;
  }

  // A fresh child that has opened the document.
  base::Result<void> start_child() {
    std::vector<std::string> arguments = {"medmark", std::string(kDecoderProcessArgument),
                                          std::to_string(options_.max_memory_bytes)};
    arguments.insert(arguments.end(), options_.extra_arguments.begin(), options_.extra_arguments.end());
    auto child = ChildProcess::start(options_.executable, arguments,
                                     {file_.descriptor().get(), result_memory_.get(), font_.get()});
    if (!child) return tl::unexpected(child.error());
    child_ = std::move(*child);
    const auto size = call(Request{.kind = RequestKind::kOpen}, options_.password);
    if (!size) return tl::unexpected(size.error());
    const auto payload = take_payload(*size);
    if (!payload) return tl::unexpected(payload.error());
    auto document = decode_document(*payload);
    if (!document) return tl::unexpected(document.error());
    document_ = std::move(*document);
    return {};
  }

  // One request and its reply: the size of the payload in shared memory. A child that fails to answer is ended.
  base::Result<std::size_t> call(Request request, std::string_view password = {}) {
    request.deadline_ms = static_cast<std::uint32_t>(options_.call_deadline.count());
    request.password_size = static_cast<std::uint32_t>(std::min<std::size_t>(password.size(), kMaxPasswordSize));
    request.max_pages = options_.max_pages;
    request.max_rendered_pixels = options_.max_rendered_pixels;
    const auto deadline = Clock::now() + options_.call_deadline;
    Reply reply;
    Transfer transfer = write_all(child_->control(), bytes_of(request));
    if (transfer == Transfer::kDone && request.password_size > 0) {
      transfer =
          write_all(child_->control(), {reinterpret_cast<const std::uint8_t*>(password.data()), request.password_size});
    }
    if (transfer == Transfer::kDone) transfer = read_all(child_->control(), writable_bytes_of(reply), deadline);
    if (transfer != Transfer::kDone) return tl::unexpected(end_child(transfer));
    if (reply.payload_size > result_size_) return tl::unexpected(end_child(Transfer::kClosed));
    const auto size = static_cast<std::size_t>(reply.payload_size);
    if (reply.has_failed == 0) return size;
    const auto payload = take_payload(size);
    return tl::unexpected(payload ? decode_error(*payload) : payload.error());
  }

  // The same for a page, on a new child where an earlier page ended the last one.
  base::Result<std::size_t> call_page(const Request& request) {
    const bool names_page = request.kind != RequestKind::kOfficePicture;
    if (request.page < 0 || (names_page && request.page >= document_.page_count)) {
      return base::fail(ErrorCode::kNotFound, "The document has no such page.");
    }
    // What ended a child once ends the next one too.
    const std::pair place(names_page, request.page);
    if (const auto it = fatal_pages_.find(place); it != fatal_pages_.end()) return tl::unexpected(it->second);
    if (!child_) {
      if (restarts_ >= options_.max_restarts) return tl::unexpected(last_end_);
      ++restarts_;
      if (const auto started = start_child(); !started) {
        child_.reset();
        return tl::unexpected(started.error());
      }
    }
    auto size = call(request);
    if (!child_) fatal_pages_.emplace(place, last_end_);
    return size;
  }

  base::Result<std::vector<std::uint8_t>> call_for_page(const Request& request) {
    const auto size = call_page(request);
    if (!size) return tl::unexpected(size.error());
    return take_payload(*size);
  }

  base::Result<std::vector<std::uint8_t>> take_payload(std::size_t size) {
    std::vector<std::uint8_t> payload(size);
    if (!read_memory(result_memory_, 0, payload)) return tl::unexpected(broken_answer());
    return payload;
  }

  base::Result<input::Picture> take_picture(std::size_t size) {
    RenderingHeader header;
    if (size < sizeof header || !read_memory(result_memory_, 0, writable_bytes_of(header))) {
      return tl::unexpected(broken_answer());
    }
    const std::uint64_t pixels =
        std::uint64_t{static_cast<std::uint32_t>(header.width)} * static_cast<std::uint32_t>(header.height);
    if (header.width <= 0 || header.height <= 0 || pixels * 3 != size - sizeof header || !(header.dpi > 0)) {
      return tl::unexpected(broken_answer());
    }
    input::Picture picture{.width = header.width, .height = header.height, .dpi = header.dpi, .bgr = {}, .errors = {}};
    picture.bgr.resize(pixels * 3);
    if (!read_memory(result_memory_, sizeof header, picture.bgr)) return tl::unexpected(broken_answer());
    if (header.is_damaged != 0) {
      picture.errors.push_back(
          {ErrorCode::kCorruptDocument, "A part of the picture is damaged and could not be read."});
    }
    return picture;
  }

  static Error broken_answer() { return {ErrorCode::kWorkerCrashed, "The decoder process gave a broken answer."}; }

  Error end_child(Transfer reason) {
    const int status = end_and_wait(reason);
    child_.reset();
    last_end_ = reason == Transfer::kTimeout ? Error{ErrorCode::kTimeout, "Reading the document took too long."}
                                             : error_of_end(status);
    return last_end_;
  }

  // A child that closed its socket is about to end by itself, with a status of its own worth waiting for.
  int end_and_wait(Transfer reason) { return reason == Transfer::kClosed ? child_->end_by_itself() : child_->end(); }

  DecodeOptions options_;
  DocumentFile file_;
  Descriptor result_memory_;
  std::size_t result_size_ = 0;
  Descriptor font_;
  std::optional<ChildProcess> child_;
  DocumentInfo document_;
  int restarts_ = 0;
  std::map<std::pair<bool, int>, Error> fatal_pages_;  // by page, or picture of an Office file
  Error last_end_{ErrorCode::kWorkerCrashed, "The decoder process ended while it read the document."};
};

Decoder::Decoder(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Decoder::~Decoder() = default;

base::Result<std::unique_ptr<Decoder>> Decoder::open(std::span<const std::uint8_t> bytes,
                                                     const DecodeOptions& options) {
  const auto file = DocumentFile::copy_of(bytes);
  if (!file) return tl::unexpected(file.error());
  return open(*file, options);
}

base::Result<std::unique_ptr<Decoder>> Decoder::open(const DocumentFile& file, const DecodeOptions& options) {
  auto shared = file.share();
  if (!shared) return tl::unexpected(shared.error());
  auto implementation = Implementation::open(std::move(*shared), options);
  if (!implementation) return tl::unexpected(implementation.error());
  return std::unique_ptr<Decoder>(new Decoder(std::move(*implementation)));
}

const DocumentInfo& Decoder::document() const { return implementation_->document(); }
base::Result<input::NativePage> Decoder::page(int index) { return implementation_->page(index); }
base::Result<input::Picture> Decoder::render(int index, double dpi) { return implementation_->render(index, dpi); }
base::Result<document::OfficePage> Decoder::office_page(int index) { return implementation_->office_page(index); }
base::Result<input::Picture> Decoder::render_office_picture(int picture, double dpi) {
  return implementation_->render_office_picture(picture, dpi);
}

}  // namespace medmark::decoder
