#include "structure/text/notations.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

enum class Side { kAny, kEdge, kGap, kDigit, kTimes, kScript, kLetter, kHanLine };

struct Notation {
  Side before = Side::kAny;
  std::u32string_view read;
  std::u32string_view written;
  Side after = Side::kAny;
};

constexpr auto kNotations = std::to_array<Notation>({
#define NOTATION(before, read, written, after) {Side::before, read, written, Side::after},
#include "structure/lexicon/data/notations.def"
#undef NOTATION
});

bool is_script(char32_t c) { return base::plain_of_raised(c) != 0 || base::plain_of_lowered(c) != 0; }

bool is_letter(char32_t c) { return base::is_latin_letter(c) || (c >= 0x0370 && c <= 0x03FF); }

bool fits(Side side, char32_t neighbour, bool has_neighbour, bool has_han) {
  constexpr std::u32string_view kTimesSigns = U"×xX*✕";
  switch (side) {
    case Side::kAny:
      return true;
    case Side::kEdge:
      return !has_neighbour || !(is_letter(neighbour) || base::is_digit(neighbour) || is_script(neighbour));
    case Side::kGap:
      return fits(Side::kEdge, neighbour, has_neighbour, has_han) && !(has_neighbour && base::is_han(neighbour));
    case Side::kDigit:
      return has_neighbour && base::is_digit(neighbour);
    case Side::kTimes:
      return has_neighbour && kTimesSigns.find(neighbour) != std::u32string_view::npos;
    case Side::kScript:
      return has_neighbour && is_script(neighbour);
    case Side::kLetter:
      return has_neighbour && is_letter(neighbour);
    case Side::kHanLine:
      return has_han;
  }
  return false;
}

bool stands_at(const std::vector<Glyph>& glyphs, std::size_t begin, std::u32string_view text) {
  if (begin + text.size() > glyphs.size()) return false;
  return std::equal(text.begin(), text.end(), glyphs.begin() + static_cast<std::ptrdiff_t>(begin),
                    [](char32_t code, const Glyph& glyph) { return code == glyph.code; });
}

// Writes over what stands there; the last glyph takes the place of those that fall away.
void write(std::vector<Glyph>& glyphs, std::size_t begin, const Notation& notation) {
  const std::size_t end = begin + notation.read.size();
  const double right = glyphs[end - 1].right;
  for (std::size_t i = 0; i < notation.written.size(); ++i) glyphs[begin + i].code = notation.written[i];
  const std::size_t kept = begin + notation.written.size();
  glyphs.erase(glyphs.begin() + static_cast<std::ptrdiff_t>(kept), glyphs.begin() + static_cast<std::ptrdiff_t>(end));
  glyphs[kept - 1].right = right;
}

}  // namespace

void make_notations_consistent(std::vector<Glyph>& glyphs) {
  const bool has_han = std::any_of(glyphs.begin(), glyphs.end(), [](const Glyph& g) { return base::is_han(g.code); });
  for (std::size_t begin = 0; begin < glyphs.size(); ++begin) {
    for (const Notation& notation : kNotations) {
      if (!stands_at(glyphs, begin, notation.read)) continue;
      const std::size_t end = begin + notation.read.size();
      const bool has_next = end < glyphs.size();
      if (!fits(notation.before, begin > 0 ? glyphs[begin - 1].code : 0, begin > 0, has_han)) continue;
      if (!fits(notation.after, has_next ? glyphs[end].code : 0, has_next, has_han)) continue;
      write(glyphs, begin, notation);
      break;
    }
  }
}

}  // namespace medmark::structure
