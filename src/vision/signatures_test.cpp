#include "vision/signatures.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "base/text.hpp"

namespace medmark::vision {
namespace {

constexpr double kDpi = 200;

// A white page; boxes of lines are points.
cv::Mat blank() { return {600, 1200, CV_8UC3, cv::Scalar::all(250)}; }

document::TextLine line_at(double x0, double y0, double x1, const char32_t* text, double confidence = 0.99) {
  document::TextLine line;
  for (const char32_t* c = text; *c != 0; ++c) line.characters.push_back({.code = *c, .bbox = {x0, y0, x1, y0 + 10}});
  line.bbox = {x0, y0, x1, y0 + 10};
  line.confidence = confidence;
  line.font_size = 10;
  line.source = document::TextSource::kOcr;
  return line;
}

// A name as a pen writes it: one stroke up and down, from (x, y) pixels.
void scribble(cv::Mat& page, int x, int y) {
  const std::vector<int> heights{40, 0, 52, 8, 44, 2, 50, 14, 36};
  for (std::size_t i = 0; i + 1 < heights.size(); ++i) {
    const int step = static_cast<int>(i) * 14;
    cv::line(page, {x + step, y + heights[i]}, {x + step + 14, y + heights[i + 1]}, cv::Scalar::all(20), 3);
  }
}

TEST(Signatures, AreJoinedStrokesBehindTheLabelThatTheySign) {
  cv::Mat page = blank();
  scribble(page, 250, 185);
  std::vector<document::TextLine> lines{line_at(30, 70, 85, U"医师签名："), line_at(88, 68, 130, U"ww", 0.5)};
  const auto found = take_signatures(page, kDpi, {}, lines);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, document::RegionKind::kHandwriting);
  EXPECT_NEAR(found[0].bbox.x0, 250 * 72 / kDpi, 2);
  EXPECT_EQ(lines.size(), 1U) << "what was read out of it";
}

TEST(Signatures, WhatWasReadBehindTheLabelInItsOwnLineIsTakenAway) {
  cv::Mat page = blank();
  scribble(page, 250, 185);
  document::TextLine line = line_at(30, 70, 130, U"医师签名：wM");
  for (std::size_t i = 0; i < line.characters.size(); ++i) {
    const double x = i < 5 ? 30 + 11.0 * static_cast<double>(i) : 90 + 20.0 * static_cast<double>(i - 5);
    line.characters[i].bbox = {x, 70, x + 10, 80};
    line.characters[i].confidence = i < 5 ? 0.99 : 0.5;
  }
  std::vector<document::TextLine> lines{line};
  ASSERT_EQ(take_signatures(page, kDpi, {}, lines).size(), 1U);
  EXPECT_EQ(lines[0].characters.size(), 5U);
  line.characters[5].confidence = line.characters[6].confidence = 0.95;
  line.bbox.x1 = 110;
  lines = {line};
  EXPECT_TRUE(take_signatures(page, kDpi, {}, lines).empty()) << "a printed name";
}

TEST(Signatures, AScribbleThatIsReadSurelyAsOneWideLetterIsNoPrint) {
  cv::Mat page = blank();
  scribble(page, 250, 185);
  std::vector<document::TextLine> lines{line_at(30, 70, 85, U"医师签名："), line_at(88, 68, 132, U"M", 0.97)};
  ASSERT_EQ(take_signatures(page, kDpi, {}, lines).size(), 1U);
  EXPECT_EQ(lines.size(), 1U);
}

TEST(Signatures, AScribbleThatTheColonsBoxReachesOverIsFound) {
  cv::Mat page = blank();
  scribble(page, 250, 185);
  document::TextLine line = line_at(30, 70, 132, U"签名：");
  line.characters[0].bbox.x1 = line.characters[1].bbox.x0 = 55;
  line.characters[1].bbox.x1 = line.characters[2].bbox.x0 = 78;
  std::vector<document::TextLine> lines{line};
  EXPECT_EQ(take_signatures(page, kDpi, {}, lines).size(), 1U);
}

TEST(Signatures, PrintedNamesAndLinesToSignOnAreNone) {
  cv::Mat page = blank();
  for (const int x : {250, 285, 320}) cv::rectangle(page, cv::Rect(x, 196, 24, 24), cv::Scalar::all(20), 3);
  cv::line(page, {245, 226}, {460, 226}, cv::Scalar::all(20), 2);
  std::vector<document::TextLine> lines{line_at(30, 70, 85, U"医师签名：")};
  EXPECT_TRUE(take_signatures(page, kDpi, {}, lines).empty());
}

TEST(Signatures, StrokesBehindOtherWordsAreLeftAlone) {
  cv::Mat page = blank();
  scribble(page, 250, 185);
  std::vector<document::TextLine> lines{line_at(30, 70, 85, U"心电图示：")};
  EXPECT_TRUE(take_signatures(page, kDpi, {}, lines).empty());
}

TEST(Signatures, ALabelIsOneWhoseValueIsStillToCome) {
  EXPECT_TRUE(ends_with_signing_label(U"审核医师："));
  EXPECT_TRUE(ends_with_signing_label(U"日期：2024-01-02 医师签名：__"));
  EXPECT_TRUE(ends_with_signing_label(U"Physician Signature:"));
  EXPECT_FALSE(ends_with_signing_label(U"审核医师：王某"));
  EXPECT_FALSE(ends_with_signing_label(U"诊断："));
}

}  // namespace
}  // namespace medmark::vision
