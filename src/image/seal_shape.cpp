#include "image/seal_shape.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <optional>

namespace medmark::image {
namespace {

// Measured on printed, scanned and JPEG-blurred seals of 8 to 48 mm in red, blue and violet ink, faint ones included,
// and on red headings, red table rules, pie charts and colour photographs as the opposite.
struct SealLimits {
  double plane_dpi = 66;         // ring lines of 0.3 mm keep half of their colour
  double least_chroma = 0.065;   // faint ink; JPEG noise of grey pages stays under 0.05 at this scale
  double chroma_over_noise = 6;  // times the median chroma
  double least_ink_mm2 = 8;      // of one hue on a page
  double hue_half_width = 32;    // degrees around a peak
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
  double most_ink = 0.72;       // more is a disc, a bar or a photograph
  double most_ring_ink = 0.55;  // of a ring and what stands in it; frames may show white letters on ink
  double paper_chroma = 0.35;
  double paper_brightness = 0.62;  // of the pixels inside that carry no ink
  double least_paper_share = 0.5;  // of those pixels
  double sure_coverage = 0.85;     // a ring this complete and this thinly inked is one over a dark picture as well
  double sure_most_ink = 0.45;
  double rule_mm = 24;            // upright lines longer than this belong to a table
  double around_gap_mm = 0.8;     // outside of a frame there is paper,
  double around_mm = 2.5;         // or print of another hue,
  double most_ink_around = 0.12;  // or little of its own
  double text_height_mm = 14;     // a framed character in a line of such characters is text
};
constexpr SealLimits kLimits;
constexpr int kDirections = 72;
constexpr double kLargestFrameClosingMm = 2.0;    // more, and columns of red values grow together into frames
constexpr double kClosingMm[] = {0.6, 2.0, 3.6};  // joins worn lines; the later tries bridge broken ones

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
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

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

struct Component {
  cv::Rect box;
  std::vector<cv::Point> points;
};

std::vector<Component> components_of(const cv::Mat& mask) {
  cv::Mat labels, statistics, centroids;
  const int count = cv::connectedComponentsWithStats(mask, labels, statistics, centroids, 8, CV_32S);
  std::vector<Component> components(static_cast<std::size_t>(std::max(0, count - 1)));
  for (int i = 1; i < count; ++i) {
    components[static_cast<std::size_t>(i - 1)].box = {
        statistics.at<int>(i, cv::CC_STAT_LEFT), statistics.at<int>(i, cv::CC_STAT_TOP),
        statistics.at<int>(i, cv::CC_STAT_WIDTH), statistics.at<int>(i, cv::CC_STAT_HEIGHT)};
  }
  for (int y = 0; y < labels.rows; ++y) {
    const auto* row = labels.ptr<int>(y);
    for (int x = 0; x < labels.cols; ++x) {
      if (row[x] > 0) components[static_cast<std::size_t>(row[x] - 1)].points.emplace_back(x, y);
    }
  }
  return components;
}

struct Outline {
  SealShape shape = SealShape::kRing;
  std::vector<cv::Point> hull;
  double coverage = 0;
};

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

std::optional<Outline> ring_outline(const Component& component, const cv::Mat& mask, double pixels_per_mm) {
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
  Outline outline;
  outline.coverage = std::min(coverage, drawn);
  cv::ellipse2Poly({cvRound(ellipse.center.x), cvRound(ellipse.center.y)},
                   {cvRound(ellipse.size.width / 2), cvRound(ellipse.size.height / 2)}, cvRound(ellipse.angle), 0, 360,
                   6, outline.hull);
  return outline;
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

// The rectangle whose sides are the outermost drawn lines in the direction in which the ink is sharpest; print that
// touches it from outside does not matter.
std::optional<Outline> frame_outline(const Component& component, double pixels_per_mm) {
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
  Outline outline;
  outline.shape = SealShape::kFrame;
  outline.coverage = (sides[0] + sides[1] + sides[2] + sides[3]) / 4;
  const double c = std::cos(best.angle), s = std::sin(best.angle);
  for (const auto& [u, v] : {std::pair{us.first, vs.first}, std::pair{us.second, vs.first},
                             std::pair{us.second, vs.second}, std::pair{us.first, vs.second}}) {
    outline.hull.emplace_back(cvRound(u * c - v * s), cvRound(u * s + v * c));
  }
  return outline;
}

// A framed character (such as a red heading's) stands in a line of its like.
bool stands_in_text_line(const Component& component, const std::vector<Component>& others, double pixels_per_mm) {
  const cv::Rect& box = component.box;
  if (box.height > kLimits.text_height_mm * pixels_per_mm || box.width > 2 * box.height) return false;
  const auto is_neighbour = [&](const Component& other) {
    const cv::Rect& b = other.box;
    if (&other == &component || b.height < box.height * 0.6 || b.height > box.height * 1.5) return false;
    const int gap = std::max(b.x - (box.x + box.width), box.x - (b.x + b.width));
    const int shared = std::min(b.y + b.height, box.y + box.height) - std::max(b.y, box.y);
    return gap >= 0 && gap < box.height * 0.8 && shared > box.height * 0.6;
  };
  return std::any_of(others.begin(), others.end(), is_neighbour);
}

// A seal is drawn in lines of one ink on paper: not a filled disc, not a photograph.
bool is_drawn_on_paper(const Outline& outline, const cv::Mat& ink, const ColourPlane& plane) {
  const cv::Rect box = cv::boundingRect(outline.hull) & cv::Rect(0, 0, ink.cols, ink.rows);
  if (box.area() == 0) return false;
  cv::Mat inside = cv::Mat::zeros(box.size(), CV_8U);
  std::vector<cv::Point> shifted;
  for (const cv::Point& p : outline.hull) shifted.push_back(p - box.tl());
  cv::fillConvexPoly(inside, shifted, 255);
  int total = 0, inked = 0, bare = 0, bright = 0;
  for (int y = 0; y < box.height; ++y) {
    const auto* in = inside.ptr<uchar>(y);
    const auto* mask = ink.ptr<uchar>(box.y + y) + box.x;
    const auto* brightness = plane.brightness.ptr<float>(box.y + y) + box.x;
    const auto* chroma = plane.chroma.ptr<float>(box.y + y) + box.x;
    for (int x = 0; x < box.width; ++x) {
      if (in[x] == 0) continue;
      ++total;
      if (mask[x] != 0) {
        ++inked;
      } else {
        ++bare;
        bright += brightness[x] > kLimits.paper_brightness && chroma[x] < kLimits.paper_chroma ? 1 : 0;
      }
    }
  }
  const double most_ink = outline.shape == SealShape::kRing ? kLimits.most_ring_ink : kLimits.most_ink;
  if (total == 0 || inked > most_ink * total) return false;
  const bool is_sure = outline.shape == SealShape::kRing && outline.coverage >= kLimits.sure_coverage &&
                       inked <= kLimits.sure_most_ink * total;
  return is_sure || bright >= kLimits.least_paper_share * bare;
}

// The ink without long upright lines, as of a table ruled in the same colour; empty where there are none.
cv::Mat without_rules(const cv::Mat& ink, double pixels_per_mm) {
  const int length = cvRound(kLimits.rule_mm * pixels_per_mm);
  cv::Mat across, down;
  cv::morphologyEx(ink, across, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {length, 1}));
  cv::morphologyEx(ink, down, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {1, length}));
  cv::Mat rules = across | down;
  if (cv::countNonZero(rules) < length) return {};
  cv::dilate(rules, rules, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  return ink & ~rules;
}

bool overlaps_much(const cv::Rect& a, const cv::Rect& b) { return (a & b).area() > 0.6 * std::min(a.area(), b.area()); }

// The ink of a component without what closing added.
Component drawn_part(const Component& component, const cv::Mat& mask) {
  Component drawn;
  drawn.box = component.box;
  for (const cv::Point& p : component.points) {
    if (mask.at<uchar>(p) != 0) drawn.points.push_back(p);
  }
  return drawn;
}

// A frame that is a cell of something larger (graph paper, a table): ink of its hue goes on all around it.
bool is_part_of_grid(const Outline& outline, const cv::Mat& ink, double pixels_per_mm) {
  const int gap = cvRound(kLimits.around_gap_mm * pixels_per_mm);
  const int reach = gap + cvRound(kLimits.around_mm * pixels_per_mm);
  cv::Rect box = cv::boundingRect(outline.hull);
  box = cv::Rect(box.x - reach, box.y - reach, box.width + 2 * reach, box.height + 2 * reach) &
        cv::Rect(0, 0, ink.cols, ink.rows);
  std::vector<cv::Point> shifted;
  for (const cv::Point& p : outline.hull) shifted.push_back(p - box.tl());
  cv::Mat inside = cv::Mat::zeros(box.size(), CV_8U), near, far;
  cv::fillConvexPoly(inside, shifted, 255);
  cv::dilate(inside, near, cv::getStructuringElement(cv::MORPH_RECT, {2 * gap + 1, 2 * gap + 1}));
  cv::dilate(inside, far, cv::getStructuringElement(cv::MORPH_RECT, {2 * reach + 1, 2 * reach + 1}));
  const cv::Mat around = far & ~near;
  return cv::countNonZero(around & ink(box)) > kLimits.most_ink_around * cv::countNonZero(around);
}

struct Search {
  double closing_mm = 0;
  double hue = 0;
  bool may_be_frame = true;
};

// `mask` is the ink, or the ink without rules; `ink` is all of that hue.
void search(const ColourPlane& plane, const cv::Mat& ink, const cv::Mat& mask, const Search& how,
            std::vector<SealCandidate>& found) {
  const double pixels_per_mm = plane.dpi / 25.4;
  const int side = 2 * std::max(1, cvRound(how.closing_mm * pixels_per_mm / 2)) + 1;
  cv::Mat closed;
  cv::morphologyEx(mask, closed, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_ELLIPSE, {side, side}));
  const std::vector<Component> components = components_of(closed);
  for (const Component& component : components) {
    if (std::min(component.box.width, component.box.height) < kLimits.least_side_mm * pixels_per_mm) continue;
    if (std::max(component.box.width, component.box.height) > 1.5 * kLimits.largest_side_mm * pixels_per_mm) continue;
    std::optional<Outline> outline = ring_outline(component, mask, pixels_per_mm);
    if (outline && !is_drawn_on_paper(*outline, ink, plane)) outline.reset();
    if (how.may_be_frame && (!outline || outline->coverage < kLimits.sure_coverage)) {
      std::optional<Outline> frame = frame_outline(drawn_part(component, mask), pixels_per_mm);
      if (frame && is_drawn_on_paper(*frame, ink, plane) && (!outline || frame->coverage > outline->coverage))
        outline = frame;
    }
    if (!outline) continue;
    if (stands_in_text_line(component, components, pixels_per_mm)) continue;
    if (outline->shape == SealShape::kFrame && is_part_of_grid(*outline, ink, pixels_per_mm)) continue;
    const cv::Rect box = cv::boundingRect(outline->hull);
    const auto is_same = [&](const SealCandidate& other) { return overlaps_much(other.box, box); };
    if (std::any_of(found.begin(), found.end(), is_same)) continue;
    found.push_back({outline->shape, outline->hull, box, how.hue, outline->coverage});
  }
}

}  // namespace

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
    for (int x = 0; x < small.cols; ++x) {
      const float paper = std::max(40.0F, plane.paper.at<float>(y, x));
      const float blue = static_cast<float>(row[x][0]) / plane.tint[0];
      const float green = static_cast<float>(row[x][1]) / plane.tint[1];
      const float red = static_cast<float>(row[x][2]) / plane.tint[2];
      const float high = std::max({blue, green, red});
      plane.chroma.at<float>(y, x) = (high - std::min({blue, green, red})) / paper;
      plane.hue.at<float>(y, x) = hue_of(blue, green, red);
      plane.brightness.at<float>(y, x) = high / paper;
    }
  }
  const double least_pixels = kLimits.least_ink_mm2 * std::pow(plane.dpi / 25.4, 2);
  const cv::Mat coloured = plane.chroma > kLimits.least_chroma;
  plane.is_colourless = cv::countNonZero(coloured) < least_pixels;
  return plane;
}

std::vector<SealCandidate> find_seal_shapes(const ColourPlane& plane) {
  std::vector<SealCandidate> found;
  if (plane.is_colourless) return found;
  const double pixels_per_mm = plane.dpi / 25.4;
  const double threshold = chroma_threshold(plane.chroma);
  for (const double hue : ink_hues(plane, threshold)) {
    const cv::Mat ink = ink_mask(plane, threshold, hue);
    const cv::Mat bare = without_rules(ink, pixels_per_mm);
    for (const double closing_mm : kClosingMm) {
      const bool may_be_frame = closing_mm <= kLargestFrameClosingMm;
      search(plane, ink, ink, {closing_mm, hue, may_be_frame}, found);
      if (!bare.empty()) search(plane, ink, bare, {closing_mm, hue, closing_mm <= kClosingMm[0]}, found);
    }
  }
  std::sort(found.begin(), found.end(),
            [](const SealCandidate& a, const SealCandidate& b) { return a.box.area() > b.box.area(); });
  return found;
}

}  // namespace medmark::image
