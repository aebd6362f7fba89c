#include "output/markdown.hpp"

#include <gtest/gtest.h>

namespace medmark::output {
namespace {

using document::Block;
using document::BlockType;
using document::Document;
using document::Table;

Block text_block(BlockType type, std::string text) {
  Block block;
  block.type = type;
  block.text = std::move(text);
  return block;
}

Table grid(const std::vector<std::vector<std::string>>& rows) {
  Table table;
  table.row_count = static_cast<int>(rows.size());
  table.column_count = static_cast<int>(rows.front().size());
  for (int row = 0; row < table.row_count; ++row) {
    for (int column = 0; column < table.column_count; ++column) {
      document::TableCell cell;
      cell.row = row;
      cell.column = column;
      cell.text = rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
      table.cells.push_back(cell);
    }
  }
  return table;
}

std::string markdown_of(std::vector<Block> blocks) {
  Document document;
  document.blocks = std::move(blocks);
  return to_markdown(document, {.asset_prefix = "a.assets/"});
}

TEST(Markdown, KeepsKeyValuePairsInOneList) {
  Block title = text_block(BlockType::kTitle, "出院小结");
  title.level = 1;
  EXPECT_EQ(markdown_of({title, text_block(BlockType::kKeyValue, "姓名：张某某"),
                         text_block(BlockType::kKeyValue, "性别：男"), text_block(BlockType::kParagraph, "正文")}),
            "# 出院小结\n\n- 姓名：张某某\n- 性别：男\n\n正文\n");
}

TEST(Markdown, LeavesPageFurnitureOut) {
  EXPECT_EQ(markdown_of({text_block(BlockType::kHeader, "医院"), text_block(BlockType::kFooter, "页脚"),
                         text_block(BlockType::kPageNumber, "1"), text_block(BlockType::kSeal, "专用章"),
                         text_block(BlockType::kWatermark, "水印")}),
            "");
}

TEST(Markdown, PrintsPipeTablesWithEscapedCells) {
  Block block = text_block(BlockType::kTable, "");
  block.table = grid({{"项目", "结果"}, {"A|B", "<300\n↑"}});
  block.caption = "表1 结果";
  EXPECT_EQ(markdown_of({block}), "表1 结果\n\n| 项目 | 结果 |\n| --- | --- |\n| A\\|B | &lt;300<br>↑ |\n");
}

TEST(Markdown, PrintsMergedTablesAsHtml) {
  Block block = text_block(BlockType::kTable, "");
  block.table = grid({{"a", "b"}});
  block.table->cells.pop_back();
  block.table->cells.front().column_span = 2;
  block.table->cells.front().text = "<script>x</script> & 10<sup>x</sup>";
  EXPECT_EQ(markdown_of({block}),
            "<table><tr><td colspan=\"2\">&lt;script&gt;x&lt;/script&gt; &amp; 10<sup>x</sup></td></tr></table>\n");
}

TEST(Markdown, PrintsFigureWithItsCaptionOnce) {
  Block figure = text_block(BlockType::kFigure, "");
  figure.image_name = "figure_1.png";
  figure.caption = "图1：胃体[A]";
  Block caption = text_block(BlockType::kFigureCaption, "图1：胃体[A]");
  caption.caption_of = "b0";
  EXPECT_EQ(markdown_of({figure, caption}), "![图1：胃体\\[A\\]](a.assets/figure_1.png)\n\n> 图1：胃体[A]\n");
}

TEST(EscapeMarkdown, KeepsPlainMedicalTextAsPrinted) {
  for (const char* text :
       {"eGFR <60，WBC 12.3×10⁹/L", "1、冠心病", "【主诉】胸闷 3~5 天", "CO₂ (+) #3", "签名：____"}) {
    EXPECT_EQ(escape_markdown(text), text);
  }
}

TEST(EscapeMarkdown, DisarmsMarkup) {
  EXPECT_EQ(escape_markdown("<img src=x>"), "\\<img src=x>");
  EXPECT_EQ(escape_markdown("# not a heading"), "\\# not a heading");
  EXPECT_EQ(escape_markdown("a*b*c"), "a\\*b\\*c");
  EXPECT_EQ(escape_markdown("[x](javascript:1)"), "\\[x](javascript:1)");
  EXPECT_EQ(escape_markdown("$$x$$"), "\\$\\$x\\$\\$");
  EXPECT_EQ(escape_markdown("____"), "\\____");
  EXPECT_EQ(escape_markdown("10<sup>x</sup>"), "10<sup>x</sup>");
}

}  // namespace
}  // namespace medmark::output
