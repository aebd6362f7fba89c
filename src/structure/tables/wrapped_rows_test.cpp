// Cells that wrap in tables without lines between their rows: a row is one row however its cells are set.
#include <gmock/gmock.h>

#include "structure/tables/only_table.hpp"
#include "structure/tables/tables.hpp"
#include "structure/tables/test_page.hpp"

namespace medmark::structure {
namespace {

using document::TextSource;
using testing::ElementsAre;
using testing::IsEmpty;

// A page of a roll: 80 mm wide.
DrawnPage roll(TextSource source = TextSource::kNative) {
  DrawnPage page(source);
  page.page().width = 226;
  return page;
}

TEST(WrappedRows, ASlipWhoseResultsWrapBesideNamesAtTheirMiddleIsATable) {
  DrawnPage page = roll();
  page.text(35, 100, "pH", 8).text(96, 100, "7.54 ↑ [7.35-7.45]", 8);
  page.text(96, 112, "46.3 ↑ mmHg [35-", 8).text(35, 118, "Lac", 8).text(96, 124, "45]", 8);
  page.text(96, 136, "2.0 mmol/L", 8).text(35, 142, "BE", 8).text(96, 148, "[-3.0-3.0]", 8);
  page.text(35, 160, "二氧化碳", 8).text(35, 172, "分压", 8).text(96, 166, "38 mmHg [35-45]", 8);
  EXPECT_THAT(only_table(page), ElementsAre("pH | 7.54 ↑ [7.35-7.45]", "Lac | 46.3 ↑ mmHg [35-45]",
                                            "BE | 2.0 mmol/L [-3.0-3.0]", "二氧化碳分压 | 38 mmHg [35-45]"));
}

TEST(WrappedRows, CellsThatBothWrapAreOneRowWhereABracketStaysOpen) {
  DrawnPage page = roll();
  page.text(35, 100, "pH", 8).text(96, 100, "7.54 [7.35-7.45]", 8);
  page.text(35, 112, "二氧化碳", 8).text(96, 112, "37.2 mmHg [35-", 8);
  page.text(35, 124, "分压", 8).text(96, 124, "45]", 8);
  page.text(96, 136, "5.2 mmol/L", 8).text(35, 142, "钾离子", 8).text(96, 148, "[3.5-4.5]", 8);
  EXPECT_THAT(only_table(page), ElementsAre("pH | 7.54 [7.35-7.45]", "二氧化碳分压 | 37.2 mmHg [35-45]",
                                            "钾离子 | 5.2 mmol/L [3.5-4.5]"));
}

const std::vector<double> kSheet{60, 150, 210, 260};
const std::vector<std::string> kHead{"检验项目", "结果", "单位", "参考范围"};

// Four rows of which two names wrap; the others of a row stand `down` lines below the first line of its name. Rows
// stand `room` farther apart than lines.
void wrapped_sheet(DrawnPage& page, double down, double room) {
  const double line = 13;
  page.row(kSheet, 100, kHead);
  double y = 100 + line + room;
  const auto row = [&](const std::vector<std::string>& name, const std::vector<std::string>& others) {
    for (std::size_t i = 0; i < name.size(); ++i) page.text(kSheet[0], y + static_cast<double>(i) * line, name[i]);
    const double below = down * line * static_cast<double>(name.size() - 1);
    page.row(kSheet, y + below, {"", others[0], others[1], others[2]});
    y += line * static_cast<double>(name.size()) + room;
  };
  row({"甲状腺过氧化", "物酶抗体"}, {"21.9", "IU/mL", "<34"});
  row({"游离甲状腺素"}, {"11.5", "pmol/L", "12-22"});
  row({"甲状腺球蛋白", "抗体"}, {"93.4", "IU/mL", "<115"});
  row({"促甲状腺激素"}, {"2.9", "mIU/L", "0.27-4.2"});
}

const auto kSheetTable = ElementsAre("检验项目 | 结果 | 单位 | 参考范围", "甲状腺过氧化物酶抗体 | 21.9 | IU/mL | <34",
                                     "游离甲状腺素 | 11.5 | pmol/L | 12-22", "甲状腺球蛋白抗体 | 93.4 | IU/mL | <115",
                                     "促甲状腺激素 | 2.9 | mIU/L | 0.27-4.2");

TEST(WrappedRows, ResultsAtTheFirstTheMiddleOrTheLastLineOfTheirNameAreItsRow) {
  for (const double down : {0.0, 0.5, 1.0}) {
    for (const double room : {1.0, 6.0}) {
      DrawnPage page;
      wrapped_sheet(page, down, room);
      EXPECT_THAT(only_table(page), kSheetTable) << "down " << down << " room " << room;
    }
  }
}

TEST(WrappedRows, TheyAreSoInThreeLineTables) {
  for (const double down : {0.0, 0.5, 1.0}) {
    DrawnPage page;
    wrapped_sheet(page, down, 4);
    page.across(97, 55, 340).across(114, 55, 340).across(206, 55, 340);
    EXPECT_THAT(only_table(page), kSheetTable) << "down " << down;
  }
}

TEST(WrappedRows, TheyAreSoOnScansWhoseLinesTremble) {
  for (const double down : {0.0, 0.5, 1.0}) {
    DrawnPage page(TextSource::kOcr);
    wrapped_sheet(page, down, 4);
    double tremble = 0.7;
    for (document::TextLine& line : page.page().lines) {
      for (document::Character& character : line.characters) {
        character.bbox.y0 += tremble;
        character.bbox.y1 += tremble;
      }
      line.bbox.y0 += tremble;
      line.bbox.y1 += tremble;
      line.quad = base::quad_of(line.bbox);
      tremble = -tremble;
    }
    EXPECT_THAT(only_table(page), kSheetTable) << "down " << down;
  }
}

TEST(WrappedRows, NamesOfGroupsAreNoLinesOfTheRowsBelowThem) {
  DrawnPage page;
  page.row(kSheet, 100, kHead).text(60, 114, "甲状腺功能");
  page.row(kSheet, 128, {"游离甲状腺素", "11.5", "pmol/L", "12-22"});
  page.row(kSheet, 142, {"促甲状腺素", "2.9", "mIU/L", "0.27-4.2"}).text(60, 156, "肾功能");
  page.row(kSheet, 170, {"尿酸", "320", "umol/L", "208-428"}).row(kSheet, 184, {"肌酐", "78", "umol/L", "57-97"});
  EXPECT_THAT(only_table(page),
              ElementsAre("检验项目 | 结果 | 单位 | 参考范围", "甲状腺功能<1,4>",
                          "游离甲状腺素 | 11.5 | pmol/L | 12-22", "促甲状腺素 | 2.9 | mIU/L | 0.27-4.2", "肾功能<1,4>",
                          "尿酸 | 320 | umol/L | 208-428", "肌酐 | 78 | umol/L | 57-97"));
}

TEST(WrappedRows, LongNamesOfGroupsAreNoneEitherWhereNoItemReachesAsFar) {
  DrawnPage page;
  page.row(kSheet, 100, kHead).text(60, 114, "甲状腺功能五项");
  page.row(kSheet, 128, {"TSH", "2.9", "mIU/L", "0.27-4.2"}).row(kSheet, 142, {"FT4", "11.5", "pmol/L", "12-22"});
  page.text(60, 156, "肾功能全套检查");
  page.row(kSheet, 170, {"尿酸", "320", "umol/L", "208-428"}).row(kSheet, 184, {"肌酐", "78", "umol/L", "57-97"});
  EXPECT_EQ(only_table(page).size(), 7U);
}

TEST(WrappedRows, RowsThatLackAUnitOrARangeStayRows) {
  DrawnPage page;
  page.row(kSheet, 100, kHead).row(kSheet, 114, {"甲状腺过氧化", "21.9", "IU/mL", "<34"});
  page.row(kSheet, 128, {"血型", "A型", "", ""}).row(kSheet, 142, {"促甲状腺激素", "2.9", "mIU/L", "0.27-4.2"});
  page.row(kSheet, 156, {"尿酸", "320", "umol/L", "208-428"}).row(kSheet, 170, {"比值", "1.2", "", "1-2"});
  EXPECT_EQ(only_table(page).size(), 6U);
}

TEST(WrappedRows, RangesListedOnLinesOfTheirOwnStayInTheirRow) {
  DrawnPage page;
  page.row(kSheet, 100, kHead).text(260, 118, "男：208-428").text(260, 130, "女：155-357");
  page.row(kSheet, 124, {"尿酸", "320", "umol/L"}).row(kSheet, 148, {"肌酐", "78", "umol/L", "57-97"});
  page.text(260, 166, "成人：3.1-8.0").text(260, 178, "儿童：1.8-6.5").row(kSheet, 172, {"尿素", "5.1", "mmol/L"});
  const auto rows = only_table(page);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[2], "肌酐 | 78 | umol/L | 57-97");
}

TEST(WrappedRows, ListedRangesOfTheLastRowsStayAboveTheLineThatEndsTheTable) {
  DrawnPage page;
  page.across(97, 55, 400).row(kSheet, 100, kHead).across(113, 55, 400);
  page.row(kSheet, 117, {"尿酸", "320", "umol/L", "208-428"}).row(kSheet, 133, {"肌酐", "78", "umol/L", "57-97"});
  page.text(260, 149, "早孕：<34").row(kSheet, 161, {"抗体", "28.3", "IU/mL", "中孕：<34"}).text(260, 173, "晚孕：<34");
  page.across(190, 55, 400);
  const auto rows = only_table(page);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[3], "抗体 | 28.3 | IU/mL | 早孕：<34\n中孕：<34\n晚孕：<34");
}

