#include "structure/formulas/model_formula.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace medmark::structure {
namespace {

using document::FormulaHypothesis;
using document::FormulaSign;

// Signs of one row, six points each, on `baseline`.
void append(FormulaHypothesis& formula, std::u32string_view text, double x, double baseline, double size) {
  for (const char32_t code : text) {
    formula.signs.push_back({.code = code,
                             .bbox = {x, baseline - 0.65 * size, x + 0.45 * size, baseline},
                             .baseline = baseline,
                             .size = size,
                             .confidence = 0.95,
                             .is_confirmed = true});
    x += 0.5 * size;
  }
}

// BMI = W / H^2
FormulaHypothesis fraction() {
  FormulaHypothesis formula;
  formula.bbox = {95, 80, 200, 130};
  append(formula, U"BMI=", 100, 108, 12);
  append(formula, U"W", 132, 100, 12);
  append(formula, U"H", 130, 116, 12);
  append(formula, U"2", 136.5, 111.5, 8);
  formula.bars.push_back({{128, 104}, {142, 104}, 0.5});
  return formula;
}

const base::Rect kBox{98, 88, 145, 120};

TEST(ModelFormula, ConfirmedSignsBecomeLatexFromTheirPlaces) {
  const auto made = latex_of_hypothesis(fraction(), kBox, U"BMI=WH²", {});
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->latex, "\\mathrm{BMI}=\\frac{W}{H^{2}}");
  EXPECT_DOUBLE_EQ(made->confidence, 0.95);
}

TEST(ModelFormula, NamesKeepTheirHyphenAndOneSlant) {
  FormulaHypothesis formula;
  append(formula, U"HOMA-IR=5", 100, 108, 12);
  formula.signs[1].is_italic = true;
  const auto made = latex_of_hypothesis(formula, {98, 95, 160, 112}, U"HOMA-IR=5", {});
  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->latex, "\\mathrm{HOMA\\text{-}IR}=5");
}

TEST(ModelFormula, ASignThatTheRecogniserDoesNotConfirmKeepsThePicture) {
  FormulaHypothesis formula = fraction();
  formula.signs.back().is_confirmed = false;
  EXPECT_FALSE(latex_of_hypothesis(formula, kBox, U"BMI=WH", {}).has_value());
}

TEST(ModelFormula, AnUnsureSignKeepsThePicture) {
  FormulaHypothesis formula = fraction();
  formula.signs[3].confidence = 0.4;  // the equals sign, which rows are not compared by
  EXPECT_FALSE(latex_of_hypothesis(formula, kBox, U"BMI=WH", {}).has_value());
}

TEST(ModelFormula, ADigitThatWasReadAndStandsNowhereKeepsThePicture) {
  EXPECT_FALSE(latex_of_hypothesis(fraction(), kBox, U"BMI=WH23", {}).has_value());
}

TEST(ModelFormula, InkThatNoSignStandsForKeepsThePicture) {
  const std::vector<base::Rect> on_exponent = {{137, 107, 139, 111}};
  const std::vector<base::Rect> beside = {{170, 100, 176, 108}};
  EXPECT_TRUE(latex_of_hypothesis(fraction(), kBox, U"BMI=WH", on_exponent).has_value());
  EXPECT_FALSE(latex_of_hypothesis(fraction(), kBox, U"BMI=WH", beside).has_value());
}

TEST(ModelFormula, SignsThatMakeNoFormulaKeepThePicture) {
  FormulaHypothesis formula = fraction();
  append(formula, U"×", 145, 108, 12);
  EXPECT_FALSE(latex_of_hypothesis(formula, {98, 88, 155, 120}, U"BMI=WH", {}).has_value());
}

TEST(ModelFormula, ACubeRootIsToldFromASquareRoot) {
  FormulaHypothesis formula;
  append(formula, U"Q=", 100, 108, 12);
  append(formula, U"√", 116, 108, 12);
  append(formula, U"R", 124, 108, 12);
  formula.signs[2].bbox = {116, 97, 123, 110};
  formula.bars.push_back({{123, 97}, {132, 97}, 0.5});
  const auto square = latex_of_hypothesis(formula, {98, 88, 135, 120}, U"Q=R", {});
  ASSERT_TRUE(square.has_value());
  EXPECT_EQ(square->latex, "Q=\\sqrt{R}");
  append(formula, U"∛", 114, 103, 6);
  const auto cube = latex_of_hypothesis(formula, {98, 88, 135, 120}, U"Q=R", {});
  ASSERT_TRUE(cube.has_value());
  EXPECT_EQ(cube->latex, "Q=\\sqrt[3]{R}");
}

}  // namespace
}  // namespace medmark::structure
