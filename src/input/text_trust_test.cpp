#include "input/text_trust.hpp"

#include <gtest/gtest.h>

namespace medmark::input {
namespace {

TEST(TextTrust, RefusesCodePointsThatNoTextHolds) {
  for (const char32_t code : {char32_t{0}, char32_t{2}, char32_t{0x85}, char32_t{0xE123}, char32_t{0xFFFD},
                              char32_t{0xD800}, char32_t{0xF0041}, char32_t{0x1FFFE}}) {
    EXPECT_TRUE(is_untrustworthy(code)) << static_cast<unsigned>(code);
  }
  for (const char32_t code : {U'A', U'白', U'\t', U'↑', U'μ', char32_t{0x20BB7}}) {
    EXPECT_FALSE(is_untrustworthy(code)) << static_cast<unsigned>(code);
  }
}

TEST(TextTrust, ReadsArrowsAndGreekOfSymbolFonts) {
  EXPECT_EQ(symbol_font_character(0xF0AD, "ABCDEF+SymbolMT"), U'↑');
  EXPECT_EQ(symbol_font_character(0xF0AF, "Symbol"), U'↓');
  EXPECT_EQ(symbol_font_character(0xF06D, "Symbol"), U'μ');
  EXPECT_EQ(symbol_font_character(0xF0FC, "Wingdings-Regular"), U'✓');
  EXPECT_EQ(symbol_font_character(0xF0AD, "SimSun"), std::nullopt);
  EXPECT_EQ(symbol_font_character(U'A', "Symbol"), std::nullopt);
}

TEST(TextTrust, NoticesChineseGlyphsMappedToLatin) {
  std::vector<FontSample> mush;
  for (char32_t code = U'a'; code < U'k'; ++code) mush.push_back({code, 1.0, 0.7});
  EXPECT_TRUE(maps_full_width_to_latin(mush));
  std::vector<FontSample> latin;
  for (char32_t code = U'a'; code < U'k'; ++code) latin.push_back({code, code == U'm' ? 0.95 : 0.5, 0.7});
  EXPECT_FALSE(maps_full_width_to_latin(latin));
  EXPECT_FALSE(maps_full_width_to_latin({{U'W', 0.95, 0.7}, {U'W', 0.95, 0.7}}));  // too few to tell
}

TEST(TextTrust, FindsTheSizeOfFontsWithAScaleOfTheirOwn) {
  EXPECT_EQ(size_factor({{U'a', 0.5, 0.5}, {U'.', 0.3, 0.1}, {U'B', 0.6, 0.72}}), 1);
  EXPECT_EQ(size_factor({{U'.', 0.3, 0.1}}), 1);
  EXPECT_NEAR(size_factor({{U'a', 50, 70}, {U'B', 60, 70}}), 100, 1);
  EXPECT_EQ(size_factor({}), 1);
}

}  // namespace
}  // namespace medmark::input