TEST(WrappedRows, LinesOfTheFirstAndLastRowOutsideOfTheBandsAreTheirs) {
  for (const double down : {0.0, 13.0}) {
    DrawnPage page;
    const std::vector<double> columns{60, 150, 210};
    double y = 100;
    for (const char* value : {"21.9", "93.4", "11.5"}) {
      page.text(60, y, "甲状腺过氧化").text(60, y + 13, "物酶抗体").row(columns, y + down, {"", value, "IU/mL"});
      y += 30;
    }
    page.text(60, 230, "检验者：某某");
    EXPECT_THAT(only_table(page),
                ElementsAre("甲状腺过氧化物酶抗体 | 21.9 | IU/mL", "甲状腺过氧化物酶抗体 | 93.4 | IU/mL",
                            "甲状腺过氧化物酶抗体 | 11.5 | IU/mL"))
        << "down " << down;
  }
}

TEST(WrappedRows, AHeadWhoseEntryWrapsBesideTheOthersIsOneRow) {
  DrawnPage page;
  page.text(260, 94, "生物参考").text(260, 106, "区间").row(kSheet, 100, {"检验项目", "结果", "单位"});
  page.row(kSheet, 124, {"尿酸", "320", "umol/L", "208-428"}).row(kSheet, 140, {"肌酐", "78", "umol/L", "57-97"});
  EXPECT_THAT(only_table(page), ElementsAre("检验项目 | 结果 | 单位 | 生物参考区间", "尿酸 | 320 | umol/L | 208-428",
                                            "肌酐 | 78 | umol/L | 57-97"));
}

