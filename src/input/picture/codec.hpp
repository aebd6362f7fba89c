// Picture files to pixels, each through its format's own library (BMP through a reader of ours), from memory.
//
// Pixels are 8-bit BGR, row-major, no padding, as stored: the orientation is told, not applied. Transparent pictures
// are laid on white, deeper samples reduced to 8 bits. Functions are pure and thread-safe; hostile bytes end in an
// error.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/error.hpp"
#include "input/format.hpp"

namespace medmark::input::picture {

struct Header {
  int width = 0;  // pixels, as stored
  int height = 0;
  // Pixels an inch as the file says, 0 where it says nothing. Nobody has judged yet whether it is true.
  double dpi_x = 0;
  double dpi_y = 0;
  int orientation = 1;  // EXIF 1..8
};

struct Pixels {
  int width = 0;  // as decoded: JPEG may come at 1/2, 1/4 or 1/8
  int height = 0;
  std::vector<std::uint8_t> bgr;
  bool is_incomplete = false;  // the file ends early or a part of it is damaged; that part is white or grey
};

struct DecodeRequest {
  int page = 0;         // of a TIFF; 0 for all other formats
  int least_width = 0;  // smallest size that serves the caller; a decoder that can leave out detail does so
  int least_height = 0;
};

// Number of pages: the directories of a TIFF, 1 for all other formats. Fails with kCorruptDocument.
[[nodiscard]] base::Result<int> count_pages(Format format, std::span<const std::uint8_t> bytes);
// Fails with kCorruptDocument or kUnsupportedFormat.
[[nodiscard]] base::Result<Header> read_header(Format format, std::span<const std::uint8_t> bytes, int page);
[[nodiscard]] base::Result<Pixels> decode(Format format, std::span<const std::uint8_t> bytes,
                                          const DecodeRequest& request);

// One pair a format; used through the functions above.
[[nodiscard]] base::Result<Header> read_jpeg_header(std::span<const std::uint8_t> bytes);
[[nodiscard]] base::Result<Pixels> decode_jpeg(std::span<const std::uint8_t> bytes, const DecodeRequest& request);
[[nodiscard]] base::Result<Header> read_png_header(std::span<const std::uint8_t> bytes);
[[nodiscard]] base::Result<Pixels> decode_png(std::span<const std::uint8_t> bytes);
[[nodiscard]] base::Result<int> count_tiff_pages(std::span<const std::uint8_t> bytes);
[[nodiscard]] base::Result<Header> read_tiff_header(std::span<const std::uint8_t> bytes, int page);
[[nodiscard]] base::Result<Pixels> decode_tiff(std::span<const std::uint8_t> bytes, int page);
[[nodiscard]] base::Result<Header> read_bmp_header(std::span<const std::uint8_t> bytes);
[[nodiscard]] base::Result<Pixels> decode_bmp(std::span<const std::uint8_t> bytes);
[[nodiscard]] base::Result<Header> read_webp_header(std::span<const std::uint8_t> bytes);
[[nodiscard]] base::Result<Pixels> decode_webp(std::span<const std::uint8_t> bytes);

}  // namespace medmark::input::picture
