// Glyphs of one reading direction, turned so that it leads to the right, and the lines they form: baselines, gaps,
// spaces, scripts.
//
// The inner half of input/text_lines.hpp. Points; y grows downwards. Pure functions, thread-safe.
#pragma once

#include <span>
#include <vector>

#include "input/text_lines.hpp"

namespace medmark::input {

struct Glyph {
  char32_t code = 0;
  bool is_space = false;
  bool is_drawn = true;  // spaces: by the file, not inferred from a gap
  bool is_bold = false;
  double x0 = 0;  // advance box
  double x1 = 0;
  double ink_x0 = 0;
  double ink_x1 = 0;
  double baseline = 0;
  double size = 0;
  int text_object = -1;

  [[nodiscard]] double center() const { return (x0 + x1) / 2; }
};

using Segment = std::vector<Glyph>;

// A vertical ruling in the frame.
struct Barrier {
  double x = 0;
  double y0 = 0;
  double y1 = 0;
};

// Segments of text without wide gaps, in the order of their baselines. Changes the order of `glyphs`. `barriers` are
// sorted by x.
[[nodiscard]] std::vector<Segment> split_into_segments(std::vector<Glyph>& glyphs, std::span<const Barrier> barriers,
                                                       const LineGrouping& grouping);

// Joins scripts to the text they belong to, and the text on both sides of a script. `segments` are sorted by baseline.
[[nodiscard]] std::vector<Segment> attach_scripts(std::vector<Segment> segments, std::span<const Barrier> barriers,
                                                  const LineGrouping& grouping);

}  // namespace medmark::input
