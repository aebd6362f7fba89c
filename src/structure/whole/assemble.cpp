// Blocks of all pages to the document's blocks.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "structure/office/office.hpp"
#include "structure/page.hpp"
#include "structure/page/paragraphs.hpp"
#include "structure/text/line_text.hpp"
#include "structure/whole/doubtful_signs.hpp"
#include "structure/whole/levels.hpp"
#include "structure/whole/running.hpp"

namespace medmark::structure {
namespace {

using document::Block;
using document::BlockType;

struct BlockEntry {
  Block block;
  double size = 0;
  BlockShape shape;
};

// What a paragraph may be printed around: furniture, and figures and tables set at a column's or page's edge.
bool may_interrupt(BlockType type) {
  switch (type) {
    case BlockType::kHeader:
    case BlockType::kFooter:
    case BlockType::kPageNumber:
    case BlockType::kSeal:
    case BlockType::kWatermark:
    case BlockType::kFigure:
    case BlockType::kFigureCaption:
    case BlockType::kTable:
    case BlockType::kTableCaption:
      return true;
    default:
      return false;
  }
}

bool is_running_text(BlockType type) { return type == BlockType::kParagraph || type == BlockType::kListItem; }

double last_line_bottom(const Block& block) { return block.runs.empty() ? block.bbox.y1 : block.runs.back().bbox.y1; }

// The text moved on to another column or page between the two.
bool starts_anew(const Block& before, const Block& after) {
  const int page = before.runs.empty() ? before.page : before.runs.back().page;
  return page != after.page || after.bbox.y0 < last_line_bottom(before) - after.bbox.height();
}

bool goes_on_in(const BlockEntry& before, const BlockEntry& after) {
  if (!is_running_text(before.block.type) || after.block.type != BlockType::kParagraph) return false;
  if (!starts_anew(before.block, after.block)) return false;
  if (!before.shape.ends_full || after.shape.starts_indented) return false;
  if (std::abs(before.size - after.size) > 0.15 * before.size) return false;
  const std::u32string head = base::decode_utf8(after.block.text);
  return !closes_sentence(base::decode_utf8(before.block.text)) && !starts_entry(head);
}

void join(BlockEntry& before, BlockEntry& after) {
  RunText text{std::move(before.block.text), std::move(before.block.runs)};
  append_text(text, {std::move(after.block.text), std::move(after.block.runs)}, Join::kLine);
  before.block.text = std::move(text.text);
  before.block.runs = std::move(text.runs);
  before.block.confidence = std::min(before.block.confidence, after.block.confidence);
  before.block.needs_review = before.block.needs_review || after.block.needs_review;
  if (before.block.page == after.block.page) before.block.bbox = base::united(before.block.bbox, after.block.bbox);
  before.shape.ends_full = after.shape.ends_full;
}

// Paragraphs that a column's or a page's end broke in two become one, at the place of the first part.
void join_broken_paragraphs(std::vector<BlockEntry>& entries) {
  std::vector<bool> gone(entries.size(), false);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (gone[i] || !is_running_text(entries[i].block.type)) continue;
    for (std::size_t next = i + 1; next < entries.size(); ++next) {
      if (gone[next] || may_interrupt(entries[next].block.type)) continue;
      if (!goes_on_in(entries[i], entries[next])) break;
      join(entries[i], entries[next]);
      gone[next] = true;
    }
  }
  std::vector<BlockEntry> kept;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!gone[i]) kept.push_back(std::move(entries[i]));
  }
  entries = std::move(kept);
}

std::vector<BlockEntry> entries_of(std::vector<PageBlocks> pages) {
  std::vector<BlockEntry> entries;
  for (PageBlocks& page : pages) {
    for (std::size_t i = 0; i < page.blocks.size(); ++i) {
      BlockEntry entry;
      entry.block = std::move(page.blocks[i]);
      if (i < page.font_sizes.size()) entry.size = page.font_sizes[i];
      if (i < page.shapes.size()) entry.shape = page.shapes[i];
      entries.push_back(std::move(entry));
    }
  }
  return entries;
}

void give_ids(std::vector<Block>& blocks) {
  std::map<std::string, std::string> renamed;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const std::string id = "b" + std::to_string(i);
    if (!blocks[i].id.empty()) renamed.emplace(blocks[i].id, id);
    blocks[i].id = id;
    blocks[i].order = static_cast<int>(i);
  }
  for (Block& block : blocks) {
    if (block.caption_of.empty()) continue;
    const auto it = renamed.find(block.caption_of);
    block.caption_of = it != renamed.end() ? it->second : "";
  }
}

}  // namespace

std::vector<Block> assemble(std::vector<PageBlocks> pages, const std::vector<document::OutlineEntry>& outline) {
  // Office files say for themselves what runs and what leads; only printed pages must be compared.
  const auto printed =
      std::stable_partition(pages.begin(), pages.end(), [](const auto& page) { return page.is_office; });
  std::vector<PageBlocks> office(std::make_move_iterator(pages.begin()), std::make_move_iterator(printed));
  pages.erase(pages.begin(), printed);
  mark_running_lines(pages);
  set_heading_levels(pages, outline);
  settle_office_pages(office);
  std::move(office.begin(), office.end(), std::back_inserter(pages));
  std::stable_sort(pages.begin(), pages.end(), [](const auto& a, const auto& b) { return a.index < b.index; });
  std::vector<BlockEntry> entries = entries_of(std::move(pages));
  join_broken_paragraphs(entries);
  std::vector<Block> blocks;
  blocks.reserve(entries.size());
  for (BlockEntry& entry : entries) blocks.push_back(std::move(entry.block));
  join_tables_across_pages(blocks);
  for (Block& block : blocks) {
    if (block.type != BlockType::kTitle) block.level.reset();
  }
  mark_doubtful_signs(blocks);
  give_ids(blocks);
  return blocks;
}

}  // namespace medmark::structure
