#include "structure/text/units.hpp"

#include <array>
#include <string_view>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

constexpr auto kAmountUnits = std::to_array<std::u32string_view>({
#include "structure/lexicon/data/amount_units.def"
});

bool is_unit_letter(char32_t c) { return base::is_latin_letter(c) || c == U'μ' || c == U'µ'; }

bool looks_like_l(char32_t c) { return c == U'1' || c == U'I' || c == U'|'; }

bool unit_stands_at(const std::vector<Glyph>& glyphs, std::size_t begin, std::u32string_view unit) {
  if (begin + unit.size() > glyphs.size()) return false;
  if (begin > 0 && is_unit_letter(glyphs[begin - 1].code)) return false;
  for (std::size_t i = 0; i < unit.size(); ++i) {
    const char32_t code = glyphs[begin + i].code;
    if (code != unit[i] && !(unit[i] == U'l' && looks_like_l(code))) return false;
  }
  if (begin + unit.size() == glyphs.size()) return true;
  const char32_t next = glyphs[begin + unit.size()].code;
  return !is_unit_letter(next) && !base::is_digit(next);
}

}  // namespace

void make_units_consistent(std::vector<Glyph>& glyphs) {
  for (std::size_t begin = 0; begin < glyphs.size(); ++begin) {
    for (const std::u32string_view unit : kAmountUnits) {
      if (!unit_stands_at(glyphs, begin, unit)) continue;
      for (std::size_t i = 0; i < unit.size(); ++i) glyphs[begin + i].code = unit[i];
    }
  }
}

}  // namespace medmark::structure
