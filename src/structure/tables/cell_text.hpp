// The text of a cell from the words that stand in it: bands from the top, words from the left, wrapped lines rejoined.
//
// Pure function, thread-safe. Points of the flat page.
#pragma once

#include <vector>

#include "document/page_evidence.hpp"
#include "structure/tables/page_words.hpp"

namespace medmark::structure {

// Writes `text`, `runs`, `confidence` and `needs_review` of the cell. Lines are rejoined without a space next to
// full-width characters, hyphens and slashes, and with one between Latin words; entries of a list stay on lines of
// their own ('\n').
void compose_cell_text(const document::PageEvidence& page, const std::vector<Word>& words, document::TableCell& cell);

}  // namespace medmark::structure
