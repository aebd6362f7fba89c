// What the strokes of a group of ink look like: print keeps to the horizontal and the vertical, a pen does not.
//
// Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>

namespace medmark::vision {

struct StrokeShape {
  // Share of the outline (weighted by contrast) that runs within 9 degrees of the horizontal or the vertical, 0..1.
  double upright = 0;
  // Middle thickness of the strokes and the largest one, pixels.
  double thickness = 0;
  double thickest = 0;
  double fill = 0;    // of the bounding box
  double length = 0;  // of all strokes, pixels
};

// `alone`: the ink in black on white (BGR).
[[nodiscard]] StrokeShape shape_of_strokes(const cv::Mat& alone);

}  // namespace medmark::vision
