// Grids of cells that drawn lines enclose, by the junctions of the lines.
//
// A missing stretch of line between two grid positions merges them; an outer border that was never drawn is put where
// the inner lines end. Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <span>
#include <vector>

#include "base/geometry.hpp"
#include "structure/tables/ruling_set.hpp"

namespace medmark::structure {

// A cell of a grid: a rectangle of grid positions.
struct GridCell {
  int row = 0;
  int column = 0;
  int row_span = 1;
  int column_span = 1;
};

struct RuledGrid {
  std::vector<double> xs;       // borders of the columns, ascending; one more than there are columns
  std::vector<double> ys;       // borders of the rows
  std::vector<GridCell> cells;  // row-major; every grid position in exactly one
  double drawn_share = 1;       // of the outer border
  int drawn_rows = 0;           // rows between lines that are drawn
  int doubtful_borders = 0;     // inner borders drawn in part only, decided by the text around them

  [[nodiscard]] int row_count() const { return static_cast<int>(ys.size()) - 1; }
  [[nodiscard]] int column_count() const { return static_cast<int>(xs.size()) - 1; }
  [[nodiscard]] base::Rect bbox() const { return {xs.front(), ys.front(), xs.back(), ys.back()}; }
  [[nodiscard]] base::Rect box_of(const GridCell& cell) const;
};

struct RuledGridThresholds {
  double same_border = 4.0;   // pt between lines of one border; the lowest rows in print are 8 pt high
  double lowest_row = 7.0;    // pt from an interruption of vertical lines to the nearest border
  double overhang = 6.0;      // pt that lines reach over the last crossing line where the outer border is missing
  double stub = 25.0;         // pt: a shorter line that does not reach from line to line belongs to a glyph or a mark
  double stub_touch = 3.0;    // pt between its ends and those lines
  double drawn_border = 0.5;  // share of a border that is drawn where it separates; broken lines of scans keep > 0.6
  double doubtful_border = 0.15;  // from this share on it separates where no text crosses
  int most_positions = 6000;      // more grid positions than this is graph paper
};

// `texts` are boxes of the lines of text, which decide borders that are drawn in part.
[[nodiscard]] std::vector<RuledGrid> ruled_grids(const RulingSet& rulings, const RulingTolerance& tolerance,
                                                 std::span<const base::Rect> texts,
                                                 const RuledGridThresholds& thresholds = {});

}  // namespace medmark::structure
