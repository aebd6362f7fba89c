// The angle at which text lines run, by projection: turned by the right angle, a page's ink falls into sharp rows.
//
// Angles are clockwise degrees. Pure functions, thread-safe.
#pragma once

#include <opencv2/core.hpp>

#include "image/projection.hpp"

namespace medmark::image {

struct SkewEstimate {
  double degrees = 0;  // the text lines are turned clockwise by this much; 0 where nothing certain is seen
  bool is_certain = false;
};

// Searches -range..range. `ink` is a mask as ink_map() makes it. Within 0.05 degrees on text of a few lines
// (skew_test.cpp); an empty or directionless page gives 0 and is not certain.
[[nodiscard]] SkewEstimate estimate_skew(const cv::Mat& ink, double range_degrees = 15);

// How much sharper the rows are at the best angle than evenly strewn ink would make them, times the picture's extent so
// that both axes compare; searched coarsely. For telling pages that lie on their side. 0 where there is no ink.
[[nodiscard]] double projection_sharpness(const cv::Mat& ink, ProjectionAxis axis, double range_degrees = 15);

}  // namespace medmark::image
