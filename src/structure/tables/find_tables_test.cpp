#include <gmock/gmock.h>

#include "structure/tables/tables.hpp"
#include "structure/tables/test_page.hpp"

namespace medmark::structure {
namespace {

using document::TextSource;
using testing::ElementsAre;

std::vector<FoundTable> tables_of(DrawnPage& page, double threshold = 0.3) {
  return find_tables(page.page(), {TableStrategy::kAccurate, threshold});
}

// Every grid position in exactly one cell, every taken line's text in exactly one cell, no other line's.
void expect_sound(const document::PageEvidence& page, const std::vector<FoundTable>& tables) {
  std::vector<int> taken(page.lines.size(), 0);
  for (const FoundTable& found : tables) {
    const document::Table& table = *found.block.table;
    std::vector<int> covered(static_cast<std::size_t>(table.row_count * table.column_count), 0);
    std::string cells;
    for (const document::TableCell& cell : table.cells) {
      cells += base::without_spaces(cell.text);
      for (int row = cell.row; row < cell.row + cell.row_span; ++row) {
        for (int column = cell.column; column < cell.column + cell.column_span; ++column) {
          ++covered[static_cast<std::size_t>(row * table.column_count + column)];
        }
      }
      for (const document::TextRun& run : cell.runs) {
        EXPECT_LE(run.end, cell.text.size());
        EXPECT_EQ(run.character_edges.size(),
                  base::decode_utf8(cell.text.substr(run.begin, run.end - run.begin)).size() + 1);
      }
    }
    EXPECT_THAT(covered, testing::Each(1));
    std::size_t characters = 0;
    for (const std::size_t line : found.lines) {
      ++taken[line];
      characters += base::without_spaces(page.lines[line].text()).size();
    }
    EXPECT_EQ(characters, cells.size());
  }
  EXPECT_THAT(taken, testing::Each(testing::Le(1)));
}

std::vector<std::string> only_table(DrawnPage& page) {
  const auto tables = tables_of(page);
  expect_sound(page.page(), tables);
  return tables.size() == 1 ? written(*tables[0].block.table) : std::vector<std::string>{};
}

const std::vector<double> kLab{60, 200, 280, 360};

DrawnPage& lab_rows(DrawnPage& page, double y, double pitch) {
  page.row(kLab, y, {"检验项目", "结果", "单位", "参考范围"});
  page.row(kLab, y + pitch, {"丙氨酸氨基转移酶", "23.5", "U/L", "9-50"});
  page.row(kLab, y + 2 * pitch, {"总蛋白", "61", "g/L", "65-85"});
  page.row(kLab, y + 3 * pitch, {"肌酐", "78", "", "57-97"});
  return page;
}

const std::vector<std::string> kLabTable{"检验项目 | 结果 | 单位 | 参考范围", "丙氨酸氨基转移酶 | 23.5 | U/L | 9-50",
                                         "总蛋白 | 61 | g/L | 65-85", "肌酐 | 78 | - | 57-97"};

TEST(LinedTable, CellsHoldTheTextBetweenTheirLines) {
  DrawnPage page;
  lab_rows(page, 105, 20).grid({55, 190, 270, 350, 450}, {100, 120, 140, 160, 180});
  EXPECT_EQ(only_table(page), kLabTable);
}

TEST(LinedTable, FormWithLabelsInCellsKeepsItsSpans) {
  DrawnPage page;
  page.row({60, 160, 310, 410}, 105, {"姓名", "王某", "住院号", "ZY0001"});
  page.row({60, 160, 310, 410}, 125, {"术前诊断", "胆囊结石伴慢性胆囊炎"});
  page.grid({50, 150, 540}, {100, 120, 140}).down(300, 100, 120).down(400, 100, 120);
  EXPECT_THAT(only_table(page), ElementsAre("姓名 | 王某 | 住院号 | ZY0001", "术前诊断 | 胆囊结石伴慢性胆囊炎<1,3>"));
}

TEST(LinedTable, WrappedTextIsRejoinedWithSpacesBetweenWordsOnly) {
  DrawnPage page;
  page.text(60, 103, "天门冬氨酸氨基").text(60, 115, "转移酶").text(200, 103, "reference").text(200, 115, "range");
  page.text(60, 133, "3.5-").text(60, 145, "9.5").text(200, 139, "12");
  page.grid({50, 190, 300}, {100, 130, 160});
  EXPECT_THAT(only_table(page), ElementsAre("天门冬氨酸氨基转移酶 | reference range", "3.5-9.5 | 12"));
}

TEST(LinedTable, RowsWithoutLinesBetweenThemStandApart) {
  DrawnPage page;
  lab_rows(page, 105, 20).grid({55, 190, 270, 350, 450}, {100, 120, 180});
  EXPECT_EQ(only_table(page), kLabTable);
}

TEST(LinedTable, TwoRowsOfValuesBetweenTwoLinesStayTwo) {
  DrawnPage page;
  page.row(kLab, 105, {"检验项目", "结果", "单位", "参考范围"}).row(kLab, 125, {"总蛋白", "61", "g/L", "65-85"});
  page.row(kLab, 140, {"白蛋白", "40", "g/L", "40-55"}).grid({55, 190, 270, 350, 450}, {100, 120, 155});
  EXPECT_THAT(only_table(page), ElementsAre("检验项目 | 结果 | 单位 | 参考范围", "总蛋白 | 61 | g/L | 65-85",
                                            "白蛋白 | 40 | g/L | 40-55"));
}

TEST(LinedTable, GroupNameThatInterruptsTheVerticalLinesIsARow) {
  DrawnPage page;
  page.row({60, 200}, 105, {"项目", "结果"}).text(120, 125, "肝功能").row({60, 200}, 145, {"总蛋白", "61"});
  for (const double y : {100.0, 120.0, 140.0, 160.0}) page.across(y, 50, 300);
  page.down(190, 100, 120).down(190, 140, 160);
  EXPECT_THAT(only_table(page), ElementsAre("项目 | 结果", "肝功能<1,2>", "总蛋白 | 61"));
}

TEST(LinedTable, LineReadOverABorderIsCutAtIt) {
  DrawnPage page(TextSource::kOcr);
  page.row({60, 200}, 105, {"项目", "结果"}).text(60, 125, "白细胞计数绝对值测定23.5");
  page.grid({50, 168, 300}, {100, 120, 140});
  EXPECT_THAT(only_table(page), ElementsAre("项目 | 结果", "白细胞计数绝对值测定 | 23.5"));
}

TEST(LinedTable, CaptionAboveAndNoteBelowStayOutside) {
  DrawnPage page;
  page.text(200, 85, "表1 检验结果").text(60, 185, "注：仅供参考");
  lab_rows(page, 105, 20).grid({55, 190, 270, 350, 450}, {100, 120, 140, 160, 180});
  EXPECT_EQ(only_table(page), kLabTable);
}

TEST(LinedTable, FramesAreNoTables) {
  DrawnPage page;
  page.grid({40, 555}, {40, 800}).across(300, 40, 555);
  for (int i = 0; i < 6; ++i) page.text(50, 60 + i * 15, "患者因反复胸闷气促入院，予以对症治疗后好转");
  EXPECT_TRUE(tables_of(page).empty());
}

TEST(LinedTable, FullWidthCellOfRunningTextLeavesTheTable) {
  DrawnPage page;
  page.row({60, 160, 310, 410}, 105, {"姓名", "王某", "住院号", "ZY0001"});
  for (int i = 0; i < 7; ++i) page.text(60, 125 + i * 15, "食管黏膜光滑，血管纹理清晰，贲门齿状线清晰");
  page.grid({50, 540}, {100, 120, 240}).down(150, 100, 120).down(300, 100, 120).down(400, 100, 120);
  EXPECT_THAT(only_table(page), ElementsAre("姓名 | 王某 | 住院号 | ZY0001"));
}

TEST(LinedTable, PictureInAFrameIsNoTable) {
  DrawnPage page;
  page.grid({50, 200, 350}, {100, 200, 300}).text(60, 110, "胃体").text(210, 110, "胃窦");
  page.page().regions.push_back({document::RegionKind::kPicture, {50, 100, 350, 300}, 1, ""});
  EXPECT_TRUE(tables_of(page).empty());
}

TEST(ThreeLineTable, ColumnsFollowTheText) {
  DrawnPage page;
  lab_rows(page, 105, 20).across(100, 50, 450).across(120, 50, 450).across(182, 50, 450);
  const auto tables = tables_of(page);
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(written(*tables[0].block.table), kLabTable);
  EXPECT_TRUE(tables[0].block.table->cells[0].is_header);
  EXPECT_FALSE(tables[0].block.table->cells[4].is_header);
}

TEST(ThreeLineTable, RulesOfHeaderAndFooterAreNotItsLines) {
  DrawnPage page;
  page.across(50, 50, 450).text(60, 60, "姓名：王某").text(250, 60, "性别：男");
  lab_rows(page, 105, 20).across(100, 50, 450).across(120, 50, 450).across(182, 50, 450);
  page.across(195, 50, 450).text(60, 200, "检验者：李某").text(250, 200, "审核者：赵某").across(215, 50, 450);
  EXPECT_EQ(only_table(page), kLabTable);
}

TEST(ThreeLineTable, RunningTextBetweenAHeaderRuleAndTheTableStaysText) {
  DrawnPage page;
  page.across(40, 50, 450).row({60, 400}, 46, {"术语", "变量"});
  for (int i = 0; i < 2; ++i)
    page.text(60, 62 + i * 14, "每一年的受访者按照年薪分为四类，最低一类包括失业的受访者在内");
  page.text(60, 90, "范围如下");
  lab_rows(page, 105, 20).across(100, 50, 450).across(120, 50, 450).across(182, 50, 450);
  EXPECT_EQ(only_table(page), kLabTable);
}

TEST(ThreeLineTable, HeadersOfTwoLevelsSpanTheirColumns) {
  DrawnPage page;
  const std::vector<double> columns{60, 160, 240, 320, 400};
  page.text(195, 105, "治疗前").text(355, 105, "治疗后").text(60, 113, "指标");
  page.row(columns, 121, {"", "均值", "标准差", "均值", "标准差"});
  page.row(columns, 145, {"白蛋白", "40.1", "3.2", "42.5", "2.9"});
  page.row(columns, 165, {"肌酐", "78", "12", "80", "11"});
  page.across(100, 50, 460).across(138, 50, 460).across(185, 50, 460);
  EXPECT_THAT(only_table(page), ElementsAre("指标<2,1> | 治疗前<1,2> | 治疗后<1,2>", "均值 | 标准差 | 均值 | 标准差",
                                            "白蛋白 | 40.1 | 3.2 | 42.5 | 2.9", "肌酐 | 78 | 12 | 80 | 11"));
}

TEST(ThreeLineTable, NameOfAGroupSpansItsRow) {
  DrawnPage page;
  page.row(kLab, 105, {"检验项目", "结果", "单位", "参考范围"}).text(60, 125, "肝功能");
  page.row(kLab, 145, {"总蛋白", "61", "g/L", "65-85"}).row(kLab, 165, {"白蛋白", "40", "g/L", "40-55"});
  page.across(100, 50, 450).across(120, 50, 450).across(182, 50, 450);
  EXPECT_THAT(only_table(page), ElementsAre("检验项目 | 结果 | 单位 | 参考范围", "肝功能<1,4>",
                                            "总蛋白 | 61 | g/L | 65-85", "白蛋白 | 40 | g/L | 40-55"));
}

TEST(BorderlessTable, LabSheetIsFoundWithoutAnyLine) {
  DrawnPage page;
  page.text(230, 60, "检验报告单", 16).text(60, 85, "姓名：王某").text(250, 85, "性别：男");
  lab_rows(page, 105, 18);
  page.text(60, 200, "检验者：李某").text(250, 200, "审核者：赵某");
  EXPECT_EQ(only_table(page), kLabTable);
}

TEST(BorderlessTable, WrappedNamesStayInTheirRow) {
  DrawnPage page;
  page.row(kLab, 105, {"检验项目", "结果", "单位", "参考范围"});
  page.row(kLab, 125, {"低密度脂蛋白胆固", "3.2", "mmol/L", "<3.4"}).text(60, 137, "醇直接测定法");
  page.row(kLab, 157, {"甘油三酯", "1.1", "mmol/L", "<1.7"});
  page.text(60, 177, "超敏丙反应蛋白定").text(60, 189, "量测定");  // the values stand in the middle of two lines
  page.row(kLab, 183, {"", "0.5", "mg/L", "<3"});
  page.row(kLab, 209, {"尿酸", "320", "μmol/L", "208-428"});
  EXPECT_THAT(only_table(page),
              ElementsAre("检验项目 | 结果 | 单位 | 参考范围", "低密度脂蛋白胆固醇直接测定法 | 3.2 | mmol/L | <3.4",
                          "甘油三酯 | 1.1 | mmol/L | <1.7", "超敏丙反应蛋白定量测定 | 0.5 | mg/L | <3",
                          "尿酸 | 320 | μmol/L | 208-428"));
}

TEST(BorderlessTable, RowsThatLackValuesNeverMergeWithTheRowAbove) {
  const std::vector<double> columns{50, 130, 170, 240, 320, 400, 440, 500};
  DrawnPage page;
  page.row(columns, 105, {"项目", "结果", "参考值", "单位", "项目", "结果", "参考值", "单位"});
  page.row(columns, 119, {"丙氨酸转移酶活", "7.6", "3.5-9.5", "U/L", "总蛋白", "61", "65-85", "g/L"});
  page.row(columns, 133, {"天门冬氨酸转移", "4.8", "4.3-5.8", "U/L", "白蛋白", "40", "40-55", "g/L"});
  page.row(columns, 147, {"碱性磷酸酶测定", "1.4", "1.1-3.2", "U/L"});
  page.row(columns, 161, {"乳酸脱氢酶测定", "2.2", "1.1-3.2", "U/L"});
  EXPECT_EQ(only_table(page).size(), 5U);
}

TEST(BorderlessTable, SparseColumnOfArrowsKeepsItsPlace) {
  const std::vector<double> columns{60, 180, 240, 280, 360};
  DrawnPage page;
  page.row(columns, 105, {"项目", "结果", "提示", "单位", "参考值"});
  for (int i = 0; i < 8; ++i) {
    page.row(columns, 123 + i * 18, {"项目名称", "3.14", i == 5 ? "↑" : "", i == 2 ? "" : "mmol/L", "3.5-5.3"});
  }
  const auto rows = only_table(page);
  ASSERT_EQ(rows.size(), 9U);
  EXPECT_EQ(rows[6], "项目名称 | 3.14 | ↑ | mmol/L | 3.5-5.3");
  EXPECT_EQ(rows[3], "项目名称 | 3.14 | - | - | 3.5-5.3");
}

TEST(BorderlessTable, TwoUpSheetStaysAsWideAsPrinted) {
  const std::vector<double> columns{50, 130, 170, 240, 320, 400, 440, 500};
  DrawnPage page;
  page.row(columns, 105, {"项目", "结果", "参考值", "单位", "项目", "结果", "参考值", "单位"});
  page.row(columns, 123, {"白细胞", "7.6", "3.5-9.5", "G/L", "血小板", "135", "125-350", "G/L"});
  page.row(columns, 141, {"红细胞", "4.8", "4.3-5.8", "T/L", "血红蛋白", "150", "130-175", "g/L"});
  page.row(columns, 159, {"淋巴细胞", "1.4", "1.1-3.2", "G/L"});
  const auto rows = only_table(page);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[3], "淋巴细胞 | 1.4 | 1.1-3.2 | G/L | - | - | - | -");
}

TEST(BorderlessTable, LineReadOverTwoColumnsIsCutWhereTheTextChanges) {
  DrawnPage page(TextSource::kOcr);
  page.row(kLab, 105, {"检验项目", "结果", "单位", "参考范围"});
  page.row(kLab, 125, {"总胆红素", "12.1", "μmol/L", "5-21"});
  page.text(60, 145, "甲状腺过氧化物酶抗体定量检测23.5").text(280, 145, "U/L").text(360, 145, "9-50");
  page.row(kLab, 165, {"总蛋白", "61", "g/L", "65-85"});
  page.row(kLab, 185, {"白蛋白", "40", "g/L", "40-55"});
  const auto rows = only_table(page);
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows[2], "甲状腺过氧化物酶抗体定量检测 | 23.5 | U/L | 9-50");
}

