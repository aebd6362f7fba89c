#include "vision/doubled_ink.hpp"

#include <gtest/gtest.h>

#include <string>

#include "vision/scripts.hpp"

namespace medmark::vision {
namespace {

// Characters 8 wide every 10 points from `x`, spaces included.
document::TextLine line_of(const std::u32string& text, double x, double y, double confidence = 0.99) {
  document::TextLine line;
  line.source = document::TextSource::kOcr;
  line.confidence = confidence;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const double left = x + 10 * static_cast<double>(i);
    line.characters.push_back({.code = text[i], .bbox = {left, y, left + 8, y + 12}, .confidence = confidence});
    line.bbox = base::united(line.bbox, line.characters.back().bbox);
  }
  line.quad = base::quad_of(line.bbox);
  return line;
}

TEST(DoubledInk, ACharacterOfTwoBoxesIsWrittenOnce) {
  std::vector<document::TextLine> lines = {line_of(U"K 0.6", 100, 50), line_of(U"6 mmol/L", 140, 51, 0.9)};
  drop_doubled_characters(lines);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].text(), "K 0.6");
  EXPECT_EQ(lines[1].text(), "mmol/L");
  EXPECT_DOUBLE_EQ(lines[1].bbox.x0, 160);
  EXPECT_GT(lines[0].characters.back().confidence, 0.9);
}

TEST(DoubledInk, TheSurerReadingStaysAndADifferenceIsLeftToAPerson) {
  std::vector<document::TextLine> lines = {line_of(U"K 0.5", 100, 50, 0.7), line_of(U"6 mmol/L", 140, 50, 0.95)};
  drop_doubled_characters(lines);
  EXPECT_EQ(lines[0].text(), "K 0.");
  EXPECT_EQ(lines[1].text(), "6 mmol/L");
  EXPECT_LE(lines[1].characters.front().confidence, kDoubtful);
}

TEST(DoubledInk, ABoxInsideAnotherIsGone) {
  std::vector<document::TextLine> lines = {line_of(U"12.5", 120, 50, 0.8), line_of(U"Na 12.5 mmol", 90, 50)};
  drop_doubled_characters(lines);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].text(), "Na 12.5 mmol");
}

TEST(DoubledInk, NeighboursOfARowAndRowsThatTouchKeepAll) {
  std::vector<document::TextLine> lines = {line_of(U"7.3", 100, 50), line_of(U"[7.35]", 132, 50),
                                           line_of(U"52.6", 100, 60)};
  drop_doubled_characters(lines);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].text() + lines[1].text() + lines[2].text(), "7.3[7.35]52.6");
}

}  // namespace
}  // namespace medmark::vision
