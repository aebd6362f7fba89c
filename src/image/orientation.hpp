// Which way up a page stands: quarter turns by a vote of a classifier over dense crops, together with the direction in
// which the ink falls into rows.
//
// Pure functions apart from the classifier that is handed in, which is called from the calling thread only.
#pragma once

#include <array>
#include <functional>
#include <opencv2/core.hpp>

namespace medmark::image {

// Probabilities that a square BGR crop was turned clockwise by 0, 90, 180 and 270 degrees from upright.
using OrientationClassifier = std::function<std::array<double, 4>(const cv::Mat& crop_bgr)>;

struct OrientationEstimate {
  int turned = 0;         // the picture's content is turned clockwise by this much: 0, 90, 180 or 270
  double confidence = 0;  // 0..1; a picture without text is 0 degrees with confidence 0
};

// `picture` is BGR or grey, about 100 DPI; `ink` is its ink map (ink_map.hpp), of the same size. Where the evidence is
// thin the page stays as it is displayed.
[[nodiscard]] OrientationEstimate estimate_orientation(const cv::Mat& picture, const cv::Mat& ink,
                                                       const OrientationClassifier& classify);

}  // namespace medmark::image