TEST(BorderlessTable, TableInOneColumnOfAPage) {
  DrawnPage page;
  page.across(100, 50, 280).across(118, 50, 280).across(176, 50, 280);
  page.row({60, 130, 210}, 104, {"分层", "评分", "死亡率"}).row({60, 130, 210}, 124, {"低危", "≤108", "<1"});
  page.row({60, 130, 210}, 142, {"中危", "109-140", "1-3"}).row({60, 130, 210}, 160, {"高危", ">140", ">3"});
  for (int i = 0; i < 8; ++i) page.text(310, 100 + i * 14, "对于高危患者推荐早期介入治疗并联合用药");
  EXPECT_THAT(only_table(page),
              ElementsAre("分层 | 评分 | 死亡率", "低危 | ≤108 | <1", "中危 | 109-140 | 1-3", "高危 | >140 | >3"));
}

TEST(NoTable, GridOfLabelsAndValues) {
  DrawnPage page;
  page.row({60, 230, 400}, 100, {"姓名：王某", "性别：男", "年龄：56岁"});
  page.row({60, 230, 400}, 118, {"科室：心内科", "床号：12", "住院号：ZY0001"});
  page.row({60, 230, 400}, 136, {"标本：血清", "送检医生：李某", "诊断：冠心病"});
  EXPECT_TRUE(tables_of(page).empty());
}

