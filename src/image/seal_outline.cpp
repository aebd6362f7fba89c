#include "image/seal_outline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <utility>

namespace medmark::image {
namespace {

// Measured on printed, scanned and JPEG-blurred seals of 8 to 48 mm in red, blue and violet ink, faint ones included,
// and on red headings, red tables, graph paper, pie charts and colour photographs as the opposite.
struct OutlineLimits {
  double least_side_mm = 7;
  double largest_side_mm = 75;
  double ring_least_axis_mm = 8;
  double ring_axis_ratio = 2.4;
  double ring_tolerance = 0.05;       // of the radius
  double ring_coverage = 0.68;        // share of directions in which the outermost ink lies on one ellipse
  double ring_drawn = 0.55;           // share of that ellipse with ink before any joining
  double frame_tolerance_mm = 0.6;    // of a drawn side from the straight
  double frame_side_coverage = 0.62;  // of three sides; one may be worn
  double frame_worn_side = 0.4;
  double frame_line_strength = 0.45;    // of the strongest line in its direction
  double largest_upright_mm = 26;       // larger frames that stand exactly upright are printed boxes and tables
  double upright_side_coverage = 0.85;  // of every side: an electronic seal is crisp, graph paper is not
  double frame_turn = 20;               // degrees to either side
  double frame_aspect = 5;
};
constexpr OutlineLimits kLimits;
constexpr int kDirections = 72;

// Radius of a point over the radius of the ellipse in its direction.
double ellipse_radius(const cv::RotatedRect& ellipse, const cv::Point2f& point) {
  const double angle = ellipse.angle * std::numbers::pi / 180;
  const double dx = point.x - ellipse.center.x;
  const double dy = point.y - ellipse.center.y;
  const double u = (dx * std::cos(angle) + dy * std::sin(angle)) / std::max(1.0, ellipse.size.width / 2.0);
  const double v = (-dx * std::sin(angle) + dy * std::cos(angle)) / std::max(1.0, ellipse.size.height / 2.0);
  return std::hypot(u, v);
}

// The outermost point in each direction from a centre.
std::vector<cv::Point2f> outermost(const std::vector<cv::Point>& points, const cv::Point2f& centre) {
  std::array<std::optional<cv::Point2f>, kDirections> far{};
  std::array<double, kDirections> radius{};
  for (const cv::Point& p : points) {
    const double dx = static_cast<double>(p.x) - static_cast<double>(centre.x);
    const double dy = static_cast<double>(p.y) - static_cast<double>(centre.y);
    const double turn = std::atan2(dy, dx) / (2 * std::numbers::pi) + 0.5;
    const auto bin = static_cast<std::size_t>(std::clamp(static_cast<int>(turn * kDirections), 0, kDirections - 1));
    const double r = dx * dx + dy * dy;
    if (far[bin] && r <= radius[bin]) continue;
    far[bin] = cv::Point2f(static_cast<float>(p.x), static_cast<float>(p.y));
    radius[bin] = r;
  }
  std::vector<cv::Point2f> rim;
  for (const auto& p : far) {
    if (p) rim.push_back(*p);
  }
  return rim;
}

// Share of an ellipse along which there is ink within a pixel and a half.
double drawn_share(const cv::RotatedRect& ellipse, const cv::Mat& mask) {
  constexpr int kSamples = 180;
  const double angle = ellipse.angle * std::numbers::pi / 180;
  int drawn = 0;
  for (int i = 0; i < kSamples; ++i) {
    const double t = 2 * std::numbers::pi * i / kSamples;
    bool is_drawn = false;
    for (const double off : {0.0, -1.0, 1.0, -2.0}) {
      const double u = (ellipse.size.width / 2.0 + off) * std::cos(t);
      const double v = (ellipse.size.height / 2.0 + off) * std::sin(t);
      const int x = cvRound(ellipse.center.x + u * std::cos(angle) - v * std::sin(angle));
      const int y = cvRound(ellipse.center.y + u * std::sin(angle) + v * std::cos(angle));
      if (x >= 0 && y >= 0 && x < mask.cols && y < mask.rows && mask.at<uchar>(y, x) != 0) is_drawn = true;
    }
    drawn += is_drawn ? 1 : 0;
  }
  return static_cast<double>(drawn) / kSamples;
}
// Points in the axes of a turned frame.
struct TurnedPoints {
  double angle = 0;  // radians
  std::vector<double> u;
  std::vector<double> v;
  std::vector<int> columns;  // points per pixel of u, from u_first
  std::vector<int> rows;
  double u_first = 0;
  double v_first = 0;
};

TurnedPoints turned(const std::vector<cv::Point>& points, double degrees) {
  TurnedPoints result;
  result.angle = degrees * std::numbers::pi / 180;
  const double c = std::cos(result.angle), s = std::sin(result.angle);
  for (const cv::Point& p : points) {
    result.u.push_back(p.x * c + p.y * s);
    result.v.push_back(-p.x * s + p.y * c);
  }
  const auto histogram = [](const std::vector<double>& values, double& first) {
    first = std::floor(*std::min_element(values.begin(), values.end()));
    const double last = *std::max_element(values.begin(), values.end());
    std::vector<int> counts(static_cast<std::size_t>(last - first) + 2);
    for (const double value : values) ++counts[static_cast<std::size_t>(value - first)];
    return counts;
  };
  result.columns = histogram(result.u, result.u_first);
  result.rows = histogram(result.v, result.v_first);
  return result;
}

double sharpness(const TurnedPoints& t) {
  double sum = 0;
  for (const int n : t.columns) sum += static_cast<double>(n) * n;
  for (const int n : t.rows) sum += static_cast<double>(n) * n;
  return sum;
}

// The outermost strong lines of a histogram.
std::pair<double, double> outer_lines(const std::vector<int>& counts, double first) {
  std::vector<int> smooth(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    smooth[i] = counts[i] + (i > 0 ? counts[i - 1] : 0) + (i + 1 < counts.size() ? counts[i + 1] : 0);
  }
  const int strong = static_cast<int>(kLimits.frame_line_strength * *std::max_element(smooth.begin(), smooth.end()));
  std::size_t low = 0, high = smooth.size() - 1;
  while (smooth[low] < strong) ++low;
  while (smooth[high] < strong) --high;
  while (low + 1 < smooth.size() && smooth[low + 1] > smooth[low]) ++low;
  while (high > 0 && smooth[high - 1] > smooth[high]) --high;
  return {first + static_cast<double>(low) + 0.5, first + static_cast<double>(high) + 0.5};
}

// Shares of the four sides along which ink lies, ascending.
std::array<double, 4> side_coverage(const TurnedPoints& t, std::pair<double, double> us, std::pair<double, double> vs,
                                    double tolerance) {
  const auto across = static_cast<std::size_t>(std::max(1.0, us.second - us.first));
  const auto down = static_cast<std::size_t>(std::max(1.0, vs.second - vs.first));
  std::array<std::vector<char>, 4> drawn{std::vector<char>(across), std::vector<char>(across), std::vector<char>(down),
                                         std::vector<char>(down)};
  for (std::size_t k = 0; k < t.u.size(); ++k) {
    const double u = t.u[k] - us.first;
    const double v = t.v[k] - vs.first;
    if (u >= 0 && u < static_cast<double>(across)) {
      if (std::abs(v) <= tolerance) drawn[0][static_cast<std::size_t>(u)] = 1;
      if (std::abs(t.v[k] - vs.second) <= tolerance) drawn[1][static_cast<std::size_t>(u)] = 1;
    }
    if (v >= 0 && v < static_cast<double>(down)) {
      if (std::abs(u) <= tolerance) drawn[2][static_cast<std::size_t>(v)] = 1;
      if (std::abs(t.u[k] - us.second) <= tolerance) drawn[3][static_cast<std::size_t>(v)] = 1;
    }
  }
  std::array<double, 4> shares{};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto count = static_cast<double>(std::count(drawn[i].begin(), drawn[i].end(), 1));
    shares[i] = count / static_cast<double>(drawn[i].size());
  }
  std::sort(shares.begin(), shares.end());
  return shares;
}

}  // namespace

