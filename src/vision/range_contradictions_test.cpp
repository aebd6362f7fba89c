#include "vision/range_contradictions.hpp"

#include <gtest/gtest.h>

namespace medmark::vision {
namespace {

// Lines of one row, each 100 pixels wide.
std::vector<PlacedText> row_of(const std::vector<std::u32string>& texts) {
  std::vector<PlacedText> lines;
  int x = 0;
  for (const std::u32string& text : texts) {
    lines.push_back({{x, 100, 90, 30}, text});
    x += 100;
  }
  return lines;
}

std::optional<std::size_t> end_in(const std::vector<std::u32string>& texts, std::size_t line) {
  return contradicted_ends(row_of(texts))[line];
}

TEST(RangeContradictions, AnUnmarkedResultOutsideItsRangeIsLookedAt) {
  EXPECT_EQ(end_in({U"血红蛋白", U"1121", U"g/L", U"115-150"}, 1), 3U);
  EXPECT_EQ(end_in({U"白细胞", U"17.111 10^9/L 4.4～11.9"}, 1), 5U);
  EXPECT_EQ(end_in({U"钾", U"3.91", U"4.00--5.30"}, 1), 3U);
}

TEST(RangeContradictions, MarkedResultsAndThoseWithinTheirRangeAreNot) {
  EXPECT_FALSE(end_in({U"血红蛋白", U"112", U"↓", U"115-150"}, 1).has_value());
  EXPECT_FALSE(end_in({U"血红蛋白", U"112", U"g/L", U"115-150", U"L"}, 1).has_value());
  EXPECT_FALSE(end_in({U"血红蛋白", U"121", U"g/L", U"115-150"}, 1).has_value());
}

TEST(RangeContradictions, OfSideBySideResultsEachHasItsOwnRange) {
  const auto ends = contradicted_ends(row_of({U"WBC", U"6.11", U"4.0-10.0", U"HGB", U"1011", U"110-150"}));
  EXPECT_FALSE(ends[1].has_value());
  EXPECT_TRUE(ends[4].has_value());
}

TEST(RangeContradictions, DatesTimesAndCodesAreNoResults) {
  EXPECT_FALSE(end_in({U"2024-06-04 09:12", U"10-20"}, 0).has_value());
  EXPECT_FALSE(end_in({U"CA125", U"10-20"}, 0).has_value());
}

}  // namespace
}  // namespace medmark::vision
