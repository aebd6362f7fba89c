#include "image/sheet_lines.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace medmark::image {
namespace {

struct SheetLineThresholds {
  int canny_low = 12;
  int canny_high = 30;
  double hough_votes = 0.16;  // of the short side
  double most_tilt = 40;      // degrees of a side against the frame
  std::size_t lines_per_direction = 9;
  double line_distance = 0.02;  // of the long side; lines nearer than this and 4 degrees are one
  double line_angle = 4;
};
constexpr SheetLineThresholds kThresholds;

cv::Mat edges_of(const cv::Mat& lab) {
  std::vector<cv::Mat> channels;
  cv::split(lab, channels);
  cv::Mat edges;
  cv::Canny(channels[0], edges, kThresholds.canny_low, kThresholds.canny_high);
  for (const std::size_t colour : {1U, 2U}) {
    cv::Mat more;
    cv::Canny(channels[colour], more, kThresholds.canny_low, kThresholds.canny_high);
    edges |= more;
  }
  return edges;
}

double angle_between(const SheetLine& a, const SheetLine& b) {
  const double cosine = std::abs(a.normal.dot(b.normal));
  return std::acos(std::min(1.0, cosine)) * 180 / std::numbers::pi;
}

// How far apart two lines are at the middle of the picture.
double distance_between(const SheetLine& a, const SheetLine& b, cv::Point2d middle) {
  const double da = a.offset - a.normal.dot(middle);
  const double db = b.offset - b.normal.dot(middle);
  return std::abs(a.normal.dot(b.normal) < 0 ? da + db : da - db);
}

}  // namespace

cv::Point2d crossing(const SheetLine& a, const SheetLine& b) {
  const double determinant = a.normal.x * b.normal.y - a.normal.y * b.normal.x;
  return {(a.offset * b.normal.y - b.offset * a.normal.y) / determinant,
          (a.normal.x * b.offset - b.normal.x * a.offset) / determinant};
}

SheetLines find_sheet_lines(const cv::Mat& lab) {
  const cv::Mat edges = edges_of(lab);
  SheetLines candidates;
  const int shortest = std::min(edges.cols, edges.rows);
  const double longest = std::max(edges.cols, edges.rows);
  std::vector<cv::Vec3f> found;  // rho, theta, votes; strongest first
  cv::HoughLines(edges, found, 1, std::numbers::pi / 360, static_cast<int>(shortest * kThresholds.hough_votes));
  const cv::Point2d middle(edges.cols / 2.0, edges.rows / 2.0);
  for (const cv::Vec3f& line : found) {
    const double theta = line[1];
    const SheetLine candidate{{std::cos(theta), std::sin(theta)}, line[0] + 0.5, line[2], false};
    const double tilt_of_down = std::asin(std::min(1.0, std::abs(candidate.normal.y))) * 180 / std::numbers::pi;
    const bool is_down = tilt_of_down <= kThresholds.most_tilt;
    const bool is_across = 90 - tilt_of_down <= kThresholds.most_tilt;
    if (!is_down && !is_across) continue;
    auto& lines = is_down ? candidates.down : candidates.across;
    if (lines.size() >= kThresholds.lines_per_direction) continue;
    const bool is_known = std::any_of(lines.begin(), lines.end(), [&](const SheetLine& other) {
      return angle_between(other, candidate) < kThresholds.line_angle &&
             distance_between(other, candidate, middle) < kThresholds.line_distance * longest;
    });
    if (!is_known) lines.push_back(candidate);
  }
  candidates.down.push_back({{1, 0}, 0, 0, true});
  candidates.down.push_back({{1, 0}, static_cast<double>(edges.cols), 0, true});
  candidates.across.push_back({{0, 1}, 0, 0, true});
  candidates.across.push_back({{0, 1}, static_cast<double>(edges.rows), 0, true});
  return candidates;
}

}  // namespace medmark::image
