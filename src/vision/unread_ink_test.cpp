#include "vision/unread_ink.hpp"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>
#include <string_view>

namespace medmark::vision {
namespace {

constexpr double kDpi = 144;  // 2 pixels a point
constexpr double kEm = 12;

// A page on which every character is a block of ink in its box, and whatever else is drawn.
class DrawnPage {
 public:
  DrawnPage() { page_.source = document::TextSource::kOcr; }

  DrawnPage& line(double x, double y, std::u32string_view text) {
    document::TextLine line;
    line.source = document::TextSource::kOcr;
    line.font_size = kEm;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const double left = x + 8 * static_cast<double>(i);
      line.characters.push_back({.code = text[i], .bbox = {left, y, left + 8, y + 9}});
      if (text[i] == U'=') {
        ink({left + 1, y + 3, left + 6, y + 4});
        ink({left + 1, y + 6, left + 6, y + 7});
      } else if (text[i] != U' ') {
        ink({left + 1, y, left + 5, y + 9});
      }
    }
    line.bbox = {x, y, x + 8 * static_cast<double>(text.size()), y + 9};
    page_.lines.push_back(std::move(line));
    return *this;
  }

  DrawnPage& ink(const base::Rect& box, int level = 20) {
    picture_(cv::Rect(cv::Point(static_cast<int>(2 * box.x0), static_cast<int>(2 * box.y0)),
                      cv::Point(static_cast<int>(2 * box.x1), static_cast<int>(2 * box.y1))))
        .setTo(cv::Scalar::all(level));
    return *this;
  }

  DrawnPage& rule(double x0, double y, double x1) {
    page_.rulings.push_back({{x0, y}, {x1, y}, 1});
    return ink({x0, y - 0.5, x1, y + 0.5});
  }

  [[nodiscard]] std::vector<base::Rect> unread() const { return find_unread_ink(picture_, kDpi, page_); }

 private:
  cv::Mat picture_ = cv::Mat(400, 800, CV_8UC3, cv::Scalar::all(245));
  document::PageEvidence page_;
};

TEST(UnreadInk, AFormulaThatWasReadWholeHasNone) {
  EXPECT_TRUE(
      DrawnPage().line(60, 60, U"A = B").line(120, 50, U"12").rule(118, 64, 150).line(120, 68, U"34").unread().empty());
}

TEST(UnreadInk, ANumeratorThatWasNotReadIsFound) {
  const auto unread = DrawnPage().line(60, 60, U"A =").line(90, 68, U"72").ink({90, 46, 95, 55}).unread();
  ASSERT_EQ(unread.size(), 1U);
  EXPECT_NEAR(unread[0].x0, 90, 1);
}

TEST(UnreadInk, AMinusInTheBoxOfALetterIsFound) {
  EXPECT_EQ(DrawnPage().line(60, 60, U"A =B").ink({66, 64, 69.5, 65}).unread().size(), 1U);
}

TEST(UnreadInk, APointBetweenDigitsIsFound) {
  EXPECT_EQ(DrawnPage().line(60, 60, U"A =22").ink({98, 67.5, 99.5, 69}).unread().size(), 1U);
  EXPECT_TRUE(DrawnPage().line(60, 60, U"A =22").ink({98, 61, 99.5, 62.5}).unread().empty())
      << "a speck at half height";
}

TEST(UnreadInk, ABarWhoseMiddleStandsInACharactersBoxIsNotItsInk) {
  EXPECT_TRUE(DrawnPage().line(60, 60, U"A =").line(100, 55, U"ABC").rule(98, 63.5, 126).unread().empty());
}

TEST(UnreadInk, PaleMarksAreNone) {
  EXPECT_TRUE(DrawnPage().line(60, 60, U"A = B").ink({120, 60, 125, 69}, 200).unread().empty());
}

TEST(UnreadInk, TextWithoutAnEqualsSignIsNotLookedAt) {
  EXPECT_TRUE(DrawnPage().line(60, 60, U"A B").ink({120, 60, 125, 69}).unread().empty());
}

}  // namespace
}  // namespace medmark::vision
