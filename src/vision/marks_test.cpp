#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "vision/arrow_marks.hpp"
#include "vision/arrow_shape.hpp"
#include "vision/column_marks.hpp"
#include "vision/glyphs.hpp"
#include "vision/scripts.hpp"
#include "vision/testing_reading.hpp"
#include "vision/text_pieces.hpp"
#include "vision/unread_dashes.hpp"
#include "vision/unread_spaces.hpp"
#include "vision/wide_digits.hpp"

namespace medmark::vision {
namespace {

// A slim printed arrow up: a filled head on a shaft.
cv::Mat arrow_up(int width, int height) {
  cv::Mat ink = cv::Mat::zeros(height, width, CV_8U);
  const int head = height / 3;
  for (int y = 0; y < head; ++y) {
    const int half = std::max(0, (width / 2) * y / (head - 1));
    ink(cv::Rect(width / 2 - half, y, 2 * half + 1, 1)).setTo(255);
  }
  ink(cv::Rect(width / 2 - 1, 0, 3, height)).setTo(255);
  return ink;
}

cv::Mat glyph_of(const char* text) {
  cv::Mat picture = cv::Mat::zeros(60, 60, CV_8U);
  cv::putText(picture, text, {12, 45}, cv::FONT_HERSHEY_SIMPLEX, 1.2, cv::Scalar(255), 3);
  return picture(cv::boundingRect(picture)).clone();
}

TEST(ArrowShape, TellsUpFromDown) {
  const cv::Mat up = arrow_up(11, 30);
  cv::Mat down;
  cv::flip(up, down, 0);
  EXPECT_EQ(arrow_shape(up), ArrowShape::kUp);
  EXPECT_EQ(arrow_shape(down), ArrowShape::kDown);
}

TEST(ArrowShape, NoDigitAndNoLetterIsAnArrow) {
  for (const char* text :
       {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "T", "Y", "I", "l", "t", "f", "J", "P", "H", "L"}) {
    EXPECT_EQ(arrow_shape(glyph_of(text)), ArrowShape::kNone) << text;
  }
}

TEST(ArrowShape, ADaggerIsNoArrow) {
  cv::Mat dagger = cv::Mat::zeros(30, 13, CV_8U);
  dagger(cv::Rect(5, 0, 3, 30)).setTo(255);
  dagger(cv::Rect(0, 8, 13, 3)).setTo(255);
  EXPECT_EQ(arrow_shape(dagger), ArrowShape::kNone);
}

TEST(Arrows, AreWrittenWhereTheSecondReadingAgrees) {
  Reading reading = reading_of(U"1121", {10, 25, 40, 55});
  write_arrows(reading, {{ArrowShape::kDown, {50, 10, 9, 28}, 3, 4}}, {reading_of(U"↓", {20})});
  EXPECT_EQ(text_of(reading), U"112↓");
  EXPECT_GT(reading.characters.back().confidence, kDoubtful);
}

TEST(Arrows, ADigitReadTwiceBesideOthersStaysButIsDoubted) {
  Reading reading = reading_of(U"1121", {10, 25, 40, 55});
  write_arrows(reading, {{ArrowShape::kDown, {50, 10, 9, 28}, 3, 4}}, {reading_of(U"1", {20})});
  EXPECT_EQ(text_of(reading), U"1121");
  EXPECT_LE(reading.characters.back().confidence, kDoubtful);
}

TEST(Arrows, AloneTheShapeDecidesAndStaysDoubtful) {
  Reading reading = reading_of(U"1", {20});
  write_arrows(reading, {{ArrowShape::kUp, {15, 10, 9, 28}, 0, 1}}, {reading_of(U"1", {20})});
  EXPECT_EQ(text_of(reading), U"↑");
  EXPECT_LE(reading.characters.back().confidence, kDoubtful);
}

TEST(Arrows, ADigitWithoutAStemReadTwiceStaysEvenAlone) {
  Reading reading = reading_of(U"7", {20});
  write_arrows(reading, {{ArrowShape::kUp, {15, 10, 9, 28}, 0, 1}}, {reading_of(U"7", {20})});
  EXPECT_EQ(text_of(reading), U"7");
  EXPECT_LE(reading.characters.back().confidence, kDoubtful);
}

// A strip with bars for "10", a small raised bar and a full "/" after it.
cv::Mat power_of_ten() {
  cv::Mat ink = cv::Mat::zeros(kStripHeight, 90, CV_8U);
  ink(cv::Rect(6, 12, 6, 26)).setTo(255);
  ink(cv::Rect(18, 12, 12, 26)).setTo(255);
  ink(cv::Rect(34, 8, 9, 15)).setTo(255);
  ink(cv::Rect(50, 12, 8, 26)).setTo(255);
  return ink;
}

TEST(Scripts, ARaisedDigitAfterTenIsAnExponent) {
  const cv::Mat ink = power_of_ten();
  Reading reading = reading_of(U"109L", {9, 24, 39, 54});
  const auto metrics = measure_line(reading.characters, place_characters(ink, reading.characters));
  ASSERT_TRUE(metrics.has_value());
  const auto scripts = find_scripts(ink, reading, *metrics);
  ASSERT_EQ(scripts.size(), 1U);
  EXPECT_EQ(scripts[0].level, ScriptLevel::kRaised);
  write_scripts(reading, scripts, {reading_of(U"9", {20})});
  EXPECT_EQ(text_of(reading), U"10⁹L");
  EXPECT_GT(reading.characters[2].confidence, 0.9);
}

TEST(Scripts, TwoReadingsThatDifferLeaveADoubt) {
  const cv::Mat ink = power_of_ten();
  Reading reading = reading_of(U"109L", {9, 24, 39, 54});
  const auto metrics = measure_line(reading.characters, place_characters(ink, reading.characters));
  write_scripts(reading, find_scripts(ink, reading, metrics.value()), {reading_of(U"6", {20})});
  ASSERT_EQ(reading.characters.size(), 4U);
  EXPECT_LE(reading.characters[2].confidence, kDoubtful);
}

TEST(Scripts, ADigitThatStandsHighInANumberIsAPartOfIt) {
  const cv::Mat ink = power_of_ten();
  for (const std::u32string text : {U"397L", U"1097"}) {
    const Reading reading = reading_of(text, {9, 24, 39, 54});
    const auto metrics = measure_line(reading.characters, place_characters(ink, reading.characters));
    EXPECT_TRUE(find_scripts(ink, reading, metrics.value()).empty());
  }
}

TEST(Scripts, ARaisedNumberMayHaveAPoint) {
  cv::Mat ink = cv::Mat::zeros(kStripHeight, 160, CV_8U);
  for (const int x : {6, 26, 46, 66}) ink(cv::Rect(x, 12, 14, 26)).setTo(255);
  ink(cv::Rect(84, 8, 8, 15)).setTo(255);
  ink(cv::Rect(98, 20, 3, 3)).setTo(255);
  ink(cv::Rect(108, 8, 8, 15)).setTo(255);
  Reading reading = reading_of(U"HHHW0.4", {13, 33, 53, 73, 88, 99, 112});
  const auto metrics = measure_line(reading.characters, place_characters(ink, reading.characters));
  const auto scripts = find_scripts(ink, reading, metrics.value());
  ASSERT_EQ(scripts.size(), 2U);
  write_scripts(reading, scripts, {reading_of(U"0", {20}), reading_of(U"4", {20})});
  EXPECT_EQ(text_of(reading), U"HHHW⁰.⁴");
}

TEST(Scripts, DigitsOnTheLineAreNone) {
  cv::Mat ink = power_of_ten();
  ink(cv::Rect(34, 0, 9, kStripHeight)).setTo(0);
  ink(cv::Rect(34, 12, 9, 26)).setTo(255);
  const Reading reading = reading_of(U"109L", {9, 24, 39, 54});
  const auto metrics = measure_line(reading.characters, place_characters(ink, reading.characters));
  EXPECT_TRUE(find_scripts(ink, reading, metrics.value()).empty());
}

TEST(Glyphs, EachCharacterGetsItsOwnThoughTheCentresAreOff) {
  const std::vector<cv::Rect> glyphs = {{0, 10, 10, 28}, {14, 10, 10, 28}, {28, 10, 10, 28}};
  const std::vector<double> centers = {9, 22, 30};
  EXPECT_EQ(assign_glyphs(glyphs, centers), (std::vector<std::size_t>{0, 1, 2}));
}

// A strip with bars for "94" and "12" and, where `has_dash`, a dash between.
cv::Mat range_strip(bool has_dash) {
  cv::Mat ink = cv::Mat::zeros(kStripHeight, 120, CV_8U);
  for (const int x : {6, 22, 70, 86}) ink(cv::Rect(x, 12, 10, 26)).setTo(255);
  if (has_dash) ink(cv::Rect(40, 23, 22, 3)).setTo(255);
  return ink;
}

TEST(UnreadDashes, AreWrittenBetweenDigitsWithADoubt) {
  Reading reading = reading_of(U"9412", {11, 27, 75, 91});
  write_unread_dashes(range_strip(true), reading);
  ASSERT_EQ(text_of(reading), U"94-12");
  EXPECT_LE(reading.characters[2].confidence, kDoubtful);
}

TEST(UnreadDashes, AreNoneWhereNothingIsPrintedOrTheDashWasRead) {
  Reading blank = reading_of(U"9412", {11, 27, 75, 91});
  write_unread_dashes(range_strip(false), blank);
  EXPECT_EQ(text_of(blank), U"9412");
  Reading read = reading_of(U"94-12", {11, 27, 51, 75, 91});
  write_unread_dashes(range_strip(true), read);
  EXPECT_EQ(text_of(read), U"94-12");
}

// Blocks of 10 by 30 where characters of a proportional face would stand, 4 apart; `gap` before the one at `index`.
struct BlockLine {
  cv::Mat ink;
  Reading reading;

