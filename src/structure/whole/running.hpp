// Headers and footers that run over the pages of a document, found by repetition.
//
// What repeats at the top of a page in the order of the page before (a hospital's name, the report's title, a row of
// fields) is printed once and becomes a header on the pages behind; where the fields differ, a new report begins and
// nothing is marked. Pure functions, thread-safe.
#pragma once

#include <vector>

#include "structure/page.hpp"

namespace medmark::structure {

void mark_running_lines(std::vector<PageBlocks>& pages);

}  // namespace medmark::structure
