// The angle at which text lines run, by projection: turned by the right angle, a page's ink falls into sharp rows.
//
// Angles are clockwise degrees. Pure functions, thread-safe.
#pragma once

#include <opencv2/core.hpp>

#include "image/projection.hpp"

namespace medmark::image {

struct SkewEstimate {
  double degrees = 0;  // the text lines are turned clockwise by this much; 0 where nothing certain is seen
  // How much sharper the rows are at `degrees` than ink strewn evenly would give (1), normalised by the picture's
  // extent so that both axes compare. 0 where there is no ink.
  double sharpness = 0;
  bool is_certain = false;
};

// Searches -range..range. `ink` is a mask as ink_map() makes it. Within 0.05 degrees on text of a few lines
// (skew_test.cpp); an empty or directionless page gives 0 and is not certain.
[[nodiscard]] SkewEstimate estimate_skew(const cv::Mat& ink, double range_degrees = 15);

// The sharpness alone, searched coarsely, along either axis: for telling pages that lie on their side.
[[nodiscard]] double projection_sharpness(const cv::Mat& ink, ProjectionAxis axis, double range_degrees = 15);

}  // namespace medmark::image
