// What picture files say of themselves beside pixels: orientation and resolution, from EXIF, JFIF and PNG chunks.
// Pure functions over untrusted bytes, thread-safe; what makes no sense is left out.
#pragma once

#include <cstdint>
#include <span>

namespace medmark::input::picture {

struct Metadata {
  int orientation = 1;  // EXIF 1..8
  double dpi_x = 0;     // 0: not said
  double dpi_y = 0;
  bool is_adobe_jpeg = false;  // an APP14 marker: CMYK samples are stored inverted
};

// `tiff` is the TIFF structure of an EXIF block, behind "Exif\0\0" where that stands.
[[nodiscard]] Metadata parse_exif(std::span<const std::uint8_t> tiff);
[[nodiscard]] Metadata jpeg_metadata(std::span<const std::uint8_t> file);
[[nodiscard]] Metadata png_metadata(std::span<const std::uint8_t> file);

}  // namespace medmark::input::picture
