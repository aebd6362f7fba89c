// Tables as hospitals' forms print them: text right above the head, boxes drawn close together, rows of words.
#include <gmock/gmock.h>

#include "structure/tables/only_table.hpp"
#include "structure/tables/tables.hpp"
#include "structure/tables/test_page.hpp"

namespace medmark::structure {
namespace {

using document::TextSource;
using testing::ElementsAre;

const std::vector<double> kDrugs{60, 180, 260, 320, 440, 500};

TEST(HospitalSheets, TextAboveTheHeadAndTheNoteBelowAreNoneOfTheTable) {
  DrawnPage page;
  page.across(60, 55, 540).text(60, 70, "培养结果：肺炎克雷伯菌").text(300, 70, "菌落计数：1000");
  page.row(kDrugs, 90, {"抗菌药物", "MIC", "结果", "抗菌药物", "MIC", "结果"}).across(104, 55, 540);
  page.row(kDrugs, 110, {"氨苄西林", "≥32", "R", "亚胺培南", "≤0.25", "S"});
  page.row(kDrugs, 126, {"头孢唑林", "≥64", "R", "庆大霉素", "8", "I"});
  page.row(kDrugs, 142, {"头孢吡肟", "2", "S", "替加环素", "1", "S"});
  page.text(60, 160, "注：S敏感").text(160, 160, "I中介").text(260, 160, "R耐药").across(180, 55, 540);
  EXPECT_THAT(only_table(page),
              ElementsAre("抗菌药物 | MIC | 结果 | 抗菌药物 | MIC | 结果", "氨苄西林 | ≥32 | R | 亚胺培南 | ≤0.25 | S",
                          "头孢唑林 | ≥64 | R | 庆大霉素 | 8 | I", "头孢吡肟 | 2 | S | 替加环素 | 1 | S"));
}

const std::vector<double> kCheckup{60, 200, 320, 380, 470};

TEST(HospitalSheets, GroupsWithTheirDoctorAndDescribedFindingsStayRowsOfARuledList) {
  DrawnPage page;
  const auto row = [&](double y, const std::vector<std::string>& entries) {
    page.row(kCheckup, y, entries).across(y + 14, 55, 540);
  };
  page.across(96, 55, 540);
  row(100, {"检查项目", "结果", "单位", "参考范围", "提示"});
  row(120, {"一般检查", "检查医生：邢某"});
  row(140, {"体重指数", "27.8", "kg/m²", "18.5-23.9", "超重"});
  row(160, {"收缩压", "141", "mmHg", "90-139", "↑"});
  row(180, {"腹部彩超", "肝实质回声增强致密后方回声衰减胆囊壁见附着"});
  row(200, {"眼压", "17.1", "mmHg", "10-21", ""});
  const auto tables = find_tables(page.page(), {});
  ASSERT_EQ(tables.size(), 1U);
  const document::Table& table = *tables[0].block.table;
  EXPECT_EQ(table.row_count, 6);
  EXPECT_EQ(table.column_count, 5);
}

TEST(HospitalSheets, ANoteBelowTheLastLineEndsATableAndTheNextOneIsAnother) {
  DrawnPage page(TextSource::kOcr);
  const std::vector<double> columns{60, 220, 330, 440};
  for (const double top : {100.0, 260.0}) {
    page.across(top, 55, 540).row(columns, top + 4, {"项目", "治疗前", "治疗后", "变化"}).across(top + 18, 55, 540);
    page.row(columns, top + 24, {"CEA", "1.71", "1.11", "-35%"});
    page.row(columns, top + 44, {"AFP", "2.11", "2.41", "+14%"}).across(top + 60, 55, 540);
  }
  page.text(60, 170, "注：化疗方案为紫杉醇，").text(260, 170, "每21天为1程；").text(420, 170, "未检测。");
  page.text(60, 190, "●结论：").text(180, 190, "半衰期约17天");
  const auto tables = find_tables(page.page(), {});
  ASSERT_EQ(tables.size(), 2U);
  for (const FoundTable& found : tables) EXPECT_EQ(found.block.table->row_count, 3);
}

TEST(HospitalSheets, ARowKeepsWhatReachesOverTheEndOfItsLine) {
  DrawnPage page(TextSource::kOcr);
  page.across(90, 55, 240);
  const std::vector<double> columns{60, 130, 190};
  page.row(columns, 100, {"pO2", "61.2", "mmHg [80-100]"}).row(columns, 116, {"ctHb", "11.2", "g/dL [12-16]"});
  page.row(columns, 132, {"Lac", "4.11", "mmol/L"}).across(150, 55, 240);
  EXPECT_THAT(only_table(page),
              ElementsAre("pO2 | 61.2 | mmHg [80-100]", "ctHb | 11.2 | g/dL [12-16]", "Lac | 4.11 | mmol/L"));
}

TEST(HospitalSheets, ValuesWithUnitAndRangeInOnePieceAreNoRunningText) {
  DrawnPage page;
  page.page().width = 226;
  const std::vector<double> columns{15, 75};
  page.row(columns, 100, {"pCO2", "58.6 mmHg [35.0-45.0]"}, 8).row(columns, 112, {"pO2", "61.2 mmHg [80.0-100.0]"}, 8);
  page.row(columns, 124, {"HCO3", "26.9 mmol/L [21.0-26.0]"}, 8).row(columns, 136, {"Lac", "4.11 mmol/L [0.5-1.6]"}, 8);
  EXPECT_EQ(only_table(page).size(), 4U);
}

TEST(HospitalSheets, ABoxOfFieldsCloseAboveAGridIsNotItsFirstRow) {
  DrawnPage page(TextSource::kOcr);
  // The sides of the box and of the grid look like one line.
  const std::vector<double> columns{60, 200, 300, 400};
  page.across(60, 55, 500).text(60, 66, "姓名：谷某某").text(300, 66, "性别：女").across(82, 55, 500);
  for (const double y : {92.0, 112.0, 132.0, 152.0}) page.across(y, 55, 500);
  page.down(55, 60, 152).down(500, 60, 152);
  for (const double x : {190.0, 290.0, 390.0}) page.down(x, 92, 152);
  page.row(columns, 97, {"项目", "结果", "单位", "参考区间"}).row(columns, 117, {"白细胞", "17.1", "10^9/L", "4-10"});
  page.row(columns, 137, {"血红蛋白", "112", "g/L", "115-150"});
  EXPECT_THAT(only_table(page), ElementsAre("项目 | 结果 | 单位 | 参考区间", "白细胞 | 17.1 | 10^9/L | 4-10",
                                            "血红蛋白 | 112 | g/L | 115-150"));
}

TEST(HospitalSheets, BoxesBesideAndBelowEachOtherAreNoTable) {
  DrawnPage page(TextSource::kOcr);
  for (const double y : {60.0, 120.0, 128.0, 190.0}) page.across(y, 40, 290).across(y, 304, 555);
  for (const double x : {40.0, 290.0, 304.0, 555.0}) page.down(x, 60, 190);
  for (const double x : {45.0, 310.0}) {
    page.text(x, 66, "因反复胸痛三天加重四小时入院双肺底少量湿")
        .text(x, 82, "啰音，心电图多个导联水平型压低，伴有倒置");
    page.text(x, 134, "一个月后复查血常规和肝肾功能及血脂，三个")
        .text(x, 150, "月后复查心脏超声，十二个月后评估疗程结束");
  }
  EXPECT_TRUE(find_tables(page.page(), {}).empty());
}

TEST(HospitalSheets, ANumberedGroupIsNoWrappedTextOfTheRowAboveIt) {
  DrawnPage page;
  const std::vector<double> columns{60, 200, 280, 360};
  page.across(96, 55, 450).row(columns, 100, {"检验项目", "结果", "提示", "参考值"}).across(114, 55, 450);
  page.row(columns, 120, {"尿胆原", "3.2", "", "0-16"}).row(columns, 136, {"白细胞酯酶测定", "1+", "*", "阴性"});
  page.text(60, 152, "二、尿有形成分");
  page.row(columns, 168, {"红细胞", "311.1", "↑", "0-17"})
      .row(columns, 184, {"白细胞", "41.7", "↑", "0-28"})
      .across(200, 55, 450);
  const auto rows = only_table(page);
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows[2], "白细胞酯酶测定 | 1+ | * | 阴性");
}

// Two lines of one width, of the head of the page and under the head of the table, make no table of what is between
// them.
TEST(HospitalSheets, FieldsAndAHeadOfCodesBetweenTwoLinesAreNoTableOfTheirOwn) {
  DrawnPage page;
  const std::vector<double> columns{50, 160, 270, 380};
  page.across(60, 45, 510).text(50, 70, "检验结果汇总表", 15).across(140, 45, 510);
  page.row({50, 230, 400}, 96, {"姓名：康某", "性别：男", "年龄：33岁"})
      .row({50, 230}, 110, {"科室：外科", "住院号：00964113"});
  page.row(columns, 126, {"日期", "PaCO2(mmHg)", "PaO2(mmHg)", "SaO2(%)"});
  page.row(columns, 148, {"2024-12-08", "", "115.3H", ""}).row(columns, 164, {"2024-12-10", "43.7", "73.8L", "95.5"});
  page.row(columns, 180, {"2024-12-12", "41.3", "93.3", "95.1"})
      .row(columns, 196, {"2024-12-14", "41.0", "52.9L", "96.1"});
  EXPECT_THAT(only_table(page), ElementsAre("日期 | PaCO2(mmHg) | PaO2(mmHg) | SaO2(%)", "2024-12-08 | - | 115.3H | -",
                                            "2024-12-10 | 43.7 | 73.8L | 95.5", "2024-12-12 | 41.3 | 93.3 | 95.1",
                                            "2024-12-14 | 41.0 | 52.9L | 96.1"));
}

}  // namespace
}  // namespace medmark::structure
