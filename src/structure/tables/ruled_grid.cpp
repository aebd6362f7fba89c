#include "structure/tables/ruled_grid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/median.hpp"
#include "structure/tables/page_words.hpp"
#include "structure/tables/ruling_components.hpp"

namespace medmark::structure {
namespace {

// Lines (sorted by position) by the border they belong to, and where the borders are.
struct Borders {
  std::vector<double> positions;
  std::vector<std::vector<AxisLine>> lines;  // beside each position; empty for a border that was never drawn
};

Borders borders_of(const std::vector<AxisLine>& lines, double same_border) {
  Borders borders;
  double weight = 0;
  for (const AxisLine& line : lines) {
    if (borders.positions.empty() || line.position - borders.positions.back() > same_border) {
      borders.positions.push_back(line.position);
      borders.lines.push_back({line});
      weight = line.length();
      continue;
    }
    borders.positions.back() =
        (borders.positions.back() * weight + line.position * line.length()) / std::max(weight + line.length(), 1e-9);
    weight += line.length();
    borders.lines.back().push_back(line);
  }
  return borders;
}

// Whether so many lines reach beyond the outermost crossing one that a border is missing there: half of them, or those
// at both ends (between them the cells beyond may be merged).
bool is_missing_border(const std::vector<double>& beyond, std::size_t count, bool first_reaches, bool last_reaches) {
  return beyond.size() * 2 >= count + count % 2 || (beyond.size() >= 2 && first_reaches && last_reaches);
}

// Adds the outer borders that `across` (the lines the other way, sorted by position) reach beyond.
void add_missing_ends(Borders& borders, const std::vector<AxisLine>& across, double overhang) {
  const auto reaches_before = [&](const AxisLine& line) { return line.from < borders.positions.front() - overhang; };
  const auto reaches_after = [&](const AxisLine& line) { return line.to > borders.positions.back() + overhang; };
  std::vector<double> before;
  std::vector<double> after;
  for (const AxisLine& line : across) {
    if (reaches_before(line)) before.push_back(line.from);
    if (reaches_after(line)) after.push_back(line.to);
  }
  const bool add_before = !before.empty() && is_missing_border(before, across.size(), reaches_before(across.front()),
                                                               reaches_before(across.back()));
  const bool add_after = !after.empty() && is_missing_border(after, across.size(), reaches_after(across.front()),
                                                             reaches_after(across.back()));
  if (add_before) {
    borders.positions.insert(borders.positions.begin(), base::median(before));
    borders.lines.insert(borders.lines.begin(), std::vector<AxisLine>{});
  }
  if (add_after) {
    borders.positions.push_back(base::median(after));
    borders.lines.emplace_back();
  }
}

// Adds borders of rows where vertical lines begin or end between horizontal ones: cells merged across, with no line
// drawn above or below them.
void add_interruptions(Borders& y, const std::vector<AxisLine>& verticals, int needed,
                       const RuledGridThresholds& thresholds) {
  std::vector<AxisLine> ends;
  for (const AxisLine& line : verticals) {
    for (const double end : {line.from, line.to}) {
      if (end > y.positions.front() && end < y.positions.back()) ends.push_back({end, line.position, line.position, 0});
    }
  }
  std::sort(ends.begin(), ends.end(), [](const AxisLine& a, const AxisLine& b) { return a.position < b.position; });
  for (const AxisLine& end : ends) {
    const auto above = std::lower_bound(y.positions.begin(), y.positions.end(), end.position);
    const bool apart = *above - end.position >= thresholds.lowest_row &&
                       (above == y.positions.begin() || end.position - *(above - 1) >= thresholds.lowest_row);
    const auto ends_here = std::count_if(ends.begin(), ends.end(), [&](const AxisLine& other) {
      return std::abs(other.position - end.position) <= thresholds.same_border;
    });
    if (!apart || ends_here < needed) continue;
    y.lines.insert(y.lines.begin() + (above - y.positions.begin()), std::vector<AxisLine>{});
    y.positions.insert(above, end.position);
  }
}

// Takes away borders of rows that no cell begins or ends at.
void drop_unused_rows(RuledGrid& grid) {
  for (int border = grid.row_count() - 1; border > 0; --border) {
    const bool used = std::any_of(grid.cells.begin(), grid.cells.end(), [&](const GridCell& cell) {
      return cell.row == border || cell.row + cell.row_span == border;
    });
    if (used) continue;
    grid.ys.erase(grid.ys.begin() + border);
    for (GridCell& cell : grid.cells) {
      if (cell.row > border) {
        --cell.row;
      } else if (cell.row + cell.row_span > border) {
        --cell.row_span;
      }
    }
  }
}

double drawn_share_of(const Borders& borders, const Borders& across) {
  const double from = across.positions.front();
  const double to = across.positions.back();
  const double drawn = covered_length(borders.lines.front(), from, to) + covered_length(borders.lines.back(), from, to);
  return drawn / std::max(2 * (to - from), 1e-9);
}

// A matrix of flags beside grid positions.
class Flags {
 public:
  Flags(int rows, int columns) : columns_(columns), values_(static_cast<std::size_t>(rows * columns), 0) {}
  [[nodiscard]] bool at(int row, int column) const { return values_[index(row, column)] != 0; }
  void set(int row, int column) { values_[index(row, column)] = 1; }