TEST(NoTable, RunningTextInTwoColumns) {
  DrawnPage page;
  for (int i = 0; i < 10; ++i) {
    page.text(50, 100 + i * 15, "急性冠脉综合征是以冠状动脉粥样硬化斑块破裂", 10);
    page.text(310, 100 + i * 15, "或侵蚀引发完全或不完全闭塞性血栓形成为病理", 10);
  }
  EXPECT_TRUE(tables_of(page).empty());
}

TEST(NoTable, NumberedLists) {
  DrawnPage page;
  page.row({60, 80}, 100, {"1、", "冠状动脉粥样硬化性心脏病"}).row({60, 80}, 116, {"2、", "心功能三级"});
  page.row({60, 80}, 132, {"3、", "高血压病三级极高危"}).row({60, 80}, 148, {"4、", "二型糖尿病"});
  EXPECT_TRUE(tables_of(page).empty());
}

TEST(NoTable, CaptionsSideBySide) {
  DrawnPage page;
  page.row({120, 380}, 300, {"图1：胃体", "图2：胃窦"}).row({120, 380}, 330, {"图3：贲门", "图4：食管"});
  EXPECT_TRUE(tables_of(page).empty());
}

TEST(RuleStack, EndsAboveTheFieldsThatFollowWithoutALine) {
  DrawnPage page;
  page.across(118, 55, 450);
  lab_rows(page, 105, 18).across(780, 55, 450);
  page.row({60, 200, 330}, 190, {"采样时间：08:10", "接收时间：09:00", "报告时间：10:30"});
  page.row({60, 330}, 215, {"检验者：甲乙", "审核者：丙丁"});
  EXPECT_EQ(only_table(page), kLabTable);
}

