#include "structure/formulas/formulas.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "structure/formulas/latex.hpp"
#include "structure/page/page_builder.hpp"

namespace medmark::structure {
namespace {

std::vector<FoundFormula> formulas_in(const PageBuilder& builder) {
  const std::vector<Fragment> fragments =
      fragments_of(builder.page(), std::vector<bool>(builder.page().lines.size(), false));
  return find_formulas(builder.page(), fragments, std::vector<bool>(fragments.size(), true));
}

FormulaCharacter placed(char32_t code, double x, double size, double raised, bool exact = true) {
  const double baseline = 100 - raised;
  return {.code = code,
          .bbox = {x, baseline - 0.86 * size, x + size / 2, baseline + 0.14 * size},
          .size = size,
          .baseline = baseline,
          .is_exact = exact};
}

TEST(Formulas, FractionsComeFromTheBarBetweenTheirTerms) {
  PageBuilder page;
  page.line(50, 50, 11, "体质指数按下式计算，供参考：")
      .line(200, 106, 12, "BMI = ")
      .line(240, 96, 12, "W")
      .rule(236, 111, 252)
      .line(240, 114, 12, "H");
  const std::vector<FoundFormula> found = formulas_in(page);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].block.latex, "\\mathrm{BMI}=\\frac{W}{H}");
  EXPECT_EQ(found[0].fragments.size(), 3U);
  EXPECT_FALSE(found[0].block.needs_review);
}

TEST(Formulas, AScansTermsAboveEachOtherBehindAnEqualsSignAreAFraction) {
  PageBuilder page(595, 842, document::TextSource::kOcr);
  page.line(50, 50, 11, "体质指数按下式计算，供参考：")
      .line(200, 107, 12, "BMI =")
      .line(240, 100, 12, "W×K")
      .line(246, 113.5, 12, "H");
  const std::vector<FoundFormula> found = formulas_in(page);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].fragments.size(), 3U);
  EXPECT_THAT(found[0].block.latex, testing::HasSubstr("\\frac{"));
}

TEST(Formulas, AFractionMayFollowAnOperator) {
  PageBuilder page(595, 842, document::TextSource::kOcr);
  page.line(50, 50, 11, "低密度脂蛋白按下式计算，供参考：")
      .line(200, 107, 12, "LDL=TC-HDL-")
      .line(272, 100, 12, "TG")
      .line(270, 113.5, 12, "2.2");
  const std::vector<FoundFormula> found = formulas_in(page);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].fragments.size(), 3U);
  EXPECT_THAT(found[0].block.latex, testing::HasSubstr("\\frac{\\mathrm{TG}}{2.2}"));
}

TEST(Formulas, ABarThatWasFoundIsNotTakenForLost) {
  PageBuilder page(595, 842, document::TextSource::kOcr);
  page.line(50, 50, 11, "体质指数按下式计算，供参考：")
      .line(200, 107, 12, "BMI =")
      .line(240, 100, 12, "W×K")
      .line(246, 113.5, 12, "H")
      .rule(238, 117, 262);  // lower than the middle between the lines
  const std::vector<FoundFormula> found = formulas_in(page);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].block.latex, testing::HasSubstr("\\frac{"));
}

TEST(Formulas, AMinusThatAScanJoinedToTheBarStandsBeforeTheFraction) {
  PageBuilder page(595, 842, document::TextSource::kOcr);
  page.line(50, 50, 11, "低密度脂蛋白按下式计算，供参考：")
      .line(200, 107, 12, "LDL=TC-HDL-")
      .line(272, 100, 12, "TG")
      .rule(258, 113, 292)
      .line(270, 114, 12, "2.2");
  const std::vector<FoundFormula> found = formulas_in(page);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].block.latex, testing::HasSubstr("-\\frac{\\mathrm{TG}}{2.2}"));
}

TEST(Formulas, ABarOfWhichAPieceWasFoundReachesOverItsTerms) {
  PageBuilder page(595, 842, document::TextSource::kOcr);
  page.line(50, 50, 11, "内生肌酐清除率按下式计算，供参考：")
      .line(200, 107, 12, "Ccr=")
      .line(230, 100, 12, "(140-Age)×W")
      .rule(255, 113, 290)
      .line(240, 114, 12, "72×Scr");
  const std::vector<FoundFormula> found = formulas_in(page);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].block.latex, "\\mathrm{Ccr}=\\frac{(140-\\mathrm{Age})\\times W}{72\\times\\mathrm{Scr}}");
}

TEST(Formulas, ATermWhoseBoxIsSlantedStaysUnderItsBar) {
  PageBuilder page(595, 842, document::TextSource::kOcr);
  page.line(50, 50, 11, "内生肌酐清除率按下式计算，供参考：")
      .line(200, 107, 12, "Ccr=")
      .line(230, 100, 12, "(140-Age)×W")
      .rule(228, 113, 304)
      .line(240, 106.5, 18, "72×S");  // its middle 2.5 below the bar
  const std::vector<FoundFormula> found = formulas_in(page);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].block.latex, testing::EndsWith("{72\\times S}"));
}

