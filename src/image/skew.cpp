#include "image/skew.hpp"

#include <algorithm>
#include <cmath>
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

struct Sample {
  double degrees = 0;
  double sharpness = 0;
};

class Search {
 public:
  Search(const cv::Mat& ink, ProjectionAxis axis) : points_(ink_points(ink, axis, kThresholds.most_points)) {}

  [[nodiscard]] bool has_ink() const { return points_.size() >= kThresholds.least_points; }

  std::vector<Sample> scan(double center, double range, double step, double bin) {
    std::vector<Sample> samples;
    const int steps = static_cast<int>(std::lround(range / step));
    for (int i = -steps; i <= steps; ++i) {
      const double degrees = center + i * step;
      samples.push_back({degrees, row_sharpness(points_, degrees, bin, rows_)});
    }
    return samples;
  }

 private:
  std::vector<InkPoint> points_;
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
