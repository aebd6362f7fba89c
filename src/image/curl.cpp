#include "image/curl.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "image/projection.hpp"
#include "image/skew.hpp"

namespace medmark::image {
namespace {

struct CurlThresholds {
  int nodes = 33;
  // Windows on the ink map (100 DPI): ten characters wide, five lines high.
  int window_width = 150;
  int window_height = 96;
  int step_across = 75;
  int step_down = 64;
  int window_points = 700;
  // A first look at windows that do not overlap, with fewer points, ends the search on straight pages.
  int probe_points = 250;
  int least_window_points = 60;
  double slope_range = 9;  // degrees
  double slope_step = 0.75;
  double fine_step = 0.15;
  // The sharpness at the window's slope against its median over all slopes.
  double least_window_ratio = 1.25;
  int least_windows = 5;
  double least_spread =
      0.34;  // degrees between windows. Flat scans show 0.14 to 0.35 of noise, curled sheets 0.37 to 0.9
  // The rows must become this much sharper than the best straight reading makes them.
  double least_gain = 1.4;
  int points = 16000;
  int rounds = 3;
  int fit_rounds = 6;
  double robust_degrees = 0.5;  // slopes further than this from the fit count less
};
constexpr CurlThresholds kThresholds;

constexpr int kTermsAcross = 6;  // Chebyshev polynomials of x: one full wave over the width
constexpr int kTermsDown = 3;
constexpr int kTerms = kTermsAcross * kTermsDown;
using Terms = cv::Vec<double, kTerms>;

Terms chebyshev_terms(double x, double y) {
  std::array<double, kTermsAcross> across{1, x};
  for (std::size_t i = 2; i < kTermsAcross; ++i) across[i] = 2 * x * across[i - 1] - across[i - 2];
  const std::array<double, kTermsDown> down{1, y, 2 * y * y - 1};
  Terms terms;
  for (int i = 0; i < kTermsAcross; ++i) {
    for (int j = 0; j < kTermsDown; ++j) {
      terms[i * kTermsDown + j] = across[static_cast<std::size_t>(i)] * down[static_cast<std::size_t>(j)];
    }
  }
  return terms;
}

struct LocalSlope {
  double x = 0;  // -1..1 across the page
  double y = 0;  // -1..1 down the page
  double degrees = 0;
  double weight = 0;
};

// The slope of the lines in one window; weight 0 where it holds none.
LocalSlope slope_in(const cv::Mat& window, int most_points, std::vector<float>& rows) {
  LocalSlope slope;
  const auto points = ink_points(window, ProjectionAxis::kRows, most_points);
  if (static_cast<int>(points.size()) < kThresholds.least_window_points) return slope;
  std::vector<double> sharpness;
  double best = 0;
  for (double degrees = -kThresholds.slope_range; degrees <= kThresholds.slope_range;
       degrees += kThresholds.slope_step) {
    sharpness.push_back(row_sharpness(points, degrees, 1.5, rows));
    if (sharpness.back() > best) {
      best = sharpness.back();
      slope.degrees = degrees;
    }
  }
  std::nth_element(sharpness.begin(), sharpness.begin() + static_cast<std::ptrdiff_t>(sharpness.size() / 2),
                   sharpness.end());
  const double ratio = best / sharpness[sharpness.size() / 2];
  if (ratio < kThresholds.least_window_ratio || std::abs(slope.degrees) > kThresholds.slope_range - 1) return slope;
  const double coarse = slope.degrees;
  double sum = 0;
  double moment = 0;
  double finest = 0;
  for (double degrees = coarse - kThresholds.slope_step; degrees <= coarse + kThresholds.slope_step;
       degrees += kThresholds.fine_step) {
    const double value = row_sharpness(points, degrees, 1, rows);
    if (value > finest) {
      finest = value;
      slope.degrees = degrees;
    }
    sum += std::pow(value, 4);
    moment += std::pow(value, 4) * degrees;
  }
  slope.degrees = (slope.degrees + moment / sum) / 2;
  slope.weight = (ratio - 1) * std::sqrt(static_cast<double>(points.size()));
  return slope;
}

struct WindowGrid {
  int step_across = 0;
  int step_down = 0;
  int most_points = 0;
};
constexpr WindowGrid kProbe{kThresholds.window_width, kThresholds.window_height, kThresholds.probe_points};
constexpr WindowGrid kFull{kThresholds.step_across, kThresholds.step_down, kThresholds.window_points};

std::vector<LocalSlope> local_slopes(const cv::Mat& ink, const WindowGrid& grid) {
  std::vector<LocalSlope> slopes;
  std::vector<float> rows;
  const cv::Size size(kThresholds.window_width, kThresholds.window_height);
  for (int y = 0; y + size.height <= ink.rows; y += grid.step_down) {
    for (int x = 0; x + size.width <= ink.cols; x += grid.step_across) {
      const cv::Rect window({x, y}, size);
      LocalSlope slope = slope_in(ink(window), grid.most_points, rows);
      if (slope.weight <= 0) continue;
      slope.x = 2.0 * (x + window.width / 2.0) / ink.cols - 1;
      slope.y = 2.0 * (y + window.height / 2.0) / ink.rows - 1;
      slopes.push_back(slope);
    }
  }
  return slopes;
}

double weighted_spread(const std::vector<LocalSlope>& slopes) {
  if (slopes.empty()) return 0;
  double weight = 0;
  double mean = 0;
  for (const LocalSlope& slope : slopes) {
    weight += slope.weight;
    mean += slope.weight * slope.degrees;
  }
  mean /= weight;
  double spread = 0;
  for (const LocalSlope& slope : slopes) {
    spread += slope.weight * std::min(1.0, (slope.degrees - mean) * (slope.degrees - mean));
  }
  return std::sqrt(spread / weight);
}

// Robust, damped least squares: high orders only where the windows ask for them.
Terms fitted_slopes(const std::vector<LocalSlope>& slopes) {
  Terms solution = Terms::all(0);
  for (int round = 0; round < kThresholds.fit_rounds; ++round) {
    cv::Matx<double, kTerms, kTerms> normal = cv::Matx<double, kTerms, kTerms>::zeros();
    Terms right = Terms::all(0);
    double total = 0;
    for (const LocalSlope& slope : slopes) {
      const Terms terms = chebyshev_terms(slope.x, slope.y);
      const double residual = (slope.degrees - solution.dot(terms)) / kThresholds.robust_degrees;
      const double weight = round == 0 ? slope.weight : slope.weight / (1 + residual * residual);
      total += weight;
      for (int i = 0; i < kTerms; ++i) {
        right[i] += weight * terms[i] * slope.degrees;
        for (int j = 0; j < kTerms; ++j) normal(i, j) += weight * terms[i] * terms[j];
      }
    }
    for (int i = 0; i < kTermsAcross; ++i) {
      for (int j = 0; j < kTermsDown; ++j) {
        const int k = i * kTermsDown + j;
        normal(k, k) += total * 0.002 * (0.01 + i * i + 4 * j * j);
      }
    }
    if (!cv::solve(normal, right, solution, cv::DECOMP_CHOLESKY)) return Terms::all(0);
  }
  return solution;
}

// Follows the slopes from the middle of the page to both sides: the course of every line of the mesh.
cv::Mat courses(const Terms& slopes, cv::Size size) {
  constexpr int kStepsPerNode = 4;
  cv::Mat down(kThresholds.nodes, kThresholds.nodes, CV_32F, cv::Scalar(0));
  const int middle = kThresholds.nodes / 2;
  const double step = static_cast<double>(size.width) / (kThresholds.nodes - 1) / kStepsPerNode;
  for (int row = 0; row < down.rows; ++row) {
    const double start = static_cast<double>(size.height) * row / (down.rows - 1);
    for (const int direction : {-1, 1}) {
      double x = size.width / 2.0;
      double y = start;
      for (int column = middle + direction; column >= 0 && column < down.cols; column += direction) {
        for (int i = 0; i < kStepsPerNode; ++i) {
          const double u = 2 * (x + direction * step / 2) / size.width - 1;
          const double v = std::clamp(2 * y / size.height - 1, -1.0, 1.0);
          const double degrees = slopes.dot(chebyshev_terms(u, v));
          y += direction * step * std::tan(degrees * std::numbers::pi / 180);
          x += direction * step;
        }
        down.at<float>(row, column) = static_cast<float>(y - start);
      }
    }
  }
  return down;
}

// The ink map as it lies after straightening.
cv::Mat straightened(const cv::Mat& ink, const cv::Mat& down) {
  cv::Mat displacement;
  cv::resize(down, displacement, ink.size(), 0, 0, cv::INTER_LINEAR);
  cv::Mat flat(ink.size(), CV_8U, cv::Scalar(0));
  for (int y = 0; y < ink.rows; ++y) {
    const auto* moved = displacement.ptr<float>(y);
    auto* row = flat.ptr<uchar>(y);
    for (int x = 0; x < ink.cols; ++x) {
      const int from = y + static_cast<int>(std::lround(moved[x]));
      if (from >= 0 && from < ink.rows) row[x] = ink.at<uchar>(from, x);
    }
  }
  return flat;
}

// `further` applied before `down`: both lead from flat places to places of the picture.
cv::Mat composed(const cv::Mat& down, const cv::Mat& further, int height) {
  cv::Mat both = further.clone();
  const double spacing = static_cast<double>(height) / (down.rows - 1);
  for (int row = 0; row < both.rows; ++row) {
    for (int column = 0; column < both.cols; ++column) {
      const double at = std::clamp(row + further.at<float>(row, column) / spacing, 0.0, down.rows - 1.001);
      const int above = static_cast<int>(at);
      const auto share = static_cast<float>(at - above);
      both.at<float>(row, column) +=
          down.at<float>(above, column) * (1 - share) + down.at<float>(above + 1, column) * share;
    }
  }
  return both;
}

double sharpness_of(const cv::Mat& ink, double degrees) {
  std::vector<float> rows;
  return row_sharpness(ink_points(ink, ProjectionAxis::kRows, kThresholds.points), degrees, 1, rows);
}

}  // namespace

CurlEstimate estimate_curl(const cv::Mat& ink) {
  CurlEstimate estimate;
  const auto probe = local_slopes(ink, kProbe);
  if (weighted_spread(probe) < kThresholds.least_spread) return estimate;
  cv::Mat flat = ink;
  const double straight = sharpness_of(ink, estimate_skew(ink, kThresholds.slope_range).degrees);
  if (straight <= 0) return estimate;
  cv::Mat best;
  double best_sharpness = straight;
  cv::Mat down;
  for (int round = 0; round < kThresholds.rounds; ++round) {
    const auto slopes = local_slopes(flat, kFull);
    if (static_cast<int>(slopes.size()) < kThresholds.least_windows) break;
    const cv::Mat further = courses(fitted_slopes(slopes), ink.size());
    down = down.empty() ? further : composed(down, further, ink.rows);
    flat = straightened(ink, down);
    const double sharpness = sharpness_of(flat, 0);
    if (sharpness <= best_sharpness) break;
    best_sharpness = sharpness;
    best = down.clone();
  }
  estimate.sharpness_gain = best_sharpness / straight;
  if (estimate.sharpness_gain >= kThresholds.least_gain) estimate.down = best;
  return estimate;
}

}  // namespace medmark::image
