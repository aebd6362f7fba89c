// Windows bitmaps: 1, 4, 8, 16, 24 and 32 bits, run lengths (RLE8, RLE4) and bit fields, either way up.
// Source of the layout: Microsoft, "Bitmap Storage" (BITMAPFILEHEADER, BITMAPCOREHEADER, BITMAPINFOHEADER to V5).
#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>

#include "input/picture/byte_reader.hpp"
#include "input/picture/codec.hpp"

namespace medmark::input::picture {
namespace {

using base::ErrorCode;

constexpr std::uint32_t kUncompressed = 0;
constexpr std::uint32_t kRunLength8 = 1;
constexpr std::uint32_t kRunLength4 = 2;
constexpr std::uint32_t kBitFields = 3;
constexpr int kLargestSide = 1'000'000;
constexpr double kMetresPerInch = 0.0254;

struct BmpShape {
  int width = 0;
  int height = 0;
  bool is_top_down = false;
  int bits = 0;
  std::uint32_t compression = kUncompressed;
  std::array<std::uint32_t, 3> masks{};  // red, green, blue of 16 and 32 bits
  std::vector<std::array<std::uint8_t, 3>> palette;
  std::size_t pixel_offset = 0;
  double dpi_x = 0;
  double dpi_y = 0;
};

tl::unexpected<base::Error> damaged_bmp() {
  return base::fail(ErrorCode::kCorruptDocument, "The BMP picture is damaged.");
}

bool is_supported(const BmpShape& shape) {
  switch (shape.compression) {
    case kUncompressed:
      return shape.bits == 1 || shape.bits == 4 || shape.bits == 8 || shape.bits == 16 || shape.bits == 24 ||
             shape.bits == 32;
    case kRunLength8:
      return shape.bits == 8;
    case kRunLength4:
      return shape.bits == 4;
    case kBitFields:
      return shape.bits == 16 || shape.bits == 32;
    default:
      return false;
  }
}

void read_palette(const ByteReader& reader, std::size_t at, std::size_t entry_size, std::size_t used, BmpShape& shape) {
  const std::size_t most = std::size_t{1} << shape.bits;
  const std::size_t count = used == 0 ? most : std::min(used, most);
  shape.palette.assign(most, {0, 0, 0});
  for (std::size_t i = 0; i < count; ++i) {
    const auto entry = reader.slice(at + i * entry_size, 3);
    if (entry.size() == 3) shape.palette[i] = {entry[0], entry[1], entry[2]};
  }
}

// The fields behind the size of every header but the oldest.
void read_info_header(const ByteReader& reader, std::size_t header_size, BmpShape& shape) {
  const auto height = static_cast<std::int32_t>(reader.u32(22).value_or(0));
  shape.width = static_cast<std::int32_t>(reader.u32(18).value_or(0));
  shape.is_top_down = height < 0;
  shape.height = height == INT32_MIN ? 0 : std::abs(height);
  shape.bits = reader.u16(28).value_or(0);
  shape.compression = header_size >= 20 ? reader.u32(30).value_or(0) : kUncompressed;
  if (header_size >= 40) {
    shape.dpi_x = reader.u32(38).value_or(0) * kMetresPerInch;
    shape.dpi_y = reader.u32(42).value_or(0) * kMetresPerInch;
  }
  if (shape.compression == kBitFields) {
    for (std::size_t i = 0; i < 3; ++i) shape.masks[i] = reader.u32(54 + 4 * i).value_or(0);
  } else if (shape.bits == 16) {
    shape.masks = {0x7C00, 0x03E0, 0x001F};
  } else {
    shape.masks = {0xFF0000, 0x00FF00, 0x0000FF};
  }
}

base::Result<BmpShape> read_shape(std::span<const std::uint8_t> bytes) {
  const ByteReader reader(bytes, ByteOrder::kLittle);
  BmpShape shape;
  const std::size_t header_size = reader.u32(14).value_or(0);
  shape.pixel_offset = reader.u32(10).value_or(0);
  const bool is_oldest = header_size == 12;
  if (is_oldest) {
    shape.width = reader.u16(18).value_or(0);
    shape.height = reader.u16(20).value_or(0);
    shape.bits = reader.u16(24).value_or(0);
    shape.masks = {0xFF0000, 0x00FF00, 0x0000FF};
  } else {
    read_info_header(reader, header_size, shape);
  }
  if (shape.width <= 0 || shape.height <= 0 || shape.width > kLargestSide || shape.height > kLargestSide)
    return damaged_bmp();
  if (!is_supported(shape)) {
    return base::fail(ErrorCode::kUnsupportedFormat, "The BMP picture's kind of pixels is not supported.");
  }
  if (shape.bits <= 8) {
    const std::size_t masks = header_size == 40 && shape.compression == kBitFields ? 12 : 0;
    const std::size_t used = !is_oldest && header_size >= 36 ? reader.u32(46).value_or(0) : 0;
    read_palette(reader, 14 + header_size + masks, is_oldest ? 3 : 4, used, shape);
  }
  return shape;
}

class BmpDecoder {
 public:
  BmpDecoder(std::span<const std::uint8_t> bytes, const BmpShape& shape) : bytes_(bytes), shape_(shape) {
    pixels_.width = shape.width;
    pixels_.height = shape.height;
    pixels_.bgr.assign(static_cast<std::size_t>(shape.width) * static_cast<std::size_t>(shape.height) * 3, 255);
  }

