// The words of a page with their boxes, the atoms that tables are made of, and the visual rows they stand in.
//
// A word is a stretch of one text line without a space in it. Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/geometry.hpp"
#include "document/page_evidence.hpp"

namespace medmark::structure {

// Characters [begin, end) of a line. Refers to the page's lines by index.
struct Word {
  std::size_t line = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  base::Rect bbox;
  double em = 0;  // size of the text in points
  bool is_vertical = false;
  bool is_header = false;     // one of the words that head columns
  bool is_exact = true;       // the boxes of its characters are known, not interpolated
  bool ends_blank = false;    // with a full-width mark, the right half of which is blank: "，", "）"
  bool begins_blank = false;  // "（", "“"
  bool ends_bracket = false;  // "MIC(μg/mL)"
};

// A text line whose text may stand in a table: seals, watermarks, handwriting and slanted text may not.
[[nodiscard]] bool may_stand_in_table(const document::TextLine& line);

// Size of a line's text in points, by its font or else by its height.
[[nodiscard]] double em_of(const document::TextLine& line);

// All words of the page's lines, in the order of the lines.
[[nodiscard]] std::vector<Word> words_of(const document::PageEvidence& page);

// The word of a stretch of characters of `line`.
[[nodiscard]] Word word_of(const document::TextLine& line, std::size_t line_index, std::size_t begin, std::size_t end);

[[nodiscard]] std::u32string code_points_of(const document::PageEvidence& page, const Word& word);

// Words that stand beside each other, at one height.
struct Band {
  base::Rect bbox;
  double center = 0;               // mean middle of its words
  std::vector<std::size_t> words;  // indices, by x
  std::vector<int> levels;         // of each word, from the top, where the band has several lines; else empty
};

// Groups the words at `indices` into bands, from the top.
[[nodiscard]] std::vector<Band> bands_of(std::span<const Word> words, std::span<const std::size_t> indices);

// Neighbouring words of one band without a wide gap: what a reader sees as one entry.
struct Entry {
  base::Rect bbox;
  std::vector<std::size_t> words;
};

// Gap between two neighbouring words of a band in ems. Boxes that a detector told apart count by what it added to them.
[[nodiscard]] double gap_between(const Word& before, const Word& after);

// Cuts a band into entries where the gap is wider than `gap` ems. The words of an entry stand in reading order.
[[nodiscard]] std::vector<Entry> entries_of(std::span<const Word> words, const Band& band, double gap);

// Median size of the words' text in points; 10 for no words.
[[nodiscard]] double median_em(std::span<const Word> words, std::span<const std::size_t> indices);

}  // namespace medmark::structure
