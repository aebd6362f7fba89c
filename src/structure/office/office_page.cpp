#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"
#include "structure/office/office.hpp"
#include "structure/office/office_nodes.hpp"

namespace medmark::structure {
namespace {

using base::Rect;
using document::Block;
using document::BlockType;
using document::OfficeItemKind;
using document::OfficePage;
using document::OfficePlace;

struct BlockLimits {
  std::size_t page_number_words = 12;  // code points besides its digits
};
constexpr BlockLimits kLimits;

class OfficePageAnalysis {
 public:
  explicit OfficePageAnalysis(const OfficePage& page) : page_(page), items_(items_in_order(page)) {}

  OfficePageBlocks run() {
    out_.page.index = out_.page.page_in_file = page_.index;
    out_.page.width = page_.width;
    out_.page.height = page_.height;
    out_.page.size_is_exact = true;
    out_.page.is_office = true;
    out_.page.is_slide = page_.is_slide;
    nodes_ = nodes_of(page_, items_);
    name_nodes(page_, nodes_);
    for (const OfficeNode& node : nodes_) add_blocks(node);
    tie_captions();
    return std::move(out_);
  }

 private:
  Block block_for(const OfficeNode& node, BlockType type) const {
    Block block;
    block.type = type;
    block.page = page_.index;
    block.bbox = node.bbox;
    block.source = document::TextSource::kOffice;
    return block;
  }

  void add(Block block, const OfficeNode& node, int stated_level = 0) {
    block.id = "p" + std::to_string(page_.index) + "." + std::to_string(out_.page.blocks.size());
    out_.page.blocks.push_back(std::move(block));
    out_.page.font_sizes.push_back(node.size);
    out_.page.shapes.push_back({true, false});
    out_.page.stated_levels.push_back(stated_level);
  }

  void add_blocks(const OfficeNode& node) {
    block_of_node_.push_back(out_.page.blocks.size());
    if (node.table) return add_table(node);
    if (node.kind() == OfficeItemKind::kPicture) {
      out_.figures.push_back({out_.page.blocks.size(), node.item->item.picture});
      return add(block_for(node, BlockType::kFigure), node);
    }
    if (node.is_formula()) {
      Block block = block_for(node, BlockType::kFormula);
      block.latex = node.paragraph().latex;
      return add(std::move(block), node);
    }
    if (node.fields) return add_fields(node);
    Block block = block_for(node, type_of(node));
    block.text = node.content.text;
    block.runs = node.content.runs;
    block.is_bold = node.is_bold;
    add(std::move(block), node, node.is_heading ? node.stated_level() : 0);
  }

  [[nodiscard]] static BlockType type_of(const OfficeNode& node) {
    const bool is_number = node.paragraph().is_page_number && is_page_number(node.text);
    switch (node.item->place) {
      case OfficePlace::kHeader:
        return is_number ? BlockType::kPageNumber : BlockType::kHeader;
      case OfficePlace::kFooter:
        return is_number ? BlockType::kPageNumber : BlockType::kFooter;
      case OfficePlace::kWatermark:
        return BlockType::kWatermark;
      case OfficePlace::kNote:
        return BlockType::kParagraph;
      case OfficePlace::kBody:
        break;
    }
    if (node.caption)
      return *node.caption == CaptionKind::kFigure ? BlockType::kFigureCaption : BlockType::kTableCaption;
    if (node.is_heading) return BlockType::kTitle;
    const Numbering numbering = numbering_of(node.text);
    const bool is_item = !node.paragraph().label.empty() || (numbering.kind != NumberKind::kNone && numbering.has_mark);
    return is_item ? BlockType::kListItem : BlockType::kParagraph;
  }

  static bool is_page_number(const std::u32string& text) {
    const auto words =
        std::count_if(text.begin(), text.end(), [](char32_t c) { return !base::is_digit(c) && !base::is_space(c); });
    return static_cast<std::size_t>(words) <= kLimits.page_number_words;
  }

  void add_table(const OfficeNode& node) {
    if (node.item->item.table.is_continued && out_.page.blocks.empty()) out_.page.continues_table = true;
    Block block = block_for(node, BlockType::kTable);
    block.table = node.table->table;
    block.caption = node.item->item.table.caption;
    add(std::move(block), node);
  }

  // Fields of a header or footer carry content of the report: settle_office_pages decides on which page they stand.
  void add_fields(const OfficeNode& node) {
    const OfficePlace place = node.item->place;
    const bool is_furniture = place == OfficePlace::kHeader || place == OfficePlace::kFooter;
    const auto type = [&](BlockType usual) {
      return !is_furniture ? usual : place == OfficePlace::kHeader ? BlockType::kHeader : BlockType::kFooter;
    };
    for (const KeyValue& pair : node.fields->pairs) {
      Block block = block_of(pair);
      block.type = type(BlockType::kKeyValue);
      add_field_block(std::move(block), node);
    }
    for (const RunText& rest : node.fields->rest) {
      Block block;
      block.type = type(BlockType::kParagraph);
      block.text = rest.text;
      block.runs = rest.runs;
      add_field_block(std::move(block), node);
    }
  }

  void add_field_block(Block block, const OfficeNode& node) {
    block.page = page_.index;
    block.source = document::TextSource::kOffice;
    block.is_bold = node.is_bold;
    for (const document::TextRun& run : block.runs) block.bbox = base::united(block.bbox, run.bbox);
    if (block.bbox == Rect{}) block.bbox = node.bbox;
    add(std::move(block), node);
  }

  void tie_captions() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!nodes_[i].caption_of) continue;
      Block& caption = out_.page.blocks[block_of_node_[i]];
      Block& owner = out_.page.blocks[block_of_node_[*nodes_[i].caption_of]];
      owner.caption = caption.text;
      caption.caption_of = owner.id;
    }
  }

  const OfficePage& page_;
  std::vector<PageItem> items_;
  std::vector<OfficeNode> nodes_;
  std::vector<std::size_t> block_of_node_;  // beside the nodes: their first block
  OfficePageBlocks out_;
};

}  // namespace

OfficePageBlocks analyse_office_page(const OfficePage& page) { return OfficePageAnalysis(page).run(); }

}  // namespace medmark::structure
