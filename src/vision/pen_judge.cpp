#include "vision/pen_judge.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace medmark::vision {
namespace {

// In em of the page's print (which is close to the height of a Han character), as shares of the group's ink where
// nothing else is said. Set on 24 reports written on in blue, red and black and scanned in five grades, against the
// same reports with words printed in seven colours and against the corpus, whose headings are printed in three.
struct PenLimits {
  double widest = 16;
  double tallest = 6;
  double least_side = 0.55;     // printed dots, dashes and stars are smaller
  double thickest = 0.5;        // of a stroke: a broad felt pen has 0.4, bars and logos more
  double upright_frame = 0.72;  // outlines of drawn boxes and rules; the flattest ring has 0.5

  double ring_print = 0.3;  // print inside, over the ring's own ink
  double ring_least_height = 1.05;
  double ring_least_width = 1.1;
  double ring_touch = 0.5;    // of its ink that may cross the print
  double ring_inside = 0.12;  // of its ink in the middle half of its box

  double strike_touch = 0.1;
  double strike_flat = 2.6;     // width over height
  double strike_tallest = 0.8;  // words in coloured print, badly cut out of a poor scan, are 0.9 and more
  double strike_least = 0.8;    // width
  double strike_through = 0.4;  // of its columns with print both above and below

  double tick_upright = 0.1;
  double tick_least = 1.1;  // printed ticks and arrows are at most one em high
  double free_touch = 0.35;

  double level = 0.22;  // print of one row stands within this
  double sure = 0.9;    // coloured print on the poorest scans reads at 0.93 and more
  double unread = 0.62;
  double least_letter = 0.6;  // height
  double taller_each = 0.15;  // than the row's print, above and below it
  double taller = 0.45;
  double same_ink = 0.16;        // between colours over paper; thin strokes are paler than thick ones
  double least_scribble = 1.15;  // height of what is not read
  double row_reach = 9;          // to both sides
  double word_height = 1.4;      // of a line of print with what is over and under it
  double word_width = 2.5;       // of its height
};
constexpr PenLimits kLimits;

// As long and as high as a word of print: coloured headings of a poor scan read badly, and must not be taken off.
bool is_word_shaped(const PageInk& page, const InkGroup& group) {
  const double height = group.box.height / page.em;
  return height >= kLimits.least_letter && height < kLimits.word_height &&
         group.box.width > kLimits.word_width * group.box.height;
}

bool is_ring(const PageInk& page, const InkGroup& group, const StrokeShape& shape) {
  const double height = group.box.height / page.em;
  const double width = group.box.width / page.em;
  if (height < kLimits.ring_least_height || width < kLimits.ring_least_width) return false;
  if (group.covered_print < kLimits.ring_print * group.area || group.touching > kLimits.ring_touch * group.area)
    return false;
  if (shape.upright > kLimits.upright_frame) return false;
  const cv::Size size = group.box.size();
  const cv::Rect middle(size.width / 4, size.height / 4, std::max(1, size.width / 2), std::max(1, size.height / 2));
  return cv::countNonZero(group.mask(middle)) <= kLimits.ring_inside * group.area;
}

// Print stands both above and below the stroke, in most of its columns.
bool runs_through_print(const PageInk& page, const cv::Mat& black, const InkGroup& group) {
  const int reach = std::max(2, static_cast<int>(std::lround(0.45 * page.em)));
  const int near = std::max(2, static_cast<int>(std::lround(0.2 * page.em)));
  int through = 0;
  int columns = 0;
  for (int x = 0; x < group.box.width; ++x) {
    int top = 0;
    while (top < group.box.height && group.mask.at<uchar>(top, x) == 0) ++top;
    if (top == group.box.height) continue;
    int bottom = group.box.height - 1;
    while (group.mask.at<uchar>(bottom, x) == 0) --bottom;
    ++columns;
    const int page_x = group.box.x + x;
    const auto has_print = [&](int from, int to) {
      for (int y = std::max(0, from); y < std::min(black.rows, to); ++y) {
        for (int at = std::max(0, page_x - near); at <= std::min(black.cols - 1, page_x + near); ++at) {
          if (black.at<uchar>(y, at) != 0) return true;
        }
      }
      return false;
    };
    const bool is_above = has_print(group.box.y + top - reach, group.box.y + top);
    const bool is_below = has_print(group.box.y + bottom + 1, group.box.y + bottom + 1 + reach);
    through += is_above && is_below ? 1 : 0;
  }
  return columns > 0 && through >= kLimits.strike_through * columns;
}

bool is_strike(const PageInk& page, const cv::Mat& black, const InkGroup& group) {
  if (group.box.height > kLimits.strike_tallest * page.em) return false;
  if (group.touching < kLimits.strike_touch * group.area) return false;
  if (group.box.width < kLimits.strike_least * page.em) return false;
  if (group.box.width < kLimits.strike_flat * group.box.height) return false;
  return runs_through_print(page, black, group);
}

bool is_off_row(const RowFit& fit) {
  const double above = std::abs(fit.above);
  const double below = std::abs(fit.below);
  return (above > kLimits.level && below > kLimits.level) || std::max(above, below) > 2 * kLimits.level;
}

bool is_tick(const PageInk& page, const InkGroup& group, const StrokeShape& shape) {
  return shape.upright < kLimits.tick_upright && group.box.height >= kLimits.tick_least * page.em &&
         group.touching <= kLimits.free_touch * group.area;
}

}  // namespace

