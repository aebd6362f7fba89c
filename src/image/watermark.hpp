// Pale watermarks behind (or over) the text of a page: large letters or an emblem in one light tone.
//
// A watermark is told from pale print by the width of its strokes: what is wider than a millimetre, of one pale tone,
// large and not a shaded rectangle. Fine pale print is never touched. Pictures are 8-bit BGR or grey, upright, in
// pixels; boxes are points of the page (pixel * 72 / dpi), origin top left. Pure functions, thread-safe, they do not
// fail.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "document/page_evidence.hpp"

namespace medmark::image {

struct WatermarkSuppression {
  cv::Mat without_watermark;                 // type of the input; shares its pixels where nothing was found
  std::vector<document::Region> watermarks;  // RegionKind::kWatermark, without text
};

// `dpi` > 0. Print over the watermark keeps its darkness.
[[nodiscard]] WatermarkSuppression suppress_watermark(const cv::Mat& flat, double dpi);

}  // namespace medmark::image
