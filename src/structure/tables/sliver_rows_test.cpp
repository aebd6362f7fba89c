#include <gmock/gmock.h>

#include "structure/tables/only_table.hpp"
#include "structure/tables/test_page.hpp"

namespace medmark::structure {
namespace {

using document::TextSource;
using testing::ElementsAre;

DrawnPage form() {
  DrawnPage page(TextSource::kOcr);
  page.grid({60, 160, 300, 400, 540}, {100, 121, 142, 163});
  page.row({65, 165, 305, 405}, 106, {"姓名", "史志", "性别", "男"});
  page.row({65, 165, 305, 405}, 127, {"住院号", "ZY0218013", "病理号", "P2445937"});
  page.row({65, 165, 305, 405}, 148, {"申请医生", "郑长", "接收日期", "2024-03-25"});
  return page;
}

TEST(SliverRows, AStrokeAboveTheTextOfOneCellIsNoBorder) {
  DrawnPage page = form();
  page.across(126.5, 160, 300);
  EXPECT_THAT(only_table(page), ElementsAre("姓名 | 史志 | 性别 | 男", "住院号 | ZY0218013 | 病理号 | P2445937",
                                            "申请医生 | 郑长 | 接收日期 | 2024-03-25"));
}

TEST(SliverRows, TheSecondEdgeOfTheOuterLineIsNoRow) {
  DrawnPage page = form();
  page.across(93, 60, 540).down(60, 93, 100).down(540, 93, 100);
  EXPECT_THAT(only_table(page), ElementsAre("姓名 | 史志 | 性别 | 男", "住院号 | ZY0218013 | 病理号 | P2445937",
                                            "申请医生 | 郑长 | 接收日期 | 2024-03-25"));
}

TEST(SliverRows, AnEmptyRowThatPrintFitsInStays) {
  DrawnPage page(TextSource::kOcr);
  page.grid({60, 160, 300, 400, 540}, {100, 121, 135, 156});
  page.row({65, 165, 305, 405}, 106, {"姓名", "史志", "性别", "男"});
  page.row({65, 165, 305, 405}, 141, {"申请医生", "郑长", "接收日期", "2024-03-25"});
  EXPECT_THAT(only_table(page),
              ElementsAre("姓名 | 史志 | 性别 | 男", "- | - | - | -", "申请医生 | 郑长 | 接收日期 | 2024-03-25"));
}

}  // namespace
}  // namespace medmark::structure
