#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "clinical/certainty.hpp"
#include "clinical/fields/identity_number.hpp"
#include "clinical/text/dates.hpp"
#include "clinical/text/folded_text.hpp"
#include "clinical/text/text_unit.hpp"

namespace medmark::clinical {
namespace {

const Lexicons& lexicons() {
  static const auto kLoaded = Lexicons::load(std::filesystem::path(MEDMARK_SOURCE_DIR) / "src" / "clinical" / "data");
  return kLoaded.value();
}

TEST(FoldedText, WritesOneThingOneWay) {
  EXPECT_EQ(folded_utf8("【主 诉】"), "[主诉]");
  EXPECT_EQ(folded_utf8("ＷＢＣ：×10⁹／L"), "wbc:x109/l");
}

TEST(FoldedText, KnowsTheBytesItCameFrom) {
  const FoldedText text = fold("姓 名：张");
  ASSERT_EQ(text.size(), 4U);
  EXPECT_EQ(text.begin[1], 4U);
  EXPECT_EQ(text.gap[1], 1);
  EXPECT_EQ(text.byte_at(4), 13U);
}

std::string iso(const std::string& text) {
  const auto date = find_date(fold(text), 0);
  return date ? date->iso : "none";
}

TEST(Dates, OfTheUsualForms) {
  EXPECT_EQ(iso("2024-05-11 09:20"), "2024-05-11T09:20");
  EXPECT_EQ(iso("2024年5月1日9时5分"), "2024-05-01T09:05");
  EXPECT_EQ(iso("2024/5/11"), "2024-05-11");
  EXPECT_EQ(iso("20240511"), "2024-05-11");
  EXPECT_EQ(iso("1956年3月"), "1956-03");
  EXPECT_EQ(iso("二〇二四年五月十一日"), "2024-05-11");
  EXPECT_EQ(iso("二○二三年十二月三十一日"), "2023-12-31");
  EXPECT_EQ(iso("2024年5月11日下午3时20分"), "2024-05-11T15:20");
  EXPECT_EQ(iso("2024-05-11 上午 9:20"), "2024-05-11T09:20");
  EXPECT_EQ(iso("11 May 2024"), "2024-05-11");
  EXPECT_EQ(iso("05-11 09:20"), "");
}

TEST(Dates, WithADayOfOneDigitBeforeATime) {
  EXPECT_EQ(iso("2024-1-5 9:05"), "2024-01-05T09:05");
  EXPECT_EQ(iso("2024-1-1 9:05"), "2024-01-01T09:05");  // not the 19th
  EXPECT_EQ(iso("2024/1/19:05"), "2024-01-19");         // nothing tells the 19th from the 1st at 9:05
  EXPECT_EQ(iso("2024-1-59:05"), "2024-01-05T09:05");
  EXPECT_EQ(iso("2024-05-11 09:20:31"), "2024-05-11T09:20:31");
}

TEST(Dates, InEnglishNeedAMonthAndNotAWordThatBeginsLikeOne) {
  EXPECT_EQ(iso("admitted on May 3, 2023"), "2023-05-03");
  EXPECT_EQ(iso("Sept. 3, 2023"), "2023-09-03");
  EXPECT_EQ(iso("Mrs. Marlow, room 3, 2023"), "none");
  EXPECT_EQ(iso("decreased 12, 2023"), "none");
}

TEST(Dates, ThatNoCalendarHasAreNone) {
  EXPECT_EQ(iso("2023-02-29"), "none");
  EXPECT_EQ(iso("2023-13-01"), "none");
  EXPECT_EQ(iso("3.5-9.5"), "none");
}

TEST(IdentityNumber, ItsCheckCharacterIsTested) {
  EXPECT_EQ(check_identity_number(U"110101199003070012"), IdentityCheck::kWrongCheck);
  EXPECT_EQ(check_identity_number(U"11010119900307001x"), IdentityCheck::kWrongCheck);
  int valid = 0;
  for (const char32_t last : std::u32string_view(U"0123456789x")) {
    std::u32string number = U"11010119900307001";
    number += last;
    valid += check_identity_number(number) == IdentityCheck::kValid ? 1 : 0;
  }
  EXPECT_EQ(valid, 1);  // exactly one character is right
  EXPECT_EQ(check_identity_number(U"110101900307001"), IdentityCheck::kOldForm);
  EXPECT_EQ(check_identity_number(U"110101********0011"), IdentityCheck::kMasked);
  EXPECT_EQ(check_identity_number(U"12345"), IdentityCheck::kNotOne);
}

std::string certainty(const std::string& text, const std::string& words) {
  const std::u32string folded = folded_key(text);
  const std::size_t at = folded.find(folded_key(words));
  return certainty_of(folded, at, at + folded_key(words).size(), lexicons().certainty);
}

TEST(Certainty, ADenialReachesOverItsListAndNoFurther) {
  EXPECT_EQ(certainty("否认高血压、糖尿病、冠心病史。", "糖尿病"), "excluded");
  EXPECT_EQ(certainty("否认高血压。患糖尿病10年。", "糖尿病"), "confirmed");
  EXPECT_EQ(certainty("未见胸腔积液", "胸腔积液"), "excluded");
  EXPECT_EQ(certainty("考虑肺炎", "肺炎"), "possible");
  EXPECT_EQ(certainty("肺癌待排", "肺癌"), "possible");
  EXPECT_EQ(certainty("高血压病史10年", "高血压"), "history");
}

TEST(Certainty, ADenialEndsAtTheCommaUnlessItsListGoesOn) {
  EXPECT_EQ(certainty("否认发热，咳嗽3天", "咳嗽"), "confirmed");
  EXPECT_EQ(certainty("否认肝炎，结核等传染病史", "结核"), "excluded");
  EXPECT_EQ(certainty("否认外伤，有阑尾手术", "阑尾手术"), "confirmed");
  EXPECT_EQ(certainty("否认高血压；糖尿病10年", "糖尿病"), "confirmed");
  EXPECT_EQ(certainty("否认高血压，糖尿病史10年", "糖尿病"), "history");
}

TEST(Certainty, OfADoubleDenialIsNoDenial) {
  EXPECT_EQ(certainty("不能除外肺癌", "肺癌"), "possible");
  EXPECT_EQ(certainty("尚不能完全排除结核", "结核"), "possible");
  EXPECT_EQ(certainty("不否认饮酒", "饮酒"), "confirmed");
}

TEST(Certainty, InEnglish) {
  EXPECT_EQ(certainty("No evidence of pneumonia", "pneumonia"), "excluded");
  EXPECT_EQ(certainty("denies chest pain", "chest pain"), "excluded");
  EXPECT_EQ(certainty("pulmonary embolism ruled out", "pulmonary embolism"), "excluded");
  EXPECT_EQ(certainty("suspected appendicitis", "appendicitis"), "possible");
  EXPECT_EQ(certainty("history of diabetes", "diabetes"), "history");
}

struct EntryCase {
  std::string text, certainty;
};

class EntryOfAList : public testing::TestWithParam<EntryCase> {};

TEST_P(EntryOfAList, SaysItInItself) {
  EXPECT_EQ(certainty_of_entry(folded_key(GetParam().text), lexicons().certainty), GetParam().certainty);
}

INSTANTIATE_TEST_SUITE_P(
    Certainty, EntryOfAList,
    testing::Values(EntryCase{"双肺未见结节", "excluded"}, EntryCase{"脾未见异常", "excluded"},
                    EntryCase{"未见胸腔积液", "excluded"}, EntryCase{"肺栓塞已排除", "excluded"},
                    EntryCase{"肺炎？", "possible"}, EntryCase{"肺癌，待排", "possible"},
                    EntryCase{"肺结核除外", "excluded"}, EntryCase{"右肺结节，性质待定", "possible"},
                    EntryCase{"右肺结节，考虑炎性", "confirmed"}, EntryCase{"恶性肿瘤不能完全除外", "possible"},
                    EntryCase{"三阴性乳腺癌", "confirmed"}, EntryCase{"无症状性心肌缺血", "confirmed"},
                    EntryCase{"血清阴性脊柱关节病", "confirmed"}, EntryCase{"不稳定型心绞痛", "confirmed"},
                    EntryCase{"右肺结节无变化", "confirmed"}, EntryCase{"Non-Hodgkin lymphoma", "confirmed"},
                    EntryCase{"No evidence of malignancy", "excluded"}, EntryCase{"Nodular goiter", "confirmed"},
                    EntryCase{"Possible hiatal hernia", "possible"}));

TEST(Certainty, AnEntryFallsApartWhereItTurnsFromClaimToDenial) {
  const auto parts = [](const std::string& text) {
    const std::u32string folded = folded_key(text);
    return split_by_denial(folded, 0, folded.size(), lexicons().certainty).size();
  };
  EXPECT_EQ(parts("双肺未见结节，右侧胸腔积液"), 2U);
  EXPECT_EQ(parts("右肺结节，未见胸腔积液"), 2U);
  EXPECT_EQ(parts("右肺结节，建议复查"), 1U);
  EXPECT_EQ(parts("肺栓塞，已排除"), 1U);
}

TEST(Evidence, CoversOnlyTheCharactersAsked) {
  document::Block block;
  block.id = "b0";
  block.text = "姓名：张某";
  block.bbox = {0, 0, 50, 10};
  block.runs.push_back({0, block.text.size(), 2, {0, 0, 50, 10}, 0.8, {0, 10, 20, 25, 40, 50}});
  const TextUnit unit{&block, nullptr, 0, 0, block.text, fold(block.text)};
  const document::Evidence evidence = evidence_of_folded(unit, 3, 5);
  EXPECT_EQ(evidence.page, 2);
  EXPECT_DOUBLE_EQ(evidence.bbox.x0, 25);
  EXPECT_DOUBLE_EQ(evidence.bbox.x1, 50);
  EXPECT_DOUBLE_EQ(evidence.confidence, 0.8);
}

}  // namespace
}  // namespace medmark::clinical
