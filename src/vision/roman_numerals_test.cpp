#include "vision/roman_numerals.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "vision/testing_reading.hpp"

namespace medmark::vision {
namespace {

// Two blocks for Han characters with a numeral between them; `stems` from the left of its square, `slant` a V there.
cv::Mat strip_with(const std::vector<int>& stems, int slant = -1) {
  cv::Mat ink = cv::Mat::zeros(48, 130, CV_8U);
  for (const int x : {4, 92}) ink(cv::Rect(x, 6, 34, 35)).setTo(255);
  for (const int x : stems) ink(cv::Rect(48 + x, 8, 4, 30)).setTo(255);
  if (slant >= 0) {
    cv::line(ink, {48 + slant, 8}, {48 + slant + 8, 37}, 255, 4);
    cv::line(ink, {48 + slant + 16, 8}, {48 + slant + 8, 37}, 255, 2);
  }
  return ink;
}

std::u32string written(const cv::Mat& ink, const std::u32string& text, const std::vector<double>& centers) {
  Reading reading = reading_of(text, centers);
  write_roman_numerals(ink, reading);
  return text_of(reading);
}

TEST(RomanNumerals, StemsThatWereReadTooManyOrTooFewAreCounted) {
  EXPECT_EQ(written(strip_with({2, 14, 26}), U"第ⅢII期", {21, 52, 64, 76, 109}), U"第Ⅲ期");
  EXPECT_EQ(written(strip_with({6, 20}), U"第Ⅱ1期", {21, 58, 70, 109}), U"第Ⅱ期");
  EXPECT_EQ(written(strip_with({2, 14, 26}), U"癌I期", {21, 64, 109}), U"癌Ⅲ期");
  EXPECT_EQ(written(strip_with({2, 14, 26}), U"第川期", {21, 64, 109}), U"第Ⅲ期");
  EXPECT_EQ(written(strip_with({2, 14, 26}), U"百川某", {21, 64, 109}), U"百川某") << "a name";
  EXPECT_EQ(written(strip_with({6, 20}), U"第1期", {21, 60, 109}), U"第Ⅱ期");
}

TEST(RomanNumerals, AFiveWithStemsIsToldByTheirSide) {
  EXPECT_EQ(written(strip_with({19, 26, 33}, 0), U"子VII活", {21, 56, 69, 78, 109}), U"子Ⅷ活");
  EXPECT_EQ(written(strip_with({0}, 10), U"第V区", {21, 66, 109}), U"第Ⅳ区");
}

TEST(RomanNumerals, WhatAgreesWithItsInkStaysAsRead) {
  EXPECT_EQ(written(strip_with({2, 14, 26}), U"第III期", {21, 52, 64, 76, 109}), U"第III期");
  EXPECT_EQ(written(strip_with({14}), U"第1期", {21, 64, 109}), U"第1期");
  EXPECT_EQ(written(strip_with({6, 20}), U"第Ⅱ期", {21, 60, 109}), U"第Ⅱ期");
}

TEST(RomanNumerals, ANumeralThatWasReadAsOneIsBelieved) {
  EXPECT_EQ(written(strip_with({14, 26}), U"第Ⅲ期", {21, 70, 109}), U"第Ⅲ期") << "a stem may count to its neighbour";
  EXPECT_EQ(written(strip_with({14, 26}), U"第IⅢ期", {21, 60, 70, 109}), U"第Ⅲ期");
}

TEST(RomanNumerals, NumbersAndWordsAreLeftAlone) {
  EXPECT_EQ(written(strip_with({2, 14, 26}), U"第11期", {21, 56, 72, 109}), U"第11期");
  EXPECT_EQ(written(strip_with({2, 14, 26}), U"aIb", {21, 64, 109}), U"aIb");
  EXPECT_EQ(written(strip_with({2, 14, 26}), U"=I=", {21, 64, 109}), U"=I=") << "no Chinese line";
  EXPECT_EQ(written(strip_with({0}, 10), U"高H值", {21, 66, 109}), U"高H值");
  EXPECT_EQ(written(strip_with({2, 14, 26}), U"高 I×", {21, 40, 64, 109}), U"高 I×") << "a term of a formula";
  EXPECT_EQ(written(strip_with({2, 14, 26}), U"高(IO", {21, 40, 64, 109}), U"高(IO");
  EXPECT_EQ(written(strip_with({2, 14, 26}), U"癌IC期", {21, 64, 109, 125}), U"癌ⅢC期") << "the letter of a stage";
}

TEST(RomanNumerals, WhatTheStemsSayGoesToAPerson) {
  Reading reading = reading_of(U"癌I期", {21, 64, 109});
  write_roman_numerals(strip_with({2, 14, 26}), reading);
  EXPECT_LT(reading.characters[1].confidence, 0.9);
}

}  // namespace
}  // namespace medmark::vision
