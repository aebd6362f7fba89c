#include "structure/formulas/grammar.hpp"

#include <gtest/gtest.h>

namespace medmark::structure {
namespace {

TEST(FormulaGrammar, FormulasAreWellFormed) {
  for (const char* latex :
       {"\\mathrm{HOMA\\text{-}IR}=\\frac{\\mathrm{FPG}\\times \\mathrm{FINS}}{22.5}",
        "\\mathrm{AG}=Na^{+}-(Cl^{-}+HCO_{3}^{-})", "P_{A}O_{2}=713\\times 0.21-\\frac{PaCO_{2}}{0.8}",
        "\\mathrm{eGFR}=186\\times S_{cr}^{-1.154}", "\\mathrm{QTc}=\\frac{\\mathrm{QT}}{\\sqrt[3]{\\mathrm{RR}}}",
        "x=\\min(a/b,1)\\pm 0.5\\%", "\\text{体重}\\leq 70"}) {
    EXPECT_TRUE(is_well_formed(latex)) << latex;
  }
}

TEST(FormulaGrammar, OperatorsWithoutTermsAreRefused) {
  for (const char* latex : {"a=\\times b", "a+=b", "a=b+", "a=(b-)", "=b", "a=\\frac{b\\times}{c}", "a=^{2}", "a=+-b",
                            "a=\\frac{\\times b}{c}", "a=.5", "Na=(K+)\\times"}) {
    EXPECT_FALSE(is_well_formed(latex)) << latex;
  }
}

TEST(FormulaGrammar, CrossedGroupsAreRefused) {
  for (const char* latex : {"a=(b", "a=b)", "a=\\frac{(b}{c)}", "a=[b)", "a=\\sqrt{}"}) {
    EXPECT_FALSE(is_well_formed(latex)) << latex;
  }
}

}  // namespace
}  // namespace medmark::structure