TEST(WrappedRows, ANameThatEndsLikeAHeaderBelowResultsIsNoHead) {
  DrawnPage page = roll();
  page.text(35, 100, "白细胞(WBC)", 8).text(110, 100, "10.1 H G/L [3.5-9.5]", 8);
  page.text(35, 112, "凝血酶原时间", 8).text(110, 118, "84 % [70-120]", 8).text(35, 124, "(PT%)", 8);
  page.text(35, 136, "血小板", 8).text(110, 136, "315 G/L [125-350]", 8);
  EXPECT_THAT(only_table(page), ElementsAre("白细胞(WBC) | 10.1 H G/L [3.5-9.5]", "凝血酶原时间(PT%) | 84 % [70-120]",
                                            "血小板 | 315 G/L [125-350]"));
}

TEST(WrappedRows, ColumnsOfRunningTextHalfALineApartAreNoTable) {
  DrawnPage page;
  for (int i = 0; i < 12; ++i) {
    page.text(50, 100 + i * 14, "患者因反复胸闷气促入院，予以对症治疗");
    page.text(310, 107 + i * 14, "食管黏膜光滑，血管纹理清晰，贲门齿状");
  }
  EXPECT_THAT(find_tables(page.page(), {}), IsEmpty());
}

TEST(WrappedRows, FieldsBetweenALineAndTheHeadStayOutsideOfTheTable) {
  DrawnPage page;
  page.across(60, 40, 555).text(60, 70, "姓名：阎某").text(300, 70, "年龄：51岁").text(60, 88, "科别：肾内科");
  page.row(kSheet, 110, kHead).row(kSheet, 126, {"尿酸", "320", "umol/L", "208-428"});
  page.row(kSheet, 142, {"肌酐", "78", "umol/L", "57-97"}).row(kSheet, 158, {"尿素", "5.1", "mmol/L", "3.1-8.0"});
  page.across(780, 40, 555);
  EXPECT_THAT(only_table(page), ElementsAre("检验项目 | 结果 | 单位 | 参考范围", "尿酸 | 320 | umol/L | 208-428",
                                            "肌酐 | 78 | umol/L | 57-97", "尿素 | 5.1 | mmol/L | 3.1-8.0"));
}

