#include "pipeline/figures.hpp"

#include <algorithm>
#include <string>

#include "image/pixel_rect.hpp"
#include "input/png.hpp"

namespace medmark::pipeline {
namespace {

using document::Block;
using document::BlockType;

// Figures smaller than this in either direction (points) are specks.
constexpr double kLeastSide = 8;
// Points around the boxes of a formula's characters, so that no stroke of it is cut off.
constexpr double kFormulaMargin = 3;

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

// The box of a block on the picture.
base::Rect box_of(const structure::PageBlocks& page, std::size_t index) {
  const base::Rect box = index < page.flat_boxes.size() ? page.flat_boxes[index] : page.blocks[index].bbox;
  const bool is_formula = page.blocks[index].type == BlockType::kFormula;
  return is_formula ? base::inflated(box, kFormulaMargin, kFormulaMargin) : box;
}

}  // namespace

bool wants_figures(const structure::PageBlocks& page) {
  return std::any_of(page.blocks.begin(), page.blocks.end(), wants_picture);
}

std::vector<document::Asset> cut_figures(structure::PageBlocks& page, const cv::Mat& picture, double dpi) {
  std::vector<document::Asset> assets;
  for (std::size_t i = 0; i < page.blocks.size(); ++i) {
    Block& block = page.blocks[i];
    if (!wants_picture(block)) continue;
    const base::Rect box = box_of(page, i);
    if (box.width() < kLeastSide || box.height() < kLeastSide) continue;
    const cv::Rect rect = image::pixel_rect(box, dpi, picture.size());
    if (rect.empty()) continue;
    const std::vector<std::uint8_t> png = input::encode_png(picture_of(picture(rect), dpi));
    if (png.empty()) continue;
    block.image_name =
        "page_" + std::to_string(page.index + 1) + "_figure_" + std::to_string(assets.size() + 1) + ".png";
    assets.push_back({block.image_name, png});
  }
  return assets;
}

}  // namespace medmark::pipeline
