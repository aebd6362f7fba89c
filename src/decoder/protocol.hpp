// What client and decoder process say to each other.
//
// One request, one reply, in turn. Both are a fixed header on a socket; what is longer (a document's description, a
// page, pixels) lies in shared memory from its start. A new kind of request needs an enumerator, its arguments in
// Request and its reply's payload. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "decoder/decoder.hpp"
#include "input/page.hpp"

namespace medmark::decoder {

enum class RequestKind : std::uint32_t { kOpen, kPage, kRender, kOfficePage, kOfficePicture };

// kOpen is followed on the socket by `password_size` bytes.
struct Request {
  RequestKind kind = RequestKind::kOpen;
  std::int32_t page = 0;  // kOfficePicture: the picture's index
  double dpi = 0;
  std::uint32_t deadline_ms = 0;  // the child ends itself some time after it, should the client be gone
  std::uint32_t password_size = 0;
  std::int32_t max_pages = 0;
  std::int64_t max_rendered_pixels = 0;
};

struct Reply {
  std::uint32_t has_failed = 0;
  std::uint32_t padding = 0;
  std::uint64_t payload_size =
      0;  // bytes in shared memory: an Error where it has failed, else the request's own result
};

// What stands in front of a rendering's pixels in shared memory.
struct RenderingHeader {
  std::int32_t width = 0;
  std::int32_t height = 0;
  double dpi = 0;
  std::uint32_t is_damaged = 0;
  std::uint32_t padding = 0;
};

constexpr std::uint32_t kMaxPasswordSize = 4096;

[[nodiscard]] std::vector<std::uint8_t> encode_error(const base::Error& error);
[[nodiscard]] std::vector<std::uint8_t> encode_document(const DocumentInfo& document);
[[nodiscard]] std::vector<std::uint8_t> encode_page(const input::NativePage& page);

// Fail with kWorkerCrashed where the bytes are not what the other end of these functions writes.
[[nodiscard]] base::Error decode_error(std::span<const std::uint8_t> bytes);
[[nodiscard]] base::Result<DocumentInfo> decode_document(std::span<const std::uint8_t> bytes);
[[nodiscard]] base::Result<input::NativePage> decode_page(std::span<const std::uint8_t> bytes);

}  // namespace medmark::decoder
