#include "image/ruling_check.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace medmark::image {
namespace {

// Measured on body text of 9 to 12 pt and headings of up to 28 pt, with underlines, form blanks and table rules beside
// them.
struct CheckLimits {
  double profile_reach_mm = 2;
  double beside_mm = 0.5;      // where paper shows beside a line
  double end_window_mm = 1;    // to either side of a rough end
  double dash_extra_mm = 0.5;  // a dash is as thick as the line, and this much more
  double character_mm = 14;    // largest side of a heading's character
  double line_share = 0.6;     // of a component's ink: more, and it is the line itself
};
constexpr CheckLimits kLimits;

int reach_of(const RulingTrace& trace) { return std::clamp(static_cast<int>(trace.thickness / 2), 1, 3); }

// Components of ink around a line; 0 is paper.
struct InkComponents {
  cv::Mat labels;
  cv::Mat statistics;
  cv::Point origin;
  int count = 0;
};

InkComponents components_around(const LinePage& page, const RulingTrace& trace, int limit, int margin_along,
                                int margin_across) {
  InkComponents result;
  const cv::Mat part = page.surroundings(trace, margin_along, margin_across, result.origin);
  cv::Mat centroids;
  result.count = cv::connectedComponentsWithStats(part < limit, result.labels, result.statistics, centroids, 8, CV_32S);
  return result;
}

// Pixels of the line per component.
std::vector<int> line_pixels(const InkComponents& ink, const RulingTrace& trace) {
  std::vector<int> pixels(static_cast<std::size_t>(ink.count), 0);
  const int half = std::max(1, static_cast<int>(std::lround(trace.thickness / 2)));
  for (int along = static_cast<int>(trace.begin); along < static_cast<int>(trace.end); ++along) {
    const int x = along - ink.origin.x;
    const int middle = static_cast<int>(std::floor(trace.position_at(along + 0.5))) - ink.origin.y;
    if (x < 0 || x >= ink.labels.cols) continue;
    for (int y = std::max(0, middle - half); y <= std::min(ink.labels.rows - 1, middle + half); ++y) {
      ++pixels[static_cast<std::size_t>(ink.labels.at<int>(y, x))];
    }
  }
  pixels[0] = 0;
  return pixels;
}

}  // namespace

int LinePage::at(int along, int across) const {
  const int x = std::clamp(is_horizontal_ ? along : across, 0, grey_.cols - 1);
  const int y = std::clamp(is_horizontal_ ? across : along, 0, grey_.rows - 1);
  return grey_.at<uchar>(y, x);
}

int LinePage::darkest(int along, double across, int reach) const {
  const int middle = static_cast<int>(std::floor(across));
  int value = 255;
  for (int d = -reach; d <= reach; ++d) value = std::min(value, at(along, middle + d));
  return value;
}

cv::Mat LinePage::surroundings(const RulingTrace& trace, int margin_along, int margin_across, cv::Point& origin) const {
  const double first = trace.position_at(trace.begin);
  const double last = trace.position_at(trace.end);
  const cv::Rect page(0, 0, along_size(), is_horizontal_ ? grey_.rows : grey_.cols);
  const int from_along = static_cast<int>(trace.begin) - margin_along;
  const int from_across = static_cast<int>(std::min(first, last)) - margin_across;
  const cv::Rect box = cv::Rect(from_along, from_across, static_cast<int>(trace.end) + margin_along - from_along,
                                static_cast<int>(std::max(first, last)) + margin_across + 1 - from_across) &
                       page;
  origin = box.tl();
  if (is_horizontal_) return grey_(box);
  cv::Mat turned;
  cv::transpose(grey_(cv::Rect(box.y, box.x, box.height, box.width)), turned);
  return turned;
}

double measured_width(const LinePage& page, const RulingTrace& trace) {
  constexpr int kReach = 16;
  std::vector<double> profile(2 * kReach + 1, 0.0);
  const int begin = static_cast<int>(trace.begin);
  const int end = static_cast<int>(trace.end);
  const int stride = std::max(1, (end - begin) / 200);
  int count = 0;
  for (int along = begin; along < end; along += stride, ++count) {
    const int middle = static_cast<int>(std::floor(trace.position_at(along + 0.5)));
    for (int d = -kReach; d <= kReach; ++d) profile[static_cast<std::size_t>(d + kReach)] += page.at(along, middle + d);
  }
  if (count == 0) return trace.thickness;
  std::size_t lowest = kReach;
  for (std::size_t i = kReach - 2; i <= kReach + 2; ++i) {
    if (profile[i] < profile[lowest]) lowest = i;
  }
  const auto middle = profile.begin() + static_cast<std::ptrdiff_t>(lowest);
  const double paper =
      std::min(*std::max_element(profile.begin(), middle + 1), *std::max_element(middle, profile.end()));
  const double half = (paper + profile[lowest]) / 2;
  std::size_t left = lowest, right = lowest;
  while (left > 0 && profile[left - 1] < half) --left;
  while (right + 1 < profile.size() && profile[right + 1] < half) ++right;
  const auto part = [&](std::size_t inner, std::size_t outer) {
    const double rise = profile[outer] - profile[inner];
    return rise > 0 ? std::clamp((half - profile[inner]) / rise, 0.0, 1.0) : 0.5;
  };
  const double to_left = left > 0 ? part(left, left - 1) : 0.5;
  const double to_right = right + 1 < profile.size() ? part(right, right + 1) : 0.5;
  return std::max(0.5, static_cast<double>(right - left) + to_left + to_right);
}