bool has_size_of_writing(const PageInk& page, const InkGroup& group) {
  const double height = group.box.height / page.em;
  const double width = group.box.width / page.em;
  return width <= kLimits.widest && height <= kLimits.tallest && std::max(width, height) >= kLimits.least_side;
}

RowFit fit_to_row(const PageInk& page, const cv::Mat& black, const InkGroup& group) {
  RowFit fit;
  const int reach = static_cast<int>(std::lround(kLimits.row_reach * page.em));
  const int gap = std::max(1, static_cast<int>(std::lround(0.15 * page.em)));
  const cv::Rect whole(0, 0, black.cols, black.rows);
  // Rows of ink through the group's middle, to its left and right, without what stands over and under it.
  const int middle = group.box.y + group.box.height / 2;
  const int tall = std::max(group.box.height, static_cast<int>(std::lround(1.6 * page.em)));
  const cv::Rect left = cv::Rect(group.box.x - gap - reach, middle - tall, reach, 2 * tall) & whole;
  const cv::Rect right = cv::Rect(group.box.br().x + gap, middle - tall, reach, 2 * tall) & whole;
  std::vector<int> inked(static_cast<std::size_t>(2 * tall), 0);
  for (const cv::Rect& side : {left, right}) {
    for (int y = 0; y < side.height; ++y) {
      inked[static_cast<std::size_t>(side.y + y - (middle - tall))] +=
          cv::countNonZero(black(cv::Rect(side.x, side.y + y, side.width, 1)));
    }
  }
  // A ruling line fills a row from side to side: it parts rows of print and is none itself.
  const auto is_print = [&](int y) {
    const int count = inked[static_cast<std::size_t>(y)];
    return count > std::max(1.0, 0.15 * page.em) && count < 0.75 * (left.width + right.width);
  };
  int at = tall;
  for (int step = 0; step < tall / 2 && !is_print(at); ++step) at = tall + (step % 2 == 0 ? step / 2 : -step / 2);
  if (!is_print(at)) return fit;
  int top = at;
  while (top > 0 && is_print(top - 1)) --top;
  int bottom = at;
  while (bottom + 1 < 2 * tall && is_print(bottom + 1)) ++bottom;
  if (bottom - top + 1 < 0.45 * page.em || bottom - top + 1 > 1.8 * page.em) return fit;
  fit.has_print = true;
  fit.above = (top + middle - tall - group.box.y) / page.em;
  fit.below = (group.box.br().y - 1 - (bottom + middle - tall)) / page.em;
  return fit;
}

PenMark mark_by_form(const PageInk& page, const cv::Mat& black, const InkGroup& group, const StrokeShape& shape) {
  if (shape.thickest > kLimits.thickest * page.em / page.scale * 1.6) return PenMark::kNone;
  if (is_ring(page, group, shape)) return PenMark::kRing;
  if (is_strike(page, black, group)) return PenMark::kStrike;
  if (is_tick(page, group, shape)) return PenMark::kSign;
  return PenMark::kNone;
}

PenMark mark_by_reading(const PageInk& page, const InkGroup& group, const StrokeShape& shape, const RowFit& fit,
                        double confidence) {
  if (shape.thickness > kLimits.thickest * page.em / page.scale) return PenMark::kNone;
  if (shape.upright > kLimits.upright_frame || group.touching > kLimits.free_touch * group.area) return PenMark::kNone;
  if (confidence < kLimits.sure && is_word_shaped(page, group)) return PenMark::kNone;
  const double height = group.box.height / page.em;
  if (confidence < kLimits.unread) return height >= kLimits.least_scribble ? PenMark::kSign : PenMark::kNone;
  if (!fit.has_print || height < kLimits.least_letter) return PenMark::kNone;
  if (confidence < kLimits.sure) return is_off_row(fit) ? PenMark::kWords : PenMark::kNone;
  const bool is_taller =
      fit.above > kLimits.taller_each && fit.below > kLimits.taller_each && fit.above + fit.below > kLimits.taller;
  return is_taller ? PenMark::kWords : PenMark::kNone;
}

PenMark mark_by_company(const PageInk& page, const cv::Mat& black, const InkGroup& group, const StrokeShape& shape,
                        const RowFit& fit, double confidence) {
  if (shape.thickness > kLimits.thickest * page.em / page.scale) return PenMark::kNone;
  const bool is_flat = group.box.width > kLimits.strike_flat * group.box.height;
  if (group.touching > kLimits.free_touch * group.area) {
    return is_flat && runs_through_print(page, black, group) ? PenMark::kStrike : PenMark::kNone;
  }
  if (is_word_shaped(page, group)) return PenMark::kNone;
  const bool may_be_print = !fit.has_print || !is_off_row(fit) || group.box.height < kLimits.least_letter * page.em;
  if (confidence >= kLimits.sure && may_be_print) return PenMark::kNone;
  if (is_flat && shape.upright < kLimits.upright_frame) return PenMark::kSign;
  return confidence < kLimits.unread ? PenMark::kSign : PenMark::kWords;
}

bool are_same_ink(const InkGroup& a, const InkGroup& b) { return cv::norm(a.colour - b.colour) < kLimits.same_ink; }

}  // namespace medmark::vision