std::optional<SealOutline> ring_outline(const InkComponent& component, const cv::Mat& mask, double pixels_per_mm) {
  const cv::Point2f centre(static_cast<float>(component.box.x) + static_cast<float>(component.box.width) / 2.0F,
                           static_cast<float>(component.box.y) + static_cast<float>(component.box.height) / 2.0F);
  const std::vector<cv::Point2f> rim = outermost(component.points, centre);
  if (rim.size() < kDirections * 3 / 4) return std::nullopt;
  std::vector<cv::Point2f> inliers = rim;
  cv::RotatedRect ellipse;
  for (int round = 0; round < 4; ++round) {
    if (inliers.size() < kDirections / 2) return std::nullopt;
    ellipse = cv::fitEllipseDirect(inliers);
    const double tolerance = kLimits.ring_tolerance + 1.0 / std::max(4.0F, ellipse.size.width / 2);
    inliers.clear();
    for (const cv::Point2f& p : rim) {
      if (std::abs(ellipse_radius(ellipse, p) - 1) <= tolerance * (round < 2 ? 2 : 1)) inliers.push_back(p);
    }
  }
  const double small_axis = std::min(ellipse.size.width, ellipse.size.height);
  const double large_axis = std::max(ellipse.size.width, ellipse.size.height);
  const double coverage = static_cast<double>(inliers.size()) / kDirections;
  if (coverage < kLimits.ring_coverage || small_axis < kLimits.ring_least_axis_mm * pixels_per_mm ||
      large_axis > kLimits.ring_axis_ratio * small_axis || large_axis > kLimits.largest_side_mm * pixels_per_mm) {
    return std::nullopt;
  }
  const double drawn = drawn_share(ellipse, mask);
  if (drawn < kLimits.ring_drawn) return std::nullopt;
  SealOutline outline;
  outline.coverage = std::min(coverage, drawn);
  cv::ellipse2Poly({cvRound(ellipse.center.x), cvRound(ellipse.center.y)},
                   {cvRound(ellipse.size.width / 2), cvRound(ellipse.size.height / 2)}, cvRound(ellipse.angle), 0, 360,
                   6, outline.hull);
  return outline;
}
// The rectangle whose sides are the outermost drawn lines in the direction in which the ink is sharpest; print that
// touches it from outside does not matter.
std::optional<SealOutline> frame_outline(const InkComponent& component, double pixels_per_mm) {
  TurnedPoints best;
  double best_sharpness = 0;
  for (double degrees = -kLimits.frame_turn; degrees <= kLimits.frame_turn; degrees += 1) {
    TurnedPoints t = turned(component.points, degrees);
    const double value = sharpness(t);
    if (value <= best_sharpness) continue;
    best_sharpness = value;
    best = std::move(t);
  }
  const auto us = outer_lines(best.columns, best.u_first);
  const auto vs = outer_lines(best.rows, best.v_first);
  const double small_side = std::min(us.second - us.first, vs.second - vs.first);
  const double large_side = std::max(us.second - us.first, vs.second - vs.first);
  if (small_side < kLimits.least_side_mm * pixels_per_mm || large_side > kLimits.largest_side_mm * pixels_per_mm ||
      large_side > kLimits.frame_aspect * small_side ||
      (best.angle == 0 && large_side > kLimits.largest_upright_mm * pixels_per_mm)) {
    return std::nullopt;
  }
  const double tolerance = std::max(1.6, kLimits.frame_tolerance_mm * pixels_per_mm);
  const std::array<double, 4> sides = side_coverage(best, us, vs, tolerance);
  if (sides[0] < kLimits.frame_worn_side || sides[1] < kLimits.frame_side_coverage) return std::nullopt;
  if (best.angle == 0 && sides[0] < kLimits.upright_side_coverage) return std::nullopt;
  SealOutline outline;
  outline.shape = SealShape::kFrame;
  outline.coverage = (sides[0] + sides[1] + sides[2] + sides[3]) / 4;
  const double c = std::cos(best.angle), s = std::sin(best.angle);
  for (const auto& [u, v] : {std::pair{us.first, vs.first}, std::pair{us.second, vs.first},
                             std::pair{us.second, vs.second}, std::pair{us.first, vs.second}}) {
    outline.hull.emplace_back(cvRound(u * c - v * s), cvRound(u * s + v * c));
  }
  return outline;
}

}  // namespace medmark::image
