// Where the body of a request goes piece by piece as it comes in: never the whole of a file in memory.
// Confined to one request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "server/form.hpp"
#include "server/multipart.hpp"

namespace medmark::server {

constexpr std::size_t kMaxJsonBytes = 4 << 20;

// Takes a body's bytes as they come.
class BodySink {
 public:
  virtual ~BodySink() = default;
  [[nodiscard]] virtual base::Result<void> take(std::string_view bytes) = 0;
};

class TextBody final : public BodySink {
 public:
  base::Result<void> take(std::string_view bytes) override {
    if (text.size() + bytes.size() > kMaxJsonBytes)
      return base::fail(base::ErrorCode::kTooLarge, "The body is too large.");
    text += bytes;
    return {};
  }
  std::string text;
};

class FormBody final : public BodySink {
 public:
  FormBody(std::string_view boundary, store::Documents& documents, const Limits& limits)
      : receiver(documents, limits), reader_(boundary, receiver), left_(limits.max_body_bytes) {}
  base::Result<void> take(std::string_view bytes) override {
    if (bytes.size() > left_)
      return base::fail(base::ErrorCode::kTooLarge, "The request is larger than this server accepts.");
    left_ -= bytes.size();
    return reader_.feed(bytes);
  }
  [[nodiscard]] base::Result<void> finish() const { return reader_.finish(); }
  FormReceiver receiver;

 private:
  MultipartReader reader_;
  std::uint64_t left_;
};

}  // namespace medmark::server
