#include "image/orientation.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "image/ink_map.hpp"
#include "image/skew.hpp"

namespace medmark::image {
namespace {

struct OrientationThresholds {
  int crops = 5;            // five dense crops were right on 48 of 48 pages, one on 45
  double crop_side = 0.42;  // of the short side of the page
  // Crops with less of their area inked than this share of the densest one say little.
  double least_ink = 0.3;
  // The log of the ratio of row to column sharpness counts this much beside the classifier's log probability...
  double axis_weight = 1.0;
  double axis_limit = 2.5;          // ... and never more than this
  double least_probability = 0.02;  // of a single crop: one wildly wrong crop cannot outvote the others
  // A turn needs to beat "as displayed" by this log-odds, the sum over crops divided by their number.
  double turn_margin = 0.15;
};
constexpr OrientationThresholds kThresholds;

// Squares of the picture with the most text ink, best first, not overlapping by more than half.
std::vector<cv::Rect> dense_squares(const cv::Mat& text_ink, int side) {
  cv::Mat sums;
  cv::integral(text_ink, sums, CV_64F);
  const int step = std::max(1, side / 6);
  struct Candidate {
    cv::Rect square;
    double ink;
  };
  std::vector<Candidate> candidates;
  for (int y = 0; y + side <= text_ink.rows; y += step) {
    for (int x = 0; x + side <= text_ink.cols; x += step) {
      const double ink = sums.at<double>(y + side, x + side) - sums.at<double>(y, x + side) -
                         sums.at<double>(y + side, x) + sums.at<double>(y, x);
      candidates.push_back({{x, y, side, side}, ink});
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.ink > b.ink; });
  std::vector<cv::Rect> chosen;
  for (const Candidate& candidate : candidates) {
    if (candidate.ink <= 0 || candidate.ink < kThresholds.least_ink * candidates.front().ink) break;
    const bool overlaps = std::any_of(chosen.begin(), chosen.end(), [&](const cv::Rect& other) {
      return (other & candidate.square).area() * 2 > candidate.square.area();
    });
    if (overlaps) continue;
    chosen.push_back(candidate.square);
    if (static_cast<int>(chosen.size()) == kThresholds.crops) break;
  }
  return chosen;
}

// Log-odds of rows against columns, from the sharpness of the projections of the text without ruling lines.
double rows_against_columns(const cv::Mat& text_ink) {
  const double rows = projection_sharpness(text_ink, ProjectionAxis::kRows);
  const double columns = projection_sharpness(text_ink, ProjectionAxis::kColumns);
  if (rows <= 0 || columns <= 0) return 0;
  return std::clamp(std::log(rows / columns) * kThresholds.axis_weight, -kThresholds.axis_limit,
                    kThresholds.axis_limit);
}

cv::Mat bgr_crop(const cv::Mat& picture, const cv::Rect& square) {
  const cv::Mat crop = picture(square);
  if (crop.channels() == 3) return crop;
  cv::Mat bgr;
  cv::cvtColor(crop, bgr, cv::COLOR_GRAY2BGR);
  return bgr;
}

}  // namespace

OrientationEstimate estimate_orientation(const cv::Mat& picture, const cv::Mat& ink,
                                         const OrientationClassifier& classify) {
  const cv::Mat text_ink = without_ruling_lines(ink);
  const int side = static_cast<int>(std::min(ink.cols, ink.rows) * kThresholds.crop_side);
  if (side < 16) return {};
  const auto squares = dense_squares(text_ink, side);
  if (squares.empty()) return {};

  std::array<double, 4> votes{};
  if (classify) {
    for (const cv::Rect& square : squares) {
      const auto probabilities = classify(bgr_crop(picture, square));
      for (std::size_t turn = 0; turn < 4; ++turn) {
        votes[turn] += std::log(std::max(probabilities[turn], kThresholds.least_probability)) /
                       static_cast<double>(squares.size());
      }
    }
  }
  const double axis = rows_against_columns(text_ink);
  for (std::size_t turn = 0; turn < 4; ++turn) votes[turn] += (turn % 2 == 0 ? axis : -axis) / 2;
  votes[0] += kThresholds.turn_margin;

  const auto best = std::max_element(votes.begin(), votes.end());
  double total = 0;
  for (const double vote : votes) total += std::exp(vote - *best);
  return {static_cast<int>(best - votes.begin()) * 90, 1 / total};
}

}  // namespace medmark::image
