// Numbered headings of scans, told by their series.
//
// Recognition loses the space behind the number ("1背景"), and the size of so short a line is too unsure to tell it
// from text that begins with a count. Lines numbered one after the other, a little larger than the body and apart from
// each other, are headings. Pure function, thread-safe.
#pragma once

#include <span>
#include <vector>

#include "structure/page/fragments.hpp"

namespace medmark::structure {

// Beside each fragment: whether it belongs to such a series. `body_size` is in points.
[[nodiscard]] std::vector<bool> numbered_series_of(std::span<const Fragment> fragments, double body_size);

}  // namespace medmark::structure
