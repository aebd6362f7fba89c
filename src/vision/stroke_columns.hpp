// A single upright stroke that stands alone in a cell: the I of S, I and R in a column of sensitivities, a 1 in a
// column of numbers. Alone it could be any speck; the cells above and below it tell what it is.
//
// Internal to this room. Pure function, thread-safe, no failures.
#pragma once

#include <span>
#include <vector>

#include "vision/range_contradictions.hpp"

namespace medmark::vision {

// Beside each line: what a lone stroke is by its column; 0 for all other lines and where the column does not tell.
[[nodiscard]] std::vector<char32_t> strokes_by_column(std::span<const PlacedText> lines);

}  // namespace medmark::vision
