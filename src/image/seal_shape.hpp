// The shapes of seals in a coarse colour plane: the first half of separate_seals (seal.hpp). Pixels of the coarse
// plane.
//
// Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "image/seal_colour.hpp"

namespace medmark::image {

enum class SealShape { kRing, kFrame };

struct SealCandidate {
  SealShape shape = SealShape::kRing;
  std::vector<cv::Point> hull;  // convex outline
  cv::Rect box;
  double hue = 0;       // mean of the ink
  double coverage = 0;  // share of the outline that is drawn, 0..1
};

// Seals of all hues, largest first, none inside another.
[[nodiscard]] std::vector<SealCandidate> find_seal_shapes(const ColourPlane& plane);

}  // namespace medmark::image
