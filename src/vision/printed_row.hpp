// The printed characters of a strip's reading and the ink of each.
//
// Strip pixels. Internal to this room. A pure function, thread-safe, no failures.
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <vector>

#include "vision/text_recognition.hpp"

namespace medmark::vision {

struct PrintedRow {
  std::vector<cv::Rect> glyphs;
  std::vector<std::size_t> printed;  // indices in the reading: spaces are none
  std::vector<std::size_t> owner;    // of each printed character: its glyph, or kNoGlyph
};

[[nodiscard]] PrintedRow printed_row(const cv::Mat& ink, const Reading& reading);

}  // namespace medmark::vision
