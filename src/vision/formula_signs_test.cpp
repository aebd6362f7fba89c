#include <gmock/gmock.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "vision/formula_cells.hpp"
#include "vision/formula_rows.hpp"

namespace medmark::vision {
namespace {

constexpr std::size_t kSigns = 4;  // nothing, bar, and two characters
constexpr std::size_t kLength = kSigns + 7;

// An answer of the model of 12 rows and 20 columns in which nothing was seen yet.
class Answer {
 public:
  Answer() : values_(kRows * kColumns * kLength, 0.0F) {
    for (std::size_t i = 0; i < kRows * kColumns; ++i) values_[i * kLength] = 1;
  }

  // The cell says that `sign` fills `box`, on the baseline of the box's lower edge.
  Answer& see(std::size_t row, std::size_t column, std::size_t sign, const base::Rect& box, float probability = 0.9F) {
    float* cell = values_.data() + (row * kColumns + column) * kLength;
    const auto x = static_cast<float>(column) * 4 + 2;
    const auto y = static_cast<float>(row) * 8 + 4;
    cell[0] = 1 - probability;
    cell[sign] = probability;
    float* place = cell + kSigns;
    place[0] = static_cast<float>(box.x0) - x;
    place[1] = static_cast<float>(box.y0) - y;
    place[2] = static_cast<float>(box.x1) - x;
    place[3] = static_cast<float>(box.y1) - y;
    place[4] = static_cast<float>(box.y1) - y;
    place[5] = 22;
    return *this;
  }

  Answer& ink(std::size_t x0, std::size_t x1, std::size_t y) {
    std::fill(ink_.begin() + static_cast<std::ptrdiff_t>(y * kWidth + x0),
              ink_.begin() + static_cast<std::ptrdiff_t>(y * kWidth + x1), 1.0F);
    return *this;
  }

  [[nodiscard]] SeenFormula signs() const {
    return signs_of({.values = values_,
                     .rows = kRows,
                     .columns = kColumns,
                     .sign_count = kSigns,
                     .bar = 1,
                     .cell_width = 4,
                     .cell_height = 8,
                     .ink = {ink_, kWidth}});
  }

