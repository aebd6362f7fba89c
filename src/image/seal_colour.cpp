#include "image/seal_colour.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "base/median.hpp"

namespace medmark::image {
namespace {

// Measured on printed, scanned and JPEG-blurred seals of 8 to 48 mm in red, blue and violet ink, faint ones included,
// and on red headings, red tables, graph paper, pie charts and colour photographs as the opposite.
struct ColourLimits {
  double plane_dpi = 66;         // ring lines of 0.3 mm keep half of their colour
  double least_chroma = 0.065;   // faint ink; JPEG noise of grey pages stays under 0.05 at this scale
  double chroma_over_noise = 6;  // times the median chroma
  double least_ink_mm2 = 8;      // of one hue on a page
  double hue_half_width = 32;    // degrees around a peak
};
constexpr ColourLimits kLimits;

double normalised_hue(double degrees) {
  while (degrees < 0) degrees += 360;
  while (degrees >= 360) degrees -= 360;
  return degrees;
}

double hue_distance(double a, double b) {
  const double d = std::abs(a - b);
  return std::min(d, 360 - d);
}

// Hue of the usual hexagon, degrees.
float hue_of(float blue, float green, float red) {
  const float high = std::max({blue, green, red});
  const float range = high - std::min({blue, green, red});
  if (range <= 0) return 0;
  float hue = 0;
  if (high == red) hue = (green - blue) / range;
  if (high == green) hue = 2 + (blue - red) / range;
  if (high == blue) hue = 4 + (red - green) / range;
  return hue < 0 ? hue * 60 + 360 : hue * 60;
}

// Paper brightness by blocks: brightest of the neighbourhood, smoothed.
cv::Mat local_paper(const cv::Mat& brightest) {
  cv::Mat blocks;
  const cv::Size size(std::max(1, brightest.cols / 10), std::max(1, brightest.rows / 10));
  cv::resize(brightest, blocks, size, 0, 0, cv::INTER_AREA);
  cv::dilate(blocks, blocks, cv::getStructuringElement(cv::MORPH_RECT, {7, 7}));
  cv::blur(blocks, blocks, {7, 7}, {-1, -1}, cv::BORDER_REPLICATE);
  cv::Mat paper;
  cv::resize(blocks, paper, brightest.size(), 0, 0, cv::INTER_LINEAR);
  return paper;
}

// The colour of the paper: per channel the median of the brighter half of the page, over the brightest channel.
cv::Vec3f paper_tint(const cv::Mat& small, const cv::Mat& brightest) {
  const double middle = cv::mean(brightest)[0];
  std::array<std::array<int, 256>, 3> histograms{};
  int count = 0;
  for (int y = 0; y < small.rows; y += 2) {
    const auto* row = small.ptr<cv::Vec3b>(y);
    const auto* bright = brightest.ptr<float>(y);
    for (int x = 0; x < small.cols; x += 2) {
      if (bright[x] < static_cast<float>(middle)) continue;
      for (std::size_t c = 0; c < 3; ++c) ++histograms[c][row[x][static_cast<int>(c)]];
      ++count;
    }
  }
  cv::Vec3f tint{1, 1, 1};
  for (std::size_t c = 0; c < 3; ++c) {
    int seen = 0;
    int value = 0;
    while (value < 255 && seen + histograms[c][static_cast<std::size_t>(value)] <= count / 2) {
      seen += histograms[c][static_cast<std::size_t>(value++)];
    }
    tint[static_cast<int>(c)] = static_cast<float>(std::max(value, 1));
  }
  const float high = std::max({tint[0], tint[1], tint[2]});
  for (int c = 0; c < 3; ++c) tint[c] = std::max(0.5F, tint[c] / high);
  return tint;
}

double median_chroma(const cv::Mat& chroma) {
  std::vector<float> values;
  for (int y = 0; y < chroma.rows; y += 7) {
    const auto* row = chroma.ptr<float>(y);
    for (int x = 0; x < chroma.cols; x += 7) values.push_back(row[x]);
  }
  return base::median(std::move(values));
}

}  // namespace

double chroma_threshold(const cv::Mat& chroma) {
  return std::max(kLimits.least_chroma, kLimits.chroma_over_noise * median_chroma(chroma));
}

// Peaks of the hue histogram, strongest first.
std::vector<double> ink_hues(const ColourPlane& plane, double threshold) {
  constexpr int kBins = 36;
  std::array<double, kBins> histogram{};
  for (int y = 0; y < plane.chroma.rows; ++y) {
    const auto* chroma = plane.chroma.ptr<float>(y);
    const auto* hue = plane.hue.ptr<float>(y);
    for (int x = 0; x < plane.chroma.cols; ++x) {
      if (chroma[x] > threshold) ++histogram[static_cast<std::size_t>(hue[x] / 10) % kBins];
    }
  }
  const double pixels_per_mm2 = std::pow(plane.dpi / 25.4, 2);
  std::vector<double> hues;
  while (hues.size() < 4) {
    int best = 0;
    double best_weight = 0;
    for (int i = 0; i < kBins; ++i) {
      double weight = 0;
      for (int d = -2; d <= 2; ++d) weight += histogram[static_cast<std::size_t>((i + d + kBins) % kBins)];
      if (weight > best_weight) {
        best_weight = weight;
        best = i;
      }
    }
    if (best_weight < kLimits.least_ink_mm2 * pixels_per_mm2) break;
    double shift = 0;
    for (int d = -2; d <= 2; ++d) shift += d * histogram[static_cast<std::size_t>((best + d + kBins) % kBins)];
    hues.push_back(normalised_hue(10.0 * best + 5 + 10 * shift / best_weight));
    for (int d = -3; d <= 3; ++d) histogram[static_cast<std::size_t>((best + d + kBins) % kBins)] = 0;
  }
  return hues;
}

cv::Mat ink_mask(const ColourPlane& plane, double threshold, double centre_hue) {
  cv::Mat mask = cv::Mat::zeros(plane.chroma.size(), CV_8U);
  for (int y = 0; y < mask.rows; ++y) {
    const auto* chroma = plane.chroma.ptr<float>(y);
    const auto* hue = plane.hue.ptr<float>(y);
    auto* out = mask.ptr<uchar>(y);
    for (int x = 0; x < mask.cols; ++x) {
      if (chroma[x] > threshold && hue_distance(hue[x], centre_hue) <= kLimits.hue_half_width) out[x] = 255;
    }
  }
  return mask;
}
ColourPlane measure_colour(const cv::Mat& bgr, double dpi) {
  ColourPlane plane;
  const int step = std::max(1, static_cast<int>(std::lround(dpi / kLimits.plane_dpi)));
  cv::Mat small;
  cv::resize(bgr, small, {std::max(1, bgr.cols / step), std::max(1, bgr.rows / step)}, 0, 0, cv::INTER_AREA);
  plane.scale = static_cast<double>(small.cols) / bgr.cols;
  plane.dpi = dpi * plane.scale;
  cv::Mat brightest(small.size(), CV_32F);
  for (int y = 0; y < small.rows; ++y) {
    const auto* row = small.ptr<cv::Vec3b>(y);
    auto* out = brightest.ptr<float>(y);
    for (int x = 0; x < small.cols; ++x) out[x] = static_cast<float>(std::max({row[x][0], row[x][1], row[x][2]}));
  }
  plane.paper = local_paper(brightest);
  plane.tint = paper_tint(small, brightest);
  plane.chroma.create(small.size(), CV_32F);
  plane.hue.create(small.size(), CV_32F);
  plane.brightness.create(small.size(), CV_32F);
  for (int y = 0; y < small.rows; ++y) {
    const auto* row = small.ptr<cv::Vec3b>(y);
    const auto* local_paper_row = plane.paper.ptr<float>(y);
    auto* chroma = plane.chroma.ptr<float>(y);
    auto* hue = plane.hue.ptr<float>(y);
    auto* brightness = plane.brightness.ptr<float>(y);
    for (int x = 0; x < small.cols; ++x) {
      const float paper = std::max(40.0F, local_paper_row[x]);
      const float blue = static_cast<float>(row[x][0]) / plane.tint[0];
      const float green = static_cast<float>(row[x][1]) / plane.tint[1];
      const float red = static_cast<float>(row[x][2]) / plane.tint[2];
      const float high = std::max({blue, green, red});
      chroma[x] = (high - std::min({blue, green, red})) / paper;
      hue[x] = chroma[x] > kLimits.least_chroma ? hue_of(blue, green, red) : 0;
      brightness[x] = high / paper;
    }
  }
  const double least_pixels = kLimits.least_ink_mm2 * std::pow(plane.dpi / 25.4, 2);
  const cv::Mat coloured = plane.chroma > kLimits.least_chroma;
  plane.is_colourless = cv::countNonZero(coloured) < least_pixels;
  return plane;
}

}  // namespace medmark::image
