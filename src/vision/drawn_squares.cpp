#include "vision/drawn_squares.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace medmark::vision {
namespace {

// In em of the print. Set on the nursing assessments of the corpus in five grades, whose fonts draw boxes from 0.45 to
// 0.9 em.
struct SquareLimits {
  double least_side = 0.36;
  double largest_side = 1.25;
  double square = 0.22;       // of the larger side: how far the other may differ
  double corner = 0.1;        // between the ends of sides that meet
  double side_covered = 0.8;  // of the rows (columns) of a side that hold ink
  double side_drawn = 0.65;   // of a side is ink before gaps are closed: sides of a fax are dotted
  double band = 0.08;         // width of the strip in which a side runs
  double gap = 0.22;          // in a side: sides of a fax are dotted
  double inner_margin = 0.2;  // of the side: what is nearer to the frame is not looked at
  double most_empty = 0.06;   // share of ink inside
  double least_marked = 0.14;
};
constexpr SquareLimits kLimits;

struct SideRun {
  int y = 0;
  int begin = 0;
  int end = 0;
};

// Runs of `whole` (ink with its small gaps closed) along rows that are as long as a side.
std::vector<SideRun> side_runs(const cv::Mat& ink, const cv::Mat& whole, double em) {
  std::vector<SideRun> runs;
  for (int y = 0; y < whole.rows; ++y) {
    const auto* row = whole.ptr<uchar>(y);
    for (int x = 0; x < whole.cols;) {
      if (row[x] == 0) {
        ++x;
        continue;
      }
      const int begin = x;
      while (x < whole.cols && row[x] != 0) ++x;
      const int length = x - begin;
      if (length < kLimits.least_side * em || length > kLimits.largest_side * em) continue;
      // What closing has filled is no side: the two arms of an arc.
      const int drawn = cv::countNonZero(ink(cv::Rect(begin, y, length, 1)));
      if (drawn >= kLimits.side_drawn * length) runs.push_back({y, begin, x});
    }
  }
  return runs;
}

// Share of the rows [top, bottom) with ink in columns [from, to).
double covered(const cv::Mat& ink, int from, int to, int top, int bottom) {
  from = std::max(0, from);
  to = std::min(ink.cols, to);
  if (from >= to || bottom <= top) return 0;
  int count = 0;
  for (int y = top; y < bottom; ++y) {
    const auto* row = ink.ptr<uchar>(y);
    count += std::any_of(row + from, row + to, [](uchar v) { return v != 0; }) ? 1 : 0;
  }
  return static_cast<double>(count) / (bottom - top);
}

SquareState state_of(const cv::Mat& ink, const cv::Rect& box) {
  const int margin = std::max(2, static_cast<int>(std::lround(kLimits.inner_margin * std::min(box.width, box.height))));
  const cv::Rect inner(box.x + margin, box.y + margin, box.width - 2 * margin, box.height - 2 * margin);
  if (inner.width < 2 || inner.height < 2) return SquareState::kUnclear;
  const double share = static_cast<double>(cv::countNonZero(ink(inner))) / inner.area();
  if (share <= kLimits.most_empty) return SquareState::kEmpty;
  return share >= kLimits.least_marked ? SquareState::kMarked : SquareState::kUnclear;
}

}  // namespace

std::vector<DrawnSquare> drawn_squares(const cv::Mat& ink, double em) {
  // Sides of a poor scan are broken by a pixel here and there.
  const int gap = 2 * static_cast<int>(kLimits.gap * em / 2) + 1;
  cv::Mat across;
  cv::Mat down;
  cv::morphologyEx(ink, across, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {gap, 1}));
  cv::morphologyEx(ink, down, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {1, gap}));
  const cv::Mat whole = across | down;
  const std::vector<SideRun> runs = side_runs(ink, whole, em);
  const int corner = std::max(2, static_cast<int>(std::lround(kLimits.corner * em)));
  const int band = std::max(2, static_cast<int>(std::lround(kLimits.band * em)));
  std::vector<cv::Rect> boxes;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    for (std::size_t k = i + 1; k < runs.size(); ++k) {
      const SideRun& top = runs[i];
      const SideRun& foot = runs[k];
      if (std::abs(top.begin - foot.begin) > corner || std::abs(top.end - foot.end) > corner) continue;
      const cv::Rect box(cv::Point(std::min(top.begin, foot.begin), top.y),
                         cv::Point(std::max(top.end, foot.end), foot.y + 1));
      if (std::abs(box.width - box.height) > kLimits.square * std::max(box.width, box.height)) continue;
      if (covered(whole, box.x, box.x + band, box.y, box.br().y) < kLimits.side_covered) continue;
      if (covered(whole, box.br().x - band, box.br().x, box.y, box.br().y) < kLimits.side_covered) continue;
      boxes.push_back(box);
    }
  }
  // Thick sides give several boxes: the largest of those that overlap.
  std::sort(boxes.begin(), boxes.end(), [](const cv::Rect& a, const cv::Rect& b) { return a.area() > b.area(); });
  std::vector<DrawnSquare> squares;
  for (const cv::Rect& box : boxes) {
    const bool is_part = std::any_of(squares.begin(), squares.end(),
                                     [&](const DrawnSquare& other) { return !(other.box & box).empty(); });
    if (!is_part) squares.push_back({box, state_of(ink, box)});
  }
  std::sort(squares.begin(), squares.end(), [](const auto& a, const auto& b) { return a.box.x < b.box.x; });
  return squares;
}

}  // namespace medmark::vision
