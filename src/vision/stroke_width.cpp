#include "vision/stroke_width.hpp"

#include <opencv2/imgproc.hpp>

namespace medmark::vision {

std::vector<float> stroke_radii(const cv::Mat& ink) {
  cv::Mat distance;
  cv::distanceTransform(ink, distance, cv::DIST_L2, 3);
  cv::Mat highest;
  cv::dilate(distance, highest, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  std::vector<float> radii;
  for (int y = 0; y < distance.rows; ++y) {
    const auto* d = distance.ptr<float>(y);
    const auto* high = highest.ptr<float>(y);
    for (int x = 0; x < distance.cols; ++x) {
      if (d[x] > 0 && d[x] >= high[x]) radii.push_back(d[x]);
    }
  }
  return radii;
}

}  // namespace medmark::vision
