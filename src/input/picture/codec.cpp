#include "input/picture/codec.hpp"

namespace medmark::input::picture {

using base::ErrorCode;

base::Result<int> count_pages(Format format, std::span<const std::uint8_t> bytes) {
  if (format == Format::kTiff) return count_tiff_pages(bytes);
  return 1;
}

base::Result<Header> read_header(Format format, std::span<const std::uint8_t> bytes, int page) {
  switch (format) {
    case Format::kJpeg:
      return read_jpeg_header(bytes);
    case Format::kPng:
      return read_png_header(bytes);
    case Format::kTiff:
      return read_tiff_header(bytes, page);
    case Format::kBmp:
      return read_bmp_header(bytes);
    case Format::kWebp:
      return read_webp_header(bytes);
    default:
      return base::fail(ErrorCode::kUnsupportedFormat, "The file is no picture of a kind that can be read.");
  }
}

base::Result<Pixels> decode(Format format, std::span<const std::uint8_t> bytes, const DecodeRequest& request) {
  switch (format) {
    case Format::kJpeg:
      return decode_jpeg(bytes, request);
    case Format::kPng:
      return decode_png(bytes);
    case Format::kTiff:
      return decode_tiff(bytes, request.page);
    case Format::kBmp:
      return decode_bmp(bytes);
    case Format::kWebp:
      return decode_webp(bytes);
    default:
      return base::fail(ErrorCode::kUnsupportedFormat, "The file is no picture of a kind that can be read.");
  }
}

}  // namespace medmark::input::picture
