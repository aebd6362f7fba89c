// Black-and-white pages (fax, 1-bit scans): specks taken away, jagged strokes smoothed.
//
// Pure functions, thread-safe.
#pragma once

#include <opencv2/core.hpp>

namespace medmark::image {

// Whether practically every pixel of `gray` (CV_8U) is black or white. A page without any black is not.
[[nodiscard]] bool is_bilevel(const cv::Mat& gray);

// `gray` (CV_8U, black and white) without lone specks of up to three pixels and without pinholes in solid black, its
// strokes' steps softened into grey. Specks within five pixels of other ink stay: they may be decimal points.
[[nodiscard]] cv::Mat cleaned_bilevel(const cv::Mat& gray);

}  // namespace medmark::image