TEST(RuleStack, NameOfAGroupWithAColonDoesNotEndIt) {
  DrawnPage page;
  page.across(118, 55, 450);
  lab_rows(page, 105, 18).text(60, 177, "肾功能：").row(kLab, 195, {"尿素", "5.1", "mmol/L", "3.1-8.0"});
  page.row(kLab, 213, {"尿酸", "300", "μmol/L", "208-428"}).across(228, 55, 450);
  const auto tables = tables_of(page);
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].block.table->row_count, 7);
}

TEST(RuleStack, ABilingualHeadOnTwoLinesIsOneRow) {
  DrawnPage page;
  page.across(100, 55, 450).across(128, 55, 450).text(60, 109, "项目Item");
  page.row({200, 280, 360}, 103, {"缩写", "", "参考区间"})
      .row({200, 280, 360}, 115, {"Abbr.", "结果Result", "Reference"});
  page.row(kLab, 135, {"白蛋白", "ALB", "43.1", "40-55"}).row(kLab, 155, {"球蛋白", "GLB", "25.0", "20-40"});
  page.row(kLab, 175, {"尿素", "UREA", "5.2", "3.1-8.0"}).across(192, 55, 450);
  const auto tables = tables_of(page);
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].block.table->row_count, 4);
  EXPECT_EQ(tables[0].block.table->column_count, 4);
}

