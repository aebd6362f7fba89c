// What a person must look at whatever it reads as: print that a pen wrote on, and boxes whose tick is in doubt.
//
// Points of the pages as displayed. Pure function, thread-safe, no failures.
#pragma once

#include <vector>

#include "document/block.hpp"

namespace medmark::structure {

// Sets `needs_review` of blocks and table cells that stand under a block of handwriting on their page, and of those
// that hold a box (□ ☑) whose reading is not sure.
void mark_doubtful_signs(std::vector<document::Block>& blocks);

}  // namespace medmark::structure
