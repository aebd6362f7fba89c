// Numbers, signs and formulas as Office files write them.
#include <gtest/gtest.h>

#include "input/office/eq_field.hpp"
#include "input/office/number_format.hpp"
#include "input/office/omml.hpp"
#include "input/office/symbol_fonts.hpp"
#include "input/office/xml.hpp"

namespace medmark::input::office {
namespace {

TEST(NumberFormat, PrintsNumbersAsListsDo) {
  EXPECT_EQ(formatted_number(14, "upperRoman"), "XIV");
  EXPECT_EQ(formatted_number(28, "lowerLetter"), "bb");
  EXPECT_EQ(formatted_number(11, "chineseCounting"), "十一");
  EXPECT_EQ(formatted_number(105, "chineseCountingThousand"), "一百零五");
  EXPECT_EQ(formatted_number(10, "chineseLegalSimplified"), "壹拾");
  EXPECT_EQ(formatted_number(3, "ideographTraditional"), "丙");
  EXPECT_EQ(formatted_number(20, "decimalEnclosedCircle"), "⑳");
  EXPECT_EQ(formatted_number(21, "decimalEnclosedCircle"), "21");
  EXPECT_EQ(formatted_number(112, "ordinal"), "112th");
  EXPECT_EQ(formatted_number(5, "no such format"), "5");
  EXPECT_EQ(slide_number(3, "alphaLcParenR"), "c)");
  EXPECT_EQ(slide_number(12, "ea1ChsPeriod"), "十二.");
}

TEST(SymbolFonts, GiveArrowsAndTicksTheirOwnCharacters) {
  EXPECT_EQ(symbol_character("Wingdings", 0xF0E1), U'↑');
  EXPECT_EQ(symbol_character("Wingdings", 0xE2), U'↓');
  EXPECT_EQ(symbol_character("Wingdings", 0xFE), U'☑');
  EXPECT_EQ(symbol_character("Symbol", 0xF06D), U'μ');
  EXPECT_EQ(text_in_font("\xEF\x82\xB3", "Symbol"), "≥");  // U+F0B3
  EXPECT_EQ(text_in_font("WBC 5.6", "Times New Roman"), "WBC 5.6");
  EXPECT_EQ(text_in_font("白细胞", "Wingdings"), "白细胞");
}

std::string latex(const std::string& omml) {
  const auto part = XmlPart::parse("<m:oMath xmlns:m=\"m\">" + omml + "</m:oMath>", {});
  return latex_of_math(part->root());
}
std::string run(const std::string& text) { return "<m:r><m:t>" + text + "</m:t></m:r>"; }
std::string in(const std::string& name, const std::string& content) {
  return "<m:" + name + ">" + content + "</m:" + name + ">";
}

TEST(OfficeMath, BecomesLatex) {
  EXPECT_EQ(latex(run("BMI=") +
                  in("f", in("num", run("m")) + in("den", in("sSup", in("e", run("h")) + in("sup", run("2")))))),
            "BMI=\\frac{m}{h^{2}}");
  EXPECT_EQ(latex(in("sSubSup", in("e", run("S")) + in("sub", run("cr")) + in("sup", run("-1.154")))),
            "S_{cr}^{-1.154}");
  EXPECT_EQ(latex(in("rad", in("deg", run("3")) + in("e", run("x")))), "\\sqrt[3]{x}");
  EXPECT_EQ(latex(in("rad", "<m:radPr><m:degHide m:val=\"1\"/></m:radPr>" + in("deg", "") + in("e", run("RR")))),
            "\\sqrt{RR}");
  EXPECT_EQ(latex(in("func", in("fName", run("ln")) + in("e", in("d", in("e", run("INR")))))), "\\ln(INR)");
  EXPECT_EQ(latex(in("nary", "<m:naryPr><m:chr m:val=\"∑\"/></m:naryPr>" + in("sub", run("i=1")) + in("sup", run("n")) +
                                 in("e", run("x")))),
            "\\sum_{i=1}^{n}{x}");
  EXPECT_EQ(
      latex(in("m", in("mr", in("e", run("a")) + in("e", run("b"))) + in("mr", in("e", run("c")) + in("e", run("d"))))),
      "\\begin{matrix}a&b\\\\c&d\\end{matrix}");
  EXPECT_EQ(latex(in("acc", in("e", run("x")))), "\\hat{x}");
}

TEST(OfficeMath, KeepsCommandsApartFromLetters) {
  EXPECT_EQ(latex(run("α") + run("x")), "\\alpha x");
  EXPECT_EQ(latex(run("175×") + run("Age")), "175\\times Age");
}

TEST(OfficeMath, EscapesWhatLatexWouldTakeForItself) {
  EXPECT_EQ(latex(run("5%")), "5\\%");
  EXPECT_EQ(latex(run("肌酐")), "\\text{肌酐}");
}

TEST(OfficeMath, StandsOnOneLineInsideASentence) {
  const auto part = XmlPart::parse("<m:oMath xmlns:m=\"m\">" + in("f", in("num", run("a+b")) + in("den", run("c"))) +
                                       in("sSup", in("e", run("x")) + in("sup", run("2"))) + "</m:oMath>",
                                   {});
  std::string text;
  for (const auto& piece : text_of_math(part->root())) {
    text += piece.script == document::OfficeScript::kSuper ? "^" + piece.text : piece.text;
  }
  EXPECT_EQ(text, "(a+b)/cx^2");
}

std::string latex_of_eq(const std::string& instruction) {
  const auto math = math_of_eq_field(instruction);
  if (!math) return "none";
  const auto part = XmlPart::parse(*math, {});
  return part ? latex_of_math(part->root()) : "broken";
}

TEST(EqField, BecomesLatex) {
  EXPECT_EQ(latex_of_eq(" EQ BMI=\\f(W,H\\s\\up6(2)) "), "BMI=\\frac{W}{H{}^{2}}");
  EXPECT_EQ(latex_of_eq("EQ \\r(3,x)+\\r(y)"), "\\sqrt[3]{x}+\\sqrt{y}");
  EXPECT_EQ(latex_of_eq("eq \\f((140-Age)×W,72×Scr)"), "\\frac{(140-Age)\\times W}{72\\times Scr}");
  EXPECT_EQ(latex_of_eq("EQ 1\\,5"), "1,5");
}

TEST(EqField, WhatIsNotUnderstoodIsNoFormula) {
  EXPECT_EQ(latex_of_eq("EQ \\f(1"), "none");
  EXPECT_EQ(latex_of_eq("EQ \\q(1,2)"), "none");
  EXPECT_EQ(latex_of_eq("EQ \\f(1,2,3)"), "none");
  EXPECT_EQ(latex_of_eq("EQ 1)"), "none") << "a bracket that was never opened";
  std::string nested = "EQ ";
  for (int i = 0; i < 100; ++i) nested += "\\r(";
  EXPECT_EQ(latex_of_eq(nested + "x" + std::string(100, ')')), "none");
}

}  // namespace
}  // namespace medmark::input::office