  Pixels decode() {
    if (shape_.compression == kRunLength8 || shape_.compression == kRunLength4) {
      decode_run_lengths();
    } else {
      decode_rows();
    }
    return std::move(pixels_);
  }

 private:
  std::uint8_t* row_start(int row) {
    const int y = shape_.is_top_down ? row : shape_.height - 1 - row;
    return pixels_.bgr.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(shape_.width) * 3;
  }

  void put_index(int x, int row, std::size_t index) {
    if (x >= shape_.width || row >= shape_.height) return;
    const auto& color = shape_.palette[index % shape_.palette.size()];
    std::copy(color.begin(), color.end(), row_start(row) + 3 * static_cast<std::size_t>(x));
  }

  static std::uint8_t component(std::uint32_t value, std::uint32_t mask) {
    if (mask == 0) return 0;
    const int shift = std::countr_zero(mask);
    const std::uint64_t most = mask >> shift;
    return static_cast<std::uint8_t>(std::uint64_t{(value & mask) >> shift} * 255 / most);
  }

  void decode_rows() {
    const std::size_t stride =
        (static_cast<std::size_t>(shape_.width) * static_cast<std::size_t>(shape_.bits) + 31) / 32 * 4;
    const ByteReader reader(bytes_, ByteOrder::kLittle);
    for (int row = 0; row < shape_.height; ++row) {
      const auto source = reader.slice(shape_.pixel_offset + static_cast<std::size_t>(row) * stride, stride);
      if (source.empty()) {
        pixels_.is_incomplete = true;
        return;
      }
      decode_row(source, row);
    }
  }

  void decode_row(std::span<const std::uint8_t> source, int row) {
    std::uint8_t* target = row_start(row);
    const auto width = static_cast<std::size_t>(shape_.width);
    const auto bits = static_cast<std::size_t>(shape_.bits);
    if (bits == 24) {
      std::copy_n(source.begin(), width * 3, target);
      return;
    }
    const ByteReader reader(source, ByteOrder::kLittle);
    for (std::size_t x = 0; x < width; ++x) {
      if (bits <= 8) {
        const std::size_t bit = x * bits;
        const std::size_t index = source[bit / 8] >> (8 - bits - bit % 8) & ((1U << bits) - 1);
        put_index(static_cast<int>(x), row, index);
        continue;
      }
      const std::uint32_t value = bits == 16 ? reader.u16(2 * x).value_or(0) : reader.u32(4 * x).value_or(0);
      for (std::size_t k = 0; k < 3; ++k) target[3 * x + k] = component(value, shape_.masks[2 - k]);
    }
  }

  void decode_run_lengths() {
    const ByteReader reader(bytes_, ByteOrder::kLittle);
    const bool four_bits = shape_.compression == kRunLength4;
    std::size_t at = shape_.pixel_offset;
    int x = 0;
    int row = 0;
    while (row < shape_.height) {
      const auto pair = reader.slice(at, 2);
      at += 2;
      if (pair.empty()) {
        pixels_.is_incomplete = true;
        return;
      }
      if (pair[0] > 0) {  // a run of one value (of two alternating ones in four bits)
        for (int i = 0; i < pair[0]; ++i)
          put_index(x++, row, !four_bits ? pair[1] : i % 2 == 0 ? pair[1] >> 4 : pair[1] & 15);
      } else if (pair[1] == 0) {  // end of row
        x = 0;
        ++row;
      } else if (pair[1] == 1) {  // end of picture
        return;
      } else if (pair[1] == 2) {  // skip
        const auto delta = reader.slice(at, 2);
        at += 2;
        if (delta.empty()) return;
        x = std::min(x + delta[0], shape_.width);
        row += delta[1];
      } else {  // values as they are, padded to two bytes
        const std::size_t size = four_bits ? (pair[1] + 1U) / 2 : pair[1];
        const auto values = reader.slice(at, size);
        at += (size + 1) / 2 * 2;
        for (std::size_t i = 0; i < pair[1] && !values.empty(); ++i) {
          put_index(x++, row, !four_bits ? values[i] : i % 2 == 0 ? values[i / 2] >> 4 : values[i / 2] & 15);
        }
      }
      x = std::min(x, shape_.width);
    }
  }

  std::span<const std::uint8_t> bytes_;
  const BmpShape& shape_;
  Pixels pixels_;
};

}  // namespace

base::Result<Header> read_bmp_header(std::span<const std::uint8_t> bytes) {
  const auto shape = read_shape(bytes);
  if (!shape) return tl::unexpected(shape.error());
  return Header{shape->width, shape->height, shape->dpi_x, shape->dpi_y, 1};
}

base::Result<Pixels> decode_bmp(std::span<const std::uint8_t> bytes) {
  const auto shape = read_shape(bytes);
  if (!shape) return tl::unexpected(shape.error());
  return BmpDecoder(bytes, *shape).decode();
}

}  // namespace medmark::input::picture
