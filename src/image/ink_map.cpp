#include "image/ink_map.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace medmark::image {
namespace {

struct InkThresholds {
  // Side of the square that marks must be thinner than, as a share of the long side: 2.4 % of A4 is 7 mm, above the
  // strokes of the largest headings and below any picture.
  double mark_side = 0.024;
  // Ink is what is darker than its surroundings by this share of what the darkest half percent is...
  double relative_contrast = 0.35;
  // ... and by this many grey levels at least (paper noise of scans stays below 12).
  int least_contrast = 16;
  // Surroundings darker than this share of the page's paper are pictures or a desk.
  double dark_surroundings = 0.45;
  double edge_band = 0.01;
  // Straight runs longer than this share of the long side are ruling lines, not strokes.
  double ruling_run = 0.045;
};
constexpr InkThresholds kThresholds;

// The grey level below which `share` of the pixels lie.
int percentile(const cv::Mat& gray, double share) {
  std::array<int, 256> histogram{};
  for (int y = 0; y < gray.rows; ++y) {
    const auto* row = gray.ptr<uchar>(y);
    for (int x = 0; x < gray.cols; ++x) ++histogram[row[x]];
  }
  const double wanted = share * static_cast<double>(gray.total());
  double seen = 0;
  for (int level = 0; level < 256; ++level) {
    seen += histogram[static_cast<std::size_t>(level)];
    if (seen >= wanted) return level;
  }
  return 255;
}

}  // namespace

cv::Mat reduced(const cv::Mat& picture, int long_side) {
  const int longest = std::max(picture.cols, picture.rows);
  if (longest <= long_side) return picture;
  const double scale = static_cast<double>(long_side) / longest;
  const cv::Size size(std::max(1, static_cast<int>(std::lround(picture.cols * scale))),
                      std::max(1, static_cast<int>(std::lround(picture.rows * scale))));
  cv::Mat small;
  cv::resize(picture, small, size, 0, 0, cv::INTER_AREA);
  return small;
}

cv::Mat analysis_picture(const cv::Mat& bgr_or_gray) {
  cv::Mat small = reduced(bgr_or_gray, kAnalysisLongSide);
  if (small.channels() == 3) cv::cvtColor(small, small, cv::COLOR_BGR2GRAY);
  return small;
}

cv::Mat ink_map(const cv::Mat& gray) {
  const int longest = std::max(gray.cols, gray.rows);
  const int side = std::max(3, static_cast<int>(std::lround(longest * kThresholds.mark_side)) | 1);
  cv::Mat surroundings;
  cv::morphologyEx(gray, surroundings, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {side, side}));
  cv::Mat contrast = surroundings - gray;
  const int darkest = percentile(contrast, 0.995);
  const int threshold =
      std::max(kThresholds.least_contrast, static_cast<int>(std::lround(darkest * kThresholds.relative_contrast)));
  cv::Mat ink;
  cv::threshold(contrast, ink, threshold, 255, cv::THRESH_BINARY);

  const int paper = percentile(surroundings, 0.8);
  ink.setTo(0, surroundings < paper * kThresholds.dark_surroundings);
  const int band = static_cast<int>(std::lround(longest * kThresholds.edge_band));
  if (band > 0 && gray.cols > 4 * band && gray.rows > 4 * band) {
    cv::rectangle(ink, {band / 2, band / 2}, {ink.cols - 1 - band / 2, ink.rows - 1 - band / 2}, cv::Scalar(0), band);
    ink.row(0).setTo(0);
    ink.row(ink.rows - 1).setTo(0);
    ink.col(0).setTo(0);
    ink.col(ink.cols - 1).setTo(0);
  }
  return ink;
}

cv::Mat without_ruling_lines(const cv::Mat& ink) {
  const int run = std::max(9, static_cast<int>(std::lround(std::max(ink.cols, ink.rows) * kThresholds.ruling_run)));
  cv::Mat horizontal;
  cv::Mat vertical;
  cv::morphologyEx(ink, horizontal, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {run, 1}));
  cv::morphologyEx(ink, vertical, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {1, run}));
  cv::Mat lines = horizontal | vertical;
  cv::dilate(lines, lines, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  cv::Mat text = ink.clone();
  text.setTo(0, lines);
  return text;
}

}  // namespace medmark::image
