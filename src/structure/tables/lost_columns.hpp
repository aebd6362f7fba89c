// A column that holds nothing on the next page of a table, such as that of the flags, is not seen there.
//
// Pure functions, thread-safe.
#pragma once

#include "document/block.hpp"

namespace medmark::structure {

// Where the rows of `next`, read from the page behind the last one of `block`, go on counting those of `block` but
// stand in fewer columns: gives `next` the empty columns it lacks, and asks for a review. Leaves it alone where not
// every column stands clearly below one of `block`, in the same order, or where a page is displayed turned.
void restore_lost_columns(const document::Block& block, document::Block& next);

}  // namespace medmark::structure
