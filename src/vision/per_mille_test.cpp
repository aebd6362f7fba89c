#include "vision/per_mille.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "vision/scripts.hpp"
#include "vision/testing_reading.hpp"

namespace medmark::vision {
namespace {

struct Line {
  cv::Mat ink;
  Reading reading;
};

// Characters 12 wide and 28 high every 18 columns; those at `rings` only the lower `height` rows.
Line line_of(const std::u32string& text, const std::vector<std::size_t>& rings, int height = 14) {
  Line line{cv::Mat::zeros(kStripHeight, 20 + 18 * static_cast<int>(text.size()), CV_8U), {}};
  std::vector<double> centers;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int x = 8 + 18 * static_cast<int>(i);
    const bool is_ring = std::find(rings.begin(), rings.end(), i) != rings.end();
    const int rows = is_ring ? height : 28;
    if (text[i] != U' ') line.ink(cv::Rect(x, 38 - rows, 12, rows)).setTo(255);
    centers.push_back(x + 6);
  }
  line.reading = reading_of(text, centers);
  return line;
}

std::u32string written(const std::u32string& text, const std::vector<std::size_t>& rings) {
  Line line = line_of(text, rings);
  write_per_mille(line.ink, line.reading);
  return text_of(line.reading);
}

TEST(PerMille, IsWrittenWhereTheSecondRingWasReadAsAZero) {
  EXPECT_EQ(written(U"13%0", {3}), U"13‰");
  EXPECT_EQ(written(U"13%0(<4%o)", {3, 8}), U"13‰(<4‰)");
}

TEST(PerMille, IsSeenWhereTheZeroWasPutBehindIt) {
  Line line = line_of(U"13%0 (", {3});
  line.reading.characters[3].center += 12;
  write_per_mille(line.ink, line.reading);
  EXPECT_EQ(text_of(line.reading), U"13‰ (");
}

TEST(PerMille, IsForAPersonToSee) {
  Line line = line_of(U"13%0", {3});
  write_per_mille(line.ink, line.reading);
  EXPECT_LE(line.reading.characters[2].confidence, kDoubtful);
}

TEST(PerMille, AZeroAsHighAsDigitsIsAZero) { EXPECT_EQ(written(U"13%0", {}), U"13%0"); }

TEST(PerMille, NothingIsRewrittenInNumbersAndNames) {
  EXPECT_EQ(written(U"13%0.5", {3}), U"13%0.5");
  EXPECT_EQ(written(U"13%05", {3}), U"13%05");
  EXPECT_EQ(written(U"NEUT%0", {5}), U"NEUT%0");
  EXPECT_EQ(written(U"13% 0", {4}), U"13% 0");
}

}  // namespace
}  // namespace medmark::vision