// Lines of the page above the sheet, one line below its head, none below its rows; names of columns stand near.
TEST(WrappedRows, AHeadOfWrappedNamesStaysWithTheRowsBelowItsLine) {
  DrawnPage page;
  const std::vector<double> columns{50, 130, 195, 232, 290, 370, 435, 472};
  page.across(60, 45, 510).text(50, 66, "性别：男").text(290, 66, "年龄：62岁").across(84, 45, 510);
  page.text(232, 100, "敏感").text(472, 100, "敏感").text(232, 112, "度").text(472, 112, "度");
  page.row(columns, 106, {"抗菌药物", "MIC(mg/L)", "KB(mm)", "", "抗菌药物", "MIC(mg/L)", "KB(mm)", ""});
  page.across(126, 45, 510);
  page.row(columns, 132, {"氨曲南", "2", "", "S", "美罗培南", "≥64", "", "R"});
  page.row(columns, 150, {"环丙沙星", "", "29", "R", "厄他培南", "", "18", "S"});
  page.row(columns, 168, {"头孢唑林", "1", "", "S", "氨苄西林", "8", "", "I"});
  page.row(columns, 186, {"头孢吡肟", "2", "", "S", "头孢他啶", "1", "", "S"});
  EXPECT_THAT(
      only_table(page),
      ElementsAre("抗菌药物 | MIC(mg/L) | KB(mm) | 敏感度 | 抗菌药物 | MIC(mg/L) | KB(mm) | 敏感度",
                  "氨曲南 | 2 | - | S | 美罗培南 | ≥64 | - | R", "环丙沙星 | - | 29 | R | 厄他培南 | - | 18 | S",
                  "头孢唑林 | 1 | - | S | 氨苄西林 | 8 | - | I", "头孢吡肟 | 2 | - | S | 头孢他啶 | 1 | - | S"));
}

}  // namespace
}  // namespace medmark::structure
