// Digits whose ink is too wide for one: something printed beside them was passed over ("10⁹/L" with an unknown glyph
// for its power, read as "10/L").
//
// Strip pixels. Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>

#include "vision/text_recognition.hpp"

namespace medmark::vision {

// Lowers the confidence of such digits, and of digits beside a mark or letter that is too wide, to kDoubtful at most:
// what was printed there is for a person to see.
void doubt_wide_digits(const cv::Mat& ink, Reading& reading);

}  // namespace medmark::vision
