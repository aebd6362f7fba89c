#include "image/projection.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace medmark::image {
namespace {

// The steps of a two-dimensional low-discrepancy sequence (Roberts, 2018).
constexpr double kAcrossStep = 0.7548776662466927;
constexpr double kDownStep = 0.5698402909980532;

// Spreads the points of pixels evenly over the pixels' area, 0..1. Left on the grid they would fall into the sharpest
// rows at zero degrees, whatever is printed.
float spread(int index, double step) {
  const double position = index * step;
  return static_cast<float>(position - std::floor(position));
}

}  // namespace

std::vector<InkPoint> ink_points(const cv::Mat& ink, ProjectionAxis axis, int most_points) {
  const int count = cv::countNonZero(ink);
  const int stride = (count + most_points - 1) / std::max(1, most_points);
  std::vector<InkPoint> points;
  points.reserve(static_cast<std::size_t>(std::min(count, most_points) + 1));
  const auto middle_x = static_cast<float>(ink.cols) / 2;
  const auto middle_y = static_cast<float>(ink.rows) / 2;
  int index = 0;
  for (int y = 0; y < ink.rows; ++y) {
    const auto* row = ink.ptr<uchar>(y);
    for (int x = 0; x < ink.cols; ++x) {
      if (row[x] == 0 || (index++ % stride) != 0) continue;
      const float fx = static_cast<float>(x) + spread(index, kAcrossStep) - middle_x;
      const float fy = static_cast<float>(y) + spread(index, kDownStep) - middle_y;
      points.push_back(axis == ProjectionAxis::kRows ? InkPoint{fx, fy} : InkPoint{-fy, fx});
    }
  }
  return points;
}

double row_sharpness(const std::vector<InkPoint>& points, double degrees, double bin, std::vector<float>& rows) {
  if (points.empty()) return 0;
  const double radians = degrees * std::numbers::pi / 180;
  const auto cosine = static_cast<float>(std::cos(radians) / bin);
  const auto sine = static_cast<float>(std::sin(radians) / bin);
  float lowest = points.front().across * cosine - points.front().along * sine;
  float highest = lowest;
  for (const InkPoint& point : points) {
    const float position = point.across * cosine - point.along * sine;
    lowest = std::min(lowest, position);
    highest = std::max(highest, position);
  }
  // A whole number of rows, so that the middle of the map keeps its place in its row at every angle.
  const float offset = 2 - std::floor(lowest);
  rows.assign(static_cast<std::size_t>(highest + offset) + 3, 0.F);
  for (const InkPoint& point : points) {
    const float position = point.across * cosine - point.along * sine + offset;
    const auto row = static_cast<std::size_t>(position);
    const float share = position - static_cast<float>(row);
    rows[row] += 1 - share;
    rows[row + 1] += share;
  }
  double sum = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const double difference = rows[i] - rows[i - 1];
    sum += difference * difference;
  }
  return sum / (2 * static_cast<double>(points.size()));
}

}  // namespace medmark::image
