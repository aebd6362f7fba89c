#include "image/light.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace medmark::image {
namespace {

struct LightThresholds {
  // Cells of the paper map across the long side of the page: 2 mm of an A4 sheet.
  int cells = 144;
  // Paper is the brightest of a neighbourhood of this many cells, so that headings and shaded table rows do not count.
  int neighbourhood = 5;
  // A cell darker than this share of the smooth surface through the paper is a picture, not paper in shade. The
  // shadow of a hand or a phone leaves 55 to 80 % of the light.
  double darkest_shade = 0.5;
  // The surface is fitted to cells between these shares of it.
  double fit_below = 0.85;
  double fit_above = 1.25;
  int fit_rounds = 6;
  // Paper noise becomes white, or the detector finds text in it on faint pages: everything above the grey that all but
  // this share of the paper exceeds, within limits. What is clean keeps its faintest ruling lines.
  double noise_share = 0.1;
  double paper_from = 0.8;  // share of white that paper is looked for above
  double least_white = 0.92;
  double most_white = 0.985;
  // The darkest fifth of the ink becomes this grey level, unless ink is fainter than `faintest_ink` of white. Darker
  // targets thicken strokes and cost the recogniser as much as the contrast gains.
  double ink_percentile = 0.2;
  double ink_target = 50;
  double faintest_ink = 0.72;
};
constexpr LightThresholds kThresholds;

// The paper's grey level per cell: the local maximum of small averages.
cv::Mat paper_cells(const cv::Mat& channel) {
  const double scale = static_cast<double>(kThresholds.cells) / std::max(channel.cols, channel.rows);
  const cv::Size cells(std::max(2, static_cast<int>(std::lround(channel.cols * scale))),
                       std::max(2, static_cast<int>(std::lround(channel.rows * scale))));
  cv::Mat fine;
  if (channel.cols > 4 * cells.width && channel.rows > 4 * cells.height) {
    cv::resize(channel, fine, cells * 4, 0, 0, cv::INTER_AREA);
  } else {
    cv::resize(channel, fine, cells * 4, 0, 0, cv::INTER_LINEAR);
  }
  cv::medianBlur(fine, fine, 3);
  cv::dilate(fine, fine, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
  cv::Mat paper;
  cv::resize(fine, paper, cells, 0, 0, cv::INTER_AREA);
  const cv::Mat neighbourhood =
      cv::getStructuringElement(cv::MORPH_RECT, {kThresholds.neighbourhood, kThresholds.neighbourhood});
  cv::morphologyEx(paper, paper, cv::MORPH_CLOSE, neighbourhood);
  paper.convertTo(paper, CV_32F);
  return paper;
}

constexpr int kCubicTerms = 10;  // of a cubic in two variables

std::array<double, kCubicTerms> cubic_terms(double x, double y) {
  return {1, x, y, x * x, x * y, y * y, x * x * x, x * x * y, x * y * y, y * y * y};
}

// A cubic surface through the paper, leaving out pictures: refitted to the cells that lie near it.
cv::Mat paper_surface(const cv::Mat& cells) {
  std::vector<float> levels(cells.begin<float>(), cells.end<float>());
  const auto upper = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() * 7 / 10);
  std::nth_element(levels.begin(), upper, levels.end());
  cv::Mat surface(cells.size(), CV_32F, cv::Scalar(std::max(*upper, 1.0F)));
  for (int round = 0; round < kThresholds.fit_rounds; ++round) {
    cv::Matx<double, kCubicTerms, kCubicTerms> normal = cv::Matx<double, kCubicTerms, kCubicTerms>::zeros();
    cv::Vec<double, kCubicTerms> right = cv::Vec<double, kCubicTerms>::all(0);
    // The first rounds admit more of the shade, which the flat first guess knows nothing of.
    const double below = round < 2 ? kThresholds.darkest_shade : kThresholds.fit_below;
    int count = 0;
    for (int row = 0; row < cells.rows; ++row) {
      for (int column = 0; column < cells.cols; ++column) {
        const double level = cells.at<float>(row, column);
        const double expected = surface.at<float>(row, column);
        if (level < below * expected || level > kThresholds.fit_above * expected) continue;
        const auto terms = cubic_terms(2.0 * column / cells.cols - 1, 2.0 * row / cells.rows - 1);
        for (int i = 0; i < kCubicTerms; ++i) {
          right[i] += terms[static_cast<std::size_t>(i)] * level;
          for (int j = 0; j < kCubicTerms; ++j) {
            normal(i, j) += terms[static_cast<std::size_t>(i)] * terms[static_cast<std::size_t>(j)];
          }
        }
        ++count;
      }
    }
    if (count < 4 * kCubicTerms) break;
    for (int i = 0; i < kCubicTerms; ++i) normal(i, i) += 0.02 * count * (i == 0 ? 0 : 0.01 * (i + 1));
    cv::Vec<double, kCubicTerms> solution;
    if (!cv::solve(normal, right, solution, cv::DECOMP_CHOLESKY)) break;
    for (int row = 0; row < cells.rows; ++row) {
      for (int column = 0; column < cells.cols; ++column) {
        const auto terms = cubic_terms(2.0 * column / cells.cols - 1, 2.0 * row / cells.rows - 1);
        double level = 0;
        for (int i = 0; i < kCubicTerms; ++i) level += solution[i] * terms[static_cast<std::size_t>(i)];
        surface.at<float>(row, column) = static_cast<float>(std::clamp(level, 8.0, 255.0));
      }
    }
  }
  return surface;
}

// The paper's level at every cell: as measured where paper is seen, the surface's where a picture covers it.
cv::Mat paper_level(const cv::Mat& channel) {
  cv::Mat cells = paper_cells(channel);
  const cv::Mat surface = paper_surface(cells);
  cv::Mat covered = cells < surface * kThresholds.darkest_shade;
  cv::dilate(covered, covered, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  surface.copyTo(cells, covered);
  cv::GaussianBlur(cells, cells, {5, 5}, 0, 0, cv::BORDER_REPLICATE);
  cells = cv::max(cells, 8.0);
  cv::Mat level;
  cells.convertTo(level, CV_8U);
  return level;
}

cv::Mat divided_by_paper(const cv::Mat& channel) {
  const cv::Mat cells = paper_level(channel);
  cv::Mat paper;
  cv::resize(cells, paper, channel.size(), 0, 0, cv::INTER_LINEAR);
  cv::Mat even;
  cv::divide(channel, paper, even, 255);
  return even;
}

// The grey level of the darkest fifth of the ink; 255 where there is none.
int ink_level(const cv::Mat& even, const cv::Mat& ink) {
  std::array<int, 256> histogram{};
  int count = 0;
  for (int y = 0; y < even.rows; y += 2) {
    const auto* row = even.ptr<uchar>(y);
    const auto* mask = ink.ptr<uchar>(std::min(y * ink.rows / even.rows, ink.rows - 1));
    for (int x = 0; x < even.cols; ++x) {
      if (mask[x * ink.cols / even.cols] == 0) continue;
      ++histogram[row[x]];
      ++count;
    }
  }
  if (count < 50) return 255;
  double seen = 0;
  for (int level = 0; level < 256; ++level) {
    seen += histogram[static_cast<std::size_t>(level)];
    if (seen >= kThresholds.ink_percentile * count) return level;
  }
  return 255;
}

// The grey level above which everything is paper, as seen in the evened picture.
double white_level(const cv::Mat& even) {
  std::array<int, 256> histogram{};
  for (int y = 0; y < even.rows; y += 2) {
    const auto* row = even.ptr<uchar>(y);
    for (int x = 0; x < even.cols; ++x) ++histogram[row[x]];
  }
  const int first = static_cast<int>(255 * kThresholds.paper_from);
  const double paper = std::accumulate(histogram.begin() + first, histogram.end(), 0.0);
  int level = first;
  double seen = 0;
  while (level < 255 && seen < kThresholds.noise_share * paper) seen += histogram[static_cast<std::size_t>(level++)];
  return std::clamp<double>(level, 255 * kThresholds.least_white, 255 * kThresholds.most_white);
}

cv::Mat contrast_table(int ink, double white) {
  const double dark = std::min<double>(ink, 255 * kThresholds.faintest_ink);
  const double target = ink >= 250 ? dark : std::min(dark, kThresholds.ink_target);
  cv::Mat table(1, 256, CV_8U);
  for (int level = 0; level < 256; ++level) {
    const double stretched = level <= dark ? level * (dark > 0 ? target / dark : 0)
                                           : target + (level - dark) * (255 - target) / (white - dark);
    table.at<uchar>(level) = cv::saturate_cast<uchar>(stretched);
  }
  return table;
}

}  // namespace

cv::Mat normalise_light(const cv::Mat& picture, const cv::Mat& ink) {
  cv::Mat gray = picture;
  if (picture.channels() == 3) cv::cvtColor(picture, gray, cv::COLOR_BGR2GRAY);
  cv::Mat even = divided_by_paper(gray);
  cv::LUT(even, contrast_table(ink_level(even, ink), white_level(even)), even);
  if (picture.channels() == 3) cv::cvtColor(even, even, cv::COLOR_GRAY2BGR);
  return even;
}

}  // namespace medmark::image
