// Boxes to the pixels of a picture that they touch, and back. Pure functions, thread-safe.
#pragma once

#include <cmath>
#include <opencv2/core.hpp>

#include "base/geometry.hpp"

namespace medmark::image {

// The pixels that a box touches, at `scale` pixels a unit of it; may reach beyond any picture.
[[nodiscard]] inline cv::Rect touched_pixels(const base::Rect& box, double scale) {
  return {cv::Point(static_cast<int>(std::floor(box.x0 * scale)), static_cast<int>(std::floor(box.y0 * scale))),
          cv::Point(static_cast<int>(std::ceil(box.x1 * scale)), static_cast<int>(std::ceil(box.y1 * scale)))};
}

// The same of a box in points, cut to a picture of `size` at `dpi` pixels per 72 points; empty where it lies outside.
[[nodiscard]] inline cv::Rect pixel_rect(const base::Rect& points, double dpi, const cv::Size& size) {
  return touched_pixels(points, dpi / 72) & cv::Rect({0, 0}, size);
}

// The box of pixels, at `scale` pixels a unit of the box.
[[nodiscard]] inline base::Rect points_of(const cv::Rect& pixels, double scale) {
  return {pixels.x / scale, pixels.y / scale, pixels.br().x / scale, pixels.br().y / scale};
}

}  // namespace medmark::image
