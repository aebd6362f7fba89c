#include "structure/formulas/model_formula.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

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

TEST(ModelFormula, ARaisedSignThatWasReadAndStandsNowhereKeepsThePicture) {
  FormulaHypothesis formula;
  append(formula, U"A=Cl", 100, 108, 12);
  append(formula, U"+B", 130, 108, 12);
  const base::Rect box{98, 88, 150, 120};
  EXPECT_FALSE(latex_of_hypothesis(formula, box, U"A=Cl⁻+B", {}).has_value());
  append(formula, U"−", 124.5, 103, 8);
  EXPECT_TRUE(latex_of_hypothesis(formula, box, U"A=Cl⁻+B", {}).has_value());
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

// P = D + 2/3 in small digits, where the bar was not seen; and the scripts of a letter.
TEST(ModelFormula, SmallTermsAreScriptsOnlyBehindWhatCarriesThem) {
  for (const double beside : {0.0, 4.5}) {
    for (const auto& [base, is_made] : {std::pair(U'+', false), std::pair(U'x', true)}) {
      FormulaHypothesis formula;
      append(formula, U"P=D", 100, 108, 12);
      append(formula, std::u32string(1, base), 118, 108, 12);
      append(formula, U"2", 124.5 + beside, 103, 8);
      append(formula, U"3", 124.5, 111, 8);
      EXPECT_EQ(latex_of_hypothesis(formula, {98, 86, 140, 120}, U"", {}).has_value(), is_made) << beside;
    }
  }
}

TEST(ModelFormula, APowerOfOneKeepsThePicture) {
  for (const auto& [exponent, is_made] : {std::pair(U'1', false), std::pair(U'2', true)}) {
    FormulaHypothesis formula;
    append(formula, U"P=D+3", 100, 108, 12);
    append(formula, std::u32string(1, exponent), 130.5, 103, 8);
    EXPECT_EQ(latex_of_hypothesis(formula, {98, 86, 140, 120}, U"", {}).has_value(), is_made);
  }
}

// BSA = sqrt(H W / 36), where the bar of the fraction was not seen.
TEST(ModelFormula, TermsAboveEachOtherWithoutABarKeepThePicture) {
  FormulaHypothesis formula;
  append(formula, U"B=", 100, 108, 12);
  append(formula, U"√", 114, 112, 24);
  append(formula, U"H", 122, 101, 12);
  append(formula, U"3", 127.5, 117, 12);
  append(formula, U"W", 133, 101, 12);
  formula.bars.push_back({{121, 90}, {142, 90}, 0.5});
  const base::Rect box{98, 86, 145, 120};
  EXPECT_FALSE(latex_of_hypothesis(formula, box, U"B=H3W", {}).has_value());
  formula.bars.push_back({{121, 105}, {130, 105}, 0.5});  // seen in a part of its length
  EXPECT_FALSE(latex_of_hypothesis(formula, box, U"B=H3W", {}).has_value());
  formula.bars.back() = {{121, 105}, {141, 105}, 0.5};
  EXPECT_TRUE(latex_of_hypothesis(formula, box, U"B=H3W", {}).has_value());
}

}  // namespace
}  // namespace medmark::structure
