#include "structure/text/notations.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

struct Row {
  const char32_t* read;
  const char32_t* written;
};

std::vector<Glyph> glyphs_of(std::u32string_view text) {
  std::vector<Glyph> glyphs;
  double x = 0;
  for (const char32_t code : text) {
    glyphs.push_back({code, x, x + 10});
    x += 10;
  }
  return glyphs;
}

std::u32string notated(std::u32string_view text) {
  std::vector<Glyph> glyphs = glyphs_of(text);
  make_notations_consistent(glyphs);
  std::u32string out;
  for (const Glyph& glyph : glyphs) out.push_back(glyph.code);
  return out;
}

TEST(Notations, AreWrittenAsTheyArePrinted) {
  for (const Row& row : {Row{U"×109/L", U"×10⁹/L"}, Row{U"6.8×1012/L", U"6.8×10¹²/L"}, Row{U"×10°/L", U"×10⁹/L"},
                         Row{U"x103/μL", U"x10³/μL"}, Row{U"mL/min/1.73m2", U"mL/min/1.73m²"}, Row{U"kg/m2", U"kg/m²"},
                         Row{U"PaO_{2", U"PaO₂"}, Row{U"HCO{3}", U"HCO₃"}, Row{U"Ca²+", U"Ca²⁺"}, Row{U"K^{+}", U"K⁺"},
                         Row{U"µmol/L", U"μmol/L"}, Row{U"ctC02", U"ctCO2"}, Row{U"F02Hb", U"FO2Hb"},
                         Row{U"(y-GT)", U"(γ-GT)"}, Row{U"hs-cTnl", U"hs-cTnI"}, Row{U"阴性（一）", U"阴性（-）"},
                         Row{U"体温(°C)", U"体温(℃)"}, Row{U"体温36.5°℃", U"体温36.5℃"}}) {
    EXPECT_EQ(notated(row.read), row.written) << base::encode_utf8(row.read);
  }
}

TEST(Notations, OxygenIsNoZeroWhereACodeOfDiseasesCannotBeMeant) {
  for (const Row& row : {Row{U"pC02", U"pCO2"}, Row{U"p02(T)", U"pO2(T)"},
                         Row{U"SpO2<90%，Pa02 60", U"SpO2<90%，PaO2 60"}, Row{U"cHC03-", U"cHCO3-"}}) {
    EXPECT_EQ(notated(row.read), row.written) << base::encode_utf8(row.read);
  }
  for (const char32_t* text : {U"C02", U"P02.1", U"S02", U"p021", U"S020", U"T02"}) EXPECT_EQ(notated(text), text);
}

TEST(Notations, EverythingElseStaysAsRead) {
  for (const char32_t* text : {U"109/L", U"1012", U"109", U"×1090/L", U"25°/L", U"m2a", U"room2", U"M2", U"CO2", U"3+",
                               U"1+", U"a_1b", U"36.5°C", U"角度25°", U"×104/L"}) {
    EXPECT_EQ(notated(text), text) << base::encode_utf8(text);
  }
}

TEST(Notations, NoDigitBecomesAnother) {
  const auto digits_of = [](std::u32string_view text) {
    constexpr std::u32string_view kScripts = U"⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉";
    std::u32string digits;
    for (const char32_t c : text) {
      const std::size_t at = kScripts.find(c);
      if (at != std::u32string_view::npos) digits.push_back(U'0' + static_cast<char32_t>(at % 10));
      if (base::is_digit(c)) digits.push_back(c);
    }
    return digits;
  };
  struct Notation {
    std::u32string_view read;
    std::u32string_view written;
  };
  const std::vector<Notation> rows = {
#define NOTATION(before, read, written, after) {read, written},
#include "structure/lexicon/data/notations.def"
#undef NOTATION
  };
  // The letter of a gas was read as a zero: it is no digit of a number.
  const auto spelled = [](std::u32string_view read) {
    std::u32string text(read);
    const std::size_t zero = text.find_first_of(U'0');
    const bool is_gas = zero != std::u32string::npos && zero > 0 && zero + 1 < text.size() &&
                        base::is_latin_letter(text[zero - 1]) && (text[zero + 1] == U'2' || text[zero + 1] == U'3');
    if (is_gas) text[zero] = U'O';
    return text;
  };
  for (const Notation& row : rows) {
    const bool has_ring = row.read.find_first_of(U"°º˚") != std::u32string_view::npos;
    if (!has_ring) {
      EXPECT_EQ(digits_of(spelled(row.read)), digits_of(row.written)) << base::encode_utf8(row.read);
    }
  }
}

TEST(Notations, WhatFallsAwayLeavesItsPlace) {
  std::vector<Glyph> glyphs = glyphs_of(U"体O_{2}x");
  make_notations_consistent(glyphs);
  ASSERT_EQ(glyphs.size(), 4U);
  EXPECT_EQ(glyphs[2].left, 20);
  EXPECT_EQ(glyphs[2].right, 60);
  EXPECT_EQ(glyphs[3].left, 60);
}

}  // namespace
}  // namespace medmark::structure
