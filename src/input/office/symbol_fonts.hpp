// Characters of fonts that draw signs in place of letters: Wingdings arrows and ticks, Symbol's Greek. A lookup in a
// constant table (symbol_fonts.def), thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace medmark::input::office {

[[nodiscard]] bool is_symbol_font(std::string_view font);

// The character that `code` (with or without the private-use offset 0xF000) stands for in a font; U+FFFD where the font
// is one of signs that are not in the table, `code` itself where it is an ordinary font.
[[nodiscard]] char32_t symbol_character(std::string_view font, char32_t code);

// Text as a font shows it: of a symbol font sign by sign; of others only private-use characters are looked up, in
// Wingdings' table, which is where word processors take them from when the font's name is lost.
[[nodiscard]] std::string text_in_font(std::string_view text, std::string_view font);

}  // namespace medmark::input::office
