// Print that the text detector passed over: lone arrows, single characters in a table's cells.
//
// Pixels of the given picture. Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "base/geometry.hpp"
#include "vision/text_detection.hpp"

namespace medmark::vision {

struct StrayMarkOptions {
  // All in em of the page's print (the median of the detected boxes).
  double least_height = 0.42;
  double largest_height = 1.6;
  double largest_width = 6;
  double join_gap = 0.6;
  double margin = 0.3;
  // A page with more is a picture or noise: then none is believed.
  std::size_t most = 80;
};

// The em of the page's print, by the heights of the boxes, of which there is one at least.
[[nodiscard]] double median_em(std::span<const TextBox> boxes);

// Dark marks against their surroundings, without what stands in a detected box. `em` > 0.
[[nodiscard]] cv::Mat uncovered_ink(const cv::Mat& bgr, std::span<const TextBox> boxes, double em);

// The upright frame around a box.
[[nodiscard]] cv::Rect frame_of(const base::Quad& quad);

// Boxes around ink of the size of print that stands in the row of a detected box but in none. Each is to be read, and
// believed only where the reading is sure.
[[nodiscard]] std::vector<TextBox> find_stray_marks(const cv::Mat& bgr, std::span<const TextBox> detected,
                                                    const StrayMarkOptions& options);

}  // namespace medmark::vision
