#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "clinical/labs/inline_range.hpp"
#include "clinical/labs/item.hpp"
#include "clinical/labs/lab_result.hpp"
#include "clinical/labs/name_repair.hpp"
#include "clinical/labs/reference_range.hpp"
#include "clinical/labs/result.hpp"
#include "clinical/report.hpp"

namespace medmark::clinical {
namespace {

const Lexicons& lexicons() {
  static const auto kLoaded = Lexicons::load(std::filesystem::path(MEDMARK_SOURCE_DIR) / "src" / "clinical" / "data");
  return kLoaded.value();
}

PrintedResult parse(const std::string& text) { return parse_result(text, lexicons(), true); }

struct ValueCase {
  std::string printed, value, flag_raw;
  char flag;
};

class SplitsValueAndFlag : public testing::TestWithParam<ValueCase> {};

TEST_P(SplitsValueAndFlag, AsPrinted) {
  const PrintedResult result = parse(GetParam().printed);
  EXPECT_EQ(result.value, GetParam().value);
  EXPECT_EQ(result.flag_raw, GetParam().flag_raw);
  EXPECT_EQ(result.flag, GetParam().flag);
}

INSTANTIATE_TEST_SUITE_P(Labs, SplitsValueAndFlag,
                         testing::Values(ValueCase{"112↓", "112", "↓", 'L'}, ValueCase{"12.3 H", "12.3", "H", 'H'},
                                         ValueCase{"12.3H", "12.3", "H", 'H'}, ValueCase{"↑ 12.3", "12.3", "↑", 'H'},
                                         ValueCase{"*412", "412", "*", 'A'}, ValueCase{"5.6（↑）", "5.6", "↑", 'H'},
                                         ValueCase{"2+ H", "2+", "H", 'H'}, ValueCase{"阳性(+)", "阳性(+)", "", 0},
                                         ValueCase{"2+", "2+", "", 0}, ValueCase{"阴性(-)", "阴性(-)", "", 0},
                                         ValueCase{"<0.5", "<0.5", "", 0}, ValueCase{"3-5/HP", "3-5/HP", "", 0},
                                         ValueCase{"满视野", "满视野", "", 0}, ValueCase{"1:80", "1:80", "", 0}));

TEST(Result, ReadsNumbersComparatorsAndPowers) {
  EXPECT_EQ(parse("<0.5").comparator, "<");
  EXPECT_DOUBLE_EQ(parse("≥1000").number.value(), 1000);
  EXPECT_EQ(parse("≥1000").comparator, ">=");
  EXPECT_DOUBLE_EQ(parse("1.2×10⁵").number.value(), 1.2e5);
  EXPECT_DOUBLE_EQ(parse("1.2E+05").number.value(), 1.2e5);
  EXPECT_FALSE(parse("1:80").number.has_value());
}

TEST(Result, ANumberIsTheNearestDouble) {
  EXPECT_EQ(parse("7.312").number.value(), 7.312);
  EXPECT_EQ(parse("0.3").number.value(), 0.3);
  EXPECT_EQ(parse("1,234.5").number.value(), 1234.5);
  EXPECT_EQ(parse("+1").kind, ResultKind::kGraded);
  EXPECT_EQ(parse("+2.3").number.value(), 2.3);
}

TEST(Range, ByPhasesThatNobodyNamedGivesNoBounds) {
  const ReferenceRange range = parse_range("卵泡期：3.03-8.08\n排卵期：2.55-16.69", {}, lexicons());
  EXPECT_FALSE(range.low.has_value());
  EXPECT_FALSE(range.understood);
}

TEST(Result, ANumberEndsAtASpaceBetweenDigits) {
  const PrintedResult result = parse("1.15 10⁹/L");
  EXPECT_EQ(result.value, "1.15");
  EXPECT_EQ(result.unit, "10⁹/L");
  EXPECT_DOUBLE_EQ(result.number.value(), 1.15);
  EXPECT_EQ(parse("12 3").kind, ResultKind::kUnknown);  // 12 and 3, or 123: nobody knows
}

TEST(Result, ADegreeThatWasNotReadIsNoWord) {
  EXPECT_EQ(parse("阴性(-)").kind, ResultKind::kWord);
  EXPECT_EQ(parse("阴性()").kind, ResultKind::kUnknown);
}

TEST(Result, AnArrowMayStandBetweenNumberAndUnit) {
  const PrintedResult result = parse("48.9 ↑ mmHg");
  EXPECT_EQ(result.value, "48.9");
  EXPECT_EQ(result.flag_raw, "↑");
  EXPECT_EQ(result.unit, "mmHg");
}

TEST(Result, TakesAUnitFromTheValuesCell) {
  const PrintedResult result = parse("12.3×10⁹/L");
  EXPECT_EQ(result.value, "12.3");
  EXPECT_EQ(result.unit, "×10⁹/L");
}

TEST(InlineRange, IsPartedFromItsValue) {
  const auto split = [](const char* text) {
    const auto parts = split_inline_range(text, lexicons());
    return parts ? parts->result + "|" + parts->range : std::string("-");
  };
  EXPECT_EQ(split("52.6 mmHg [35.0-45.0]"), "52.6 mmHg|35.0-45.0");
  EXPECT_EQ(split("7.318（7.350～7.450）"), "7.318|7.350～7.450");
  EXPECT_EQ(split("4.1 mmol/L 3.5-5.1"), "4.1 mmol/L|3.5-5.1");
  EXPECT_EQ(split("45 H U/L [15~40]"), "45 H U/L|15~40");
  EXPECT_EQ(split("阴性(-) [阴性]"), "阴性(-)|阴性");
  EXPECT_EQ(split("1+ H [阴性]"), "1+ H|阴性");
  for (const char* text :
       {"阴性 (-)", "12.3", "3.5-9.5", "0-1 /HP", "阴性 0-5", "12.3 (复查)", "阴性 (阴性)", "标本 [溶血]"})
    EXPECT_EQ(split(text), "-");
}

TEST(Result, KnowsWhatItDoesNotKnow) { EXPECT_EQ(parse("3,5,7").kind, ResultKind::kUnknown); }

struct RangeCase {
  std::string printed;
  std::optional<double> low, high;
};

class ReadsRange : public testing::TestWithParam<RangeCase> {};

TEST_P(ReadsRange, OfAnyForm) {
  const ReferenceRange range = parse_range(GetParam().printed, {Sex::kFemale, {}}, lexicons());
  EXPECT_TRUE(range.understood);
  EXPECT_EQ(range.low, GetParam().low);
  EXPECT_EQ(range.high, GetParam().high);
}

INSTANTIATE_TEST_SUITE_P(Labs, ReadsRange,
                         testing::Values(RangeCase{"3.5-9.5", 3.5, 9.5}, RangeCase{"3.5～9.5", 3.5, 9.5},
                                         RangeCase{"3.5--9.5", 3.5, 9.5}, RangeCase{"3.5 — 9.5", 3.5, 9.5},
                                         RangeCase{"-3～3", -3, 3}, RangeCase{"-3--3", -3, 3},
                                         RangeCase{"<6.0", std::nullopt, 6.0}, RangeCase{"≥55%", 55, std::nullopt},
                                         RangeCase{"(3.5-9.5)", 3.5, 9.5}, RangeCase{"3.5-9.5 mmol/L", 3.5, 9.5},
                                         RangeCase{"男:130-175 女:115-150", 115, 150},
                                         RangeCase{"阴性", std::nullopt, std::nullopt}));

struct GroupCase {
  std::string printed;
  Subject subject;
  std::optional<double> low, high;
};

class ReadsRangeOfGroups : public testing::TestWithParam<GroupCase> {};

TEST_P(ReadsRangeOfGroups, TheOneThatIsCertain) {
  const ReferenceRange range = parse_range(GetParam().printed, GetParam().subject, lexicons());
  EXPECT_TRUE(range.understood);
  EXPECT_EQ(range.low, GetParam().low);
  EXPECT_EQ(range.high, GetParam().high);
}

constexpr Subject kManOf65 = {Sex::kMale, 65.0};
constexpr Subject kBabyGirl = {Sex::kFemale, 0.02};
constexpr const char* kBySexAndAge = "男(20-59岁)57-97 男(60-79岁)57-111 女(20-59岁)41-73";

INSTANTIATE_TEST_SUITE_P(
    Labs, ReadsRangeOfGroups,
    testing::Values(
        GroupCase{kBySexAndAge, kManOf65, 57, 111}, GroupCase{kBySexAndAge, {Sex::kMale, 59.5}, 57, 97},
        GroupCase{kBySexAndAge, {Sex::kMale, {}}, {}, {}}, GroupCase{kBySexAndAge, kBabyGirl, {}, {}},
        GroupCase{"成人：0-8 新生儿：0-1.6", kManOf65, 0, 8}, GroupCase{"成人：0-8 新生儿：0-1.6", kBabyGirl, 0, 1.6},
        GroupCase{"成人：0-8", {}, {}, {}}, GroupCase{"男 4.3～5.8；女 3.8～5.1", kBabyGirl, 3.8, 5.1},
        GroupCase{"0-20(男) 0-15(女)", kBabyGirl, 0, 15}, GroupCase{"≥60岁：<30；<60岁：<20", kManOf65, {}, 30},
        GroupCase{"(18-99岁) 3.5-9.5", kManOf65, 3.5, 9.5}, GroupCase{"45-125U/L(成人)", kManOf65, 45, 125}));

TEST(ReferenceRange, OfAGroupThatNobodyKnowsIsNotGuessed) {
  const ReferenceRange range = parse_range("卵泡期 1.3-9.9 黄体期 1.1-9.2", kManOf65, lexicons());
  EXPECT_FALSE(range.understood);
}

TEST(ReferenceRange, OfTitresComparesTheirRightSides) {
  const auto flag = [](const std::string& value, const std::string& range) {
    return computed_flag(parse_result(value, lexicons(), false), parse_range(range, {}, lexicons()), lexicons());
  };
  EXPECT_EQ(flag("1:80", "<1:20"), "A");
  EXPECT_EQ(flag("1:10", "<1:20"), "");
  EXPECT_EQ(flag("<1:20", "<1:20"), "");
  EXPECT_EQ(flag("阳性(1:320)", "阴性(<1:100)"), "A");
  EXPECT_EQ(parse_range("<1:20", {}, lexicons()).high, std::nullopt);
}

TEST(Age, InYearsWhateverItsUnit) {
  EXPECT_DOUBLE_EQ(years_of("67岁").value(), 67);
  EXPECT_DOUBLE_EQ(years_of("3 月 龄").value(), 0.25);
  EXPECT_DOUBLE_EQ(years_of("1岁6个月").value(), 1.5);
  EXPECT_DOUBLE_EQ(years_of("三岁").value(), 3);
  EXPECT_DOUBLE_EQ(years_of("六十七岁").value(), 67);
  EXPECT_DOUBLE_EQ(years_of("三个月").value(), 0.25);
  EXPECT_DOUBLE_EQ(years_of("两岁六个月").value(), 2.5);
  EXPECT_FALSE(years_of("成年").has_value());
}

TEST(ReferenceRange, AnAmbiguousMinusIsNotGuessed) { EXPECT_FALSE(parse_range("-3--1", {}, lexicons()).understood); }

TEST(ReferenceRange, ALostDashIsNotGuessed) { EXPECT_FALSE(parse_range("3.1.6.8", {}, lexicons()).understood); }

document::LabResult make(const PrintedRow& row, double reading = 1) {
  return make_lab_result(row, {}, {reading, reading, reading, reading, reading}, lexicons()).result;
}

PrintedRow row_of(const std::string& value, const std::string& unit, const std::string& range,
                  const std::string& flag = "") {
  PrintedRow row;
  row.name = "钾";
  row.value = value;
  row.unit = unit;
  row.range = range;
  row.flag = flag;
  return row;
}

TEST(LabResult, CarriesItsNormalForms) {
  const auto result = make(row_of("3.2", "mmol/L", "3.5-5.3", "↓"));
  EXPECT_EQ(result.flag, "L");
  EXPECT_EQ(result.flag_computed, "L");
  EXPECT_EQ(result.unit_ucum, "mmol/L");
  EXPECT_EQ(result.loinc, "2823-3");
  EXPECT_FALSE(result.needs_review);
}

TEST(LabResult, FlagsThatDisagreeAreForAPerson) {
  EXPECT_TRUE(make(row_of("4.2", "mmol/L", "3.5-5.3", "↓")).needs_review);
  EXPECT_TRUE(make(row_of("6.2", "mmol/L", "3.5-5.3", "↓")).needs_review);
}

TEST(LabResult, AnUnmarkedAbnormalValueIsForAPersonWhereOthersAreMarked) {
  PrintedRow row = row_of("6.2", "mmol/L", "3.5-5.3");
  EXPECT_FALSE(make(row).needs_review);
  row.table_has_flags = true;
  EXPECT_TRUE(make(row).needs_review);
}

TEST(LabResult, AValueNoBodyShowsIsForAPerson) { EXPECT_TRUE(make(row_of("42", "mmol/L", "", "")).needs_review); }

TEST(LabResult, ADoubtfulReadingStaysDoubtful) {
  EXPECT_TRUE(make(row_of("4.2", "mmol/L", "3.5-5.3"), 0.6).needs_review);
}

TEST(Item, TheUnitAndTheSpecimenTellNamesakesApart) {
  const auto name = [](const ItemQuery& query) { return find_item(query, lexicons()).value().item->standard_name; };
  EXPECT_EQ(name({"中性粒细胞", "", "%", ""}), "中性粒细胞百分比");
  EXPECT_EQ(name({"中性粒细胞", "", "×10⁹/L", ""}), "中性粒细胞计数");
  EXPECT_EQ(name({"葡萄糖", "GLU", "", "urine"}), "尿糖");
  EXPECT_EQ(name({"葡萄糖", "GLU", "mmol/L", ""}), "葡萄糖");
  EXPECT_EQ(name({"PCT", "", "ng/mL", ""}), "降钙素原");
}

TEST(Item, TheCodeStandsInTheBracketsOfTheName) {
  EXPECT_EQ(code_in_name("尿蛋白(PRO)"), "PRO");
  EXPECT_EQ(code_in_name("白细胞计数 WBC"), "WBC");
  EXPECT_EQ(code_in_name("白细胞(镜检)"), "");
  EXPECT_EQ(code_in_name("存活率(%)"), "%");
}

TEST(NameRepair, AMisreadLetterIsRepairedAndADigitOfAKnownNameIsNot) {
  const auto& items = lexicons().lab_items;
  EXPECT_EQ(repaired_name("肌钙蛋白1", items), "肌钙蛋白I");
  EXPECT_EQ(repaired_name("肌钙蛋白！", items), "肌钙蛋白I");
  EXPECT_EQ(repaired_name("载脂蛋白A1", items), std::nullopt);
  EXPECT_EQ(repaired_name("氯(C1)", items), "氯(Cl)");
  EXPECT_EQ(repaired_name("嗜酸性粒细胞百分比(E0%)", items), "嗜酸性粒细胞百分比(EO%)");
  EXPECT_EQ(repaired_name("载脂蛋白A1(ApoA1)", items), std::nullopt);
  EXPECT_EQ(repaired_name("血红蛋白", items), std::nullopt);
  EXPECT_EQ(repaired_name("CA125", items), std::nullopt);
}

TEST(Item, ABilingualNameIsKnownByItsChineseHalf) {
  EXPECT_TRUE(is_known_item("谷丙转氨酶 Alanine aminotransferase", lexicons().lab_items));
  const auto match = find_item({"谷丙转氨酶 Alanine aminotransferase", "", "U/L", ""}, lexicons());
  ASSERT_TRUE(match.has_value());
  EXPECT_EQ(match->item->standard_name, "丙氨酸氨基转移酶");
  EXPECT_FALSE(is_known_item("检查所见 Alanine findings", lexicons().lab_items));
}

PrintedRow recognised_row(const std::string& name, const std::string& value, const std::string& unit,
                          const std::string& range) {
  PrintedRow row;
  row.name = name;
  row.value = value;
  row.unit = unit;
  row.range = range;
  row.has_unit_column = true;
  row.is_recognised = true;
  return row;
}

TEST(Confidence, AFaintUnitOfTheNamedItemIsSureAndAFaintDigitIsNot) {
  const PrintedRow row = recognised_row("葡萄糖", "5.2", "mmol/L", "3.9-6.1");
  EXPECT_FALSE(make_lab_result(row, {}, {1, 1, 0.5, 1, 1}, lexicons()).result.needs_review);
  EXPECT_TRUE(make_lab_result(row, {}, {1, 0.5, 1, 1, 1}, lexicons()).result.needs_review);
  EXPECT_TRUE(make_lab_result(row, {}, {1, 1, 1, 0.5, 1}, lexicons()).result.needs_review);
}

TEST(Confidence, RisesWithTheReadingOfEachPiece) {
  const PrintedRow row = recognised_row("葡萄糖", "5.2", "mmol/L", "3.9-6.1");
  double before = 0;
  for (double reading = 0; reading <= 1; reading += 0.05) {
    const double now =
        make_lab_result(row, {}, {reading, reading, reading, reading, reading}, lexicons()).result.confidence;
    EXPECT_GE(now, before);
    before = now;
  }
  EXPECT_EQ(make_lab_result(row, {}, {}, lexicons()).result.confidence, 1);
}

TEST(Confidence, AMissingUnitALostValueAndACutNumberAskForAPerson) {
  EXPECT_TRUE(make_lab_result(recognised_row("葡萄糖", "5.2", "", "3.9-6.1"), {}, {}, lexicons()).result.needs_review);
  const LabReading lost = make_lab_result(recognised_row("葡萄糖", "", "mmol/L", "3.9-6.1"), {}, {}, lexicons());
  EXPECT_LT(lost.pieces.name, kSureConfidence);
  EXPECT_LT(lost.pieces.range, kSureConfidence);
  EXPECT_TRUE(
      make_lab_result(recognised_row("尿素", ".34", "mmol/L", "3.1-8.0"), {}, {}, lexicons()).result.needs_review);
}

TEST(Confidence, ANameOneCharacterFromAKnownOneIsForAPersonOnPixelsOnly) {
  PrintedRow row = recognised_row("血清氣", "101", "mmol/L", "96-108");
  EXPECT_LT(make_lab_result(row, {}, {}, lexicons()).pieces.name, kSureConfidence);
  row.is_recognised = false;
  EXPECT_EQ(make_lab_result(row, {}, {}, lexicons()).pieces.name, 1);
  EXPECT_EQ(make_lab_result(recognised_row("院内自定项目", "1", "", ""), {}, {}, lexicons()).pieces.name, 1);
}

TEST(Confidence, ARangeThatAllOtherRowsHaveIsMissed) {
  PrintedRow row = recognised_row("葡萄糖", "5.2", "mmol/L", "");
  EXPECT_FALSE(make_lab_result(row, {}, {}, lexicons()).result.needs_review);
  row.ranges_are_usual = true;
  EXPECT_TRUE(make_lab_result(row, {}, {}, lexicons()).result.needs_review);
}

TEST(Confidence, AFaintUnitThatMayHaveLostItsPrefixStaysFaint) {
  const PieceConfidence faint{1, 1, 0.85, 1, 1};
  EXPECT_LT(make_lab_result(recognised_row("C反应蛋白", "5.2", "g/L", ""), {}, faint, lexicons()).pieces.unit,
            kSureConfidence);
  EXPECT_GT(make_lab_result(recognised_row("C反应蛋白", "5.2", "mg/L", ""), {}, faint, lexicons()).pieces.unit,
            kSureConfidence);
}

TEST(Confidence, ARangeInTheCellOfTheUnitIsTakenApart) {
  const LabReading reading = make_lab_result(recognised_row("葡萄糖", "5.2", "3.9-6.1mmol/L", ""), {}, {}, lexicons());
  EXPECT_EQ(reading.result.reference_range, "3.9-6.1");
  EXPECT_EQ(reading.result.unit, "mmol/L");
}

TEST(Result, TakesLettersOfFlagsOffGradesAndWords) {
  EXPECT_EQ(parse_result("±H", lexicons(), false).value, "±");
  EXPECT_EQ(parse_result("深黄色H", lexicons(), false).flag, 'H');
  EXPECT_EQ(parse_result("1+H", lexicons(), false).value, "1+");
}

TEST(NameRepair, PutsLettersIntoLatinWordsOnly) {
  EXPECT_EQ(repaired_name("血清白蛋白 A1bumin", lexicons().lab_items), "血清白蛋白 Albumin");
  EXPECT_EQ(repaired_name("谷氨酰转肽酶 Glutamy1 transferase", lexicons().lab_items),
            "谷氨酰转肽酶 Glutamyl transferase");
  EXPECT_EQ(repaired_name("Y-谷氨酰转移酶", lexicons().lab_items), "γ-谷氨酰转移酶");
  EXPECT_EQ(repaired_name("某项目 A1c", lexicons().lab_items), std::nullopt);
}

}  // namespace
}  // namespace medmark::clinical
