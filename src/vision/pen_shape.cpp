#include "vision/pen_shape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "base/median.hpp"
#include "vision/stroke_width.hpp"

namespace medmark::vision {
namespace {

constexpr double kUprightWithin = 9;  // degrees
constexpr int kInkBelow = 128;        // grey level

double upright_share(const cv::Mat& gray) {
  cv::Mat soft;
  cv::GaussianBlur(gray, soft, {0, 0}, 1.2);
  cv::Mat across;
  cv::Mat down;
  cv::Sobel(soft, across, CV_32F, 1, 0);
  cv::Sobel(soft, down, CV_32F, 0, 1);
  double upright = 0;
  double all = 0;
  const double least = std::tan(kUprightWithin * std::numbers::pi / 180);
  for (int y = 0; y < gray.rows; ++y) {
    const auto* dx = across.ptr<float>(y);
    const auto* dy = down.ptr<float>(y);
    for (int x = 0; x < gray.cols; ++x) {
      const double a = std::abs(dx[x]);
      const double b = std::abs(dy[x]);
      const double weight = a + b;
      if (weight < 60) continue;
      all += weight;
      if (std::min(a, b) < least * std::max(a, b)) upright += weight;
    }
  }
  return all > 0 ? upright / all : 0;
}

}  // namespace

StrokeShape shape_of_strokes(const cv::Mat& alone) {
  StrokeShape shape;
  cv::Mat gray;
  cv::cvtColor(alone, gray, cv::COLOR_BGR2GRAY);
  shape.upright = upright_share(gray);
  const cv::Mat ink = gray < kInkBelow;
  const int area = cv::countNonZero(ink);
  if (area == 0) return shape;
  const cv::Rect box = cv::boundingRect(ink);
  shape.fill = static_cast<double>(area) / box.area();
  const std::vector<float> radii = stroke_radii(ink);
  shape.thickness = 2.0 * base::median(radii);
  shape.thickest = 2.0 * *std::max_element(radii.begin(), radii.end());
  shape.length = area / std::max(1.0, shape.thickness);
  return shape;
}

}  // namespace medmark::vision
