#include "structure/whole/doubtful_signs.hpp"

#include <gtest/gtest.h>

namespace medmark::structure {
namespace {

using document::Block;
using document::BlockType;
using document::TextRun;

TextRun run_of(const std::string& text, const base::Rect& box, std::vector<float> confidences = {}) {
  TextRun run;
  run.end = text.size();
  run.bbox = box;
  run.character_confidences = std::move(confidences);
  return run;
}

Block paragraph(const std::string& text, const base::Rect& box, std::vector<float> confidences = {}) {
  Block block;
  block.type = BlockType::kParagraph;
  block.source = document::TextSource::kOcr;
  block.text = text;
  block.runs.push_back(run_of(text, box, std::move(confidences)));
  return block;
}

Block pen(const base::Rect& box) {
  Block block;
  block.type = BlockType::kHandwriting;
  block.source = document::TextSource::kOcr;
  block.bbox = box;
  return block;
}

TEST(DoubtfulSigns, PrintUnderAPenIsForAPersonAndPrintBesideItIsNot) {
  std::vector<Block> blocks{paragraph("GLU 5.8 mmol/L", {50, 100, 150, 112}), paragraph("K 4.1", {50, 120, 150, 132}),
                            pen({80, 102, 100, 110}), pen({148, 116, 165, 136})};
  mark_doubtful_signs(blocks);
  EXPECT_TRUE(blocks[0].needs_review);
  EXPECT_FALSE(blocks[1].needs_review) << "a tick behind it";
}

TEST(DoubtfulSigns, OnlyTheCellUnderThePenIsMarked) {
  Block table = paragraph("", {});
  table.type = BlockType::kTable;
  table.table.emplace();
  for (const double y : {100.0, 120.0}) {
    document::TableCell cell;
    cell.text = "5.8";
    cell.runs.push_back(run_of("5.8", {50, y, 70, y + 12}));
    table.table->cells.push_back(cell);
  }
  std::vector<Block> blocks{table, pen({45, 116, 76, 136})};
  mark_doubtful_signs(blocks);
  EXPECT_FALSE(blocks[0].table->cells[0].needs_review);
  EXPECT_TRUE(blocks[0].table->cells[1].needs_review);
}

TEST(DoubtfulSigns, ABoxThatIsNotSureIsForAPerson) {
  std::vector<Block> blocks{paragraph("□是☑否", {50, 100, 90, 112}, {0.97F, 0.5F, 0.95F, 1}),
                            paragraph("□是☑否", {50, 120, 90, 132}, {0.97F, 1, 0.85F, 1})};
  mark_doubtful_signs(blocks);
  EXPECT_FALSE(blocks[0].needs_review) << "an unsure word is no box";
  EXPECT_TRUE(blocks[1].needs_review);
}

}  // namespace
}  // namespace medmark::structure