TEST(RuleStack, ATableBelowAnotherWithItsOwnNameIsItsOwn) {
  DrawnPage page;
  page.across(100, 55, 450).across(118, 55, 450);
  lab_rows(page, 105, 18).across(173, 55, 450).text(60, 180, "肾功能");
  page.across(195, 55, 450).across(213, 55, 450);
  lab_rows(page, 200, 18).across(268, 55, 450);
  const auto tables = tables_of(page);
  expect_sound(page.page(), tables);
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(written(*tables[0].block.table), kLabTable);
  EXPECT_EQ(written(*tables[1].block.table), kLabTable);
}

TEST(RuleStack, WithARuleUnderEachHeadOnlyTheTablesAreParted) {
  DrawnPage page;
  page.across(118, 55, 450);
  lab_rows(page, 105, 18).text(60, 182, "肾功能").across(218, 55, 450);
  lab_rows(page, 205, 18).across(275, 55, 450);
  const auto tables = tables_of(page);
  expect_sound(page.page(), tables);
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(written(*tables[0].block.table), kLabTable);
  EXPECT_EQ(written(*tables[1].block.table), kLabTable);
}

TEST(RuledGrid, TwoTablesOfOtherColumnsThatOneFrameHoldsAreTwo) {
  DrawnPage page;
  page.row({60, 160, 260}, 105, {"姓名", "甲乙", "女"}).row({60, 160, 260}, 125, {"科室", "内科", "12床"});
  page.grid({55, 150, 250, 450}, {100, 120, 140});
  lab_rows(page, 155, 20).grid({55, 190, 270, 350, 450}, {150, 170, 190, 210, 230});
  page.down(55, 140, 150).down(450, 140, 150);
  const auto tables = tables_of(page);
  expect_sound(page.page(), tables);
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_THAT(written(*tables[0].block.table), ElementsAre("姓名 | 甲乙 | 女", "科室 | 内科 | 12床"));
  EXPECT_EQ(written(*tables[1].block.table), kLabTable);
}

