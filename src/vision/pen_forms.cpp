#include "vision/pen_forms.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "vision/text_strip.hpp"

namespace medmark::vision {
namespace {

// In em of the print around where nothing else is said.
struct FormLimits {
  double ring_height = 1.05;  // and taller; a printed ring around a digit is one em
  double ring_tallest = 3.5;
  double ring_widest = 14;
  double ring_flattest = 7;     // width over height
  double ring_covered = 0.9;    // of the directions from its middle
  double ring_outermost = 1.2;  // of an ellipse in its box; corners of a frame are at 1.41
  double ring_step = 0.16;      // from one direction to the next, of the ellipse
  double ring_smooth = 0.9;     // of the directions
  double ring_thick = 0.24;
  double ring_inside = 0.12;  // of its ink in the inner part of its box
  double ring_close = 0.15;   // to print: a point of a number may have run into it
  double ring_ink = 1.3;      // of what its line holds: more is print that runs into it
  double ring_deep = 2.5;     // times its thickness from its outer side: ink that is not the ring's
  double ring_inner = 0.05;   // of its ink may be so deep, where its ends cross

  double tick_thick = 0.3;
  double tick_least = 0.6;  // height
  double tick_tallest = 4;
  double tick_longer = 1.35;  // the way up, over the way down
  double tick_stray = 0.17;   // of the way up: how far its ink may be from two straight strokes
  double tick_ink = 1.7;      // times what two strokes of its thickness hold

