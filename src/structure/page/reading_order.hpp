// The flows of a page: stretches of one column each, in reading order.
//
// Columns are looked for where text on both sides of a gutter runs on in lines that fill their side (prose). Grids of
// fields, remains of tables and pictures side by side have no such lines and stay one flow that is read row by row. A
// stack of pictures with text beside it is two columns. Whatever crosses a gutter (a title, a wide table) ends the
// columns above it. Boxes drawn side by side are read one after the other, whatever stands in them. Points of the flat
// page. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/geometry.hpp"
#include "document/page_evidence.hpp"
#include "structure/page/fragments.hpp"

namespace medmark::structure {

struct Flow {
  std::vector<std::size_t> fragments;
  std::vector<std::size_t> obstacles;
  base::Rect bbox;
  double column_x0 = 0;  // the column's edges; wider than bbox where only a title stands in it
  double column_x1 = 0;
};

struct Obstacle {
  base::Rect bbox;
  bool is_figure = false;
};

// `fragments` at `indices` are the text; `obstacles` are figures, tables and formulas with their captions.
// `em` is the size of the body's text; `frames` are drawn boxes that are no tables.
[[nodiscard]] std::vector<Flow> flows_of(std::span<const Fragment> fragments, std::span<const std::size_t> indices,
                                         std::span<const Obstacle> obstacles, std::span<const base::Rect> frames,
                                         double page_width, double em);

// Boxes of four drawn lines, closed at their corners, that hold nothing drawn but themselves.
[[nodiscard]] std::vector<base::Rect> frames_of(std::span<const document::RulingLine> rulings,
                                                document::TextSource source);

}  // namespace medmark::structure
