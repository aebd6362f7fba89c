#include "pipeline/figure_privacy.hpp"

#include <opencv2/core.hpp>
#include <optional>

#include "image/cover.hpp"
#include "input/picture/codec.hpp"
#include "input/png.hpp"

namespace medmark::pipeline {
namespace {

constexpr double kUsualDpi = 200;  // of a picture that does not say

std::optional<input::Picture> picture_of(const document::Asset& asset) {
  const auto header = input::picture::read_png_header(asset.bytes);
  auto pixels = input::picture::decode_png(asset.bytes);
  if (!header.has_value() || !pixels.has_value() || pixels->is_incomplete) return std::nullopt;
  const double dpi = header->dpi_x > 0 ? header->dpi_x : kUsualDpi;
  return input::Picture{pixels->width, pixels->height, dpi, std::move(pixels->bgr), {}};
}

cv::Mat view_of(input::Picture& picture) { return {picture.height, picture.width, CV_8UC3, picture.bgr.data()}; }

void blacken(document::Asset& asset) {
  const input::Picture nothing{1, 1, kUsualDpi, {0, 0, 0}, {}};
  asset.bytes = input::encode_png(nothing);
}

}  // namespace

void read_figures(document::Document& document, const vision::Vision& vision) {
  for (document::Asset& asset : document.assets) {
    auto picture = picture_of(asset);
    if (!picture) {
      blacken(asset);
      continue;
    }
    const auto lines = vision.read_text(view_of(*picture), picture->dpi);
    if (!lines.has_value()) {
      blacken(asset);
      continue;
    }
    const double scale = picture->dpi / 72;
    asset.width = picture->width;
    asset.height = picture->height;
    for (const document::TextLine& line : *lines) {
      const base::Rect box{line.bbox.x0 * scale, line.bbox.y0 * scale, line.bbox.x1 * scale, line.bbox.y1 * scale};
      asset.lines.push_back({line.text(), box});
    }
  }
}

void cover_figures(document::Document& document, const std::vector<std::vector<base::Rect>>& figure_places) {
  for (std::size_t a = 0; a < document.assets.size(); ++a) {
    document::Asset& asset = document.assets[a];
    asset.lines.clear();
    if (a >= figure_places.size() || figure_places[a].empty()) continue;
    auto picture = picture_of(asset);
    if (!picture) {
      blacken(asset);
      continue;
    }
    cv::Mat pixels = view_of(*picture);
    image::cover(pixels, {0, 0, static_cast<double>(picture->width), static_cast<double>(picture->height)},
                 figure_places[a]);
    asset.bytes = input::encode_png(*picture);
  }
}

}  // namespace medmark::pipeline
