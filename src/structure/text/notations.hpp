// Units and notations that a recogniser spells in its own way: powers of ten, scripts as markup, charges, the degree.
//
// The rows of lexicon/data/notations.def, each with what must stand around it. No row writes another digit than was
// read. Pure, thread-safe.
#pragma once

#include <vector>

#include "structure/text/scripts.hpp"

namespace medmark::structure {

// For recognised text only; native text is as printed.
void make_notations_consistent(std::vector<Glyph>& glyphs);

}  // namespace medmark::structure