  BlockLine(const std::u32string& text, const std::vector<std::pair<std::size_t, int>>& gaps) {
    ink = cv::Mat::zeros(40, 40 * static_cast<int>(text.size()), CV_8U);
    int x = 6;
    std::vector<double> centers;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == U' ') {
        centers.push_back(x + 5);
        x += 14;
        continue;
      }
      for (const auto& [index, gap] : gaps) {
        if (index == i) x += gap;
      }
      const bool is_point = text[i] == U'.';
      ink(cv::Rect(x, is_point ? 30 : 5, is_point ? 4 : 10, is_point ? 5 : 30)).setTo(255);
      centers.push_back(x + (is_point ? 2.0 : 5.0));
      x += is_point ? 8 : 14;
    }
    ink = ink.colRange(0, x + 6).clone();
    reading = reading_of(text, centers);
  }

  std::u32string written() {
    write_unread_spaces(ink, reading);
    return text_of(reading);
  }
};

TEST(UnreadSpaces, PartNumbersWhosePitchIsBrokenAndLeaveThemToAPerson) {
  BlockLine line(U"Dose D31000", {{7, 18}});
  EXPECT_EQ(line.written(), U"Dose D3 1000");
  EXPECT_LT(line.reading.characters[6].confidence, 0.9);
  EXPECT_LT(line.reading.characters[8].confidence, 0.9);
}

