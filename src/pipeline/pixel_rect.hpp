// Boxes in points to boxes in pixels of a page picture. A pure function, thread-safe.
#pragma once

#include <cmath>
#include <opencv2/core.hpp>

#include "base/geometry.hpp"

namespace medmark::pipeline {

// The pixels that a box touches, cut to a picture of `size` at `dpi` pixels per 72 points; empty where it lies outside.
[[nodiscard]] inline cv::Rect pixel_rect(const base::Rect& points, double dpi, const cv::Size& size) {
  const double scale = dpi / 72;
  const cv::Rect rect(
      cv::Point(static_cast<int>(std::floor(points.x0 * scale)), static_cast<int>(std::floor(points.y0 * scale))),
      cv::Point(static_cast<int>(std::ceil(points.x1 * scale)), static_cast<int>(std::ceil(points.y1 * scale))));
  return rect & cv::Rect({0, 0}, size);
}

}  // namespace medmark::pipeline
