#include "engine/jpeg.hpp"

#include <turbojpeg.h>

#include <memory>

namespace medmark::engine {
namespace {

// Thin strokes of 200 dpi pages stay clean; a page of 1,200 pixels takes 150 to 300 KB.
constexpr int kQuality = 85;

struct ReleaseCompressor {
  void operator()(void* handle) const { tjDestroy(handle); }
};
struct ReleaseBuffer {
  void operator()(unsigned char* buffer) const { tjFree(buffer); }
};

}  // namespace

std::vector<std::uint8_t> encode_jpeg(const cv::Mat& picture) {
  const std::unique_ptr<void, ReleaseCompressor> compressor(tjInitCompress());
  if (!compressor || picture.empty()) return {};
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  const int status = tjCompress2(compressor.get(), picture.data, picture.cols, static_cast<int>(picture.step),
                                 picture.rows, TJPF_BGR, &buffer, &size, TJSAMP_420, kQuality, 0);
  const std::unique_ptr<unsigned char, ReleaseBuffer> owner(buffer);
  if (status != 0) return {};
  return {buffer, buffer + size};
}

}  // namespace medmark::engine
