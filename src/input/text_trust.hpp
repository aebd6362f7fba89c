// Whether what a PDF says a glyph is can be believed: private-use code points, missing maps, Latin mush from Chinese
// fonts. Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace medmark::input {

// Code points that no text holds: controls, private use, surrogates, U+FFFD, non-characters.
[[nodiscard]] bool is_untrustworthy(char32_t code);

// What a private-use code point (U+F020..U+F0FF) of a symbol font means, by the font's name: arrows, ticks, bullets,
// Greek. Empty where the font is no known symbol font or the symbol is not one that reports use.
[[nodiscard]] std::optional<char32_t> symbol_font_character(char32_t code, std::string_view font_name);

// One drawn character of a font, for judging the font's map as a whole.
struct FontSample {
  char32_t code = 0;
  double advance = 0;     // in ems of the size the file names
  double ink_height = 0;  // likewise; 0 where nothing is drawn
};

// Whether a font draws full-width glyphs but maps them to Latin letters, digits and signs, as fonts with lost or stolen
// maps do. Needs at least kMinimumSamples characters to say so; a wide Latin font has narrow letters too.
[[nodiscard]] bool maps_full_width_to_latin(const std::vector<FontSample>& samples);

// By what to multiply the size that a file names to get the one it draws: 1 for all fonts but those with a scale of
// their own (Type 3 with an odd matrix), whose glyphs are many times smaller or larger than they should be.
[[nodiscard]] double size_factor(const std::vector<FontSample>& samples);

}  // namespace medmark::input
