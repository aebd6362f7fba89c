#include "structure/text/units.hpp"

#include <gtest/gtest.h>

#include <string>

namespace medmark::structure {
namespace {

std::u32string repaired(std::u32string_view text) {
  std::vector<Glyph> glyphs;
  for (const char32_t code : text) {
    Glyph glyph;
    glyph.code = code;
    glyphs.push_back(glyph);
  }
  make_units_consistent(glyphs);
  std::u32string out;
  for (const Glyph& glyph : glyphs) out.push_back(glyph.code);
  return out;
}

TEST(MakeUnitsConsistent, WritesTheLetterOfAUnit) {
  EXPECT_EQ(repaired(U"1.4mmo1/L"), U"1.4mmol/L");
  EXPECT_EQ(repaired(U"μmoI/L"), U"μmol/L");
  EXPECT_EQ(repaired(U"12 nmo|"), U"12 nmol");
}

TEST(MakeUnitsConsistent, LeavesEverythingElseAsRead) {
  for (const char32_t* text : {U"11.1", U"mmo12", U"Xmmo1/L", U"mo1", U"1mmol/1", U"CD11", U"mmo1e"}) {
    EXPECT_EQ(repaired(text), text);
  }
}

}  // namespace
}  // namespace medmark::structure
