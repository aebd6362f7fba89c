#include "structure/lexicon/lexicon.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

constexpr std::string_view kSectionWords[] = {
#include "structure/lexicon/data/section_words.def"
};
constexpr std::string_view kFieldNames[] = {
#include "structure/lexicon/data/field_names.def"
};

template <std::size_t N>
void expect_clean(const std::string_view (&words)[N]) {
  std::set<std::string_view> seen;
  for (const std::string_view word : words) {
    EXPECT_EQ(base::trimmed(word), word);
    EXPECT_TRUE(seen.insert(word).second) << word << " stands twice";
  }
}

TEST(Lexicon, ListsHoldEveryWordOnceAndTrimmed) {
  expect_clean(kSectionWords);
  expect_clean(kFieldNames);
}

TEST(Lexicon, SectionWordsAreFoundBehindNumbersAndInBrackets) {
  EXPECT_TRUE(is_section_word(U"一、主诉"));
  EXPECT_TRUE(is_section_word(U"【现 病 史】"));
  EXPECT_TRUE(is_section_word(U"检查所见："));
  EXPECT_TRUE(is_section_word(U"2. IMPRESSION"));
  EXPECT_FALSE(is_section_word(U"患者主诉胸闷"));
}

TEST(Lexicon, HospitalsAndTitlesAreToldByTheirEndings) {
  EXPECT_TRUE(is_hospital_name(U"松岭县人民医院"));
  EXPECT_FALSE(is_hospital_name(U"松岭县人民医院检验报告单"));
  EXPECT_TRUE(has_report_title_ending(U"手 术 记 录"));
  EXPECT_TRUE(has_report_title_ending(U"检验报告单（复查）"));
}

TEST(Lexicon, NumberingTellsHeadingsFromNumbersInText) {
  EXPECT_EQ(numbering_of(U"一、概述").kind, NumberKind::kChinese);
  EXPECT_EQ(numbering_of(U"（二）方法").kind, NumberKind::kChineseBracket);
  EXPECT_EQ(numbering_of(U"3.1 结果").depth, 2);
  EXPECT_EQ(numbering_of(U"第三章 讨论").kind, NumberKind::kChapter);
  EXPECT_EQ(numbering_of(U"1 概念").kind, NumberKind::kArabic);
  EXPECT_EQ(numbering_of(U"3年前确诊").kind, NumberKind::kNone);
  EXPECT_EQ(numbering_of(U"2型糖尿病").kind, NumberKind::kNone);
  EXPECT_EQ(numbering_of(U"2024 年度").kind, NumberKind::kNone);
}

TEST(Lexicon, FieldNamesAreFoundWithSpacesInside) {
  EXPECT_EQ(field_name_at_end(U"男 年 龄"), 3U);
  EXPECT_EQ(field_name_at_start(U"姓名 某甲"), 2U);
  EXPECT_EQ(field_name_at_start(U"胸部"), 0U);
}

}  // namespace
}  // namespace medmark::structure
