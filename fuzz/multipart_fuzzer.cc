// The multipart reader: any bytes, cut anywhere. Its sink checks that no part gets data before it begins or after it
// ends, and that the same body cut differently gives the same parts.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "server/multipart.hpp"

namespace {

using medmark::base::Result;

class CheckingSink final : public medmark::server::MultipartSink {
 public:
  Result<void> begin_part(const medmark::server::PartHeader& header) override {
    if (is_open_) std::abort();
    is_open_ = true;
    seen += header.name + '\0' + header.file_name.value_or("") + '\0';
    return {};
  }
  Result<void> part_data(std::string_view bytes) override {
    if (!is_open_) std::abort();
    seen += bytes;
    return {};
  }
  Result<void> end_part() override {
    if (!is_open_) std::abort();
    is_open_ = false;
    return {};
  }
  std::string seen;

 private:
  bool is_open_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data + 1), size - 1);
  CheckingSink whole;
  medmark::server::MultipartReader reader("B", whole);
  const bool whole_is_good = reader.feed(body).has_value() && reader.finish().has_value();

  CheckingSink pieces;
  medmark::server::MultipartReader piecewise("B", pieces);
  const std::size_t step = data[0] % 64 + 1;
  bool pieces_are_good = true;
  for (std::size_t i = 0; i < body.size() && pieces_are_good; i += step) {
    pieces_are_good = piecewise.feed(body.substr(i, step)).has_value();
  }
  pieces_are_good = pieces_are_good && piecewise.finish().has_value();
  if (whole_is_good && pieces_are_good && whole.seen != pieces.seen) std::abort();
  return 0;
}
