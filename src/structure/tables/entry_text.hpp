// What the text of an entry says about its place in a table: a header, a label with its value, running text, a number.
//
// Pure functions, thread-safe. Texts are code points.
#pragma once

#include <string>
#include <string_view>

namespace medmark::structure {

// Whether the text is one of the words that head columns (header_words.def).
[[nodiscard]] bool is_header_word(std::u32string_view text);

// Whether the text carries a label and a colon ("姓名：...", "Age: 5"), with or without its value; not a time or a
// ratio.
[[nodiscard]] bool is_labelled(std::u32string_view text);

// Whether the text is a value as tables hold them: a number, a range, a bound, a mark, a qualitative result in signs.
[[nodiscard]] bool is_numeric(std::u32string_view text);

// Whether the text begins with a number and is no sentence: a result with its mark, unit and range ("58.6 ↑ mmHg
// [35.0-45.0]").
[[nodiscard]] bool starts_with_value(std::u32string_view text);

// Whether the text starts like an entry of a list: "1.", "2、", "(3)", "①", a bullet.
[[nodiscard]] bool starts_with_enumerator(std::u32string_view text);

// Whether the text begins like a note below a table: "注：", "备注：", "*", "Note:".
[[nodiscard]] bool starts_note(std::u32string_view text);

// Whether the text begins like a caption: "表1", "图 2", "Table 3", "Fig. 4".
[[nodiscard]] bool starts_caption(std::u32string_view text);

// Whether more brackets open in the text than close.
[[nodiscard]] bool leaves_bracket_open(std::u32string_view text);

// Whether the text ends like a sentence.
[[nodiscard]] bool ends_sentence(std::u32string_view text);

}  // namespace medmark::structure
