// The entries of a printed list. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <vector>

#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {

// The parts of a list in folded characters [begin, end): numbered entries, lines, or pieces between semicolons; without
// numbers and closing marks.
struct Entry {
  std::size_t begin = 0;
  std::size_t end = 0;
};
[[nodiscard]] std::vector<Entry> split_entries(const FoldedText& text, std::size_t begin, std::size_t end);
// Takes closing and separating marks off both ends.
void trim_entry(const FoldedText& text, Entry& entry);

}  // namespace medmark::clinical
