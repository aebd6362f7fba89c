// The lines of which the cells of a table consist, and what their text says about going on in the line below.
//
// Points of the flat page. Pure functions, thread-safe. Texts are not empty.
#pragma once

#include <string>
#include <vector>

#include "document/page_evidence.hpp"
#include "structure/tables/text_rows.hpp"

namespace medmark::structure {

// A line of a cell.
struct CellLine {
  std::size_t column = 0;
  double y = 0;
  double width = 0;
  double first_token = 0;  // width of what cannot be parted from its beginning
  double em = 10;
  bool is_exact = true;  // places of its characters are known, not interpolated
  std::u32string text;
};

// One line for each column of the band, from the left; words that stand apart in a column are one line of it.
[[nodiscard]] std::vector<CellLine> cell_lines_of(const document::PageEvidence& page, const PlacedBand& band);

// A dash of any form, as ranges have them.
[[nodiscard]] bool is_range_dash(char32_t c);

// "[", "(", full width or not.
[[nodiscard]] bool is_opening_bracket(char32_t c);

// Whether the text is a number or a range that does not stop in the middle.
[[nodiscard]] bool is_whole_value(const std::u32string& text);

// "NT-", the first part of a name in letters.
[[nodiscard]] bool is_hyphenated(const std::u32string& text);

// Whether the text is all in brackets: "[3.5-5.3]".
[[nodiscard]] bool is_bracketed(const std::u32string& text);

// Whether the text says that it names a group: "二、尿有形成分", "【肝功能】", "肾功能：".
[[nodiscard]] bool names_group(const std::u32string& text);

}  // namespace medmark::structure
