#include "vision/formula_bars.hpp"

#include <algorithm>
#include <cmath>

#include "base/median.hpp"

namespace medmark::vision {
namespace {

// Of 600 formulas drawn apart from those that the model is measured on; training/formula/decode.py has the same.
struct BarLimits {
  double step = 3.5;            // pixels off a bar's line
  std::size_t gap = 3;          // columns of cells to its next cell
  double least = 3;             // columns of cells a bar has
  double joining_ink = 0.3;     // ink between two runs on one line,
  double joining_share = 0.8;   // and the share of columns that must hold it, from which both are one bar
  std::ptrdiff_t reach = 2;     // rows off a bar's line in which its ink may stand
  double own_share = 0.5;       // of the bar's usual ink, and at least
  double least_ink = 0.15;      // that much: less is paper
  std::size_t hole = 10;        // columns of paper that part a bar
  double over_each_other = 10;  // pixels
};
constexpr BarLimits kLimits;

// A bar may be a little askew: its height at the left and at the right end.
struct Bar {
  double x0 = 0;
  double x1 = 0;
  double y = 0;
  double left = 0;
  double right = 0;

  [[nodiscard]] double length() const { return x1 - x0; }
};

struct Run {
  std::size_t first = 0;
  std::size_t last = 0;
  std::vector<double> ys;

  static constexpr std::ptrdiff_t kCells = 8;

  [[nodiscard]] std::ptrdiff_t count() const { return std::min(kCells, static_cast<std::ptrdiff_t>(ys.size())); }
  [[nodiscard]] double begin() const { return base::median(std::vector<double>(ys.begin(), ys.begin() + count())); }
  [[nodiscard]] double end() const { return base::median(std::vector<double>(ys.end() - count(), ys.end())); }
};

std::vector<Run> runs_of(std::vector<BarCell> cells) {
  std::stable_sort(cells.begin(), cells.end(), [](const auto& a, const auto& b) { return a.column < b.column; });
  std::vector<Run> runs;
  for (const BarCell& cell : cells) {
    Run* home = nullptr;
    double nearest = kLimits.step;
    for (Run& run : runs) {
      if (cell.column - run.last > kLimits.gap) continue;
      const double step = std::abs(cell.y - run.end());
      if (step >= nearest) continue;
      nearest = step;
      home = &run;
    }
    if (home == nullptr) {
      runs.push_back({cell.column, cell.column, {cell.y}});
    } else {
      home->last = cell.column;
      home->ys.push_back(cell.y);
    }
  }
  return runs;
}

// The darkest ink near a line, pixel column by pixel column.
std::vector<double> ink_along(const InkPicture& ink, double x0, double x1, double left, double right) {
  const auto first = static_cast<std::size_t>(std::max(x0, 0.0));
  const std::size_t end = std::min(static_cast<std::size_t>(std::max(x1, 0.0)), ink.columns);
  if (end <= first) return {};
  const auto rows = static_cast<std::ptrdiff_t>(ink.values.size() / ink.columns);
  const double slope = end - first > 1 ? (right - left) / static_cast<double>(end - first - 1) : 0;
  std::vector<double> found;
  found.reserve(end - first);
  for (std::size_t x = first; x < end; ++x) {
    const auto middle = static_cast<std::ptrdiff_t>(std::lround(left + slope * static_cast<double>(x - first) - 0.5));
    float most = 0;
    for (auto y = std::max<std::ptrdiff_t>(middle - kLimits.reach, 0); y <= std::min(middle + kLimits.reach, rows - 1);
         ++y) {
      most = std::max(most, ink.values[static_cast<std::size_t>(y) * ink.columns + x]);
    }
    found.push_back(static_cast<double>(most));
  }
  return found;
}

bool are_joined(const InkPicture& ink, const Bar& left, const Bar& right) {
  const std::vector<double> between = ink_along(ink, left.x1, right.x0, left.right, right.left);
  const auto held =
      std::count_if(between.begin(), between.end(), [](double one) { return one >= kLimits.joining_ink; });
  return static_cast<double>(held) >= kLimits.joining_share * static_cast<double>(between.size());
}

std::vector<Bar> joined(std::vector<Bar> bars, const InkPicture& ink) {
  std::stable_sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) { return a.x0 < b.x0; });
  std::vector<Bar> done;
  for (const Bar& bar : bars) {
    const auto before = std::find_if(done.begin(), done.end(), [&](const Bar& one) {
      return one.x1 <= bar.x0 && std::abs(one.right - bar.left) < kLimits.step && are_joined(ink, one, bar);
    });
    if (before == done.end()) {
      done.push_back(bar);
      continue;
    }
    before->y = (before->y * before->length() + bar.y * bar.length()) / (before->length() + bar.length());
    before->x1 = bar.x1;
    before->right = bar.right;
  }
  return done;
}

// A bar without the paper in it: two fractions side by side have a bar each.
void part(const Bar& bar, const InkPicture& ink, std::vector<Bar>& parts) {
  const std::vector<double> along = ink_along(ink, bar.x0, bar.x1, bar.left, bar.right);
  if (along.empty()) return;
  const double least = std::max(kLimits.own_share * base::median(along), kLimits.least_ink);
  const auto height = [&](std::size_t at) {
    return bar.left + (bar.right - bar.left) * static_cast<double>(at) /
                          static_cast<double>(std::max<std::size_t>(along.size() - 1, 1));
  };
  std::size_t begin = along.size();
  std::size_t last = 0;
  const auto close = [&] {
    if (begin == along.size()) return;
    parts.push_back({bar.x0 + static_cast<double>(begin), bar.x0 + static_cast<double>(last) + 1,
                     (height(begin) + height(last)) / 2, height(begin), height(last)});
    begin = along.size();
  };
  for (std::size_t at = 0; at < along.size(); ++at) {
    if (along[at] < least) continue;
    if (begin != along.size() && at - last > kLimits.hole) close();
    if (begin == along.size()) begin = at;
    last = at;
  }
  close();
}

}  // namespace

std::vector<SeenBar> bars_in(std::vector<BarCell> cells, double cell_width, const InkPicture& ink) {
  std::vector<Bar> bars;
  for (const Run& run : runs_of(std::move(cells))) {
    bars.push_back({static_cast<double>(run.first) * cell_width, static_cast<double>(run.last + 1) * cell_width,
                    base::median(run.ys), run.begin(), run.end()});
  }
  std::vector<Bar> parts;
  for (const Bar& bar : joined(std::move(bars), ink)) part(bar, ink, parts);
  std::stable_sort(parts.begin(), parts.end(), [](const Bar& a, const Bar& b) { return a.length() > b.length(); });
  std::vector<SeenBar> kept;
  for (const Bar& bar : parts) {
    const bool is_over_another = std::any_of(kept.begin(), kept.end(), [&](const SeenBar& other) {
      return bar.x0 < other.x1 && bar.x1 > other.x0 && std::abs(bar.y - other.y) < kLimits.over_each_other;
    });
    if (!is_over_another && bar.length() >= kLimits.least * cell_width) kept.push_back({bar.x0, bar.x1, bar.y});
  }
  return kept;
}

}  // namespace medmark::vision
