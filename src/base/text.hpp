// UTF-8, code points and the character classes that reports need. Pure functions, thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace medmark::base {

// Code points of UTF-8 text. Broken bytes become U+FFFD, so the result is always valid.
[[nodiscard]] std::u32string decode_utf8(std::string_view utf8);
[[nodiscard]] std::string encode_utf8(std::u32string_view code_points);
void append_utf8(std::string& out, char32_t code_point);

// Han ideographs (with extensions and compatibility forms).
[[nodiscard]] bool is_han(char32_t c);
// Characters set in the full width of a Chinese square: Han, CJK punctuation, full-width forms, kana.
[[nodiscard]] bool is_full_width(char32_t c);
[[nodiscard]] bool is_latin_letter(char32_t c);  // with accents
[[nodiscard]] bool is_digit(char32_t c);         // 0-9 only
[[nodiscard]] bool is_space(char32_t c);         // Unicode white space, U+3000 and U+00A0 among them
[[nodiscard]] bool is_one_of(char32_t c, std::u32string_view set);
// The value of a hexadecimal digit in either case; -1 for anything else.
[[nodiscard]] int hexadecimal_digit(char c);

// The digit, plus or minus that a raised (lowered) one stands for: '9' of '⁹', '+' of '₊'; 0 for any other character.
[[nodiscard]] char32_t plain_of_raised(char32_t c);
[[nodiscard]] char32_t plain_of_lowered(char32_t c);
// And back: '⁹' of '9'.
[[nodiscard]] char32_t raised_of_plain(char32_t c);
[[nodiscard]] char32_t lowered_of_plain(char32_t c);

// Without white space at both ends.
[[nodiscard]] std::string trimmed(std::string_view utf8);
// Full-width ASCII forms (U+FF01..U+FF5E) and U+3000 to their half-width ones; everything else unchanged.
[[nodiscard]] std::u32string folded_to_half_width(std::u32string_view text);
// Without any white space.
[[nodiscard]] std::string without_spaces(std::string_view utf8);

// Whether two pieces of text that stood apart (a line break, a gap) take a space between them when joined: none next to
// a full-width character, one between Latin words or numbers.
[[nodiscard]] bool joins_with_space(char32_t before, char32_t after);

}  // namespace medmark::base
