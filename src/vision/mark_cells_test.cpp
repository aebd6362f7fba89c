#include "vision/mark_cells.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace medmark::vision {
namespace {

const std::u32string kSigns = U" ▯#↑⁹²";

// An answer of 6 rows and 16 columns in which nothing was seen yet.
class Answer {
 public:
  Answer() : values_(kRows * kColumns * kSigns.size(), 0.0F) {
    for (std::size_t i = 0; i < kRows * kColumns; ++i) values_[i * kSigns.size()] = 1;
  }

  Answer& see(std::size_t row, std::size_t column, char32_t sign, float belief) {
    float* cell = values_.data() + (row * kColumns + column) * kSigns.size();
    cell[0] -= belief;
    cell[kSigns.find(sign)] += belief;
    return *this;
  }

  [[nodiscard]] std::vector<SeenMark> in(const cv::Rect2d& box) const {
    return marks_in({values_, kRows, kColumns, kSigns}, box);
  }

 private:
  static constexpr std::size_t kRows = 6;
  static constexpr std::size_t kColumns = 16;
  std::vector<float> values_;
};

TEST(MarkCells, ColumnsThatAgreeAreOneSign) {
  const auto seen = Answer().see(2, 4, U'↑', 0.9F).see(3, 4, U'↑', 0.9F).see(2, 5, U'↑', 0.9F).in({16, 16, 8, 16});
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].code, U'↑');
  EXPECT_NEAR(seen[0].belief, 1.0, 0.01);  // of what is believed to stand there at all
}

TEST(MarkCells, NeighboursThatDifferAreTwo) {
  const auto seen = Answer().see(1, 4, U'⁹', 0.9F).see(1, 6, U'²', 0.8F).in({16, 8, 12, 8});
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].code, U'⁹');
  EXPECT_EQ(seen[1].code, U'²');
}

TEST(MarkCells, ADividedBeliefIsNoSureOne) {
  const auto seen = Answer().see(1, 4, U'⁹', 0.5F).see(1, 4, U'²', 0.4F).in({16, 8, 4, 8});
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].code, U'⁹');
  EXPECT_LT(seen[0].belief, 0.6);
}

TEST(MarkCells, OnlyTheBoxCounts) {
  const Answer answer = Answer().see(1, 4, U'⁹', 0.9F);
  EXPECT_TRUE(answer.in({40, 8, 8, 8}).empty());
  EXPECT_TRUE(answer.in({16, 32, 8, 8}).empty());
}

TEST(MarkCells, ABoxBeyondTheStripIsCutToIt) {
  EXPECT_TRUE(Answer().in({-20, -20, 4, 4}).empty());
  EXPECT_TRUE(Answer().in({500, 60, 4, 4}).empty());
}

}  // namespace
}  // namespace medmark::vision
