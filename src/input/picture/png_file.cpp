#include <png.h>

#include <limits>

#include "input/picture/codec.hpp"
#include "input/picture/metadata.hpp"

namespace medmark::input::picture {
namespace {

using base::ErrorCode;

// libpng's simplified reader: palettes, 1 to 16 bits, grey, alpha and gamma all become 8-bit BGR.
class PngReader {
 public:
  explicit PngReader(std::span<const std::uint8_t> bytes) {
    image_.version = PNG_IMAGE_VERSION;
    is_open_ = png_image_begin_read_from_memory(&image_, bytes.data(), bytes.size()) != 0;
    constexpr png_uint_32 kMost = std::numeric_limits<int>::max();
    if (image_.width > kMost || image_.height > kMost) is_open_ = false;
  }
  ~PngReader() { png_image_free(&image_); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  [[nodiscard]] bool is_open() const { return is_open_; }
  [[nodiscard]] int width() const { return static_cast<int>(image_.width); }
  [[nodiscard]] int height() const { return static_cast<int>(image_.height); }

  // Whether all of it could be read; rows read before the damage stand in `bgr`.
  [[nodiscard]] bool read_into(std::vector<std::uint8_t>& bgr) {
    image_.format = PNG_FORMAT_BGR;
    image_.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
    const png_color white{255, 255, 255};
    return png_image_finish_read(&image_, &white, bgr.data(), 0, nullptr) != 0;
  }

 private:
  png_image image_{};
  bool is_open_ = false;
};

}  // namespace

base::Result<Header> read_png_header(std::span<const std::uint8_t> bytes) {
  const PngReader reader(bytes);
  if (!reader.is_open()) return base::fail(ErrorCode::kCorruptDocument, "The PNG picture is damaged.");
  const Metadata metadata = png_metadata(bytes);
  return Header{reader.width(), reader.height(), metadata.dpi_x, metadata.dpi_y, metadata.orientation};
}

base::Result<Pixels> decode_png(std::span<const std::uint8_t> bytes) {
  PngReader reader(bytes);
  if (!reader.is_open()) return base::fail(ErrorCode::kCorruptDocument, "The PNG picture is damaged.");
  Pixels pixels{.width = reader.width(), .height = reader.height(), .bgr = {}};
  pixels.bgr.assign(static_cast<std::size_t>(pixels.width) * static_cast<std::size_t>(pixels.height) * 3, 255);
  pixels.is_incomplete = !reader.read_into(pixels.bgr);
  return pixels;
}

}  // namespace medmark::input::picture
