#include "structure/text/scripts.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

using document::Character;

// A character of `size` points whose baseline stands `raised` points above y = 100.
Character at(char32_t code, double x, double size, double raised) {
  const double baseline = 100 - raised;
  return {.code = code, .bbox = {x, baseline - 0.86 * size, x + size / 2, baseline + 0.14 * size}, .font_size = size};
}

std::string written(const std::vector<Character>& characters) {
  std::u32string codes;
  for (const Glyph& glyph : with_scripts_written(characters)) codes.push_back(glyph.code);
  return base::encode_utf8(codes);
}

TEST(Scripts, WritesARaisedSmallDigitAsAnExponent) {
  EXPECT_EQ(written({at(U'×', 0, 10, 0), at(U'1', 5, 10, 0), at(U'0', 10, 10, 0), at(U'9', 15, 7, 3.3),
                     at(U'/', 19, 10, 0), at(U'L', 24, 10, 0)}),
            "×10⁹/L");
}

TEST(Scripts, WritesALoweredDigitAndARaisedChargeBesideIt) {
  EXPECT_EQ(written({at(U'H', 0, 10, 0), at(U'C', 5, 10, 0), at(U'O', 10, 10, 0), at(U'3', 15, 7, -1.5),
                     at(U'-', 19, 7, 3.3)}),
            "HCO₃⁻");
}

TEST(Scripts, PutsLettersBetweenTags) {
  EXPECT_EQ(written({at(U'P', 0, 10, 0), at(U'a', 5, 10, 0), at(U'b', 10, 7, -2), at(U'c', 14, 7, -2)}),
            "Pa<sub>bc</sub>");
}

TEST(Scripts, KeepsSmallTextOnTheSameBaseline) {
  EXPECT_EQ(written({at(U'1', 0, 10, 0), at(U'2', 5, 10, 0), at(U'3', 10, 7, 0)}), "123");
}

TEST(Scripts, NeverTouchesRecognisedCharacters) {
  std::vector<Character> characters = {at(U'1', 0, 10, 0), at(U'9', 5, 6, 4)};
  for (Character& c : characters) c.font_size = 0;
  EXPECT_EQ(written(characters), "19");
}

}  // namespace
}  // namespace medmark::structure
