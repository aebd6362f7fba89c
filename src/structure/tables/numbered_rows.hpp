// Tables whose first column counts their rows.
//
// Pure functions, thread-safe.
#pragma once

#include "document/block.hpp"

namespace medmark::structure {

// Whether the first column of `next` goes on counting where that of `table` stops: 29, 30 and then 31, 32. A head above
// the first number of `next` does not matter; a table of one numbered row goes on nothing.
[[nodiscard]] bool goes_on_counting(const document::Table& table, const document::Table& next);

}  // namespace medmark::structure
