#include "image/noise.hpp"

#include <cstdint>
#include <opencv2/imgproc.hpp>

namespace medmark::image {
namespace {

struct NoiseThresholds {
  int black = 48;
  int white = 207;
  // Grey pixels per step between dark and light neighbours. Where pages are black and white there are none, or 0.3 to
  // 0.45 where a rendering has shifted them by parts of a pixel; scans and antialiased text have 0.84 and more.
  double most_grey = 0.5;
  double least_steps = 1e-3;  // of the pixels; a page without print is not called black and white
  int speck_pixels = 3;
  // A speck is alone where this square around it (pixels) holds nothing else. A decimal point at 100 DPI stands within
  // two pixels of its digit, at 300 DPI within five, and is more than three pixels large there.
  int speck_reach = 11;
  int hole_reach = 5;
  int hole_black = 23;  // of the 25 pixels around a pinhole
  // Of the smoothing. On 1-bit pages at 150 DPI the recogniser's error fell from 2.4 to 2.1 % at 0.7 (2.2 at 0.5 and
  // at 1.0); a 3x3 median raised it to 6 %.
  double smoothing_sigma = 0.7;
};
constexpr NoiseThresholds kThresholds;

// How many pixels of `mask` (0 or 1) the square of `side` around each holds.
cv::Mat counted(const cv::Mat& mask, int side) {
  cv::Mat counts;
  cv::boxFilter(mask, counts, CV_16U, {side, side}, {-1, -1}, false, cv::BORDER_CONSTANT);
  return counts;
}

}  // namespace

bool is_bilevel(const cv::Mat& gray) {
  std::int64_t grey = 0;
  std::int64_t steps = 0;
  for (int y = 1; y < gray.rows; ++y) {
    const auto* row = gray.ptr<uchar>(y);
    const auto* above = gray.ptr<uchar>(y - 1);
    int row_grey = 0;
    int row_steps = 0;
    for (int x = 1; x < gray.cols; ++x) {
      const int dark = row[x] >> 7;
      row_grey += row[x] >= kThresholds.black && row[x] <= kThresholds.white ? 1 : 0;
      row_steps += (dark ^ (row[x - 1] >> 7)) + (dark ^ (above[x] >> 7));
    }
    grey += row_grey;
    steps += row_steps;
  }
  return static_cast<double>(steps) > kThresholds.least_steps * static_cast<double>(gray.total()) &&
         static_cast<double>(grey) < kThresholds.most_grey * static_cast<double>(steps);
}

cv::Mat cleaned_bilevel(const cv::Mat& gray) {
  cv::Mat clean = gray.clone();
  const cv::Mat ink = (gray < 128) / 255;
  clean.setTo(255, (ink > 0) & (counted(ink, kThresholds.speck_reach) <= kThresholds.speck_pixels));
  clean.setTo(0, (ink == 0) & (counted(ink, kThresholds.hole_reach) >= kThresholds.hole_black));
  cv::GaussianBlur(clean, clean, {0, 0}, kThresholds.smoothing_sigma, 0, cv::BORDER_REPLICATE);
  return clean;
}

}  // namespace medmark::image
