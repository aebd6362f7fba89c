// Reads a multipart/form-data body (RFC 7578) as it arrives, keeping no more of it than a delimiter and one part's
// headers.
//
// The bytes are hostile. Confined to one thread at a time. Fails with kInvalidParameter for what is no such body, and
// with whatever the sink fails with.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace medmark::server {

struct PartHeader {
  std::string name;
  // As the browser gave it, without folders and control characters, valid UTF-8; empty optional: the part is no file.
  std::optional<std::string> file_name;
};

// Gets the parts, in their order.
class MultipartSink {
 public:
  virtual ~MultipartSink() = default;
  [[nodiscard]] virtual base::Result<void> begin_part(const PartHeader& header) = 0;
  [[nodiscard]] virtual base::Result<void> part_data(std::string_view bytes) = 0;
  [[nodiscard]] virtual base::Result<void> end_part() = 0;
};

// The boundary that a Content-Type names; kInvalidParameter where it is no multipart/form-data.
[[nodiscard]] base::Result<std::string> multipart_boundary(std::string_view content_type);

class MultipartReader {
 public:
  MultipartReader(std::string_view boundary, MultipartSink& sink);

  // The next bytes of the body.
  [[nodiscard]] base::Result<void> feed(std::string_view bytes);
  // The body has ended; fails where the last delimiter was missing.
  [[nodiscard]] base::Result<void> finish() const;

 private:
  enum class State { kPreamble, kAfterDelimiter, kHeaders, kData, kEnd };

  // Each takes what it can from the front of `pending_`; false where it needs more bytes.
  [[nodiscard]] base::Result<bool> step();
  [[nodiscard]] bool skip_preamble();
  [[nodiscard]] base::Result<bool> read_after_delimiter();
  [[nodiscard]] base::Result<bool> read_headers();
  [[nodiscard]] base::Result<bool> read_data();

  std::string delimiter_;  // CR LF -- boundary
  MultipartSink& sink_;
  State state_ = State::kPreamble;
  std::string pending_;  // bytes that are not settled yet
};

}  // namespace medmark::server