int ink_limit(const LinePage& page, const RulingTrace& trace, double pixels_per_mm) {
  const int reach = reach_of(trace);
  const int beside = static_cast<int>(trace.thickness / 2 + kLimits.beside_mm * pixels_per_mm) + 1;
  std::vector<int> inks, papers;
  const int begin = static_cast<int>(trace.begin);
  const int end = static_cast<int>(trace.end);
  for (int along = begin; along < end; along += std::max(1, (end - begin) / 60)) {
    const double position = trace.position_at(along + 0.5);
    const int middle = static_cast<int>(std::floor(position));
    inks.push_back(page.darkest(along, position, reach));
    papers.push_back(std::max(page.at(along, middle - beside), page.at(along, middle + beside)));
  }
  if (inks.empty()) return 128;
  const auto third = inks.begin() + static_cast<std::ptrdiff_t>(inks.size() / 3);
  const auto half = papers.begin() + static_cast<std::ptrdiff_t>(papers.size() / 2);
  std::nth_element(inks.begin(), third, inks.end());
  std::nth_element(papers.begin(), half, papers.end());
  return (*third + *half) / 2;
}

void refine_ends(const LinePage& page, RulingTrace& trace, int limit, double pixels_per_mm) {
  const int reach = reach_of(trace);
  const auto is_inked = [&](int along) { return page.darkest(along, trace.position_at(along + 0.5), reach) < limit; };
  const int window = static_cast<int>(std::ceil(kLimits.end_window_mm * pixels_per_mm));
  const int begin = static_cast<int>(trace.begin);
  const int end = static_cast<int>(trace.end);
  int first = std::max(0, begin - window);
  while (first < begin + window && !(is_inked(first) && is_inked(first + 1))) ++first;
  int last = std::min(page.along_size() - 1, end + window - 1);
  while (last > end - window && !(is_inked(last) && is_inked(last - 1))) --last;
  if (last <= first) return;
  trace.position = trace.position_at(first);
  trace.begin = first;
  trace.end = last + 1;
}

double inked_share(const LinePage& page, const RulingTrace& trace, int limit) {
  const int begin = static_cast<int>(trace.begin);
  const int end = static_cast<int>(trace.end);
  int inked = 0;
  for (int along = begin; along < end; ++along) {
    if (page.darkest(along, trace.position_at(along + 0.5), reach_of(trace)) < limit) ++inked;
  }
  return end > begin ? static_cast<double>(inked) / (end - begin) : 0;
}

RulingTrace longest_inked(const LinePage& page, const RulingTrace& trace, int limit) {
  constexpr int kHole = 1;
  const int end = static_cast<int>(trace.end);
  int best_begin = 0, best_end = 0;
  int begin = static_cast<int>(trace.begin);
  int last = begin - 1;  // inked
  const auto close = [&] {
    if (last + 1 - begin > best_end - best_begin) best_begin = begin, best_end = last + 1;
  };
  for (int along = begin; along < end; ++along) {
    if (page.darkest(along, trace.position_at(along + 0.5), reach_of(trace)) >= limit) continue;
    if (along - last > kHole + 1) {
      close();
      begin = along;
    }
    last = along;
  }
  close();
  RulingTrace part = trace;
  part.position = trace.position_at(best_begin);
  part.begin = best_begin;
  part.end = best_end;
  return part;
}

double dash_share(const LinePage& page, const RulingTrace& trace, int limit, double pixels_per_mm) {
  const int margin = static_cast<int>(std::ceil(trace.thickness + 2 * kLimits.dash_extra_mm * pixels_per_mm)) + 2;
  const InkComponents ink = components_around(page, trace, limit, margin, margin);
  const std::vector<int> pixels = line_pixels(ink, trace);
  const double tallest =
      trace.thickness + kLimits.dash_extra_mm * pixels_per_mm + std::abs(trace.slope) * trace.length();
  int dashes = 0, all = 0;
  for (int i = 1; i < ink.count; ++i) {
    const int on_line = pixels[static_cast<std::size_t>(i)];
    all += on_line;
    if (ink.statistics.at<int>(i, cv::CC_STAT_HEIGHT) <= tallest) dashes += on_line;
  }
  return all > 0 ? static_cast<double>(dashes) / all : 0;
}

bool is_stroke_of_character(const LinePage& page, const RulingTrace& trace, int limit, double pixels_per_mm) {
  const int size = static_cast<int>(kLimits.character_mm * pixels_per_mm);
  const InkComponents ink = components_around(page, trace, limit, size, size);
  const std::vector<int> pixels = line_pixels(ink, trace);
  const auto largest = std::max_element(pixels.begin(), pixels.end());
  const int label = static_cast<int>(largest - pixels.begin());
  if (label == 0) return false;
  const int width = ink.statistics.at<int>(label, cv::CC_STAT_WIDTH);
  const int height = ink.statistics.at<int>(label, cv::CC_STAT_HEIGHT);
  return width <= size && height <= size &&
         *largest < kLimits.line_share * ink.statistics.at<int>(label, cv::CC_STAT_AREA);
}

}  // namespace medmark::image
