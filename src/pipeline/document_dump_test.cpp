#include "pipeline/document_dump.hpp"

#include <gtest/gtest.h>

#include "clinical/extract.hpp"
#include "clinical/lexicon/lexicons.hpp"
#include "output/json.hpp"

namespace medmark::pipeline {
namespace {

using document::Block;
using document::BlockType;
using document::Document;

document::TextRun run_over(const std::string& text) {
  return {0, text.size(), 1, {1.0 / 3, 20, 99.9, 30.5}, 0.1 + 0.2, {1.0 / 3, 50, 99.9}, {0.123456789F, 0.5F}};
}

Block block_of(BlockType type, const std::string& text) {
  Block block;
  block.id = "b7";
  block.page = 1;
  block.order = 7;
  block.type = type;
  block.bbox = {1.0 / 3, 20, 99.9, 30.5};
  block.text = text;
  block.runs = {run_over(text)};
  block.confidence = 2.0 / 3;
  block.source = document::TextSource::kOcr;
  block.needs_review = true;
  return block;
}

Block table_of(const std::vector<std::vector<std::string>>& rows) {
  Block block = block_of(BlockType::kTable, "");
  document::Table& table = block.table.emplace();
  table.row_count = static_cast<int>(rows.size());
  table.column_count = static_cast<int>(rows.front().size());
  for (int row = 0; row < table.row_count; ++row) {
    for (int column = 0; column < table.column_count; ++column) {
      const std::string& text = rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
      table.cells.push_back({row, column, 1, 1, text, 1, {10, 20, 30, 40}, 0.95, row == 0, column == 1, {}});
      table.cells.back().runs = {run_over(text)};
    }
  }
  table.parts = {{0, {0, 0, 1, 1}}, {1, {1.0 / 7, 2, 3, 4}}};
  return block;
}

Document sheet() {
  Document document;
  document.source = {"化验单.pdf", "ab12", "application/pdf", 2};
  document.pages = {{0, 595.3, 841.9, 90, 0.7, document::TextSource::kMixed, {}, {}}};
  Block title = block_of(BlockType::kTitle, "检验报告单");
  title.level = 2;
  title.is_bold = true;
  Block name = block_of(BlockType::kKeyValue, "姓名：张三");
  name.key_size = std::string("姓名").size();
  name.value_offset = std::string("姓名：").size();
  Block formula = block_of(BlockType::kFormula, "");
  formula.latex = "x^2";
  Block figure = block_of(BlockType::kFigure, "");
  figure.image_name = "figure1.png";
  figure.caption = "图1";
  Block caption = block_of(BlockType::kFigureCaption, "图1");
  caption.caption_of = "b7";
  document.blocks = {
      title,   name,   table_of({{"项目", "结果", "单位", "参考值"}, {"钾(K)", "4.2", "mmol/L", "3.5-5.3"}}),
      formula, figure, caption};
  return document;
}

TEST(DocumentDump, KeepsEverythingThatStandsInABlock) {
  const std::string dump = dump_document(sheet());
  const auto read = read_document_dump(dump);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(dump_document(*read), dump);
  EXPECT_EQ(output::to_json(*read), output::to_json(sheet()));
  const document::TextRun& run = read->blocks[1].runs.front();
  EXPECT_EQ(run.character_edges, (std::vector<double>{1.0 / 3, 50, 99.9}));
  EXPECT_EQ(run.character_confidences, (std::vector<float>{0.123456789F, 0.5F}));
  EXPECT_EQ(run.confidence, 0.1 + 0.2);
  EXPECT_TRUE(read->blocks[2].table->cells[1].needs_review);
  EXPECT_TRUE(read->blocks[2].table->cells[0].is_header);
  EXPECT_TRUE(read->blocks[0].is_bold);
}

TEST(DocumentDump, TheClinicalRulesSayTheSameOfIt) {
  const auto lexicons = clinical::Lexicons::load(MEDMARK_SOURCE_DIR "/src/clinical/data");
  ASSERT_TRUE(lexicons.has_value());
  Document parsed = sheet();
  Document replayed = read_document_dump(dump_document(parsed)).value();
  clinical::annotate(parsed, *lexicons);
  clinical::annotate(replayed, *lexicons);
  ASSERT_EQ(parsed.clinical.lab_results.size(), 1U);
  EXPECT_EQ(output::to_json(replayed), output::to_json(parsed));
}

TEST(DocumentDump, RefusesWhatIsNone) {
  for (const char* text : {"", "{}", "[1]", R"({"dump_version": 0})", R"({"dump_version": 1, "pages": 3})"}) {
    const auto read = read_document_dump(text);
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().code, base::ErrorCode::kCorruptDocument);
  }
  std::string dump = dump_document(sheet());
  dump.replace(dump.find("key_value"), 9, "key_thing");
  EXPECT_FALSE(read_document_dump(dump).has_value());
}

}  // namespace
}  // namespace medmark::pipeline
