// Whether a piece of ink is drawn like an arrow up or down: a shaft, and a head at one end that spreads to both sides.
//
// By shape alone, so that an arrow that was read as a digit can be told from one. Pure function, thread-safe, no
// failures.
#pragma once

#include <opencv2/core.hpp>

namespace medmark::vision {

enum class ArrowShape { kNone, kUp, kDown };

// `ink`: CV_8U, 0 or not, cropped to the glyph; at least about 14 pixels high to be told.
[[nodiscard]] ArrowShape arrow_shape(const cv::Mat& ink);

}  // namespace medmark::vision
