// The last digit of a number that may be an arrow: 112↓ read as 1121.
#include <gtest/gtest.h>

#include <opencv2/core.hpp>

#include "vision/arrow_marks.hpp"
#include "vision/scripts.hpp"

namespace medmark::vision {
namespace {

constexpr double kSure = 0.99;

// Four bars that no shape tells from an arrow with a worn head, read as 1121.
cv::Mat worn_strip() {
  cv::Mat strip(kStripHeight, 100, CV_8UC3, cv::Scalar::all(250));
  for (const int x : {6, 26, 46, 66}) strip(cv::Rect(x, 12, 10, 26)).setTo(cv::Scalar::all(10));
  return strip;
}

Reading worn_reading(double confidence_of_last, double belief_in_arrow) {
  Reading reading;
  reading.characters = {{U'1', kSure, 11}, {U'1', kSure, 31}, {U'2', kSure, 51}};
  reading.characters.push_back({U'1', confidence_of_last, 71, 0, belief_in_arrow});
  return reading;
}

TEST(DoubtfulEnds, ALastDigitThatMayBeAnArrowIsReadAgainAlone) {
  EXPECT_TRUE(find_arrows(worn_strip(), worn_reading(kSure, 0)).empty()) << "a sure digit";
  for (const Reading& reading : {worn_reading(0.7, 0), worn_reading(kSure, 0.02)}) {
    const auto marks = find_arrows(worn_strip(), reading);
    ASSERT_EQ(marks.size(), 1U);
    EXPECT_EQ(marks[0].first, 3U);
  }
}

TEST(DoubtfulEnds, ASureDigitOfANumberThatContradictsItsRangeIsReadAgainAlone) {
  const auto marks = find_arrows(worn_strip(), worn_reading(kSure, 0), 3);
  ASSERT_EQ(marks.size(), 1U);
  EXPECT_EQ(marks[0].first, 3U);
  EXPECT_EQ(marks[0].shape, ArrowShape::kNone);
}

TEST(DoubtfulEnds, TheDigitStaysAndIsDoubtedWhereTheSecondReadingIsAnArrow) {
  Reading reading = worn_reading(0.95, 0.02);
  const auto marks = find_arrows(worn_strip(), reading);
  Reading arrow;
  arrow.characters = {{U'↓', 0.8, 20}};
  Reading again = reading;
  write_arrows(again, marks, {arrow});
  EXPECT_EQ(again.characters[3].code, U'1');
  EXPECT_LE(again.characters[3].confidence, kDoubtful);
  Reading one;
  one.characters = {{U'1', 0.8, 20}};
  write_arrows(reading, marks, {one});
  EXPECT_EQ(reading.characters[3].confidence, 0.95);
}

}  // namespace
}  // namespace medmark::vision
