#include "vision/black_marks.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <string>

#include "vision/marked_lines.hpp"

namespace medmark::vision {
namespace {

constexpr double kDpi = 200;
constexpr double kPoints = 72 / kDpi;
const cv::Scalar kBlack(30, 30, 30);

// A page of print (22 pixels high digits, an em of 30) and what was read of it, as the reader hands it on.
struct Sheet {
  cv::Mat picture{900, 1200, CV_8UC3, cv::Scalar::all(252)};
  document::PageEvidence page;

  void print(const std::string& text, cv::Point foot) {
    cv::putText(picture, text, foot, cv::FONT_HERSHEY_SIMPLEX, 1.0, kBlack, 2, cv::LINE_AA);
    document::TextLine line;
    line.font_size = 30 * kPoints;
    line.confidence = 0.99;
    int x = foot.x;
    for (const char c : text) {
      const int width = cv::getTextSize(std::string(1, c), cv::FONT_HERSHEY_SIMPLEX, 1.0, 2, nullptr).width;
      const base::Rect box{x * kPoints, (foot.y - 24) * kPoints, (x + width) * kPoints, (foot.y + 3) * kPoints};
      line.characters.push_back({.code = static_cast<char32_t>(c), .bbox = box, .confidence = 0.99});
      line.bbox = base::united(line.bbox, box);
      x += width;
    }
    page.lines.push_back(line);
  }
  void draw(const std::vector<cv::Point>& points) { cv::polylines(picture, points, false, kBlack, 3, cv::LINE_AA); }
  void ring(cv::Point middle, cv::Size half) { cv::ellipse(picture, middle, half, 3, 0, 360, kBlack, 3, cv::LINE_AA); }
  [[nodiscard]] BlackMarks marks() const { return find_black_marks(picture, kDpi, page); }
};

// Rows 60 pixels apart; the value of row 4 stands from x 500 to 590 with its foot at y 340.
Sheet printed() {
  Sheet sheet;
  for (int row = 0; row < 12; ++row) {
    sheet.print("Hemoglobin", {100, 100 + row * 60});
    sheet.print("12.34", {500, 100 + row * 60});
    sheet.print("mmol/L", {760, 100 + row * 60});
  }
  return sheet;
}

constexpr int kFoot = 340;
constexpr std::size_t kValue = 13;  // of the lines

TEST(BlackMarks, PrintAloneHoldsNone) { EXPECT_TRUE(printed().marks().handwriting.empty()); }

TEST(BlackMarks, ARingGoesAndTheValueInItStays) {
  Sheet sheet = printed();
  sheet.ring({543, kFoot - 11}, {66, 27});
  const BlackMarks marks = sheet.marks();
  ASSERT_EQ(marks.handwriting.size(), 1U);
  EXPECT_NEAR(marks.handwriting[0].bbox.center_x(), 543 * kPoints, 1);
  EXPECT_EQ(marks.lines, std::vector<std::size_t>{kValue});
  EXPECT_TRUE(marks.touched.empty()) << "it keeps its distance from the print";
  const cv::Rect around(460, kFoot - 50, 170, 70);
  EXPECT_LT(cv::norm(marks.without(around), printed().picture(around), cv::NORM_L1) / (around.area() * 3.0), 2);
}

TEST(BlackMarks, ARingCloseToTheValuePutsItInDoubt) {
  Sheet sheet = printed();
  sheet.ring({543, kFoot - 11}, {68, 21});
  const BlackMarks marks = sheet.marks();
  ASSERT_EQ(marks.handwriting.size(), 1U);
  EXPECT_FALSE(marks.touched.empty()) << "a point may have run into it";
}

TEST(BlackMarks, AStrikePutsTheWholeNumberInDoubt) {
  Sheet sheet = printed();
  sheet.draw({{485, kFoot - 8}, {540, kFoot - 11}, {605, kFoot - 15}});
  const BlackMarks marks = sheet.marks();
  ASSERT_EQ(marks.handwriting.size(), 1U);
  EXPECT_EQ(marks.touched.size(), 5U);
  EXPECT_TRUE(marks.lines.empty()) << "struck digits read worse without the stroke";
}

TEST(BlackMarks, TheNumberWrittenBesideAStruckOneGoesWithIt) {
  Sheet sheet = printed();
  sheet.draw({{485, kFoot - 8}, {540, kFoot - 11}, {605, kFoot - 15}});
  sheet.draw({{625, kFoot - 30}, {640, kFoot - 34}, {630, kFoot + 8}});
  sheet.draw({{655, kFoot - 28}, {672, kFoot - 36}, {668, kFoot - 14}, {655, kFoot + 6}, {680, kFoot + 2}});
  const BlackMarks marks = sheet.marks();
  ASSERT_EQ(marks.handwriting.size(), 2U);
  EXPECT_NEAR(marks.handwriting[1].bbox.x0, 625 * kPoints, 1.5);
  EXPECT_NEAR(marks.handwriting[1].bbox.x1, 680 * kPoints, 1.5) << "and the unit stays";
}

TEST(BlackMarks, ATickBesideTheRowIsOne) {
  Sheet sheet = printed();
  sheet.draw({{620, kFoot - 18}, {632, kFoot + 2}, {648, kFoot - 22}, {668, kFoot - 40}});
  const BlackMarks marks = sheet.marks();
  ASSERT_EQ(marks.handwriting.size(), 1U);
  EXPECT_NEAR(marks.handwriting[0].bbox.x0, 618 * kPoints, 1);
}

TEST(BlackMarks, PrintedTicksFramesLettersAndSignsAreNone) {
  Sheet sheet = printed();
  sheet.draw({{620, kFoot - 10}, {628, kFoot + 1}, {645, kFoot - 25}});                         // √ as high as print
  cv::rectangle(sheet.picture, cv::Rect(480, kFoot + 24, 130, 46), kBlack, 2);                  // a framed value
  cv::ellipse(sheet.picture, {640, kFoot + 110}, {14, 14}, 0, 0, 360, kBlack, 2, cv::LINE_AA);  // ①
  sheet.draw({{640, kFoot + 102}, {640, kFoot + 118}});
  sheet.print("1", {635, kFoot + 119});
  sheet.print("2024-05-11  V  W  O0  +H+  --35--", {100, 830});
  EXPECT_TRUE(sheet.marks().handwriting.empty());
}

TEST(BlackMarks, ARulingLineThroughARingIsNoPartOfIt) {
  Sheet sheet = printed();
  sheet.ring({543, kFoot - 11}, {66, 27});
  cv::line(sheet.picture, {490, 40}, {490, 880}, kBlack, 2);
  cv::line(sheet.picture, {60, kFoot + 9}, {1100, kFoot + 9}, kBlack, 2);
  sheet.page.rulings.push_back({{490 * kPoints, 40 * kPoints}, {490 * kPoints, 880 * kPoints}, 2 * kPoints});
  sheet.page.rulings.push_back(
      {{60 * kPoints, (kFoot + 9) * kPoints}, {1100 * kPoints, (kFoot + 9) * kPoints}, 2 * kPoints});
  EXPECT_EQ(sheet.marks().handwriting.size(), 1U);
}

TEST(BlackMarks, SealsAndPicturesAreLeftAlone) {
  Sheet sheet = printed();
  sheet.ring({543, kFoot - 11}, {66, 27});
  sheet.page.regions.push_back({.kind = document::RegionKind::kSeal,
                                .bbox = {500 * kPoints, 300 * kPoints, 700 * kPoints, 420 * kPoints},
                                .confidence = 1,
                                .text = {}});
  EXPECT_TRUE(sheet.marks().handwriting.empty());
}

document::TextLine line_of(const std::u32string& text) {
  document::TextLine line;
  line.font_size = 10;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const double x = 100 + 10 * static_cast<double>(i);
    line.characters.push_back({.code = text[i], .bbox = {x, 50, x + 10, 60}, .confidence = 0.99});
    line.bbox = base::united(line.bbox, line.characters.back().bbox);
  }
  return line;
}

// What becomes of a line under a mark in `box` where the page without it reads `second`.
std::vector<document::TextLine> read_again(const std::u32string& first, const std::u32string& second,
                                           const base::Rect& box) {
  BlackMarks marks;
  marks.handwriting.push_back({.kind = document::RegionKind::kHandwriting, .bbox = box, .confidence = 0.6, .text = {}});
  marks.lines = {0};
  std::vector<document::TextLine> lines{line_of(first)};
  const auto read = [&](const cv::Mat&, const base::Rect&) -> base::Result<std::vector<document::TextLine>> {
    return second.empty() ? std::vector<document::TextLine>{} : std::vector{line_of(second)};
  };
  EXPECT_TRUE(read_marked_lines(marks, read, lines).has_value());
  return lines;
}

double surest(const document::TextLine& line) {
  double most = 0;
  for (const document::Character& character : line.characters) most = std::max(most, character.confidence);
  return most;
}

TEST(MarkedLines, ASignThatThePenWasReadAsGoesWithoutDoubt) {
  const auto lines = read_again(U"王欣V", U"王欣", {118, 45, 135, 65});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].characters.size(), 2U);
  EXPECT_GT(surest(lines[0]), 0.9);
}

TEST(MarkedLines, ADigitThatIsLostWithThePenLeavesAllInDoubt) {
  const auto lines = read_again(U"123.3", U"23.3", {95, 45, 115, 65});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_LE(surest(lines[0]), 0.8);
}

TEST(MarkedLines, AnotherReadingLeavesAllInDoubt) {
  EXPECT_LE(surest(read_again(U"5.8", U"5.6", {95, 45, 125, 65})[0]), 0.8);
}

TEST(MarkedLines, WhatWasNothingButAMarkIsNoPrint) { EXPECT_TRUE(read_again(U"V", U"", {95, 45, 115, 65}).empty()); }

}  // namespace
}  // namespace medmark::vision
