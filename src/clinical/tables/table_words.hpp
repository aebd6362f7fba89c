// What the rows of a table are, by the words in them. Pure functions, thread-safe.
#pragma once

#include "clinical/lexicon/lexicons.hpp"
#include "document/block.hpp"

namespace medmark::clinical {

// Whether a row holds the headings of columns (of laboratory results or of drugs): at least three such words, or two
// that are all of the row.
[[nodiscard]] bool is_header_row(const document::Table& table, int row, const Lexicons& lexicons);

}  // namespace medmark::clinical