TEST(RuledGrid, WhereMostVerticalLinesWereNotFoundTheTextTellsTheColumns) {
  DrawnPage page(TextSource::kOcr);
  lab_rows(page, 105, 20).down(350, 100, 180).down(450, 100, 180);
  for (const double y : {100.0, 120.0, 140.0, 160.0, 180.0}) page.across(y, 55, 450);
  EXPECT_EQ(only_table(page), kLabTable);
}

TEST(NoTable, UnderlinesOfAForm) {
  DrawnPage page;
  page.row({60, 230}, 100, {"姓名", "日期"}).across(112, 90, 200).across(112, 260, 400);
  page.row({60, 230}, 130, {"签名", "电话"}).across(142, 90, 200).across(142, 260, 400);
  EXPECT_TRUE(tables_of(page).empty());
}

TEST(Options, LowerThresholdFindsMoreTables) {
  DrawnPage page;
  page.row({60, 230, 400}, 100, {"甲", "乙", "丙"}).row({60, 230, 400}, 120, {"丁", "戊", "己"});
  EXPECT_TRUE(tables_of(page, 0.6).empty());
  EXPECT_EQ(tables_of(page, 0.05).size(), 1U);
  DrawnPage lab;
  lab_rows(lab, 105, 18);
  EXPECT_EQ(tables_of(lab, 0.3).size(), 1U);
  EXPECT_TRUE(tables_of(lab, 1.01).empty());
}

document::TableHypothesis hypothesis(const base::Rect& box, int rows, int columns) {
  document::TableHypothesis seen;
  seen.bbox = box;
  seen.row_count = rows;
  seen.column_count = columns;
  seen.confidence = 0.9;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      document::TableCell cell;
      cell.row = row;
      cell.column = column;
      cell.bbox = {box.x0 + column * box.width() / columns, box.y0 + row * box.height() / rows,
                   box.x0 + (column + 1) * box.width() / columns, box.y0 + (row + 1) * box.height() / rows};
      seen.cells.push_back(cell);
    }
  }
  return seen;
}