 private:
  [[nodiscard]] std::size_t index(int row, int column) const {
    return static_cast<std::size_t>(row * columns_ + column);
  }
  int columns_;
  std::vector<char> values_;
};

// The vertical line beside cells that span rows, where it was lost: a horizontal line that stops short of the left
// border, at the height of whose end text stands half above and half below it, must meet one between that text and what
// follows it.
void restore_lines_beside_spans(RulingComponent& component, std::span<const base::Rect> texts,
                                const RuledGridThresholds& thresholds) {
  const double left = component.verticals.front().position;
  std::vector<AxisLine> restored;
  double lowest = left;
  double highest = std::numeric_limits<double>::max();
  for (const AxisLine& line : component.horizontals) {
    if (line.from < left + thresholds.stub) continue;
    double top = component.horizontals.front().position;
    double bottom = component.horizontals.back().position;
    for (const AxisLine& other : component.horizontals) {
      if (other.from > left + thresholds.overhang) continue;
      if (other.position < line.position) top = std::max(top, other.position);
      if (other.position > line.position) bottom = std::min(bottom, other.position);
    }
    double spanning_end = left;
    for (const base::Rect& text : texts) {
      const bool straddles = text.y0 + 2 < line.position && text.y1 - 2 > line.position && text.x0 > left;
      if (straddles && text.x1 <= line.from + thresholds.same_border) spanning_end = std::max(spanning_end, text.x1);
    }
    if (spanning_end <= left) continue;
    double next_start = component.verticals.back().position;
    for (const base::Rect& text : texts) {
      const bool inside = text.center_y() > top && text.center_y() < bottom && text.x0 > spanning_end;
      if (inside) next_start = std::min(next_start, text.x0);
    }
    const bool drawn = std::any_of(component.verticals.begin(), component.verticals.end(), [&](const AxisLine& other) {
      return other.position > spanning_end - 2 && other.position < next_start + 2 && other.from < line.position &&
             other.to > line.position;
    });
    if (drawn) continue;
    lowest = std::max(lowest, spanning_end);
    highest = std::min(highest, next_start);
    restored.push_back({0, top, bottom, 0});
  }
  if (restored.empty() || highest - lowest < thresholds.same_border) return;
  for (AxisLine& line : restored) {
    line.position = std::max((lowest + highest) / 2, highest - thresholds.overhang);
    component.verticals.push_back(line);
  }
  std::sort(component.verticals.begin(), component.verticals.end(),
            [](const AxisLine& a, const AxisLine& b) { return a.position < b.position; });
}

// Which grid positions run into their right and lower neighbours because no line stands between.
struct OpenBorders {
  Flags right;
  Flags down;
  int doubtful = 0;
};

struct BorderJudge {
  const RuledGridThresholds& thresholds;
  std::span<const base::Rect> texts;
  int doubtful = 0;