  double strike_least = 0.9;        // width of the piece: the line and the characters that it joins
  double strike_tallest = 1.2;      // height of the same
  double strike_thick = 0.26;       // of the line, two lines of a pen run together included
  int strike_bodies = 1;            // strokes of print that it crosses
  double strike_thin = 0.3;         // of its columns hold the line alone
  double strike_beside = 0.12;      // it goes on at each side by this much ...
  double strike_beside_both = 0.3;  // ... and at both together: digits of print that touch (34) have 0.25
  double strike_two_lines = 0.44;   // height of both, where a pen went twice
  double strike_stray = 0.1;        // from a bent line
  double strike_off = 0.06;         // of its columns may
  double strike_steepest = 0.7;     // rise
  double strike_gaps = 0.05;        // of its columns may be without ink
  double strike_print = 0.5;        // height of the print that it crosses
  double strike_low = 0.2;          // of that height: on the average it runs no nearer to its top and foot
};
constexpr FormLimits kLimits;

constexpr int kDirections = 72;
constexpr double kOuter = 1.45;
constexpr double kInner = 0.5;
constexpr double kMiddle = 0.55;

double length_of(const cv::Point2d& v) { return std::hypot(v.x, v.y); }

double distance_to(const cv::Point2d& p, const cv::Point2d& a, const cv::Point2d& b) {
  const cv::Point2d along = b - a;
  const double square = along.dot(along);
  const double share = square > 0 ? std::clamp((p - a).dot(along) / square, 0.0, 1.0) : 0;
  return length_of(p - a - share * along);
}

// Where the outermost ink stands in each direction from the middle of the box, 1 being the ellipse in the box; 0 where
// there is none outside its inner part.
std::array<double, kDirections> outline_of(const cv::Mat& mask) {
  std::array<double, kDirections> outline{};
  const double half_width = mask.cols / 2.0;
  const double half_height = mask.rows / 2.0;
  const double step = 0.5 / std::max(half_width, half_height);
  for (int k = 0; k < kDirections; ++k) {
    const double angle = 2 * std::numbers::pi * k / kDirections;
    for (double r = kOuter; r > kInner; r -= step) {
      const int x = static_cast<int>(half_width + r * half_width * std::cos(angle));
      const int y = static_cast<int>(half_height + r * half_height * std::sin(angle));
      if (x < 0 || y < 0 || x >= mask.cols || y >= mask.rows || mask.at<uchar>(y, x) == 0) continue;
      outline[static_cast<std::size_t>(k)] = r;
      break;
    }
  }
  return outline;
}

int ink_in_middle(const cv::Mat& mask) {
  int count = 0;
  for (int y = 0; y < mask.rows; ++y) {
    const double down = 2.0 * y / mask.rows - 1;
    for (int x = 0; x < mask.cols; ++x) {
      const double across = 2.0 * x / mask.cols - 1;
      if (mask.at<uchar>(y, x) != 0 && across * across + down * down < kMiddle * kMiddle) ++count;
    }
  }
  return count;
}

// The cheapest line of ink from the left edge of `ink` to the right one: its row in every column.
std::vector<int> line_through(const cv::Mat& ink) {
  constexpr int kPaper = 12;  // costs
  constexpr int kStep = 1;
  const int rows = ink.rows;
  std::vector<int> cost(static_cast<std::size_t>(rows), 0);
  cv::Mat from(rows, ink.cols, CV_8S);
  for (int x = 0; x < ink.cols; ++x) {
    std::vector<int> next(static_cast<std::size_t>(rows));
    for (int y = 0; y < rows; ++y) {
      int best = cost[static_cast<std::size_t>(y)];
      signed char step = 0;
      for (const int d : {-1, 1}) {
        if (x == 0 || y + d < 0 || y + d >= rows) continue;
        const int candidate = cost[static_cast<std::size_t>(y + d)] + kStep;
        if (candidate >= best) continue;
        best = candidate;
        step = static_cast<signed char>(d);
      }
      from.at<signed char>(y, x) = step;
      next[static_cast<std::size_t>(y)] = best + (ink.at<uchar>(y, x) != 0 ? 0 : kPaper);
    }
    cost = std::move(next);
  }
  std::vector<int> line(static_cast<std::size_t>(ink.cols));
  int y = static_cast<int>(std::min_element(cost.begin(), cost.end()) - cost.begin());
  for (int x = ink.cols - 1; x >= 0; --x) {
    line[static_cast<std::size_t>(x)] = y;
    y += from.at<signed char>(y, x);
  }
  return line;
}

// The run of ink that holds (x, y), or none.
Span run_at(const cv::Mat& ink, int x, int y) {
  if (ink.at<uchar>(y, x) == 0) return {};
  Span run{y, y + 1};
  while (run.begin > 0 && ink.at<uchar>(run.begin - 1, x) != 0) --run.begin;
  while (run.end < ink.rows && ink.at<uchar>(run.end, x) != 0) ++run.end;
  return run;
}

// A parabola through points; its values at them.
std::vector<double> bent_line(const std::vector<cv::Point2d>& points) {
  cv::Mat basis(static_cast<int>(points.size()), 3, CV_64F);
  cv::Mat values(static_cast<int>(points.size()), 1, CV_64F);
  const double middle = points[points.size() / 2].x;
  for (int i = 0; i < basis.rows; ++i) {
    const double x = (points[static_cast<std::size_t>(i)].x - middle) / 100;
    basis.at<double>(i, 0) = 1;
    basis.at<double>(i, 1) = x;
    basis.at<double>(i, 2) = x * x;
    values.at<double>(i, 0) = points[static_cast<std::size_t>(i)].y;
  }
  cv::Mat solution;
  cv::solve(basis, values, solution, cv::DECOMP_SVD);
  const cv::Mat fitted = basis * solution;
  return {fitted.begin<double>(), fitted.end<double>()};
}

}  // namespace

bool is_ring_form(const InkShape& shape, double em) {
  const double height = shape.box.height / em;
  const double width = shape.box.width / em;
  if (height < kLimits.ring_height || height > kLimits.ring_tallest || width < kLimits.ring_height ||
      width > kLimits.ring_widest || width > kLimits.ring_flattest * height)
    return false;
  const auto outline = outline_of(shape.mask);
  int covered = 0;
  int smooth = 0;
  for (std::size_t k = 0; k < outline.size(); ++k) {
    if (outline[k] > kLimits.ring_outermost) return false;
    if (outline[k] == 0) continue;
    ++covered;
    const double next = outline[(k + 1) % outline.size()];
    if (std::abs(next - outline[k]) < kLimits.ring_step) ++smooth;
  }
  if (covered < kLimits.ring_covered * kDirections || smooth < kLimits.ring_smooth * covered) return false;
  return ink_in_middle(shape.mask) <= kLimits.ring_inside * shape.area &&
         thickness_of(shape.mask) <= kLimits.ring_thick * em;
}

bool is_close_to_print(const InkShape& ring, const cv::Mat& others, double em) {
  const int reach = std::max(2, static_cast<int>(std::lround(kLimits.ring_close * em)));
  cv::Mat near;
  cv::dilate(ring.mask, near, cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * reach + 1, 2 * reach + 1}));
  if (cv::countNonZero(near & others) > 0) return true;
  const auto outline = outline_of(ring.mask);
  const double half_width = ring.mask.cols / 2.0;
  const double half_height = ring.mask.rows / 2.0;
  const double thickness = thickness_of(ring.mask);
  // By Ramanujan: the way around an ellipse.
  const double around = std::numbers::pi * (3 * (half_width + half_height) -
                                            std::sqrt((3 * half_width + half_height) * (half_width + 3 * half_height)));
  if (ring.area > kLimits.ring_ink * thickness * around) return true;
  const double deep = kLimits.ring_deep * thickness;
  int inner = 0;
  for (int y = 0; y < ring.mask.rows; ++y) {
    for (int x = 0; x < ring.mask.cols; ++x) {
      if (ring.mask.at<uchar>(y, x) == 0) continue;
      const double across = x - half_width;
      const double down = y - half_height;
      const double angle = std::atan2(down / half_height, across / half_width);
      const auto k = static_cast<std::size_t>(std::lround(angle / (2 * std::numbers::pi) * kDirections) + kDirections) %
                     kDirections;
      const double outer = outline[k] * std::hypot(half_width * std::cos(angle), half_height * std::sin(angle));
      inner += outline[k] > 0 && outer - std::hypot(across, down) > deep ? 1 : 0;
    }
  }
  return inner > kLimits.ring_inner * ring.area;
}