TEST(Witnesses, DisagreementLowersConfidenceAndAsksForReview) {
  DrawnPage page;
  lab_rows(page, 105, 18);
  const double alone = tables_of(page)[0].block.confidence;
  page.page().tables = {hypothesis({60, 105, 410, 169}, 4, 4)};
  const auto agreed = tables_of(page);
  EXPECT_GE(agreed[0].block.confidence, alone);
  EXPECT_FALSE(agreed[0].block.needs_review);
  page.page().tables = {hypothesis({60, 105, 410, 169}, 3, 5)};
  const auto disagreed = tables_of(page);
  EXPECT_LT(disagreed[0].block.confidence, alone);
  EXPECT_TRUE(disagreed[0].block.needs_review);
  EXPECT_EQ(written(*disagreed[0].block.table), kLabTable);
}

TEST(Witnesses, ModelIsAskedAndBelievedOnlyWhereGeometryFindsNothingAndNeverWhenFast) {
  DrawnPage page;
  page.row({60, 230}, 100, {"饮食：低盐饮食", "运动：适量散步"}).row({60, 230}, 120, {"用药：遵医嘱", "复查：一月后"});
  page.page().layout.push_back({document::BlockType::kTable, {50, 90, 400, 140}, 0.9, "layout"});
  const TableOptions accurate{TableStrategy::kAccurate, 0.3};
  const TableOptions fast{TableStrategy::kFast, 0.3};
  EXPECT_EQ(regions_for_table_model(page.page(), accurate).size(), 1U);
  EXPECT_TRUE(regions_for_table_model(page.page(), fast).empty());
  page.page().tables = {hypothesis({50, 90, 400, 140}, 2, 2)};
  const auto found = find_tables(page.page(), accurate);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(written(*found[0].block.table),
              ElementsAre("饮食：低盐饮食 | 运动：适量散步", "用药：遵医嘱 | 复查：一月后"));
  EXPECT_TRUE(found[0].block.needs_review);
  EXPECT_TRUE(find_tables(page.page(), fast).empty());
}

TEST(Options, TheModelIsAskedForNoMoreThanItsTimeOnAPageAllows) {
  const TableOptions accurate{TableStrategy::kAccurate, 0.3};
  const auto page_with = [](int lists, int rows, bool in_columns) {
    DrawnPage page;
    for (int list = 0; list < lists; ++list) {
      const double top = 60.0 + 250 * list;
      for (int row = 0; row < rows; ++row) {
        page.text(60, top + 12 * row, "饮食：低盐饮食");
        if (in_columns) page.text(260, top + 12 * row, "运动：适量散步");
      }
      page.page().layout.push_back(
          {document::BlockType::kTable, {50, top - 5, 400, top + 12.0 * rows}, 0.8 + 0.05 * list, "layout"});
    }
    return page;
  };
  EXPECT_EQ(regions_for_table_model(page_with(1, 3, true).page(), accurate).size(), 1U);
  const auto of_three = regions_for_table_model(page_with(3, 3, true).page(), accurate);
  ASSERT_EQ(of_three.size(), 1U) << "each takes 69 ms of 120";
  EXPECT_GT(of_three[0].y0, 500) << "the surest one";
  EXPECT_TRUE(regions_for_table_model(page_with(1, 40, true).page(), accurate).empty()) << "200 ms";
  EXPECT_TRUE(regions_for_table_model(page_with(1, 3, false).page(), accurate).empty()) << "text without columns";
}

TEST(Seals, TextOfASealIsNotTakenIntoCells) {
  DrawnPage page;
  lab_rows(page, 105, 20).grid({55, 190, 270, 350, 450}, {100, 120, 140, 160, 180});
  page.text(200, 145, "检验专用章");
  page.page().lines.back().hint = document::BlockType::kSeal;
  EXPECT_EQ(only_table(page), kLabTable);
}

}  // namespace
}  // namespace medmark::structure
