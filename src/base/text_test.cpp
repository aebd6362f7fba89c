#include "base/text.hpp"

#include <gtest/gtest.h>

namespace medmark::base {
namespace {

TEST(Utf8, RoundTripsAllPlanes) {
  const std::u32string text = U"a é 主诉 ⁹ 𠮷";
  EXPECT_EQ(decode_utf8(encode_utf8(text)), text);
}

TEST(Utf8, ReplacesBrokenBytesAndGoesOn) {
  EXPECT_EQ(decode_utf8("a\xE4\xB8z"), U"a\uFFFDz");            // cut short
  EXPECT_EQ(decode_utf8("\xC0\x80"), U"\uFFFD\uFFFD");          // over-long
  EXPECT_EQ(decode_utf8("\xED\xA0\x80").size(), 1U);            // a surrogate
  EXPECT_EQ(decode_utf8("\xF4\x90\x80\x80").front(), 0xFFFDU);  // beyond U+10FFFF
}

TEST(PlainOfScripts, KnowsDigitsAndSignsOfItsKindAlone) {
  EXPECT_EQ(plain_of_raised(U'⁹'), U'9');
  EXPECT_EQ(plain_of_raised(U'⁻'), U'-');
  EXPECT_EQ(plain_of_raised(U'₂'), 0U);
  EXPECT_EQ(plain_of_lowered(U'₂'), U'2');
  EXPECT_EQ(plain_of_lowered(U'₊'), U'+');
  EXPECT_EQ(plain_of_lowered(U'2'), 0U);
  EXPECT_EQ(raised_of_plain(U'9'), U'⁹');
  EXPECT_EQ(lowered_of_plain(U'-'), U'₋');
  EXPECT_EQ(raised_of_plain(U'a'), 0U);
}

TEST(HexadecimalDigit, ReadsBothCasesAndNothingElse) {
  EXPECT_EQ(hexadecimal_digit('9'), 9);
  EXPECT_EQ(hexadecimal_digit('a'), 10);
  EXPECT_EQ(hexadecimal_digit('F'), 15);
  EXPECT_EQ(hexadecimal_digit('g'), -1);
}

TEST(JoinsWithSpace, OnlyBetweenHalfWidthText) {
  EXPECT_TRUE(joins_with_space(U'a', U'b'));
  EXPECT_FALSE(joins_with_space(U'主', U'b'));
  EXPECT_FALSE(joins_with_space(U'，', U'b'));
}

TEST(Trimmed, RemovesIdeographicSpaces) { EXPECT_EQ(trimmed("\u3000 主诉 \n"), "主诉"); }

}  // namespace
}  // namespace medmark::base
