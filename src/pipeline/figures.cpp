#include "pipeline/figures.hpp"

#include <algorithm>
#include <string>

#include "input/png.hpp"
#include "pipeline/pixel_rect.hpp"

namespace medmark::pipeline {
namespace {

using document::Block;
using document::BlockType;

// A figure block and a region of the evidence are the same thing above this overlap of their boxes.
constexpr double kSameRegion = 0.6;
// Figures smaller than this in either direction (points) are specks.
constexpr double kLeastSide = 8;

input::Picture picture_of(const cv::Mat& bgr, double dpi) {
  input::Picture picture;
  picture.width = bgr.cols;
  picture.height = bgr.rows;
  picture.dpi = dpi;
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* row = bgr.ptr<std::uint8_t>(y);
    picture.bgr.insert(picture.bgr.end(), row, row + bgr.cols * 3);
  }
  return picture;
}

bool wants_picture(const Block& block) {
  return block.type == BlockType::kFigure || (block.type == BlockType::kFormula && block.latex.empty());
}

// The block's box on the flat page: blocks stand on the page as displayed, but what they were found as stands on the
// flat one.
base::Rect flat_box(const Block& block, const document::PageEvidence& evidence) {
  base::Rect best = block.bbox;
  double best_overlap = kSameRegion;
  const auto consider = [&](const base::Rect& flat) {
    const double overlap = base::intersection_over_union(evidence.flat_to_page.map(flat), block.bbox);
    if (overlap > best_overlap) {
      best_overlap = overlap;
      best = flat;
    }
  };
  for (const auto& region : evidence.regions) consider(region.bbox);
  for (const auto& region : evidence.layout) consider(region.bbox);
  return best;
}

}  // namespace

bool wants_figures(const structure::PageBlocks& page) {
  return std::any_of(page.blocks.begin(), page.blocks.end(), wants_picture);
}

std::vector<document::Asset> cut_figures(structure::PageBlocks& page, const document::PageEvidence& evidence,
                                         const cv::Mat& flat, double dpi) {
  std::vector<document::Asset> assets;
  for (Block& block : page.blocks) {
    if (!wants_picture(block)) continue;
    const base::Rect box = flat_box(block, evidence);
    if (box.width() < kLeastSide || box.height() < kLeastSide) continue;
    const cv::Rect rect = pixel_rect(box, dpi, flat.size());
    if (rect.empty()) continue;
    const std::vector<std::uint8_t> png = input::encode_png(picture_of(flat(rect), dpi));
    if (png.empty()) continue;
    block.image_name =
        "page_" + std::to_string(page.index + 1) + "_figure_" + std::to_string(assets.size() + 1) + ".png";
    assets.push_back({block.image_name, png});
  }
  return assets;
}

}  // namespace medmark::pipeline
