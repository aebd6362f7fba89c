// Even light and full contrast: shade, yellowed paper and faint print become black on white.
//
// Pure functions, thread-safe.
#pragma once

#include <opencv2/core.hpp>

namespace medmark::image {

// `picture` (8-bit, grey or BGR) in grey, with its paper divided out and its ink stretched: paper becomes white, the
// darker ink nearly black. Dark pictures on the page stay dark. `ink` is the ink map of the same outline at any size
// (ink_map.hpp); where it is empty of ink the contrast is left as it is. Same size and number of channels as `picture`.
[[nodiscard]] cv::Mat normalise_light(const cv::Mat& picture, const cv::Mat& ink);

}  // namespace medmark::image
