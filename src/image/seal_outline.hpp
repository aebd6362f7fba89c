// Rings and frames in the ink of one hue: for finding seals (seal_shape.hpp).
//
// Pixels of the coarse colour plane. Pure functions, thread-safe; no value where the ink has no such outline.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "image/seal_shape.hpp"

namespace medmark::image {

// Connected ink.
struct InkComponent {
  cv::Rect box;
  std::vector<cv::Point> points;
};

struct SealOutline {
  SealShape shape = SealShape::kRing;
  std::vector<cv::Point> hull;  // convex
  double coverage = 0;          // share of the outline that is drawn, 0..1
};

// A circle or an oval through the outermost ink. `mask` is the ink before any joining (CV_8U).
[[nodiscard]] std::optional<SealOutline> ring_outline(const InkComponent& component, const cv::Mat& mask,
                                                      double pixels_per_mm);

// The rectangle whose sides are the outermost drawn lines in the direction in which the ink is sharpest; print that
// touches it from outside does not matter.
[[nodiscard]] std::optional<SealOutline> frame_outline(const InkComponent& component, double pixels_per_mm);

}  // namespace medmark::image
