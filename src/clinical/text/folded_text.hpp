// Text as the lexicons see it: without spaces, half width, lower case, one form of each bracket, dash and colon.
//
// Printed and recognised reports write the same label in many ways ("姓 名：", "【主诉】", "Chief Complaint"); all of
// them are folded once and looked up as they are. Every folded character knows the bytes it came from, so that what is
// found can be shown as printed. Values, thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace medmark::clinical {

struct FoldedText {
  std::u32string characters;
  std::vector<std::size_t> begin;       // byte offset of each character in the source
  std::vector<std::size_t> end;         // byte offset behind each character
  std::vector<unsigned char> gap;       // spaces before each character in the source (255 at most)
  std::vector<unsigned char> new_line;  // 1 where a line break stands before the character
  std::size_t source_size = 0;

  [[nodiscard]] std::size_t size() const { return characters.size(); }
  // Byte offset at which the character `i` starts; the end of the text for i == size().
  [[nodiscard]] std::size_t byte_at(std::size_t i) const { return i < begin.size() ? begin[i] : source_size; }
};

// Where a number that begins at `from` must end at the latest: before the first space that parts two digits
// ("1.15 10⁹/L", "12 3"), or at the end of the text.
[[nodiscard]] std::size_t number_limit(const FoldedText& text, std::size_t from);
// The folded form of one character. Superscript and subscript digits become digits.
[[nodiscard]] char32_t folded_character(char32_t c);
[[nodiscard]] FoldedText fold(std::string_view utf8);
// Only the characters, for keys of lexicons.
[[nodiscard]] std::u32string folded_key(std::string_view utf8);
// The folded form as UTF-8, for messages and tests.
[[nodiscard]] std::string folded_utf8(std::string_view utf8);

}  // namespace medmark::clinical
