#include "vision/formula_bars.hpp"

#include <gmock/gmock.h>

#include <cstddef>
#include <vector>

namespace medmark::vision {
namespace {

constexpr std::size_t kWidth = 200;
constexpr std::size_t kHeight = 96;

// A picture with rules drawn into it, and the cells (of 4 columns) that the model says are bars.
class Page {
 public:
  Page& rule(std::size_t x0, std::size_t x1, std::size_t y, float ink = 1) {
    for (std::size_t x = x0; x < x1; ++x) ink_[y * kWidth + x] = ink;
    return *this;
  }

  Page& cells(std::size_t first, std::size_t end, double y) {
    for (std::size_t column = first; column < end; ++column) cells_.push_back({column, y});
    return *this;
  }

  [[nodiscard]] std::vector<SeenBar> bars() const { return bars_in(cells_, 4, {ink_, kWidth}); }

 private:
  std::vector<float> ink_ = std::vector<float>(kWidth * kHeight, 0.0F);
  std::vector<BarCell> cells_;
};

TEST(FormulaBars, ARuleThatTheModelLostInTheMiddleIsOneBar) {
  const auto bars = Page().rule(20, 180, 50).cells(5, 14, 50.5).cells(30, 45, 50.5).bars();
  ASSERT_EQ(bars.size(), 1U);
  EXPECT_DOUBLE_EQ(bars[0].x0, 20);
  EXPECT_DOUBLE_EQ(bars[0].x1, 180);
}

TEST(FormulaBars, WithPaperBetweenThemTwoBarsStayTwo) {
  EXPECT_EQ(Page().rule(20, 56, 50).rule(120, 180, 50).cells(5, 14, 50.5).cells(30, 45, 50.5).bars().size(), 2U);
}

TEST(FormulaBars, PaperPartsABarThatTheModelSawInOnePiece) {
  const auto bars = Page().rule(20, 80, 50).rule(104, 180, 50).cells(5, 45, 50.5).bars();
  ASSERT_EQ(bars.size(), 2U);
  EXPECT_DOUBLE_EQ(bars[0].x0, 104);
  EXPECT_DOUBLE_EQ(bars[1].x1, 80);
}

TEST(FormulaBars, ABreakOfAFewPixelsPartsNoBar) {
  EXPECT_EQ(Page().rule(20, 80, 50).rule(86, 180, 50).cells(5, 45, 50.5).bars().size(), 1U);
}

TEST(FormulaBars, APaleRuleIsABarLikeAnother) {
  const auto bars = Page().rule(20, 180, 50, 0.2F).cells(5, 45, 50.5).bars();
  ASSERT_EQ(bars.size(), 1U);
  EXPECT_DOUBLE_EQ(bars[0].x1, 180);
}

TEST(FormulaBars, WithoutInkThereIsNoBar) { EXPECT_TRUE(Page().cells(5, 45, 50.5).bars().empty()); }

TEST(FormulaBars, OfBarsOverEachOtherOnlyTheLongestIsOne) {
  const auto bars = Page().rule(20, 180, 50).rule(60, 80, 56).cells(5, 45, 50.5).cells(15, 20, 56.5).bars();
  ASSERT_EQ(bars.size(), 1U);
  EXPECT_DOUBLE_EQ(bars[0].x0, 20);
}

TEST(FormulaBars, AFractionInAFractionHasItsOwn) {
  EXPECT_EQ(Page().rule(20, 180, 50).rule(60, 100, 66).cells(5, 45, 50.5).cells(15, 25, 66.5).bars().size(), 2U);
}

TEST(FormulaBars, ABarThatRisesIsFollowed) {
  Page page;
  for (std::size_t x = 20; x < 180; ++x) page.rule(x, x + 1, 54 - (x - 20) / 40);
  for (const std::size_t column : {5U, 6U, 7U, 8U, 20U, 21U, 22U, 23U, 24U, 38U, 39U, 40U, 41U, 42U, 43U, 44U}) {
    page.cells(column, column + 1, 54.5 - static_cast<double>(column * 4 - 20) / 40);
  }
  EXPECT_EQ(page.bars().size(), 1U);
}

TEST(FormulaBars, AShortOneIsNone) { EXPECT_TRUE(Page().rule(20, 28, 50).cells(5, 7, 50.5).bars().empty()); }

}  // namespace
}  // namespace medmark::vision
