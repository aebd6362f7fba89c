// Words that reports use for their own structure: sections, titles, hospitals, field names, page furniture.
//
// The lists are the files of data/, compiled in. Lookups take text as printed; width, spaces, colons and letter case do
// not count. Pure functions over constant tables, thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace medmark::structure {

// Text in the form the lexicons are compared in: half width, lower case, without spaces.
[[nodiscard]] std::u32string folded_key(std::u32string_view text);

// Whether the text, without number, brackets and colon around it, is the heading of a section.
[[nodiscard]] bool is_section_word(std::u32string_view text);
// Whether it ends as headings of sections often do.
[[nodiscard]] bool has_section_ending(std::u32string_view text);
// Whether it ends as titles of reports do (检验报告单, 出院记录), bracketed additions left out.
[[nodiscard]] bool has_report_title_ending(std::u32string_view text);
// Whether it is the name of a hospital or laboratory, and nothing more.
[[nodiscard]] bool is_hospital_name(std::u32string_view text);
// Whether the text is the name of a field.
[[nodiscard]] bool is_field_name(std::u32string_view text);
// Names and section words count in two languages side by side too: 姓名 Name, Chief Complaint 主诉.
// Length in code points of the longest field name that ends right at the end of `text` (spaces inside the name count);
// 0 for none.
[[nodiscard]] std::size_t field_name_at_end(std::u32string_view text);
// Length in code points of the longest field name at the start of `text`; 0 for none.
[[nodiscard]] std::size_t field_name_at_start(std::u32string_view text);
// Whether the text holds a phrase of page furniture: a disclaimer, an address, a printing mark.
[[nodiscard]] bool has_furniture_phrase(std::u32string_view text);

// Where the heading's words begin behind a printed number ("一、", "(二)", "3.1 ", "第二章 "), and how it is numbered.
enum class NumberKind { kNone, kChapter, kChinese, kChineseBracket, kArabic, kArabicBracket, kCircled, kBullet };
struct Numbering {
  NumberKind kind = NumberKind::kNone;
  int depth = 0;           // 1 for "3", 2 for "3.1"; 1 for other kinds
  std::size_t length = 0;  // code points up to the words
  bool has_mark = false;   // a mark (、.) stands behind the number, not only a space
};
[[nodiscard]] Numbering numbering_of(std::u32string_view text);

}  // namespace medmark::structure
