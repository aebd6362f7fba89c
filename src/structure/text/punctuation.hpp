// Spaces and the width of punctuation in recognised text, made consistent with the characters around them.
//
// A recogniser takes full-width and half-width marks for one another and puts spaces where letters stand apart. Digits,
// letters and Han characters are never changed. Pure functions, thread-safe.
#pragma once

#include <vector>

#include "structure/text/scripts.hpp"

namespace medmark::structure {

// Full width next to Han, half width between Latin letters and digits: `, : ; ? ! ( )` and their full-width forms.
void make_punctuation_consistent(std::vector<Glyph>& glyphs);

// Drops spaces next to full-width characters and leaves one between Latin words. A line of single characters standing
// apart (a spaced title) keeps its spaces.
void make_spaces_consistent(std::vector<Glyph>& glyphs);

// Sets a space before a flag (H, L) that ends the line a gap apart from what is no word before it: "1+H" is "1+ H"
// where it is printed so.
void part_flag(std::vector<Glyph>& glyphs);

}  // namespace medmark::structure