 private:
  static constexpr std::size_t kRows = 12;
  static constexpr std::size_t kColumns = 20;
  static constexpr std::size_t kWidth = kColumns * 4;
  std::vector<float> values_;
  std::vector<float> ink_ = std::vector<float>(kRows * 8 * kWidth, 0.0F);
};

TEST(FormulaCells, CellsOfOneSignAreOneAndNeighboursAreTwo) {
  const base::Rect left{8, 32, 18, 48};
  const base::Rect right{19, 32, 29, 48};
  const SeenFormula seen =
      Answer().see(4, 2, 2, left).see(4, 3, 2, left).see(5, 3, 2, left).see(4, 5, 2, right).see(5, 6, 2, right).signs();
  ASSERT_EQ(seen.signs.size(), 2U);
  EXPECT_NEAR(seen.signs[0].bbox.center_x(), 13, 0.01);
  EXPECT_NEAR(seen.signs[1].bbox.center_x(), 24, 0.01);
  EXPECT_NEAR(seen.signs[0].baseline, 48, 0.01);
}

TEST(FormulaCells, TheCellsOfASignVoteWhatItIs) {
  const base::Rect box{8, 32, 18, 48};
  const SeenFormula seen = Answer().see(4, 2, 2, box, 0.9F).see(4, 3, 3, box, 0.8F).see(5, 3, 2, box, 0.85F).signs();
  ASSERT_EQ(seen.signs.size(), 1U);
  EXPECT_EQ(seen.signs[0].sign, 2U);
  EXPECT_NEAR(seen.signs[0].probability, (0.9 + 0.85) / 3, 0.001);
}

TEST(FormulaCells, CellsOfABarAreABarAndNoSign) {
  Answer answer;
  for (const std::size_t column : {2U, 3U, 4U, 5U, 6U}) answer.see(6, column, 1, {0, 51, 80, 53});
  answer.ink(8, 28, 51);
  const SeenFormula seen = answer.signs();
  EXPECT_TRUE(seen.signs.empty());
  ASSERT_EQ(seen.bars.size(), 1U);
  EXPECT_DOUBLE_EQ(seen.bars[0].x0, 8);
  EXPECT_DOUBLE_EQ(seen.bars[0].x1, 28);
  EXPECT_NEAR(seen.bars[0].y, 52, 0.01);
}

document::FormulaHypothesis row(std::u32string_view text) {
  document::FormulaHypothesis formula;
  double x = 10;
  for (const char32_t code : text) {
    formula.signs.push_back({.code = code, .bbox = {x, 20, x + 9, 34}, .baseline = 34, .size = 20, .confidence = 1});
    x += 10;
  }
  return formula;
}

bool is_confirmed(document::FormulaHypothesis& formula, const std::string& read) {
  const cv::Mat grey(60, 300, CV_8U, cv::Scalar(255));
  const auto reads = [&](const cv::Mat&) -> base::Result<WordReading> { return WordReading{read, 0.97}; };
  EXPECT_TRUE(confirm_rows(formula, grey, reads).has_value());
  return std::all_of(formula.signs.begin(), formula.signs.end(), [](const auto& sign) { return sign.is_confirmed; });
}

TEST(FormulaRows, ARowIsConfirmedWhereTheRecogniserReadsTheSame) {
  document::FormulaHypothesis formula = row(U"0.425×W");
  EXPECT_TRUE(is_confirmed(formula, "0.425xW"));
  EXPECT_DOUBLE_EQ(formula.signs.front().confidence, 0.97);
  EXPECT_EQ(formula.signs[5].code, U'×');
}

TEST(FormulaRows, AnotherDigitPointSignOrLetterRefusesARow) {
  for (const char* read : {"0.475", "0425", "0.4251", "", "-0.425", "O.425"}) {
    document::FormulaHypothesis formula = row(U"0.425");
    EXPECT_FALSE(is_confirmed(formula, read)) << read;
  }
}

TEST(FormulaRows, OnlyTheRecogniserKnowsWhichChineseCharacterStandsThere) {
  document::FormulaHypothesis formula = row(U"汉汉=1");
  EXPECT_TRUE(is_confirmed(formula, "体重=1"));
  EXPECT_EQ(formula.signs[0].code, U'体');
  EXPECT_EQ(formula.signs[1].code, U'重');
  document::FormulaHypothesis fewer = row(U"汉汉=1");
  EXPECT_FALSE(is_confirmed(fewer, "体=1"));
}

TEST(FormulaRows, TheRecogniserKnowsTheCaseOfLetters) {
  document::FormulaHypothesis formula = row(U"PaO=");
  EXPECT_TRUE(is_confirmed(formula, "PAO ="));
  EXPECT_EQ(formula.signs[1].code, U'A');
}

TEST(FormulaRows, ARowHasOneBaselineAndSize) {
  document::FormulaHypothesis formula = row(U"123");
  formula.signs[1].baseline += 2;
  formula.signs[2].size += 1;
  EXPECT_TRUE(is_confirmed(formula, "123"));
  for (const document::FormulaSign& sign : formula.signs) {
    EXPECT_DOUBLE_EQ(sign.baseline, 34);
    EXPECT_DOUBLE_EQ(sign.size, 20);
  }
}

TEST(FormulaRows, AnExponentIsARowOfItsOwn) {
  document::FormulaHypothesis formula = row(U"H2=");
  formula.signs[1].baseline = 26;
  formula.signs[1].size = 14;
  const auto rows = rows_of(formula);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_THAT(rows[0], testing::ElementsAre(0U, 2U));
  EXPECT_THAT(rows[1], testing::ElementsAre(1U));
}

}  // namespace
}  // namespace medmark::vision