  // `middle` is the box around the border where crossing text would stand.
  bool separates(const std::vector<AxisLine>& lines, double from, double to, const base::Rect& middle) {
    const double share = covered_length(lines, from, to) / std::max(to - from, 1e-9);
    if (share >= thresholds.drawn_border) return true;
    if (share < thresholds.doubtful_border) return false;
    ++doubtful;
    const bool is_upright = middle.height() > middle.width();
    return std::none_of(texts.begin(), texts.end(), [&](const base::Rect& text) {
      if (intersection(text, middle).empty()) return false;
      if (is_upright) return text.x0 < middle.x0 - 2 && text.x1 > middle.x1 + 2;
      return text.y0 < middle.y0 - 1.5 && text.y1 > middle.y1 + 1.5;
    });
  }
};

OpenBorders open_borders(const Borders& x, const Borders& y, BorderJudge judge) {
  const int rows = static_cast<int>(y.positions.size()) - 1;
  const int columns = static_cast<int>(x.positions.size()) - 1;
  OpenBorders open{Flags(rows, columns), Flags(rows, columns), 0};
  for (int row = 0; row < rows; ++row) {
    const double top = y.positions[static_cast<std::size_t>(row)];
    const double bottom = y.positions[static_cast<std::size_t>(row) + 1];
    for (int column = 0; column < columns; ++column) {
      const double left = x.positions[static_cast<std::size_t>(column)];
      const auto right_index = static_cast<std::size_t>(column) + 1;
      const double right = x.positions[right_index];
      if (column + 1 < columns &&
          !judge.separates(x.lines[right_index], top, bottom, {right - 0.5, top + 2, right + 0.5, bottom - 2})) {
        open.right.set(row, column);
      }
      const auto& below = y.lines[static_cast<std::size_t>(row) + 1];
      if (row + 1 < rows && !judge.separates(below, left, right, {left + 2, bottom - 0.5, right - 2, bottom + 0.5})) {
        open.down.set(row, column);
      }
    }
  }
  open.doubtful = judge.doubtful;
  return open;
}

// Whether the positions `first`..`last` of `row` are one run of open borders, closed at both sides.
bool is_run(const OpenBorders& open, int row, int first, int last, int columns) {
  if (first > 0 && open.right.at(row, first - 1)) return false;
  if (last + 1 < columns && open.right.at(row, last)) return false;
  for (int column = first; column < last; ++column) {
    if (!open.right.at(row, column)) return false;
  }
  return true;
}

// Rectangles of positions without a line between them. Where the missing lines would leave another shape than a
// rectangle, it is cut by rows.
std::vector<GridCell> cells_of(const OpenBorders& open, int rows, int columns) {
  std::vector<GridCell> cells;
  Flags taken(rows, columns);
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      if (taken.at(row, column)) continue;
      int last = column;
      while (last + 1 < columns && open.right.at(row, last) && !taken.at(row, last + 1)) ++last;
      int bottom = row;
      const auto open_below = [&](int at) {
        for (int c = column; c <= last; ++c) {
          if (!open.down.at(at, c)) return false;
        }
        return true;
      };
      while (bottom + 1 < rows && open_below(bottom) && is_run(open, bottom + 1, column, last, columns)) ++bottom;
      for (int r = row; r <= bottom; ++r) {
        for (int c = column; c <= last; ++c) taken.set(r, c);
      }
      cells.push_back({row, column, bottom - row + 1, last - column + 1});
    }
  }
  return cells;
}

}  // namespace

base::Rect RuledGrid::box_of(const GridCell& cell) const {
  return {xs[static_cast<std::size_t>(cell.column)], ys[static_cast<std::size_t>(cell.row)],
          xs[static_cast<std::size_t>(cell.column + cell.column_span)],
          ys[static_cast<std::size_t>(cell.row + cell.row_span)]};
}

std::vector<RuledGrid> ruled_grids(const RulingSet& rulings, const RulingTolerance& tolerance,
                                   std::span<const base::Rect> texts, const RuledGridThresholds& thresholds) {
  RulingSet kept = rulings;
  drop_stubs(kept, std::min(tolerance.touch, thresholds.stub_touch), thresholds.stub);
  std::vector<RuledGrid> grids;
  for (RulingComponent& component : components_of(kept, tolerance.touch)) {
    restore_lines_beside_spans(component, texts, thresholds);
    Borders x = borders_of(component.verticals, thresholds.same_border);
    Borders y = borders_of(component.horizontals, thresholds.same_border);
    add_missing_ends(x, component.horizontals, thresholds.overhang);
    add_missing_ends(y, component.verticals, thresholds.overhang);
    if (x.positions.size() < 2 || y.positions.size() < 2) continue;
    const int drawn_rows = static_cast<int>(y.positions.size()) - 1;
    add_interruptions(y, component.verticals, tolerance.interruption, thresholds);
    if (static_cast<int>((x.positions.size() - 1) * (y.positions.size() - 1)) > thresholds.most_positions) continue;
    const OpenBorders open = open_borders(x, y, {thresholds, texts, 0});
    RuledGrid grid;
    grid.xs = x.positions;
    grid.ys = y.positions;
    grid.cells = cells_of(open, grid.row_count(), grid.column_count());
    drop_unused_rows(grid);
    grid.drawn_rows = drawn_rows;
    grid.drawn_share = (drawn_share_of(x, y) + drawn_share_of(y, x)) / 2;
    grid.doubtful_borders = open.doubtful;
    grids.push_back(std::move(grid));
  }
  return grids;
}

}  // namespace medmark::structure