bool is_tick_form(const InkShape& shape, double em) {
  if (shape.box.height < kLimits.tick_least * em || shape.box.height > kLimits.tick_tallest * em) return false;
  std::vector<cv::Point> pixels;
  cv::findNonZero(shape.mask, pixels);
  cv::Point2d left = pixels.front();
  cv::Point2d low = left;
  cv::Point2d high = left;
  for (const cv::Point& p : pixels) {
    if (p.x < left.x) left = p;
    if (p.y > low.y) low = p;
    if (p.x - p.y > high.x - high.y) high = p;
  }
  const cv::Point2d down = low - left;
  const cv::Point2d up = high - low;
  const double up_length = length_of(up);
  if (down.x < 0.08 * up_length || down.y < 0.12 * up_length || up.x < 0.25 * up_length || -up.y < 0.35 * up_length)
    return false;
  if (up_length < kLimits.tick_longer * length_of(down) || high.y > left.y || high.y > 0.12 * shape.box.height)
    return false;
  const double thickness = thickness_of(shape.mask);
  if (thickness > kLimits.tick_thick * em) return false;
  const double most = kLimits.tick_stray * up_length + thickness / 2;
  for (const cv::Point2d p : pixels) {
    if (std::min(distance_to(p, left, low), distance_to(p, low, high)) > most) return false;
  }
  return shape.area <= kLimits.tick_ink * thickness * (up_length + length_of(down));
}

std::optional<cv::Rect> struck_print(const InkShape& shape, double em) {
  if (shape.box.width < kLimits.strike_least * em || shape.box.height > kLimits.strike_tallest * em)
    return std::nullopt;
  const std::vector<int> line = line_through(shape.mask);
  const int columns = shape.mask.cols;
  std::vector<cv::Point2d> thin;
  std::vector<bool> is_thin(line.size(), false);
  int bodies = 0;
  bool in_body = false;
  cv::Rect crossed;
  int bare = 0;
  for (int x = 0; x < columns; ++x) {
    const Span run = run_at(shape.mask, x, line[static_cast<std::size_t>(x)]);
    if (run.length() == 0) {
      ++bare;
    } else if (run.length() <= kLimits.strike_thick * em) {
      thin.emplace_back(x, (run.begin + run.end - 1) / 2.0);
      is_thin[static_cast<std::size_t>(x)] = true;
      in_body = false;
    } else {
      bodies += in_body ? 0 : 1;
      in_body = true;
      const cv::Rect column(x, run.begin, 1, run.length());
      crossed = crossed.empty() ? column : crossed | column;
    }
  }
  if (bodies < kLimits.strike_bodies || bare > kLimits.strike_gaps * columns) return std::nullopt;
  if (static_cast<double>(thin.size()) < kLimits.strike_thin * columns) return std::nullopt;
  const std::vector<double> fitted = bent_line(thin);
  const double stray = std::max(1.5, kLimits.strike_stray * em);
  int off = 0;
  for (std::size_t i = 0; i < thin.size(); ++i) off += std::abs(fitted[i] - thin[i].y) > stray ? 1 : 0;
  if (off > kLimits.strike_off * static_cast<double>(thin.size())) return std::nullopt;
  const double rise = std::abs(fitted.back() - fitted.front()) / std::max(1.0, thin.back().x - thin.front().x);
  if (rise > kLimits.strike_steepest) return std::nullopt;
  // It goes on alone at both sides of what it crosses.
  // Print that touches (34) has other arms far over or under the one that sticks out; two lines of a pen are near.
  const int beside = std::max(2, static_cast<int>(std::lround(kLimits.strike_beside * em)));
  for (int x = 0; x < columns; ++x) {
    if (x >= beside && x < columns - beside) continue;
    const cv::Rect drawn = cv::boundingRect(cv::Mat(shape.mask.col(x)));
    if (drawn.height > kLimits.strike_two_lines * em) return std::nullopt;
  }
  const auto first = std::find(is_thin.begin(), is_thin.end(), false) - is_thin.begin();
  const auto last = std::find(is_thin.rbegin(), is_thin.rend(), false) - is_thin.rbegin();
  if (static_cast<double>(std::min(first, last)) < kLimits.strike_beside * em ||
      static_cast<double>(first + last) < kLimits.strike_beside_both * em)
    return std::nullopt;
  double level = 0;
  for (const double y : fitted) level += y / static_cast<double>(fitted.size());
  const double share = (level - crossed.y) / crossed.height;
  if (crossed.height < kLimits.strike_print * em || share < kLimits.strike_low || share > 1 - kLimits.strike_low)
    return std::nullopt;
  return crossed + shape.box.tl();
}

}  // namespace medmark::vision