TEST(UnreadSpaces, PartADateFromItsTime) {
  EXPECT_EQ(BlockLine(U"2024-05-1109:20", {{10, 13}}).written(), U"2024-05-11 09:20");
  EXPECT_EQ(BlockLine(U"1109:20", {{2, 13}}).written(), U"1109:20");
}

TEST(UnreadSpaces, LeaveADateToAPersonOnlyWhereItMayBePartedElsewhere) {
  BlockLine whole(U"2024-05-1109:20", {{10, 13}});
  ASSERT_EQ(whole.written(), U"2024-05-11 09:20");
  EXPECT_GT(whole.reading.characters[9].confidence, 0.9);
  BlockLine open(U"2024-5-119:20", {{9, 13}});
  ASSERT_EQ(open.written(), U"2024-5-11 9:20");
  EXPECT_LT(open.reading.characters[8].confidence, 0.9);
}

TEST(UnreadSpaces, PartWordsAndMarksAsWideAsTheOtherSpacesOfTheLine) {
  EXPECT_EQ(BlockLine(U"1.Take two", {{2, 14}}).written(), U"1. Take two");
  EXPECT_EQ(BlockLine(U"Age45years", {{3, 26}, {5, 26}}).written(), U"Age 45 years");
}

TEST(UnreadSpaces, AreNoneInNumbersAndBetweenLettersSetWide) {
  EXPECT_EQ(BlockLine(U"13.12", {{3, 14}}).written(), U"13.12");
  EXPECT_EQ(BlockLine(U"1860", {}).written(), U"1860");
  EXPECT_EQ(BlockLine(U"110 94", {{1, 14}}).written(), U"110 94");
  EXPECT_EQ(BlockLine(U"x109/L", {{2, 14}}).written(), U"x109/L");
  EXPECT_EQ(BlockLine(U"WBC RBC PLT", {{1, 4}, {2, 4}}).written(), U"WBC RBC PLT");
  EXPECT_EQ(BlockLine(U"Mg10", {{2, 8}}).written(), U"Mg10");
  EXPECT_EQ(BlockLine(U"Globulin", {{6, 26}}).written(), U"Globulin");
}

