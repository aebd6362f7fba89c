#include "image/skew.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace medmark::image {
namespace {

struct SkewThresholds {
  int most_points = 40000;  // ink beyond this is thinned out evenly; the estimate no longer changes
  std::size_t least_points = 60;
  double coarse_step = 0.5;  // half a degree turns a line of 850 pixels by 7: still one line against its gap
  double coarse_bin = 2;     // pixels
  double fine_step = 0.1;
  double finest_step = 0.02;
  int coarse_peaks = 3;
  // Sharpness at the found angle against the median over all angles. Pages of noise or pictures reach 1.15, three
  // lines of text 2 and more.
  double certain_ratio = 1.35;
};
constexpr SkewThresholds kThresholds;

struct InkPoint {
  float along = 0;   // along the text line
  float across = 0;  // across it
};

std::vector<InkPoint> ink_points(const cv::Mat& ink, ProjectionAxis axis) {
  const int count = cv::countNonZero(ink);
  const int stride = std::max(1, count / kThresholds.most_points + (count > kThresholds.most_points ? 1 : 0));
  std::vector<InkPoint> points;
  points.reserve(static_cast<std::size_t>(count / stride + 1));
  int index = 0;
  for (int y = 0; y < ink.rows; ++y) {
    const auto* row = ink.ptr<uchar>(y);
    for (int x = 0; x < ink.cols; ++x) {
      if (row[x] == 0 || (index++ % stride) != 0) continue;
      const auto fx = static_cast<float>(x) - static_cast<float>(ink.cols) / 2;
      const auto fy = static_cast<float>(y) - static_cast<float>(ink.rows) / 2;
      points.push_back(axis == ProjectionAxis::kRows ? InkPoint{fx, fy} : InkPoint{-fy, fx});
    }
  }
  return points;
}

// Sum of squared differences of neighbouring rows, against what evenly strewn points would give.
double sharpness_at(const std::vector<InkPoint>& points, double degrees, double bin, double reach,
                    std::vector<float>& rows) {
  const double radians = degrees * std::numbers::pi / 180;
  const auto cosine = static_cast<float>(std::cos(radians) / bin);
  const auto sine = static_cast<float>(std::sin(radians) / bin);
  const auto offset = static_cast<float>(reach / bin + 1);
  rows.assign(static_cast<std::size_t>(2 * offset) + 3, 0.F);
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

struct Sample {
  double degrees = 0;
  double sharpness = 0;
};

class Search {
 public:
  Search(const cv::Mat& ink, ProjectionAxis axis)
      : points_(ink_points(ink, axis)), reach_(std::hypot(ink.cols, ink.rows) / 2 + 2) {}

  [[nodiscard]] bool has_ink() const { return points_.size() >= kThresholds.least_points; }

  std::vector<Sample> scan(double center, double range, double step, double bin) {
    std::vector<Sample> samples;
    const int steps = static_cast<int>(std::lround(range / step));
    for (int i = -steps; i <= steps; ++i) {
      const double degrees = center + i * step;
      samples.push_back({degrees, sharpness_at(points_, degrees, bin, reach_, rows_)});
    }
    return samples;
  }

 private:
  std::vector<InkPoint> points_;
  double reach_;
  std::vector<float> rows_;
};

Sample best_of(const std::vector<Sample>& samples) {
  return *std::max_element(samples.begin(), samples.end(),
                           [](const Sample& a, const Sample& b) { return a.sharpness < b.sharpness; });
}

// The top of the parabola through the best sample and its neighbours.
Sample refined(const std::vector<Sample>& samples) {
  const auto best = std::max_element(samples.begin(), samples.end(),
                                     [](const Sample& a, const Sample& b) { return a.sharpness < b.sharpness; });
  if (best == samples.begin() || best + 1 == samples.end()) return *best;
  const double left = (best - 1)->sharpness;
  const double right = (best + 1)->sharpness;
  const double curvature = left - 2 * best->sharpness + right;
  if (curvature >= 0) return *best;
  const double step = (best + 1)->degrees - best->degrees;
  return {best->degrees + step * 0.5 * (left - right) / curvature, best->sharpness};
}

double median_sharpness(std::vector<Sample> samples) {
  const auto middle = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
  std::nth_element(samples.begin(), middle, samples.end(),
                   [](const Sample& a, const Sample& b) { return a.sharpness < b.sharpness; });
  return middle->sharpness;
}

// The best coarse angles, apart from each other by more than a step.
std::vector<Sample> peaks_of(std::vector<Sample> samples) {
  std::sort(samples.begin(), samples.end(), [](const Sample& a, const Sample& b) { return a.sharpness > b.sharpness; });
  std::vector<Sample> peaks;
  for (const Sample& sample : samples) {
    const bool is_near = std::any_of(peaks.begin(), peaks.end(), [&](const Sample& peak) {
      return std::abs(peak.degrees - sample.degrees) < 1.5 * kThresholds.coarse_step;
    });
    if (!is_near) peaks.push_back(sample);
    if (static_cast<int>(peaks.size()) == kThresholds.coarse_peaks) break;
  }
  return peaks;
}

}  // namespace

SkewEstimate estimate_skew(const cv::Mat& ink, double range_degrees) {
  Search search(ink, ProjectionAxis::kRows);
  if (!search.has_ink()) return {};
  const auto coarse = search.scan(0, range_degrees, kThresholds.coarse_step, kThresholds.coarse_bin);
  Sample fine;
  for (const Sample& peak : peaks_of(coarse)) {
    const Sample candidate = best_of(search.scan(peak.degrees, kThresholds.coarse_step, kThresholds.fine_step, 1));
    if (candidate.sharpness > fine.sharpness) fine = candidate;
  }
  const Sample finest = refined(search.scan(fine.degrees, 1.5 * kThresholds.fine_step, kThresholds.finest_step, 1));
  SkewEstimate estimate;
  estimate.sharpness = best_of(coarse).sharpness * ink.rows;
  estimate.is_certain = best_of(coarse).sharpness > kThresholds.certain_ratio * median_sharpness(coarse);
  estimate.degrees = estimate.is_certain ? finest.degrees : 0;
  return estimate;
}

double projection_sharpness(const cv::Mat& ink, ProjectionAxis axis, double range_degrees) {
  Search search(ink, axis);
  if (!search.has_ink()) return 0;
  const auto coarse = search.scan(0, range_degrees, kThresholds.coarse_step, kThresholds.coarse_bin);
  return best_of(coarse).sharpness * (axis == ProjectionAxis::kRows ? ink.rows : ink.cols);
}

}  // namespace medmark::image
