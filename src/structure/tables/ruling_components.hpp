// Drawn lines that belong together: those of one grid touch each other, those of a glyph or a mark hang loose.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <vector>

#include "structure/tables/ruling_set.hpp"

namespace medmark::structure {

// Lines that touch each other, directly or through others.
struct RulingComponent {
  std::vector<AxisLine> horizontals;
  std::vector<AxisLine> verticals;
};

// Takes away lines shorter than `stub` that hang loose at one end (farther than `tolerance` from any line across),
// until none is left.
void drop_stubs(RulingSet& rulings, double tolerance, double stub);

// Components with lines both ways, each way sorted by position.
[[nodiscard]] std::vector<RulingComponent> components_of(const RulingSet& rulings, double tolerance);

}  // namespace medmark::structure
