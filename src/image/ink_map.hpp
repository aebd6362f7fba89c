// Where a page picture holds ink: thin dark marks (text, ruling lines) against whatever lies around them.
//
// The map that skew, orientation and curl are measured on. Works on a small grey picture (about 100 DPI); large dark
// areas (photographs on the page, a desk around the sheet) do not count as ink. Pure functions, thread-safe.
#pragma once

#include <opencv2/core.hpp>

namespace medmark::image {

// The long side in pixels of the pictures that measurements are made on: about 100 DPI of an A4 sheet, where a text
// line is about 12 pixels high and 0.05 degrees move its end by 0.7 pixels.
inline constexpr int kAnalysisLongSide = 1200;

// `picture` averaged down so that its long side is at most `long_side`; itself where it is small enough.
[[nodiscard]] cv::Mat reduced(const cv::Mat& picture, int long_side);

// `bgr_or_gray` reduced to the size of analysis, in grey.
[[nodiscard]] cv::Mat analysis_picture(const cv::Mat& bgr_or_gray);

// A mask (CV_8U, 0 or 255) of the size of `gray` (CV_8U): 255 on thin dark marks. A band of 1 % along the edges of the
// picture is left out (scanner shadows).
[[nodiscard]] cv::Mat ink_map(const cv::Mat& gray);

// `ink` without long straight horizontal and vertical runs: text without ruling lines.
[[nodiscard]] cv::Mat without_ruling_lines(const cv::Mat& ink);

}  // namespace medmark::image
