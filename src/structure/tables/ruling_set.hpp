// The drawn lines of a page, put in order: horizontal and vertical, broken pieces joined, double lines made one.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <span>
#include <vector>

#include "document/page_evidence.hpp"

namespace medmark::structure {

// One line along an axis: a horizontal one has its y as `position` and its x as `from`..`to`, a vertical one the
// reverse.
struct AxisLine {
  double position = 0;
  double from = 0;
  double to = 0;
  double width = 0;

  [[nodiscard]] double length() const { return to - from; }
};

struct RulingSet {
  std::vector<AxisLine> horizontals;  // sorted by position
  std::vector<AxisLine> verticals;    // sorted by position
};

// How far apart drawn lines may lie and still be one, in points. Cells drawn one by one leave gaps below 1 pt and
// borders of 2 px with a spacing of 2 px lie 3 pt apart; line detection at 200 DPI is within 0.4 pt and leaves holes of
// up to 6 pt.
struct RulingTolerance {
  double parallel = 3.2;  // between the two strokes of a double line
  double gap = 4.0;       // between pieces of one line
  double touch = 3.5;     // between the end of a line and the line it meets
  int interruption = 1;   // vertical lines that must begin or end at one height to show merged cells
  double shortest = 6.0;  // anything shorter after joining is a stroke of a glyph
};

[[nodiscard]] RulingTolerance ruling_tolerance(document::TextSource source);

[[nodiscard]] RulingSet normalised_rulings(std::span<const document::RulingLine> rulings,
                                           const RulingTolerance& tolerance);

// Total length of [from, to] that the lines cover, where all of them lie on one position.
[[nodiscard]] double covered_length(std::span<const AxisLine> lines, double from, double to);

}  // namespace medmark::structure
