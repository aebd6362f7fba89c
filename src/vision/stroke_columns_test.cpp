#include "vision/stroke_columns.hpp"

#include <gtest/gtest.h>

namespace medmark::vision {
namespace {

// A column of cells 40 pixels apart, their middles at x.
std::vector<PlacedText> column(const std::vector<std::u32string>& texts, int x = 500) {
  std::vector<PlacedText> lines;
  int y = 100;
  for (const std::u32string& text : texts) {
    const int width = 12 * static_cast<int>(text.size());
    lines.push_back({{x - width / 2, y, width, 24}, text});
    y += 40;
  }
  return lines;
}

TEST(StrokeColumns, AStrokeAmongSensitivitiesIsTheirLetter) {
  const auto codes = strokes_by_column(column({U"R", U"1", U"S", U"R", U"I", U"SDD"}));
  EXPECT_EQ(codes[1], U'I');
  EXPECT_EQ(codes[4], U'I');
  EXPECT_EQ(codes[0], U'\0');
}

TEST(StrokeColumns, AStrokeAmongNumbersIsAOne) {
  EXPECT_EQ(strokes_by_column(column({U"8", U"≤0.5", U"I", U"16", U"2"}))[2], U'1');
}

TEST(StrokeColumns, AStrokeAmongWordsOrAloneIsNotTold) {
  EXPECT_EQ(strokes_by_column(column({U"白细胞", U"I", U"红细胞", U"血小板"}))[1], U'\0');
  EXPECT_EQ(strokes_by_column(column({U"S", U"I"}))[1], U'\0');
}

}  // namespace
}  // namespace medmark::vision
