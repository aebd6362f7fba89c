// Groups of shapes: pieces of one ruling line, strokes of one drawing, strips of one picture. Points as displayed.
// Pure functions, thread-safe.
#pragma once

#include <span>
#include <vector>

#include "base/geometry.hpp"
#include "document/page_evidence.hpp"

namespace medmark::input::pdf {

// Pieces on one axis that touch, overlap or stand at most `gap` apart become one line; lines shorter than
// `least_length` go.
[[nodiscard]] std::vector<document::RulingLine> joined_rulings(std::vector<document::RulingLine> pieces, double gap,
                                                               double least_length);

struct Shape {
  base::Rect box;
  int weight = 1;
};

struct ShapeGroup {
  base::Rect box;
  int weight = 0;  // of all its shapes
};

// Boxes whose distance is at most `gap`, transitively. Large groups are found over a raster, so boxes up to a raster
// cell (`gap`) further apart may join.
[[nodiscard]] std::vector<ShapeGroup> grouped_shapes(std::span<const Shape> shapes, double gap);

// Share of `page` that the boxes cover together, 0..1, over a raster of 100 x 100.
[[nodiscard]] double covered_share(std::span<const base::Rect> boxes, const base::Rect& page);

}  // namespace medmark::input::pdf
