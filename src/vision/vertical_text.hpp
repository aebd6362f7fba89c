// Tall boxes: lines that run down the page, whether their characters stand upright or lie on their side.
//
// Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "vision/text_strip.hpp"

namespace medmark::vision {

// Whether the box may hold several characters one below the other: `ratio` times taller than wide and its ink parted by
// rows. A lone arrow, bracket or digit is tall too, and is not vertical text.
[[nodiscard]] bool may_be_vertical(const TextStrip& upright, const base::Quad& quad, double ratio);

// The ways to read such a box from the left: its upright characters set side by side, the box turned by a quarter to
// the left, and to the right. The first strip's columns do not map to the page.
[[nodiscard]] std::vector<TextStrip> vertical_readings(const cv::Mat& page_bgr, const base::Quad& quad);

}  // namespace medmark::vision
