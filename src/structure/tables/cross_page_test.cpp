#include <gmock/gmock.h>

#include "structure/tables/tables.hpp"
#include "structure/tables/test_page.hpp"

namespace medmark::structure {
namespace {

using document::Block;
using document::BlockType;
using testing::ElementsAre;

// A table of rows of entries, its columns at `xs`; the first row is its head where `headed`.
Block table(int page, const std::vector<double>& xs, const std::vector<std::vector<std::string>>& rows, bool headed) {
  Block block;
  block.page = page;
  block.type = BlockType::kTable;
  block.bbox = {xs.front(), 100, 500, 100 + 20.0 * static_cast<double>(rows.size())};
  block.table.emplace();
  block.table->row_count = static_cast<int>(rows.size());
  block.table->column_count = static_cast<int>(xs.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t column = 0; column < xs.size(); ++column) {
      document::TableCell cell;
      cell.row = static_cast<int>(row);
      cell.column = static_cast<int>(column);
      cell.page = page;
      cell.text = rows[row][column];
      const double right = column + 1 < xs.size() ? xs[column + 1] : 500;
      cell.bbox = {xs[column], 100 + 20.0 * static_cast<double>(row), right, 120 + 20.0 * static_cast<double>(row)};
      cell.is_header = headed && row == 0;
      cell.runs.push_back({0, cell.text.size(), page, cell.bbox, 1, {}});
      block.table->cells.push_back(cell);
    }
  }
  return block;
}

Block text(int page, BlockType type, const std::string& words) {
  Block block;
  block.page = page;
  block.type = type;
  block.text = words;
  return block;
}

const std::vector<double> kColumns{60, 200, 300};
const std::vector<std::string> kHead{"项目", "结果", "单位"};

TEST(JoinTables, RepeatedHeadIsDroppedAndNoRowIsLost) {
  std::vector<Block> blocks{table(0, kColumns, {kHead, {"钾", "4.1", "mmol/L"}}, true),
                            text(0, BlockType::kFooter, "检验结果仅供参考"), text(0, BlockType::kPageNumber, "1/2"),
                            text(1, BlockType::kHeader, "某某医院"),
                            table(1, kColumns, {kHead, {"钠", "140", "mmol/L"}, {"氯", "101", "mmol/L"}}, true)};
  join_tables_across_pages(blocks);
  ASSERT_EQ(blocks.size(), 4U);
  EXPECT_THAT(written(*blocks[0].table),
              ElementsAre("项目 | 结果 | 单位", "钾 | 4.1 | mmol/L", "钠 | 140 | mmol/L", "氯 | 101 | mmol/L"));
  ASSERT_EQ(blocks[0].table->parts.size(), 2U);
  EXPECT_EQ(blocks[0].table->parts[0].page, 0);
  EXPECT_EQ(blocks[0].table->parts[1].page, 1);
}

TEST(JoinTables, SheetsOfAScanMayLieApart) {
  const std::vector<double> shifted{84, 224, 324};
  std::vector<Block> blocks{table(0, kColumns, {kHead, {"钾", "4.1", "mmol/L"}}, true),
                            table(1, shifted, {{"钠", "140", "mmol/L"}}, false)};
  std::vector<Block> scanned = blocks;
  for (Block& block : scanned) block.source = document::TextSource::kOcr;
  join_tables_across_pages(blocks);
  EXPECT_EQ(blocks.size(), 2U);
  join_tables_across_pages(scanned);
  EXPECT_EQ(scanned.size(), 1U);
}

TEST(JoinTables, TableWithoutRepeatedHeadGoesOnWhereColumnsAgree) {
  std::vector<Block> blocks{table(0, kColumns, {kHead, {"钾", "4.1", "mmol/L"}}, true),
                            table(1, kColumns, {{"钠", "140", "mmol/L"}}, false)};
  join_tables_across_pages(blocks);
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_EQ(blocks[0].table->row_count, 3);
}

TEST(JoinTables, ThreePagesBecomeOneTable) {
  std::vector<Block> blocks{table(0, kColumns, {kHead, {"钾", "4.1", "mmol/L"}}, true),
                            table(1, kColumns, {{"钠", "140", "mmol/L"}}, false),
                            table(2, kColumns, {kHead, {"氯", "101", "mmol/L"}}, true)};
  join_tables_across_pages(blocks);
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_EQ(blocks[0].table->parts.size(), 3U);
  EXPECT_EQ(blocks[0].table->row_count, 4);
}

TEST(JoinTables, PagesThatWereTurnedDifferentlyGoOn) {
  Block turned = table(0, kColumns, {kHead, {"钾", "4.1", "mmol/L"}}, true);
  for (document::TableCell& cell : turned.table->cells) {  // displayed a quarter turn to the left: columns run up
    const base::Rect box = cell.bbox;
    cell.bbox = {box.y0, 600 - box.x1, box.y1, 600 - box.x0};
  }
  turned.bbox = {100, 100, 140, 540};
  std::vector<Block> blocks{turned, table(1, kColumns, {kHead, {"钠", "140", "mmol/L"}}, true)};
  join_tables_across_pages(blocks);
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_EQ(blocks[0].table->row_count, 3);
}

TEST(JoinTables, RepeatedRowWithACellThatSpansOnIsKeptWhole) {
  Block next = table(1, kColumns, {kHead, {"", "140", "mmol/L"}}, false);
  next.table->cells[0].row_span = 2;
  next.table->cells.erase(next.table->cells.begin() + 3);
  std::vector<Block> blocks{table(0, kColumns, {kHead, {"钾", "4.1", "mmol/L"}}, true), next};
  join_tables_across_pages(blocks);
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_THAT(written(*blocks[0].table),
              ElementsAre("项目 | 结果 | 单位", "钾 | 4.1 | mmol/L", "项目<2,1> | 结果 | 单位", "140 | mmol/L"));
}

TEST(JoinTables, RowCutByTheBreakIsRejoined) {
  std::vector<Block> blocks{table(0, kColumns, {{"项目", "结果", "参考范围"}, {"孕酮", "1.2", "卵泡期(0.1-"}}, true),
                            table(1, kColumns, {{"", "", "0.9)黄体期(1.8-24)"}, {"睾酮", "0.4", "0.1-0.8"}}, false)};
  join_tables_across_pages(blocks);
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_THAT(
      written(*blocks[0].table),
      ElementsAre("项目 | 结果 | 参考范围", "孕酮 | 1.2 | 卵泡期(0.1-0.9)黄体期(1.8-24)", "睾酮 | 0.4 | 0.1-0.8"));
  const document::TableCell& cell = blocks[0].table->cells[5];
  ASSERT_EQ(cell.runs.size(), 2U);
  EXPECT_EQ(cell.runs[1].page, 1);
  EXPECT_EQ(cell.text.substr(cell.runs[1].begin, cell.runs[1].end - cell.runs[1].begin), "0.9)黄体期(1.8-24)");
}

TEST(JoinTables, HeadWithOneDoubtfulCharacterGoesOnAndIsKept) {
  const std::vector<std::string> head{"项目", "结果", "参考范围"};
  const Block first = table(0, kColumns, {head, {"钾", "4.1", "3.5-5.3"}}, true);
  Block next = table(1, kColumns, {{"项目", "结果", "參考范围"}, {"钠", "140", "137-147"}}, true);
  std::vector<Block> sure{first, next};
  join_tables_across_pages(sure);
  EXPECT_EQ(sure.size(), 2U);
  next.table->cells[2].confidence = 0.8;
  std::vector<Block> doubtful{first, next};
  join_tables_across_pages(doubtful);
  ASSERT_EQ(doubtful.size(), 1U);
  EXPECT_THAT(written(*doubtful[0].table), ElementsAre("项目 | 结果 | 参考范围", "钾 | 4.1 | 3.5-5.3",
                                                       "项目 | 结果 | 參考范围", "钠 | 140 | 137-147"));
  next.table->cells[2].text = "参考范2";
  std::vector<Block> numbered{first, next};
  join_tables_across_pages(numbered);
  EXPECT_EQ(numbered.size(), 2U);
}

TEST(JoinTables, AMisreadHeadGoesOnWhereItsRowsGoOnCounting) {
  const Block first =
      table(0, kColumns, {{"序号", "检测项目", "结果"}, {"29", "白蛋白", "60"}, {"30", "球蛋白", "38"}}, true);
  const auto next = [](const std::string& number, const std::string& second) {
    return table(1, kColumns, {{"序号", "检測項目", "结杲"}, {number, "尿素", "5.1"}, {second, "尿酸", "300"}}, true);
  };
  std::vector<Block> counting{first, next("31", "32")};
  join_tables_across_pages(counting);
  ASSERT_EQ(counting.size(), 1U);
  EXPECT_EQ(counting[0].table->row_count, 6) << "the head is kept: it may say something else after all";
  std::vector<Block> anew{first, next("1", "2")};
  join_tables_across_pages(anew);
  EXPECT_EQ(anew.size(), 2U);
  std::vector<Block> values{first, next("31", "7")};
  join_tables_across_pages(values);
  EXPECT_EQ(values.size(), 2U);
}

TEST(JoinTables, ColumnThatIsEmptyOnTheNextPageIsRestored) {
  Block first = table(
      0, {60, 100, 200, 260, 300},
      {{"No", "项目", "结果", "提示", "单位"}, {"1", "钾", "6.1", "↑", "mmol/L"}, {"2", "钠", "140", "", "mmol/L"}},
      true);
  Block next = table(1, {60, 100, 200, 300}, {{"3", "氯", "101", "mmol/L"}, {"4", "钙", "2.3", "mmol/L"}}, false);
  first.source = next.source = document::TextSource::kOcr;
  std::vector<Block> blocks{first, next};
  join_tables_across_pages(blocks);
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_TRUE(blocks[0].needs_review);
  EXPECT_THAT(written(*blocks[0].table),
              ElementsAre("No | 项目 | 结果 | 提示 | 单位", "1 | 钾 | 6.1 | ↑ | mmol/L", "2 | 钠 | 140 | - | mmol/L",
                          "3 | 氯 | 101 | - | mmol/L", "4 | 钙 | 2.3 | - | mmol/L"));
  next.table->cells[0].text = "1";  // counts anew: another table
  std::vector<Block> apart{first, next};
  join_tables_across_pages(apart);
  ASSERT_EQ(apart.size(), 2U);
  EXPECT_EQ(apart[1].table->column_count, 4);
}

TEST(JoinTables, PrintOnTheTableIsNotBetween) {
  const Block first = table(0, kColumns, {kHead, {"钾", "4.1", "mmol/L"}}, true);
  const Block next = table(1, kColumns, {kHead, {"钠", "140", "mmol/L"}}, true);
  Block entry = text(0, BlockType::kParagraph, "4");
  entry.bbox = {70, 122, 76, 132};
  std::vector<Block> inside{first, entry, next};
  join_tables_across_pages(inside);
  ASSERT_EQ(inside.size(), 2U);
  EXPECT_EQ(inside[0].table->row_count, 3);
  EXPECT_EQ(inside[1].text, "4");
  entry.bbox = {70, 160, 76, 170};
  std::vector<Block> below{first, entry, next};
  join_tables_across_pages(below);
  EXPECT_EQ(below.size(), 3U);
}

TEST(JoinTables, AnotherTableStaysApart) {
  const Block first = table(0, kColumns, {kHead, {"钾", "4.1", "mmol/L"}}, true);
  const std::vector<Block> others{
      table(1, kColumns, {{"药品", "剂量", "用法"}, {"阿司匹林", "100mg", "qd"}}, true),  // another head
      table(1, {60, 150, 400}, {{"钠", "140", "mmol/L"}}, false),                         // other columns
      table(1, {60, 200}, {{"钠", "140"}}, false),                                        // fewer columns
      table(2, kColumns, {{"钠", "140", "mmol/L"}}, false),                               // a page between
      table(0, kColumns, {{"钠", "140", "mmol/L"}}, false)};                              // the same page
  for (const Block& other : others) {
    std::vector<Block> blocks{first, other};
    join_tables_across_pages(blocks);
    EXPECT_EQ(blocks.size(), 2U);
  }
  std::vector<Block> titled{first, text(1, BlockType::kTitle, "用药"),
                            table(1, kColumns, {{"钠", "140", "mmol/L"}}, false)};
  join_tables_across_pages(titled);
  EXPECT_EQ(titled.size(), 3U);
}

}  // namespace
}  // namespace medmark::structure
