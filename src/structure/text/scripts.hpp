// Superscripts and subscripts of a line, from the size and the baseline of its characters.
//
// Native characters carry their font size, and boxes that reach from 0.86 em above to 0.14 em below the baseline
// (document/page_evidence.hpp is filled so by the input room), so baselines are exact. Recognised characters have no
// size of their own and are never touched here. Pure functions, thread-safe.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/page_evidence.hpp"

namespace medmark::structure {

enum class Script { kBase, kSuper, kSub };

// One entry per character.
[[nodiscard]] std::vector<Script> scripts_of(std::span<const document::Character> characters);

// Text as a script: digits and signs as Unicode, others between tags, white space at its ends left outside.
[[nodiscard]] std::u32string written_script(std::u32string_view text, Script script);

// A character of running text with its horizontal extent in points; markup and joined marks may share an extent.
struct Glyph {
  char32_t code = 0;
  double left = 0;
  double right = 0;
};

// The characters as text: scripts of digits and signs as Unicode (10⁹, CO₂), others between <sup> or <sub> tags.
[[nodiscard]] std::vector<Glyph> with_scripts_written(std::span<const document::Character> characters);

}  // namespace medmark::structure
