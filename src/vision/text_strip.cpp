#include "vision/text_strip.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace medmark::vision {
namespace {

struct InkThresholds {
  // Grey levels between paper and ink below which a strip is blank: faint print on fax and photographs measures 40 and
  // more.
  int least_contrast = 24;
  // A horizontal run longer than this many strip heights is a drawn line, not a stroke (the widest dash is 2 em,
  // about 1.3).
  double line_length = 1.6;
  // In a narrower strip, a run from end to end this near to its top or bottom: no print fills the margins that the
  // detector leaves.
  double line_zone = 0.3;
  // A run of ink over this share of the height, at most `rule_width` columns wide, is a table's vertical rule.
  double rule_height = 0.97;
  int rule_width = 5;
};

double distance(base::Point a, base::Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

cv::Mat rotated_crop(const cv::Mat& page, const base::Quad& quad, int width, int height) {
  const cv::Point2f from[3] = {{static_cast<float>(quad[0].x), static_cast<float>(quad[0].y)},
                               {static_cast<float>(quad[1].x), static_cast<float>(quad[1].y)},
                               {static_cast<float>(quad[3].x), static_cast<float>(quad[3].y)}};
  const cv::Point2f to[3] = {{0, 0}, {static_cast<float>(width), 0}, {0, static_cast<float>(height)}};
  cv::Mat crop;
  cv::warpAffine(page, crop, cv::getAffineTransform(from, to), {width, height}, cv::INTER_CUBIC, cv::BORDER_REPLICATE);
  return crop;
}

// Grey value below which `share` of the pixels lie.
int percentile(const cv::Mat& gray, double share) {
  std::array<int, 256> histogram{};
  for (int y = 0; y < gray.rows; ++y) {
    const auto* row = gray.ptr<unsigned char>(y);
    for (int x = 0; x < gray.cols; ++x) ++histogram[row[x]];
  }
  const double wanted = share * gray.rows * gray.cols;
  int sum = 0;
  for (int value = 0; value < 256; ++value) {
    sum += histogram[static_cast<std::size_t>(value)];
    if (sum > wanted) return value;
  }
  return 255;
}

void remove_rules(cv::Mat& ink, const InkThresholds& thresholds) {
  const int line = static_cast<int>(thresholds.line_length * ink.rows);
  if (ink.cols > line) {
    cv::Mat lines;
    cv::morphologyEx(ink, lines, cv::MORPH_OPEN, cv::Mat::ones(1, line, CV_8U));
    ink.setTo(0, lines);
  } else {
    const int zone = static_cast<int>(thresholds.line_zone * ink.rows);
    for (int y = 0; y < ink.rows; ++y) {
      const bool is_outer = y < zone || y >= ink.rows - zone;
      if (is_outer && cv::countNonZero(ink.row(y)) == ink.cols) ink.row(y).setTo(0);
    }
  }
  const int least = static_cast<int>(thresholds.rule_height * ink.rows);
  int begin = -1;
  for (int x = 0; x <= ink.cols; ++x) {
    const bool is_full = x < ink.cols && cv::countNonZero(ink.col(x)) >= least;
    if (is_full && begin < 0) begin = x;
    if (!is_full && begin >= 0) {
      if (x - begin <= thresholds.rule_width) ink.colRange(begin, x).setTo(0);
      begin = -1;
    }
  }
}

std::vector<Span> runs(const cv::Mat& profile, int least_gap) {
  std::vector<Span> spans;
  const int count = static_cast<int>(profile.total());
  for (int i = 0; i < count; ++i) {
    if (profile.at<int>(i) == 0) continue;
    if (spans.empty() || i - spans.back().end >= least_gap) spans.push_back({i, i});
    spans.back().end = i + 1;
  }
  return spans;
}

}  // namespace

base::Quad TextStrip::to_page(const base::Rect& r) const {
  return {to_page(r.x0, r.y0), to_page(r.x1, r.y0), to_page(r.x1, r.y1), to_page(r.x0, r.y1)};
}

TextStrip cut_strip(const cv::Mat& page, const base::Quad& quad) {
  const double width = std::max({1.0, distance(quad[0], quad[1]), distance(quad[3], quad[2])});
  const double height = std::max({1.0, distance(quad[0], quad[3]), distance(quad[1], quad[2])});
  const int strip_width = std::max(1, static_cast<int>(std::ceil(kStripHeight * width / height)));

  TextStrip strip;
  strip.origin = quad[0];
  strip.along = {(quad[1].x - quad[0].x) / strip_width, (quad[1].y - quad[0].y) / strip_width};
  strip.across = {(quad[3].x - quad[0].x) / kStripHeight, (quad[3].y - quad[0].y) / kStripHeight};
  const cv::Mat crop = rotated_crop(page, quad, std::max(1, static_cast<int>(std::lround(width))),
                                    std::max(1, static_cast<int>(std::lround(height))));
  cv::resize(crop, strip.pixels, {strip_width, kStripHeight}, 0, 0,
             height > 1.5 * kStripHeight ? cv::INTER_AREA : cv::INTER_LINEAR);
  return strip;
}

TextStrip cut_columns(const TextStrip& strip, Span columns) {
  TextStrip part = strip;
  part.pixels = strip.pixels.colRange(columns.begin, columns.end);
  part.origin = strip.to_page(columns.begin, 0);
  return part;
}

cv::Mat strip_ink(const cv::Mat& bgr, double level) {
  const InkThresholds thresholds;
  cv::Mat gray;
  cv::cvtColor(bgr, gray, cv::COLOR_BGR2GRAY);
  const int dark = percentile(gray, 0.02);
  const int light = percentile(gray, 0.98);
  const int middle = percentile(gray, 0.5);
  if (light - dark < thresholds.least_contrast) return cv::Mat::zeros(gray.size(), CV_8U);
  // Most of a strip is paper, so the median tells whether the print is dark on light or the other way round.
  const bool is_dark_on_light = middle - dark >= light - middle;
  const int paper = is_dark_on_light ? std::max(middle, (light + middle) / 2) : std::min(middle, (dark + middle) / 2);
  const int ink_level = is_dark_on_light ? dark : light;
  cv::Mat ink;
  cv::compare(gray, paper + (ink_level - paper) * level, ink, is_dark_on_light ? cv::CMP_LT : cv::CMP_GT);
  remove_rules(ink, thresholds);
  return ink;
}

TextStrip cut_alone(const cv::Mat& page, const TextStrip& strip, const cv::Mat& ink, const cv::Rect& box,
                    double least_height) {
  // Half of the free space at each side, so that no neighbour comes along.
  const auto free_columns = [&](int from, int step) {
    int count = 0;
    const int most = box.height / 2;
    while (count < most && from >= 0 && from < ink.cols &&
           cv::countNonZero(ink(cv::Rect(from, box.y, 1, box.height))) == 0) {
      from += step;
      ++count;
    }
    return count;
  };
  const double left = free_columns(box.x - 1, -1) / 2.0;
  const double right = free_columns(box.x + box.width, 1) / 2.0;
  // The margins that the detector leaves around a line of print.
  const double height = std::max<double>(box.height, least_height);
  const double middle = box.y + box.height / 2.0;
  const double reach = height * (0.5 + 0.28);
  const base::Rect cut{box.x - left, middle - reach, box.x + box.width + right, middle + reach};
  TextStrip alone = cut_strip(page, strip.to_page(cut));
  constexpr int kPadding = kStripHeight / 3;
  cv::Scalar paper;
  for (int channel = 0; channel < 3; ++channel) {
    cv::Mat plane;
    cv::extractChannel(alone.pixels, plane, channel);
    paper[channel] = percentile(plane, 0.85);
  }
  cv::copyMakeBorder(alone.pixels, alone.pixels, 0, 0, kPadding, kPadding, cv::BORDER_CONSTANT, paper);
  return alone;
}

std::vector<Span> inked_columns(const cv::Mat& ink, int least_gap) {
  cv::Mat profile;
  cv::reduce(ink, profile, 0, cv::REDUCE_SUM, CV_32S);
  return runs(profile, least_gap);
}

std::vector<Span> inked_rows(const cv::Mat& ink, int least_gap) {
  cv::Mat profile;
  cv::reduce(ink, profile, 1, cv::REDUCE_SUM, CV_32S);
  return runs(profile, least_gap);
}

}  // namespace medmark::vision
