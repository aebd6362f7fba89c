// Bent text lines: how far down each place of a page has to be looked for, so that its lines come out straight.
//
// A smooth field is fitted to the slopes that text and ruling lines have in small windows of the page: gentle curl of a
// hand-held sheet, the gutter of a book on a scanner, and what perspective is left of lines that should be parallel.
// Only heights are moved, never places along a line. Pure functions, thread-safe.
#pragma once

#include <opencv2/core.hpp>

namespace medmark::image {

struct CurlEstimate {
  // CV_32F, 33x33 nodes that span the picture: how many of its pixels further down the ink of a flat place stands.
  // Empty where the lines are straight or the evidence is thin.
  cv::Mat down;
  double sharpness_gain = 1;  // of the rows, against the best straight reading
};

// `ink` is a mask as ink_map() makes it, of an upright page at about 100 DPI; its lines may be turned by up to 8
// degrees.
[[nodiscard]] CurlEstimate estimate_curl(const cv::Mat& ink);

}  // namespace medmark::image
