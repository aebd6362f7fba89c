// Entries of a band put into columns; entries that run over a column border are cut where two of them were read as one.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "document/page_evidence.hpp"
#include "structure/tables/page_words.hpp"
#include "structure/tables/text_columns.hpp"

namespace medmark::structure {

struct PlacedEntry {
  std::size_t first = 0;  // columns it stands in or spans
  std::size_t last = 0;
  base::Rect bbox;
  std::vector<Word> words;

  [[nodiscard]] bool spans() const { return last > first; }
};

// Left to right.
[[nodiscard]] std::vector<PlacedEntry> placed_entries(const document::PageEvidence& page, std::span<const Word> words,
                                                      const Band& band, std::span<const TextColumn> columns);

// The entry's text, with a space between words.
[[nodiscard]] std::u32string text_of(const document::PageEvidence& page, std::span<const Word> words);

// Character index inside `word` at which it is best cut for a border at x: the change from one kind of character to
// another nearest to it within `reach` points, else the character edge nearest to x. Between begin + 1 and end - 1;
// `end` where only a change of kind would do and there is none.
enum class CutRule { kNearestEdge, kChangeOfKind };
[[nodiscard]] std::size_t best_cut(const document::TextLine& line, const Word& word, double x, double reach,
                                   CutRule rule);

}  // namespace medmark::structure
