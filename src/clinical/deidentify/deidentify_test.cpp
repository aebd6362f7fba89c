#include "clinical/deidentify/deidentify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "clinical/deidentify/date_shift.hpp"
#include "clinical/extract.hpp"
#include "clinical/text/folded_text.hpp"
#include "clinical/text/rewrite.hpp"

namespace medmark::clinical {
namespace {

using document::Block;
using document::BlockType;

const Lexicons& lexicons() {
  static const auto kLoaded = Lexicons::load(std::filesystem::path(MEDMARK_SOURCE_DIR) / "src" / "clinical" / "data");
  return kLoaded.value();
}

document::Document document_of(const std::vector<std::string>& lines) {
  document::Document document;
  document.source.file_name = "somebody.pdf";
  double y = 50;
  for (const std::string& line : lines) {
    Block& block = document.blocks.emplace_back();
    block.id = "b" + std::to_string(document.blocks.size() - 1);
    block.type = BlockType::kParagraph;
    block.text = line;
    block.bbox = {50, y, 550, y + 12};
    block.runs.push_back({0, line.size(), 0, block.bbox, 1, {}});
    y += 20;
  }
  return document;
}

std::vector<std::string> deidentified(const std::vector<std::string>& lines) {
  document::Document document = document_of(lines);
  annotate(document, lexicons());
  deidentify(document, lexicons(), {"a secret"});
  std::vector<std::string> texts;
  for (const Block& block : document.blocks) texts.push_back(block.text);
  return texts;
}

std::string moved_date(const std::string& printed, int days) {
  const FoldedText folded = fold(printed);
  const auto dates = find_printed_dates(folded);
  if (dates.size() != 1) return "";
  const std::size_t begin = folded.begin[dates[0].begin];
  const std::size_t end = folded.end[dates[0].end - 1];
  return printed.substr(0, begin) + shifted_text(printed.substr(begin, end - begin), dates[0], days) +
         printed.substr(end);
}

TEST(Deidentify, ThePatientIsTheSamePersonWhereverTheNameStands) {
  const auto texts = deidentified({"姓名：甄某甲   性别：女", "甄某甲诉头痛，今日甄 某 甲已出院。"});
  EXPECT_EQ(texts[0], "姓名：某人1   性别：女");
  EXPECT_EQ(texts[1], "某人1诉头痛，今日某人1已出院。");
}

TEST(Deidentify, NumbersAreHiddenByLabelAndByForm) {
  const auto texts =
      deidentified({"住院号：ZY00123456", "家属可拨13800001111或0571-88001122联系，证件110101199003070011。"});
  EXPECT_EQ(texts[0], "住院号：**********");
  EXPECT_EQ(texts[1], "家属可拨***********或*************联系，证件******************。");
}

TEST(Deidentify, ALabelInTwoLanguagesAnnouncesAName) {
  EXPECT_EQ(deidentified({"医师签名 Signature：于某燕"})[0], "医师签名 Signature：某人1");
}

TEST(Deidentify, ADateInChineseDigitsMovesLikeAnyOther) {
  EXPECT_EQ(moved_date("二〇二四年三月五日", 7), "2024年3月12日");
}

TEST(Deidentify, NamesBelowTheHeadOfAColumnAreHidden) {
  document::Document document;
  document::Block& block = document.blocks.emplace_back();
  block.id = "b0";
  block.type = BlockType::kTable;
  block.table = document::Table{.row_count = 2, .column_count = 3, .cells = {}, .parts = {}};
  const char* texts[] = {"开始日期", "医嘱内容", "医师", "05-11", "二级护理", "邱某雪"};
  for (int i = 0; i < 6; ++i) {
    document::TableCell cell;
    cell.row = i / 3;
    cell.column = i % 3;
    cell.text = texts[i];
    block.table->cells.push_back(cell);
  }
  annotate(document, lexicons());
  deidentify(document, lexicons(), {"a secret"});
  EXPECT_EQ(document.blocks[0].table->cells[5].text, "某人1");
  EXPECT_EQ(document.blocks[0].table->cells[4].text, "二级护理");
}

// The front page of a record: labels and values without spaces between them, a contact beside the patient.
TEST(Deidentify, AContactAndACoderAreHiddenInAFormWithoutSpaces) {
  document::Document document;
  document::Block& block = document.blocks.emplace_back();
  block.id = "b0";
  block.type = BlockType::kTable;
  block.table = document::Table{.row_count = 2, .column_count = 1, .cells = {}, .parts = {}};
  for (const char* text : {"联系人姓名汪某 关系配偶 地址同上 电话13900005513", "编码员：龚某平"}) {
    document::TableCell cell;
    cell.row = static_cast<int>(block.table->cells.size());
    cell.text = text;
    block.table->cells.push_back(cell);
  }
  annotate(document, lexicons());
  deidentify(document, lexicons(), {"a secret"});
  EXPECT_EQ(document.blocks[0].table->cells[0].text, "联系人姓名某人1 关系配偶 地址同上 电话***********");
  EXPECT_EQ(document.blocks[0].table->cells[1].text, "编码员：某人2");
}

TEST(Deidentify, AnAddressInASentenceIsHidden) {
  EXPECT_EQ(deidentified({"患者现居于望河路12号3栋501室，"})[0].find("望河路"), std::string::npos);
}

TEST(Deidentify, ADoctorNamedBeforeATitleIsHiddenButATitleAloneStays) {
  const auto texts = deidentified({"今日欧阳某主任医师查房，嘱继续观察。", "主治医师查房，嘱继续观察。"});
  EXPECT_EQ(texts[0], "今日某人主任医师查房，嘱继续观察。");
  EXPECT_EQ(texts[1], "主治医师查房，嘱继续观察。");
}

TEST(Deidentify, ADoctorNamedBehindATitleIsHidden) {
  const auto texts = deidentified({"次日主管医生司马丁查房。上级医师甄某丁：同意目前治疗。",
                                   "李某某/王某某查房记录：一般情况可。", "申请医生及主管医生安排会诊，常规查房。"});
  EXPECT_EQ(texts[0], "次日主管医生某人查房。上级医师某人：同意目前治疗。");
  EXPECT_EQ(texts[1], "某人/某人查房记录：一般情况可。");
  EXPECT_EQ(texts[2], "申请医生及主管医生安排会诊，常规查房。");
}

TEST(Deidentify, AListOfPeopleIsHiddenToItsEnd) {
  const auto texts =
      deidentified({"手术医师：沈某子、韩某丑    麻醉医师：杨某寅", "打印人：朱某卯  打印时间：2024-03-18"});
  for (const std::string& text : texts) {
    for (const char* name : {"沈某子", "韩某丑", "杨某寅", "朱某卯"})
      EXPECT_EQ(text.find(name), std::string::npos) << text;
  }
}

TEST(Deidentify, ANumberNamedInASentenceIsHidden) {
  const auto texts = deidentified({"复诊，门诊号MZ00012345，片号 X9912345，批号B7731192。"});
  EXPECT_EQ(texts[0], "复诊，门诊号**********，片号 ********，批号B7731192。");
}

TEST(Deidentify, APhoneBeforeABracketEndsThere) {
  EXPECT_EQ(deidentified({"联系电话：13900001234（女儿）"})[0], "联系电话：***********（女儿）");
}

TEST(Deidentify, EnglishNamesAreHiddenAsTheyAreWritten) {
  const auto texts = deidentified({"Patient Name: Marlow, Ann    MRN: 0092331",
                                   "Mrs. Marlow came on foot to see Dr. Peter Hastings. Ann Marlow feels well.",
                                   "Mail to ann.marlow@mail.example please."});
  EXPECT_EQ(texts[0], "Patient Name: 某人1    MRN: *******");
  EXPECT_EQ(texts[1], "Mrs. 某人 came on foot to see Dr. 某人. 某人1 feels well.");
  EXPECT_EQ(texts[2], "Mail to *********************** please.");
}

TEST(Deidentify, DatesKeepTheirDistance) {
  document::Document document = document_of({"入院日期：2024-03-01", "出院日期：2024-03-11"});
  annotate(document, lexicons());
  deidentify(document, lexicons(), {"a secret"});
  EXPECT_EQ(document.blocks[0].text.find("2024-03-01"), std::string::npos);
  const auto date = [&](int i) {
    return find_printed_dates(fold(document.blocks[static_cast<std::size_t>(i)].text)).at(0).day;
  };
  EXPECT_EQ(shifted(date(0), 10), date(1));
  EXPECT_EQ(document.clinical.patient.at("admission_date"),
            document.blocks[0].text.substr(document.blocks[0].text.size() - 10));
}

TEST(Deidentify, TheClinicalObjectAndTheFileNameAreCleanAndCounted) {
  document::Document document = document_of({"姓名：甄某甲  住院号：A1", "【现病史】患者甄某甲，2023年5月6日起病。"});
  annotate(document, lexicons());
  ASSERT_EQ(document.clinical.patient.at("name"), "甄某甲");
  const Deidentification result = deidentify(document, lexicons(), {"a secret"});
  EXPECT_EQ(document.clinical.patient.at("name"), "某人1");
  EXPECT_EQ(document.clinical.patient.at("admission_number"), "**");
  EXPECT_EQ(document.clinical.sections.at("history_of_present_illness").find("甄某甲"), std::string::npos);
  EXPECT_EQ(document.source.file_name, "deidentified.pdf");
  EXPECT_GE(result.counts.at("name"), 2);
  EXPECT_EQ(result.counts.at("date"), 1);
}

TEST(Deidentify, PlacesCoverTheValueAndNotItsLabel) {
  document::Document document = document_of({"姓名：甄某甲"});
  annotate(document, lexicons());
  const Deidentification result = deidentify(document, lexicons(), {"a secret"});
  ASSERT_EQ(result.places.size(), 1U);  // found by its label and as a known name, told once
  EXPECT_GT(result.places[0].bbox.x0, 250);
  EXPECT_GE(result.places[0].bbox.x1, 550);
}

TEST(Deidentify, ALaboratoryTableStaysAsItIs) {
  document::Document document;
  Block& block = document.blocks.emplace_back();
  block.type = BlockType::kTable;
  block.table = document::Table{2, 4, {}, {}};
  int i = 0;
  for (const char* text : {"项目", "结果", "单位", "参考值", "白细胞", "7.6", "×10⁹/L", "3.5-9.5"}) {
    document::TableCell cell;
    cell.row = i / 4;
    cell.column = i % 4;
    cell.text = text;
    block.table->cells.push_back(cell);
    ++i;
  }
  const auto before = block.table->cells[6].text;
  deidentify(document, lexicons(), {"a secret"});
  EXPECT_EQ(document.blocks[0].table->cells[3].text, "参考值");
  EXPECT_EQ(document.blocks[0].table->cells[6].text, before);
}

TEST(DateShift, KeepsTheWayADateIsWritten) {
  EXPECT_EQ(moved_date("2024-03-01 09:20", -1), "2024-02-29 09:20");
  EXPECT_EQ(moved_date("2024年3月1日9时", -1), "2024年2月29日9时");
  EXPECT_EQ(moved_date("于20240301入院", -1), "于20240229入院");
  EXPECT_EQ(moved_date("03-01 08:00", -1), "02-28 08:00");
  EXPECT_EQ(moved_date("5月11日复查", 7), "5月18日复查");
  EXPECT_EQ(moved_date("May 3, 2023", 30), "Jun 2, 2023");
  EXPECT_EQ(moved_date("3 May 2023", -3), "30 Apr 2023");
  EXPECT_EQ(moved_date("2024-1-5 9:05", 1), "2024-1-6 9:05");
  EXPECT_EQ(moved_date("Mrs. Marlow came on May 3, 2023 at noon", 30), "Mrs. Marlow came on Jun 2, 2023 at noon");
  EXPECT_EQ(moved_date("２０２４／０３／０１", -1), "2024/02/29");
}

TEST(DateShift, CountsDaysOverCenturies) {
  EXPECT_EQ(shifted({2000, 2, 29}, 365), (CalendarDay{2001, 2, 28}));
  EXPECT_EQ(shifted({1900, 3, 1}, -1), (CalendarDay{1900, 2, 28}));
}

TEST(Rewrite, RunsFollowTheText) {
  std::string text = "ab张三cd";
  std::vector<document::TextRun> runs = {{0, 8, 0, {}, 1, {0, 1, 2, 3, 4}}, {8, 10, 0, {}, 1, {0, 1, 2}}};
  rewrite(text, runs, {{2, 8, "X"}});
  EXPECT_EQ(text, "abXcd");
  EXPECT_EQ(runs[0].end, 3U);
  EXPECT_EQ(runs[1].begin, 3U);
  EXPECT_EQ(runs[1].end, 5U);
  EXPECT_TRUE(runs[0].character_edges.empty());
  EXPECT_EQ(runs[1].character_edges.size(), 3U);
}

TEST(Rewrite, OverlappingReplacementsBecomeOne) {
  const auto list = ordered({{4, 8, "b"}, {2, 6, "a"}});
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(replaced("0123456789", list), "01a89");
}

TEST(Deidentify, FindsNamesInsideFiguresAndHandsBackTheirPixels) {
  document::Document document;
  document::Asset figure{"page_1_figure_1.png", {}, {}};
  figure.lines = {{"姓名：钱某一 男 52岁", {10, 10, 210, 30}}, {"右叶斜径 132mm", {10, 40, 150, 60}}};
  document.assets = {figure};
  const Deidentification result = deidentify(document, lexicons(), {"a secret"});
  ASSERT_EQ(result.figure_places.size(), 1U);
  ASSERT_EQ(result.figure_places[0].size(), 1U);
  EXPECT_LE(result.figure_places[0][0].y0, 10);
  EXPECT_GE(result.figure_places[0][0].x1, 210);
  EXPECT_TRUE(document.blocks.empty());
  EXPECT_EQ(document.removed_counts.at("figure"), 1);
}

TEST(Deidentify, CoversALineInsideAFigureThatNamesAPersonOfTheText) {
  document::Document document;
  document::Block block;
  block.id = "b0";
  block.type = document::BlockType::kKeyValue;
  block.text = "姓名：孙某二";
  block.key_size = 6;
  block.value_offset = 9;
  document.blocks = {block};
  document::Asset figure{"page_1_figure_1.png", {}, {}};
  figure.lines = {{"孙某二", {0, 0, 60, 20}}};
  document.assets = {figure};
  const Deidentification result = deidentify(document, lexicons(), {"a secret"});
  EXPECT_EQ(result.figure_places[0].size(), 1U);
}

TEST(Deidentify, TheSameSecretAndFileMoveDatesByTheSameDays) {
  const auto moved = [](const std::string& secret) {
    document::Document document;
    document::Block block;
    block.type = document::BlockType::kParagraph;
    block.text = "入院日期：2024-05-11";
    document.blocks = {block};
    deidentify(document, lexicons(), {secret});
    return document.blocks[0].text;
  };
  EXPECT_EQ(moved("one"), moved("one"));
  EXPECT_NE(moved("one"), moved("two"));
  EXPECT_NE(moved("one"), "入院日期：2024-05-11");
}

}  // namespace
}  // namespace medmark::clinical
