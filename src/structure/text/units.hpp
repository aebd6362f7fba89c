// Units that a recogniser spells with a digit for a letter: "mmo1/L" is "mmol/L".
//
// A word of the unit list (lexicon/data/amount_units.def) is repaired where all but its letter l stands as printed, no
// letter stands before it and no letter or digit behind it. Values cannot change: what is rewritten stands inside the
// word of a unit. Pure, thread-safe.
#pragma once

#include <vector>

#include "structure/text/scripts.hpp"

namespace medmark::structure {

void make_units_consistent(std::vector<Glyph>& glyphs);

}  // namespace medmark::structure
