// Whether a printed line goes on in the next one.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "structure/page/fragments.hpp"

namespace medmark::structure {

// One row of running text in its column.
struct ProseLine {
  base::Rect bbox;
  double size = 0;
  std::u32string text;
  bool size_is_exact = false;
};

struct ProseColumn {
  double left = 0;   // where lines begin that are not indented
  double right = 0;  // where full lines end
  double em = 10;
  double line_gap = 3;  // usual white space between lines of a paragraph, points
};

[[nodiscard]] ProseColumn column_of(std::span<const ProseLine> lines, double column_x0, double column_x1, double em);

// Whether the line reaches the column's end, or comes so near to it that the first word of `next` would not have fit.
[[nodiscard]] bool is_full(const ProseLine& line, const ProseLine* next, const ProseColumn& column);

[[nodiscard]] bool is_indented(const ProseLine& line, const ProseColumn& column);

// Whether the text begins something of its own: a label (【主诉】, 主诉：), a number of a list.
[[nodiscard]] bool starts_entry(std::u32string_view text);

// Whether the text ends a sentence.
[[nodiscard]] bool closes_sentence(std::u32string_view text);

// `paragraph` holds the lines so far, from its first to the one before `next`.
[[nodiscard]] bool goes_on(std::span<const ProseLine> paragraph, const ProseLine& next, const ProseColumn& column);

}  // namespace medmark::structure