TEST(WideDigits, AreDoubtedWhereAGlyphBesideThemWasPassedOver) {
  BlockLine line(U"510/L", {{3, 34}});
  line.ink(cv::Rect(6 + 3 * 14 + 2, 5, 28, 30)).setTo(255);
  doubt_wide_digits(line.ink, line.reading);
  EXPECT_LE(line.reading.characters[2].confidence, kDoubtful);
  BlockLine usual(U"L1860/L", {});
  doubt_wide_digits(usual.ink, usual.reading);
  for (const RecognisedCharacter& c : usual.reading.characters) EXPECT_GT(c.confidence, 0.9);
}

TextBox box_at(double x, double y, double width) { return {base::quad_of({x, y, x + width, y + 30}), 0.9}; }

// Three rows of a table; names at 40, results at 300, ranges at 420.
struct MarkedPage {
  cv::Mat picture = cv::Mat(300, 600, CV_8UC3, cv::Scalar(255, 255, 255));
  std::vector<TextBox> boxes;

  MarkedPage() {
    for (const double y : {40.0, 100.0, 160.0}) {
      boxes.push_back(box_at(40, y, 120));
      boxes.push_back(box_at(420, y, 80));
    }
    boxes.push_back(box_at(300, 40, 60));
    boxes.push_back(box_at(300, 100, 60));
  }
};

TEST(ColumnMarks, ADashInTheColumnOfOtherResultsIsOne) {
  MarkedPage page;
  page.picture(cv::Rect(306, 174, 10, 3)).setTo(0);
  const auto marks = find_column_marks(page.picture, page.boxes, {});
  ASSERT_EQ(marks.size(), 1U);
  EXPECT_EQ(marks[0].shape, SmallMark::kDash);
}

TEST(ColumnMarks, AnEntryOfAColumnHasNoFurtherMark) {
  MarkedPage page;
  page.picture(cv::Rect(345, 114, 10, 3)).setTo(0);
  page.boxes.back() = box_at(300, 100, 36);
  EXPECT_TRUE(find_column_marks(page.picture, page.boxes, {}).empty());
}

TEST(ColumnMarks, DirtIsNone) {
  for (const cv::Rect& dirt : {cv::Rect(230, 174, 10, 3),     // between the columns
                               cv::Rect(306, 240, 10, 3),     // below all rows
                               cv::Rect(306, 174, 3, 3),      // a speck
                               cv::Rect(306, 165, 3, 20)}) {  // a scratch
    MarkedPage page;
    page.picture(dirt).setTo(0);
    EXPECT_TRUE(find_column_marks(page.picture, page.boxes, {}).empty()) << dirt;
  }
}

TEST(StripInk, ARuleAlongANarrowStripIsNoPrint) {
  cv::Mat strip(kStripHeight, 60, CV_8UC3, cv::Scalar(255, 255, 255));
  strip(cv::Rect(20, 14, 8, 20)).setTo(0);
  strip(cv::Rect(0, 43, 60, 3)).setTo(0);
  const cv::Mat ink = strip_ink(strip);
  EXPECT_EQ(cv::boundingRect(ink), cv::Rect(20, 14, 8, 20));
  strip(cv::Rect(0, 43, 60, 3)).setTo(cv::Scalar(255, 255, 255));
  strip(cv::Rect(10, 23, 40, 3)).setTo(0);
  EXPECT_EQ(cv::countNonZero(strip_ink(strip).row(24)), 40);  // a dash
}

TEST(Pieces, AWideGapPartsAStripAndALongOneIsCutBetweenCharacters) {
  cv::Mat ink = cv::Mat::zeros(kStripHeight, 400, CV_8U);
  ink(cv::Rect(20, 10, 60, 28)).setTo(255);
  ink(cv::Rect(300, 10, 60, 28)).setTo(255);
  EXPECT_EQ(part_at_gaps(ink, {}).size(), 2U);
  EXPECT_TRUE(part_at_gaps(cv::Mat::zeros(kStripHeight, 400, CV_8U), {}).empty());

  cv::Mat line = cv::Mat::zeros(kStripHeight, 1000, CV_8U);
  for (int x = 0; x < 1000; x += 30) line(cv::Rect(x, 10, std::min(24, 1000 - x), 28)).setTo(255);
  const auto cuts = cut_long(line, {0, 1000}, 400);
  ASSERT_GE(cuts.size(), 3U);
  for (std::size_t i = 1; i < cuts.size(); ++i) {
    EXPECT_EQ(cuts[i].begin, cuts[i - 1].end);
    EXPECT_EQ(cv::countNonZero(line.col(cuts[i].begin)), 0);
  }
}

}  // namespace
}  // namespace medmark::vision
