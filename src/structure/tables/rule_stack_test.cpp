#include <gmock/gmock.h>

#include "structure/tables/tables.hpp"
#include "structure/tables/test_page.hpp"

namespace medmark::structure {
namespace {

using testing::ElementsAre;

const std::vector<double> kColumns{60, 200, 280, 360};

DrawnPage listed_results() {
  DrawnPage page(document::TextSource::kOcr);
  for (const double y : {100.0, 120.0, 140.0, 160.0}) page.across(y, 55, 450);
  page.row(kColumns, 105, {"检验项目", "结果", "单位", "参考范围"});
  page.row(kColumns, 125, {"总蛋白", "61", "g/L", "65-85"});
  page.row(kColumns, 145, {"肌酐", "78", "μmol/L", "57-97"});
  return page;
}

TEST(RuleStack, EndsAtItsLastLineThoughThePagesFootHasOneOfTheSameLength) {
  DrawnPage page = listed_results();
  page.text(60, 175, "小结").row(kColumns, 195, {"低脂饮食", "适量运动", "", "三个月后复查"});
  page.row(kColumns, 212, {"低盐饮食", "监测血压", "", "必要时就诊"}).across(780, 55, 450);
  const auto tables = find_tables(page.page(), {});
  ASSERT_FALSE(tables.empty());
  EXPECT_THAT(written(*tables[0].block.table), ElementsAre("检验项目 | 结果 | 单位 | 参考范围",
                                                           "总蛋白 | 61 | g/L | 65-85", "肌酐 | 78 | μmol/L | 57-97"));
}

TEST(RuleStack, RowsWithoutALineBelowThemReachToThePagesFoot) {
  DrawnPage page(document::TextSource::kOcr);
  page.across(100, 55, 450).across(120, 55, 450).across(780, 55, 450);
  page.row(kColumns, 105, {"检验项目", "结果", "单位", "参考范围"});
  page.row(kColumns, 125, {"总蛋白", "61", "g/L", "65-85"});
  page.row(kColumns, 145, {"肌酐", "78", "μmol/L", "57-97"});
  const auto tables = find_tables(page.page(), {});
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].block.table->row_count, 3);
}

}  // namespace
}  // namespace medmark::structure
