#include "vision/check_boxes.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <optional>

#include "vision/drawn_squares.hpp"

namespace medmark::vision {
namespace {

constexpr double kDpi = 200;
constexpr double kPoints = 72 / kDpi;
constexpr int kEm = 28;
const cv::Scalar kBlack(30, 30, 30);

// Rows of options drawn as a form has them: boxes of 18 pixels, words of filled blocks for Han characters.
struct Form {
  cv::Mat picture{400, 700, CV_8UC3, cv::Scalar::all(252)};
  std::vector<document::TextLine> lines;

  void box(int x, int y, bool is_ticked) {
    cv::rectangle(picture, cv::Rect(x, y + 5, 18, 18), kBlack, 2);
    if (is_ticked) {
      const std::vector<cv::Point> tick{{x + 5, y + 13}, {x + 8, y + 18}, {x + 13, y + 9}};
      cv::polylines(picture, tick, false, kBlack, 2);
    }
  }
  // A row: boxes before each word of two characters at x 100, 220, 340; what the reader said of the boxes, 0: nothing.
  void row(int y, const std::vector<bool>& ticked, const std::vector<char32_t>& read) {
    document::TextLine line;
    line.font_size = kEm * kPoints;
    const auto add = [&](char32_t code, int from, int to) {
      const base::Rect place{from * kPoints, y * kPoints, to * kPoints, (y + kEm) * kPoints};
      line.characters.push_back({.code = code, .bbox = place, .confidence = 0.97});
      line.bbox = base::united(line.bbox, place);
    };
    for (std::size_t i = 0; i < ticked.size(); ++i) {
      const int x = 100 + 120 * static_cast<int>(i);
      box(x, y, ticked[i]);
      if (read[i] != 0) add(read[i], x - 2, x + 22);
      for (const int k : {0, 1}) {
        const int at = x + 24 + 30 * k;
        for (int stroke = 0; stroke < 4; ++stroke)
          cv::line(picture, {at, y + 4 + 7 * stroke}, {at + 26, y + 4 + 7 * stroke}, kBlack, 2);
        add(k == 0 ? U'轮' : U'椅', at, at + 28);
      }
    }
    lines.push_back(line);
  }
  void settle(std::span<const document::Region> regions = {}) { write_check_boxes(picture, kDpi, regions, lines); }
  [[nodiscard]] std::u32string text(std::size_t line) const {
    std::u32string out;
    for (const document::Character& character : lines[line].characters) out.push_back(character.code);
    return out;
  }
  [[nodiscard]] double confidence(std::size_t line, std::size_t index) const {
    return lines[line].characters[index].confidence;
  }
};

TEST(CheckBoxes, BothWitnessesAgreeing) {
  Form form;
  form.row(50, {false, true, false}, {U'□', U'☑', U'□'});
  form.settle();
  EXPECT_EQ(form.text(0), U"□轮椅☑轮椅□轮椅");
  for (const std::size_t i : {0U, 3U, 6U}) EXPECT_GE(form.confidence(0, i), 0.9);
}

TEST(CheckBoxes, ThatWereNotReadAreWrittenInTheirPlaceButNotAsSure) {
  Form form;
  form.row(50, {false, true, false}, {U'□', U'☑', U'□'});
  form.row(110, {false, true, false}, {U'□', 0, 0});
  form.settle();
  ASSERT_EQ(form.text(1), U"□轮椅☑轮椅□轮椅");
  EXPECT_LT(form.confidence(1, 3), 0.9);
  EXPECT_LT(form.confidence(1, 6), 0.9);
  EXPECT_GE(form.confidence(1, 0), 0.9);
}

TEST(CheckBoxes, ReadInAnotherStateThanTheyAreDrawnAreInDoubt) {
  Form form;
  form.row(50, {false, true, true}, {U'☑', U'☑', U'□'});
  form.settle();
  EXPECT_LT(form.confidence(0, 0), 0.5) << "empty, read as ticked";
  EXPECT_GE(form.confidence(0, 3), 0.9);
  EXPECT_LT(form.confidence(0, 6), 0.5) << "ticked, read as empty";
}

TEST(CheckBoxes, ReadWhereNoneIsDrawnAreInDoubt) {
  Form form;
  form.row(50, {false, true}, {U'□', U'☑'});
  cv::rectangle(form.picture, cv::Rect(215, 45, 26, 40), cv::Scalar::all(252), cv::FILLED);
  form.settle();
  EXPECT_LT(form.confidence(0, 3), 0.9);
}

TEST(CheckBoxes, UnderAPenAreInDoubt) {
  Form form;
  form.row(50, {false, true}, {U'□', U'☑'});
  const std::vector<document::Region> pen{{.kind = document::RegionKind::kHandwriting,
                                           .bbox = {100 * kPoints, 40 * kPoints, 120 * kPoints, 80 * kPoints},
                                           .confidence = 0.6,
                                           .text = {}}};
  form.settle(pen);
  EXPECT_LT(form.confidence(0, 0), 0.5) << "what a pen left in it may have been taken off the page";
}

TEST(CheckBoxes, PartsOfCharactersAreNone) {
  Form form;
  form.row(50, {false, true}, {U'□', U'☑'});
  form.row(110, {}, {});
  document::TextLine line;  // 口服: its 口 is drawn as a box is, and was read
  line.font_size = kEm * kPoints;
  form.box(100, 170, false);
  line.characters = {
      {.code = U'口', .bbox = {96 * kPoints, 170 * kPoints, 124 * kPoints, 198 * kPoints}, .confidence = 0.99},
      {.code = U'服', .bbox = {124 * kPoints, 170 * kPoints, 152 * kPoints, 198 * kPoints}, .confidence = 0.99}};
  line.bbox = {96 * kPoints, 170 * kPoints, 152 * kPoints, 198 * kPoints};
  form.lines.push_back(line);
  form.settle();
  EXPECT_EQ(form.text(form.lines.size() - 1), U"口服");
}

TEST(DrawnSquares, AreSquareAndKnowWhatStandsInThem) {
  cv::Mat ink = cv::Mat::zeros(40, 300, CV_8U);
  cv::rectangle(ink, cv::Rect(10, 10, 20, 20), 255, 2);
  cv::rectangle(ink, cv::Rect(50, 10, 20, 20), 255, 2);
  cv::line(ink, {54, 14}, {66, 26}, 255, 2);
  cv::rectangle(ink, cv::Rect(100, 10, 40, 20), 255, 2);  // an oblong
  cv::ellipse(ink, {170, 20}, {10, 10}, 0, 0, 360, 255, 2);
  cv::rectangle(ink, cv::Rect(200, 10, 20, 20), 255, cv::FILLED);
  const auto squares = drawn_squares(ink, 28);
  ASSERT_EQ(squares.size(), 3U);
  EXPECT_EQ(squares[0].state, SquareState::kEmpty);
  EXPECT_EQ(squares[1].state, SquareState::kMarked);
  EXPECT_EQ(squares[2].state, SquareState::kMarked);
}

}  // namespace
}  // namespace medmark::vision
