// Ruling lines of a scanned page: straight drawn lines, horizontal and vertical, as tables and forms have them.
//
// Thin, faint, dotted, dashed and broken lines count, double ones are two; a remaining skew of 0.5 degrees and a gentle
// curl are followed. Strokes of characters, dashes between words and textures of photographs do not count. Underlines
// do. Pictures are 8-bit, grey or BGR, upright and deskewed; results are points of that page (pixel * 72 / dpi; the
// first pixel covers 0..1), origin top left. Pure functions, thread-safe, they do not fail.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "document/page_evidence.hpp"

namespace medmark::image {

// Horizontal lines first, top to bottom, then vertical ones, left to right. Ends that miss a crossing line by less than
// 1.5 mm lie on its middle. `dpi` > 0.
[[nodiscard]] std::vector<document::RulingLine> detect_rulings(const cv::Mat& clean, double dpi);

}  // namespace medmark::image
