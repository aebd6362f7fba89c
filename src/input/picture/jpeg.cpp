#include <turbojpeg.h>

#include <array>
#include <memory>
#include <type_traits>

#include "input/picture/codec.hpp"
#include "input/picture/metadata.hpp"

namespace medmark::input::picture {
namespace {

using base::ErrorCode;

struct Destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};
using Decompressor = std::unique_ptr<std::remove_pointer_t<tjhandle>, Destroy>;

struct JpegShape {
  int width = 0;
  int height = 0;
  int color_space = 0;
};

base::Result<JpegShape> read_shape(tjhandle decompressor, std::span<const std::uint8_t> bytes) {
  JpegShape shape;
  int subsampling = 0;
  if (decompressor == nullptr ||
      tjDecompressHeader3(decompressor, bytes.data(), bytes.size(), &shape.width, &shape.height, &subsampling,
                          &shape.color_space) != 0 ||
      shape.width <= 0 || shape.height <= 0) {
    return base::fail(ErrorCode::kCorruptDocument, "The JPEG picture is damaged.");
  }
  return shape;
}

// The smallest of 1, 1/2, 1/4, 1/8 that still gives what was asked for.
tjscalingfactor scale_for(const JpegShape& shape, const DecodeRequest& request) {
  tjscalingfactor best{1, 1};
  for (const int denominator : {2, 4, 8}) {
    const tjscalingfactor factor{1, denominator};
    if (request.least_width > 0 && TJSCALED(shape.width, factor) >= request.least_width &&
        TJSCALED(shape.height, factor) >= request.least_height) {
      best = factor;
    }
  }
  return best;
}

std::uint8_t multiplied(std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>((a * b + 127) / 255); }

// CMYK to BGR as printers' previews do it; Adobe's files store the inks inverted, others as they are.
std::vector<std::uint8_t> cmyk_to_bgr(const std::vector<std::uint8_t>& cmyk, bool is_inverted) {
  std::vector<std::uint8_t> bgr(cmyk.size() / 4 * 3);
  for (std::size_t i = 0; i < cmyk.size() / 4; ++i) {
    std::array<std::uint8_t, 4> light{};
    for (std::size_t k = 0; k < 4; ++k) {
      light[k] = is_inverted ? cmyk[4 * i + k] : static_cast<std::uint8_t>(255 - cmyk[4 * i + k]);
    }
    bgr[3 * i] = multiplied(light[2], light[3]);
    bgr[3 * i + 1] = multiplied(light[1], light[3]);
    bgr[3 * i + 2] = multiplied(light[0], light[3]);
  }
  return bgr;
}

}  // namespace

base::Result<Header> read_jpeg_header(std::span<const std::uint8_t> bytes) {
  const Decompressor decompressor(tjInitDecompress());
  const auto shape = read_shape(decompressor.get(), bytes);
  if (!shape) return tl::unexpected(shape.error());
  const Metadata metadata = jpeg_metadata(bytes);
  return Header{shape->width, shape->height, metadata.dpi_x, metadata.dpi_y, metadata.orientation};
}

base::Result<Pixels> decode_jpeg(std::span<const std::uint8_t> bytes, const DecodeRequest& request) {
  const Decompressor decompressor(tjInitDecompress());
  const auto shape = read_shape(decompressor.get(), bytes);
  if (!shape) return tl::unexpected(shape.error());
  const tjscalingfactor factor = scale_for(*shape, request);
  Pixels pixels{.width = TJSCALED(shape->width, factor), .height = TJSCALED(shape->height, factor), .bgr = {}};
  const bool is_cmyk = shape->color_space == TJCS_CMYK || shape->color_space == TJCS_YCCK;
  const std::size_t count = static_cast<std::size_t>(pixels.width) * static_cast<std::size_t>(pixels.height);
  pixels.bgr.assign(count * (is_cmyk ? 4 : 3), 255);
  // No TJFLAG_STOPONWARNING: what can be read of a damaged file is read. TJFLAG_LIMITSCANS bounds hostile progressive
  // ones.
  if (tjDecompress2(decompressor.get(), bytes.data(), bytes.size(), pixels.bgr.data(), pixels.width, 0, pixels.height,
                    is_cmyk ? TJPF_CMYK : TJPF_BGR, TJFLAG_LIMITSCANS) != 0) {
    if (tjGetErrorCode(decompressor.get()) != TJERR_WARNING) {
      return base::fail(ErrorCode::kCorruptDocument, "The JPEG picture is damaged.");
    }
    pixels.is_incomplete = true;
  }
  if (is_cmyk) pixels.bgr = cmyk_to_bgr(pixels.bgr, jpeg_metadata(bytes).is_adobe_jpeg);
  return pixels;
}

}  // namespace medmark::input::picture
