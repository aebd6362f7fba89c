// What the developer's looks (layout_probe, reading_probe, table_probe) share: files read, and each page as the product
// reads it, scanned or rendered. Not part of the product.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <opencv2/core.hpp>
#include <vector>

#include "decoder/decoder.hpp"
#include "image/ink_map.hpp"
#include "image/light.hpp"
#include "image/prepare.hpp"
#include "image/seal.hpp"
#include "image/watermark.hpp"
#include "vision/vision.hpp"

namespace medmark::pipeline {

inline std::vector<char> bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline image::PreparedPage prepared_page(const input::Picture& picture, const vision::Vision& vision) {
  const cv::Mat pixels(picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.bgr.data()));
  return image::prepare(pixels, picture.dpi, [&](const cv::Mat& crop) {
    return vision.orientation(crop).value_or(std::array<double, 4>{0.25, 0.25, 0.25, 0.25});
  });
}

// The page as the product hands it to PicoDet and to text recognition: without seals and watermarks, evenly lit.
inline cv::Mat clean_page(const image::PreparedPage& page) {
  const image::SealSeparation seals = image::separate_seals(page.flat, page.dpi);
  const image::WatermarkSuppression marks = image::suppress_watermark(seals.without_seals, page.dpi);
  if (seals.seals.empty() && marks.watermarks.empty()) return page.clean;
  return image::normalise_light(marks.without_watermark,
                                image::ink_map(image::analysis_picture(marks.without_watermark)));
}

// Calls visit(page's picture, its native page or the error instead, index) for every page that can be rendered; says on
// standard error what cannot be opened.
template <typename Visit>
void for_each_page(const std::filesystem::path& path, const Visit& visit) {
  constexpr double kPageDpi = 200;
  const std::vector<char> bytes = bytes_of(path);
  auto decoder = decoder::Decoder::open({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, {});
  if (!decoder.has_value()) {
    std::fprintf(stderr, "%s: %s\n", path.filename().c_str(), decoder.error().message.c_str());
    return;
  }
  for (int i = 0; i < (*decoder)->document().page_count; ++i) {
    const auto native = (*decoder)->page(i);
    const double source = native.has_value() && native->source_dpi > 0 ? native->source_dpi : kPageDpi;
    const auto picture = (*decoder)->render(i, std::min(kPageDpi, source));
    if (picture.has_value()) visit(*picture, native, i);
  }
}

}  // namespace medmark::pipeline
