// Levels of the headings of a whole document.
//
// The report's title is level 1 (the hospital's name on a line of its own above it is level 1 and the title 2),
// sections come under it, in the order of their numbering (第一章, 一、, （一）, 1, 1.1) and of their size; bookmarks
// of the file decide where they name a heading. Pure functions, thread-safe.
#pragma once

#include <vector>

#include "structure/page.hpp"

namespace medmark::structure {

void set_heading_levels(std::vector<PageBlocks>& pages, const std::vector<document::OutlineEntry>& outline);

}  // namespace medmark::structure
