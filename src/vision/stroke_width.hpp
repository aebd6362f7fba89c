// How thick strokes are. Internal to this room. A pure function, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace medmark::vision {

// Half the thickness along the middles of the strokes of `ink` (CV_8U, not 0 on ink), pixels; paper is only where the
// mask has some, not beyond its edges.
[[nodiscard]] std::vector<float> stroke_radii(const cv::Mat& ink);

}  // namespace medmark::vision
