#include "vision/arrow_shape.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <span>
#include <vector>

namespace medmark::vision {
namespace {

// Shares of the glyph's height or width. Arrows of Song, Hei, Kai and Arial faces, printed, blurred and binarised at
// 150 DPI, keep to them; digits, letters, T, Y, daggers and brackets do not (arrow_shape_test.cpp).
struct ArrowGeometry {
  int least_height = 14;
  double least_aspect = 1.15;  // height over width
  double largest_aspect = 5.0;
  double shaft_part = 0.42;     // of the height, at the end away from the head, that is bare shaft
  double shaft_width = 0.5;     // of the width, at most
  double shaft_swelling = 1.6;  // widest row of the shaft over its median, at most (no serif)
  double shaft_sway = 0.035;    // of the height: deviation of the shaft's middles from one column (no slant)
  double head_part = 0.5;       // the widest row lies within this much of the head's end ...
  double apex_part = 0.11;      // ... and not at its very tip (the foot of a 1, the bar of a 7 or T)
  double apex_width = 0.78;     // of the widest row, at most, at the tip (blur rounds it)
  double evenness = 0.55;       // shorter arm over longer arm, at least
  double least_arm = 0.06;      // of the height, each side beyond the shaft
  double least_arm_of_shaft = 0.4;
  double spread = 0.2;  // halfway to the widest row, of the way from shaft to widest; a crossbar jumps
};

struct Row {
  int left = 0;
  int right = -1;  // inclusive; empty where right < left
  [[nodiscard]] int width() const { return right - left + 1; }
};

std::vector<Row> rows_of(const cv::Mat& ink) {
  std::vector<Row> rows(static_cast<std::size_t>(ink.rows));
  for (int y = 0; y < ink.rows; ++y) {
    Row& row = rows[static_cast<std::size_t>(y)];
    row.left = ink.cols;
    for (int x = 0; x < ink.cols; ++x) {
      if (ink.at<unsigned char>(y, x) == 0) continue;
      row.left = std::min(row.left, x);
      row.right = x;
    }
  }
  return rows;
}

struct Shaft {
  double axis = 0;
  double width = 0;
};

// The bare shaft: narrow rows of one width in one column.
std::optional<Shaft> shaft_of(std::span<const Row> rows, double glyph_height, int glyph_width) {
  const ArrowGeometry g;
  std::vector<int> widths;
  double middles = 0;
  double squares = 0;
  for (const Row& row : rows) {
    widths.push_back(row.width());
    const double middle = (row.left + row.right) / 2.0;
    middles += middle;
    squares += middle * middle;
  }
  std::sort(widths.begin(), widths.end());
  const auto count = static_cast<double>(rows.size());
  const Shaft shaft{middles / count, static_cast<double>(widths[widths.size() / 2])};
  const double sway = std::sqrt(std::max(0.0, squares / count - shaft.axis * shaft.axis));
  if (sway > g.shaft_sway * glyph_height) return std::nullopt;
  if (shaft.width > g.shaft_width * glyph_width + 1) return std::nullopt;
  if (widths.back() > g.shaft_swelling * shaft.width + 1) return std::nullopt;
  return shaft;
}

// Rows run from the tip of the supposed head.
bool points_to_first_row(const std::vector<Row>& rows, int width) {
  const ArrowGeometry g;
  const auto count = static_cast<double>(rows.size());
  const auto widest =
      std::max_element(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.width() < b.width(); });
  const double widest_at = static_cast<double>(widest - rows.begin()) / count;
  if (widest_at > g.head_part || widest_at < g.apex_part) return false;
  if (rows.front().width() > g.apex_width * widest->width()) return false;

  const std::optional<Shaft> shaft =
      shaft_of({rows.end() - static_cast<std::ptrdiff_t>(g.shaft_part * count), rows.end()}, count, width);
  if (!shaft) return false;
  // The arms, even on both sides of the shaft, and the tip over the shaft.
  const double left_arm = shaft->axis - shaft->width / 2 - widest->left;
  const double right_arm = widest->right - shaft->axis - shaft->width / 2;
  const double shorter = std::min(left_arm, right_arm);
  if (shorter < g.least_arm * count || shorter < g.least_arm_of_shaft * shaft->width) return false;
  if (shorter < g.evenness * std::max(left_arm, right_arm)) return false;
  const double tip = (rows.front().left + rows.front().right) / 2.0;
  if (std::abs(tip - shaft->axis) > 0.15 * width + 0.5) return false;

  const auto halfway = rows.begin() + (widest - rows.begin()) / 2;
  return halfway->width() > shaft->width + g.spread * (widest->width() - shaft->width);
}

}  // namespace

ArrowShape arrow_shape(const cv::Mat& ink) {
  const ArrowGeometry g;
  if (ink.rows < g.least_height || ink.cols < 4) return ArrowShape::kNone;
  const double aspect = static_cast<double>(ink.rows) / ink.cols;
  if (aspect < g.least_aspect || aspect > g.largest_aspect) return ArrowShape::kNone;
  std::vector<Row> rows = rows_of(ink);
  // One stroke from end to end: the dot of an i is parted from it.
  if (std::any_of(rows.begin(), rows.end(), [](const Row& row) { return row.width() <= 0; })) return ArrowShape::kNone;
  if (points_to_first_row(rows, ink.cols)) return ArrowShape::kUp;
  std::reverse(rows.begin(), rows.end());
  return points_to_first_row(rows, ink.cols) ? ArrowShape::kDown : ArrowShape::kNone;
}

}  // namespace medmark::vision
