#include "image/cover.hpp"

#include <cmath>

namespace medmark::image {

void cover(cv::Mat& picture, const base::Rect& shown, std::span<const base::Rect> places) {
  if (picture.empty() || shown.empty()) return;
  const double x_scale = picture.cols / shown.width();
  const double y_scale = picture.rows / shown.height();
  const cv::Rect all(0, 0, picture.cols, picture.rows);
  for (const base::Rect& place : places) {
    const base::Rect inside = base::intersection(place, shown);
    if (inside.empty()) continue;
    const cv::Point first(static_cast<int>(std::floor((inside.x0 - shown.x0) * x_scale)) - 1,
                          static_cast<int>(std::floor((inside.y0 - shown.y0) * y_scale)) - 1);
    const cv::Point last(static_cast<int>(std::ceil((inside.x1 - shown.x0) * x_scale)) + 1,
                         static_cast<int>(std::ceil((inside.y1 - shown.y0) * y_scale)) + 1);
    const cv::Rect pixels = cv::Rect(first, last) & all;
    picture(pixels).setTo(cv::Scalar::all(0));
  }
}

}  // namespace medmark::image
