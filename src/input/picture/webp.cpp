#include <webp/decode.h>
#include <webp/demux.h>

#include <memory>

#include "input/picture/codec.hpp"
#include "input/picture/metadata.hpp"

namespace medmark::input::picture {
namespace {

using base::ErrorCode;

struct DeleteDemuxer {
  void operator()(WebPDemuxer* demuxer) const { WebPDemuxDelete(demuxer); }
};

tl::unexpected<base::Error> damaged_webp() {
  return base::fail(ErrorCode::kCorruptDocument, "The WebP picture is damaged.");
}

std::unique_ptr<WebPDemuxer, DeleteDemuxer> open_demuxer(std::span<const std::uint8_t> bytes) {
  const WebPData data{bytes.data(), bytes.size()};
  WebPDemuxState state = WEBP_DEMUX_PARSE_ERROR;
  return std::unique_ptr<WebPDemuxer, DeleteDemuxer>(WebPDemuxPartial(&data, &state));
}

// The first (normally the only) frame's own bytes, and what they say of themselves.
struct Frame {
  std::span<const std::uint8_t> bytes;
  WebPBitstreamFeatures features{};
};

base::Result<Frame> first_frame(const WebPDemuxer* demuxer) {
  WebPIterator iterator{};
  if (demuxer == nullptr || WebPDemuxGetFrame(demuxer, 1, &iterator) == 0) return damaged_webp();
  Frame frame{.bytes = {iterator.fragment.bytes, iterator.fragment.size}};
  WebPDemuxReleaseIterator(&iterator);
  if (WebPGetFeatures(frame.bytes.data(), frame.bytes.size(), &frame.features) != VP8_STATUS_OK) return damaged_webp();
  return frame;
}

void blend_on_white(const std::vector<std::uint8_t>& bgra, std::vector<std::uint8_t>& bgr) {
  for (std::size_t i = 0; i < bgra.size() / 4; ++i) {
    const unsigned alpha = bgra[4 * i + 3];
    for (std::size_t k = 0; k < 3; ++k) {
      bgr[3 * i + k] = static_cast<std::uint8_t>((bgra[4 * i + k] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
  }
}

}  // namespace

base::Result<Header> read_webp_header(std::span<const std::uint8_t> bytes) {
  const auto demuxer = open_demuxer(bytes);
  const auto frame = first_frame(demuxer.get());
  if (!frame) return tl::unexpected(frame.error());
  Header header{.width = frame->features.width, .height = frame->features.height};
  WebPChunkIterator chunk{};
  if (WebPDemuxGetChunk(demuxer.get(), "EXIF", 1, &chunk) != 0) {
    header.orientation = parse_exif({chunk.chunk.bytes, chunk.chunk.size}).orientation;
    WebPDemuxReleaseChunkIterator(&chunk);
  }
  return header;
}

base::Result<Pixels> decode_webp(std::span<const std::uint8_t> bytes) {
  const auto demuxer = open_demuxer(bytes);
  const auto frame = first_frame(demuxer.get());
  if (!frame) return tl::unexpected(frame.error());
  Pixels pixels{.width = frame->features.width, .height = frame->features.height, .bgr = {}};
  const std::size_t count = static_cast<std::size_t>(pixels.width) * static_cast<std::size_t>(pixels.height);
  const std::size_t channels = frame->features.has_alpha != 0 ? 4 : 3;
  std::vector<std::uint8_t> decoded(count * channels, 255);
  WebPDecoderConfig config{};
  if (WebPInitDecoderConfig(&config) == 0) return damaged_webp();
  config.output.colorspace = channels == 4 ? MODE_BGRA : MODE_BGR;
  config.output.is_external_memory = 1;
  config.output.u.RGBA = {decoded.data(), static_cast<int>(channels) * pixels.width, decoded.size()};
  pixels.is_incomplete = WebPDecode(frame->bytes.data(), frame->bytes.size(), &config) != VP8_STATUS_OK;
  if (channels == 3) {
    pixels.bgr = std::move(decoded);
  } else {
    pixels.bgr.resize(count * 3);
    blend_on_white(decoded, pixels.bgr);
  }
  return pixels;
}

}  // namespace medmark::input::picture
