// Lines that were found on a scan and are none of a table: stems of digits below each other, strokes of large print,
// the edges of the sheet.
//
// Points of the flat page. Pure functions, thread-safe, no failures.
#pragma once

#include <vector>

#include "document/page_evidence.hpp"

namespace medmark::structure {

// The page's ruling lines without such; those of a native page as they are, for they were drawn as lines.
[[nodiscard]] std::vector<document::RulingLine> rulings_of_tables(const document::PageEvidence& page);

}  // namespace medmark::structure