TEST(Formulas, ATermThatNoBarExplainsKeepsTheFormulaAPicture) {
  PageBuilder page(595, 842, document::TextSource::kOcr);
  page.line(50, 50, 11, "内生肌酐清除率按下式计算，供参考：")
      .line(200, 112, 12, "Ccr=72×Scr")
      .line(210, 98, 12, "(140-Age)×W");
  const std::vector<FoundFormula> found = formulas_in(page);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].block.latex.empty());
  EXPECT_TRUE(found[0].block.needs_review);
  EXPECT_THAT(found[0].block.text, testing::HasSubstr("140"));
}

TEST(Formulas, InkThatWasNotReadKeepsTheFormulaAPicture) {
  PageBuilder page(595, 842, document::TextSource::kOcr);
  page.line(50, 50, 11, "体质指数按下式计算，供参考：").line(200, 107, 12, "BMI=W×H");
  EXPECT_FALSE(formulas_in(page).at(0).block.latex.empty());
  page.page().unread_ink = {{400, 107, 406, 117}};
  EXPECT_FALSE(formulas_in(page).at(0).block.latex.empty()) << "far away";
  page.page().unread_ink = {{243, 107, 247, 117}};
  EXPECT_TRUE(formulas_in(page).at(0).block.latex.empty());
  EXPECT_EQ(formulas_in(page).at(0).block.text, "BMI=W×H");
}

TEST(Formulas, WhatEndsBeforeItsTermIsAPicture) {
  PageBuilder page;
  page.line(50, 50, 11, "体质指数按下式计算，供参考：").line(200, 107, 12, "BMI=W×");
  EXPECT_TRUE(formulas_in(page).at(0).block.latex.empty());
}

TEST(Formulas, LinesOfTextBelowEachOtherAreNoFraction) {
  PageBuilder page(595, 842, document::TextSource::kOcr);
  page.line(50, 50, 11, "正文从左边开始。").line(200, 100, 12, "A=B×C").line(200, 113.5, 12, "D=E×F");
  for (const FoundFormula& formula : formulas_in(page)) {
    EXPECT_THAT(formula.block.latex, testing::Not(testing::HasSubstr("\\frac")));
  }
}

TEST(Formulas, SentencesAndShortEqualitiesAreNone) {
  PageBuilder page;
  page.line(50, 50, 11, "正文从左边开始。")
      .line(100, 80, 11, "两组比较差异有统计学意义（P=0.02）。")
      .line(100, 100, 11, "LVEF=40%")
      .line(100, 120, 11, "年龄：60-45=15岁");
  EXPECT_TRUE(formulas_in(page).empty());
}

TEST(Formulas, EquationNumberAtTheLinesEndIsItsTag) {
  PageBuilder page;
  page.line(50, 50, 11, "正文从左边开始。").line(200, 80, 12, "AG=Na-Cl-B").line(500, 80, 12, "(3)");
  const std::vector<FoundFormula> found = formulas_in(page);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].block.latex, "\\mathrm{AG}=\\mathrm{Na}-\\mathrm{Cl}-B\\tag{3}");
}

TEST(Latex, ScriptsFollowSizeAndBaseline) {
  EXPECT_EQ(
      latex_of({placed(U'W', 0, 12, 0), placed(U'0', 6, 8, 4), placed(U'.', 10, 8, 4), placed(U'4', 14, 8, 4)}, {}),
      "W^{0.4}");
  EXPECT_EQ(latex_of({placed(U'C', 0, 12, 0), placed(U'O', 6, 12, 0), placed(U'2', 12, 8, -2)}, {}),
            "\\mathrm{CO}_{2}");
}

TEST(Latex, MathematicalLettersAreVariablesOfTheirOwn) {
  EXPECT_EQ(latex_of({placed(U'\U0001D44E', 0, 12, 0), placed(U'\U0001D44F', 6, 12, 0)}, {}), "ab");
}

TEST(Latex, RadicalTakesWhatStandsUnderItsBar) {
  EXPECT_EQ(latex_of({placed(U'√', 0, 12, 0), placed(U'R', 8, 12, 0), placed(U'R', 14, 12, 0)}, {{6.5, 22, 89.5}}),
            "\\sqrt{\\mathrm{RR}}");
}

TEST(Latex, RecognisedDigitsBehindALetterStayUnlessTheyCanOnlyBeAScript) {
  EXPECT_EQ(latex_of({placed(U'W', 0, 12, 0, false), placed(U'0', 6, 12, 0, false), placed(U'.', 12, 12, 0, false),
                      placed(U'4', 18, 12, 0, false)},
                     {}),
            "W^{0.4}");
  EXPECT_EQ(latex_of({placed(U'X', 0, 12, 0, false), placed(U'2', 6, 12, 0, false)}, {}), "X2");
}

TEST(Latex, AnExponentMayHaveDecimals) {
  std::vector<FormulaCharacter> characters;
  double x = 0;
  for (const char32_t code : std::u32string_view(U"W⁰.⁴²⁵")) {
    characters.push_back(placed(code, x, 12, 0, false));
    x += 6;
  }
  EXPECT_EQ(latex_of(characters, {}), "W^{0.425}");
}

TEST(Latex, UnmatchedBracketsAndEmptyFractionsGiveNothing) {
  EXPECT_FALSE(latex_of({placed(U'(', 0, 12, 0), placed(U'a', 6, 12, 0)}, {}).has_value());
  EXPECT_FALSE(latex_of({placed(U'a', 0, 12, 0)}, {{40, 60, 95}}).has_value());
}

}  // namespace
}  // namespace medmark::structure
