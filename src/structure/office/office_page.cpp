#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"
#include "structure/office/office.hpp"
#include "structure/office/office_table.hpp"
#include "structure/office/office_text.hpp"
#include "structure/office/page_items.hpp"
#include "structure/office/text_layout.hpp"
#include "structure/page/captions.hpp"
#include "structure/page/headings.hpp"
#include "structure/page/key_values.hpp"
#include "structure/page/paragraphs.hpp"

namespace medmark::structure {
namespace {

using base::Rect;
using document::Block;
using document::BlockType;
using document::OfficeItemKind;
using document::OfficePage;
using document::OfficeParagraph;
using document::OfficePlace;

struct OfficeLimits {
  double body_size = 10.5;     // points, where a page has no text
  double header_top = 36;      // points from the page's edges
  double slide_inset_x = 7.2;  // of a text box, points, as PowerPoint sets it where nothing is said
  double slide_inset_y = 3.6;
  double text_box_gap = 2;             // points between items
  double formula_height = 24;          // points
  std::size_t longest_heading = 90;    // code points of a paragraph that a style calls a heading
  std::size_t longest_joined = 20;     // a line broken by hand after more than this may go on in the next
  std::size_t page_number_words = 12;  // code points besides its digits
  std::size_t longest_caption = 120;
};
constexpr OfficeLimits kLimits;

// What stands on the page, in reading order.
struct Node {
  const PageItem* item = nullptr;
  Rect bbox;
  // Text: one line, or lines that belong together.
  std::vector<Fragment> fragments;
  RunText content;
  std::u32string text;
  double size = 0;
  bool is_bold = false;
  bool is_wrapped = false;
  std::optional<FieldRow> fields;
  bool is_heading = false;
  // Tables and figures.
  std::optional<PlacedTable> table;
  std::optional<CaptionKind> caption;
  std::optional<std::size_t> caption_of;  // node
  bool has_caption = false;

  [[nodiscard]] OfficeItemKind kind() const { return item->item.kind; }
  [[nodiscard]] const OfficeParagraph& paragraph() const { return item->item.paragraph; }
  [[nodiscard]] bool is_formula() const { return kind() == OfficeItemKind::kParagraph && !paragraph().latex.empty(); }
  [[nodiscard]] bool is_text() const { return kind() == OfficeItemKind::kParagraph && paragraph().latex.empty(); }
  [[nodiscard]] bool is_plain() const { return is_text() && !fields && !is_heading && !caption; }
  [[nodiscard]] int stated_level() const { return paragraph().is_title ? kTitleLevel : paragraph().heading_level; }
};

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
    lay_out();
    keep_on_page();
    measure();
    find_fields();
    find_captions();
    find_headings();
    for (const Node& node : nodes_) add_blocks(node);
    tie_captions();
    return std::move(out_);
  }

 private:
  // ---- layout

  void lay_out() {
    const Rect& area = page_.text_area;
    Rect header{area.x0, std::min(kLimits.header_top, area.y0), area.x1, 0};
    Rect footer{area.x0, area.y1, area.x1, 0};
    Rect body = area;
    for (const PageItem& item : items_) {
      if (!(item.frame == Rect{}) && item.item.kind != OfficeItemKind::kParagraph) {
        place(item, item.frame);
        continue;
      }
      if (!(item.frame == Rect{})) {
        if (item.starts_frame || !(frame_ == item.frame)) open_frame(item.frame);
        place_in(item, frame_column_);
        continue;
      }
      place_in(item, item.place == OfficePlace::kHeader ? header : item.place == OfficePlace::kFooter ? footer : body);
    }
  }

  void open_frame(const Rect& frame) {
    frame_ = frame;
    frame_column_ = {frame.x0 + kLimits.slide_inset_x, frame.y0 + kLimits.slide_inset_y,
                     frame.x1 - kLimits.slide_inset_x, frame.y1};
  }

  // Below what stands in the column; moves its top on.
  void place_in(const PageItem& item, Rect& column) {
    const OfficeParagraph& paragraph = item.item.paragraph;
    column.y0 += paragraph.space_before;
    Rect at{column.x0, column.y0, column.x1, column.y0};
    if (item.item.kind == OfficeItemKind::kPicture) {
      const double scale = std::min(1.0, column.width() / item.item.picture.width);
      at.x1 = at.x0 + item.item.picture.width * scale;
      at.y1 = at.y0 + item.item.picture.height * scale;
    }
    column.y0 = std::max(column.y0, place(item, at)) + paragraph.space_after + kLimits.text_box_gap;
  }

  // Returns the bottom.
  double place(const PageItem& item, const Rect& at) {
    switch (item.item.kind) {
      case OfficeItemKind::kParagraph:
        return item.item.paragraph.latex.empty() ? place_text(item, at) : place_formula(item, at);
      case OfficeItemKind::kTable: {
        Node node;
        node.item = &item;
        node.table = table_block(item.item.table, page_.index, at);
        if (!says_anything(node.table->table) && !item.item.table.is_continued) return at.y0;
        node.bbox = node.table->bbox;
        node.size = node.table->font_size;
        nodes_.push_back(std::move(node));
        return nodes_.back().bbox.y1;
      }
      case OfficeItemKind::kPicture: {
        Node node;
        node.item = &item;
        node.bbox = at;
        nodes_.push_back(std::move(node));
        return at.y1;
      }
      case OfficeItemKind::kFrame:
        break;
    }
    return at.y0;
  }

  // Empty grids only lay out a page.
  static bool says_anything(const document::Table& table) {
    return std::any_of(table.cells.begin(), table.cells.end(),
                       [](const document::TableCell& cell) { return !cell.text.empty(); });
  }

  double place_formula(const PageItem& item, const Rect& at) {
    Node node;
    node.item = &item;
    node.bbox = {at.x0, at.y0, at.x1, at.y0 + kLimits.formula_height};
    nodes_.push_back(std::move(node));
    return nodes_.back().bbox.y1;
  }

  double place_text(const PageItem& item, const Rect& at) {
    const LaidText laid = laid_out(item.item.paragraph, at);
    bool is_joined = false;
    for (const LaidLine& line : laid.lines) {
      Node node;
      node.item = &item;
      node.fragments = fragments_of(line, page_.index);
      node.content = joined(node.fragments);
      node.text = base::decode_utf8(node.content.text);
      node.bbox = line.line.bbox;
      node.size = laid.font_size;
      node.is_bold = line.line.is_bold;
      node.is_wrapped = line.is_wrapped;
      if (node.text.empty()) continue;
      if (is_joined && goes_on(nodes_.back(), node)) {
        join(nodes_.back(), std::move(node));
      } else {
        nodes_.push_back(std::move(node));
      }
      is_joined = true;
    }
    return laid.lines.empty() ? at.y0 : laid.bbox.y1;
  }

  // Whether a line that its author broke by hand reads on in the next one.
  static bool goes_on(const Node& before, const Node& next) {
    if (before.paragraph().is_title || before.paragraph().heading_level > 0) return true;
    return before.text.size() > kLimits.longest_joined && !closes_sentence(before.text) && !starts_entry(next.text) &&
           before.fragments.size() == 1 && next.fragments.size() == 1;
  }

  static void join(Node& node, Node next) {
    append_text(node.content, next.content, Join::kLine);
    node.text = base::decode_utf8(node.content.text);
    node.bbox = base::united(node.bbox, next.bbox);
    node.is_bold = node.is_bold && next.is_bold;
    node.is_wrapped = true;
    Fragment whole = node.fragments.front();
    whole.content = node.content;
    whole.text = node.text;
    whole.bbox = node.bbox;
    node.fragments = {std::move(whole)};
  }

  // What an estimate lays below the page's edge is pressed together; slides that hang over keep their overhang out.
  void keep_on_page() {
    if (!page_.is_slide) {
      double bottom = page_.text_area.y1;
      for (const Node& node : nodes_) {
        if (is_in_flow(node)) bottom = std::max(bottom, node.bbox.y1);
      }
      const double top = page_.text_area.y0;
      const double scale = (page_.text_area.y1 - top) / (bottom - top);
      if (scale < 1) {
        for (Node& node : nodes_) {
          if (is_in_flow(node)) transform(node, [&](double y) { return top + (y - top) * scale; });
        }
      }
    }
    for (Node& node : nodes_) {
      transform(node, [&](double y) { return std::clamp(y, 0.0, page_.height); });
      node.bbox.x0 = std::clamp(node.bbox.x0, 0.0, page_.width);
      node.bbox.x1 = std::clamp(node.bbox.x1, 0.0, page_.width);
    }
  }

  static bool is_in_flow(const Node& node) {
    return node.item->frame == Rect{} && node.item->place != OfficePlace::kHeader &&
           node.item->place != OfficePlace::kFooter;
  }

  template <typename Map>
  static void transform(Node& node, Map map) {
    const auto move = [&](Rect& box) {
      box.y0 = map(box.y0);
      box.y1 = map(box.y1);
    };
    move(node.bbox);
    for (document::TextRun& run : node.content.runs) move(run.bbox);
    for (Fragment& fragment : node.fragments) {
      move(fragment.bbox);
      for (document::TextRun& run : fragment.content.runs) move(run.bbox);
    }
    if (!node.table) return;
    for (document::TableCell& cell : node.table->table.cells) {
      move(cell.bbox);
      for (document::TextRun& run : cell.runs) move(run.bbox);
    }
  }

  // ---- what the lines are

  void measure() {
    std::map<double, std::size_t> sizes;
    std::size_t bold = 0;
    std::size_t all = 0;
    for (const Node& node : nodes_) {
      if (!node.is_text() || node.stated_level() != 0) continue;
      sizes[node.size] += node.text.size();
      all += node.text.size();
      bold += node.is_bold ? node.text.size() : 0;
    }
    body_is_bold_ = 2 * bold > all;
    for (const Node& node : nodes_) {
      if (node.table && node.size > 0) sizes[node.size] += 1;
    }
    const auto most =
        std::max_element(sizes.begin(), sizes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    em_ = most == sizes.end() || most->first <= 0 ? kLimits.body_size : most->first;
  }

  [[nodiscard]] static std::optional<FieldRow> fields_in(const Node& node, FieldContext context) {
    Row row;
    for (std::size_t i = 0; i < node.fragments.size(); ++i) row.fragments.push_back(i);
    row.bbox = node.bbox;
    row.size = node.size;
    auto fields = field_row_of(node.fragments, row, context);
    // What a style calls a heading must be a field that everybody knows not to be one.
    const bool is_stated = node.stated_level() != 0 || node.paragraph().is_caption;
    if (!fields || !is_stated) return fields;
    const bool is_sure = fields->pairs.size() > 1 && fields->pairs.front().key_is_known;
    return is_sure ? fields : std::nullopt;
  }

  [[nodiscard]] static bool may_hold_fields(const Node& node) {
    return node.is_text() && node.item->place != OfficePlace::kNote && node.item->place != OfficePlace::kWatermark;
  }

  void find_fields() {
    for (Node& node : nodes_) {
      if (may_hold_fields(node)) node.fields = fields_in(node, FieldContext::kAlone);
    }
    std::vector<bool> is_sure;
    for (const Node& node : nodes_) is_sure.push_back(node.fields.has_value());
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (is_sure[i] || !may_hold_fields(nodes_[i]) || nodes_[i].stated_level() != 0) continue;
      const bool above = i > 0 && is_sure[i - 1] && nodes_[i - 1].item->place == nodes_[i].item->place;
      const bool below = i + 1 < nodes_.size() && is_sure[i + 1] && nodes_[i + 1].item->place == nodes_[i].item->place;
      if (!above && !below) continue;
      const bool is_grid = (above && nodes_[i - 1].fields->is_grid) || (below && nodes_[i + 1].fields->is_grid);
      nodes_[i].fields = fields_in(nodes_[i], is_grid ? FieldContext::kBesideGrid : FieldContext::kBesideFields);
    }
  }

  // ---- captions

  void find_captions() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      Node& node = nodes_[i];
      if (!node.is_text() || node.fields || node.text.size() > kLimits.longest_caption) continue;
      if (node.item->place != OfficePlace::kBody || node.stated_level() != 0) continue;
      const std::optional<CaptionKind> label = caption_label(node.text);
      if (!label && !node.paragraph().is_caption) continue;
      tie(i, label);
    }
  }

  void tie(std::size_t i, std::optional<CaptionKind> label) {
    std::optional<std::size_t> owner;
    CaptionKind kind = label.value_or(CaptionKind::kFigure);
    if (label != CaptionKind::kTable) owner = figure_beside(i);
    if (!owner && label != CaptionKind::kFigure) {
      owner = table_beside(i);
      if (owner) kind = CaptionKind::kTable;
    }
    const bool is_stated = nodes_[i].paragraph().is_caption && label.has_value();
    if (!owner && !is_stated) return;
    nodes_[i].caption = kind;
    nodes_[i].caption_of = owner;
    if (owner) nodes_[*owner].has_caption = true;
  }

  // The first figure without a caption among those right before, else the one right behind.
  [[nodiscard]] std::optional<std::size_t> figure_beside(std::size_t i) const {
    std::optional<std::size_t> found;
    for (std::size_t k = i; k-- > 0;) {
      const bool is_figure = nodes_[k].kind() == OfficeItemKind::kPicture;
      if (!is_figure && !nodes_[k].caption) break;
      if (is_figure && !nodes_[k].has_caption) found = k;
    }
    if (found) return found;
    const bool is_next = i + 1 < nodes_.size() && nodes_[i + 1].kind() == OfficeItemKind::kPicture;
    return is_next ? std::optional(i + 1) : std::nullopt;
  }

  [[nodiscard]] std::optional<std::size_t> table_beside(std::size_t i) const {
    const auto is_free = [&](std::size_t k) {
      return nodes_[k].table && !nodes_[k].has_caption && nodes_[k].item->item.table.caption.empty();
    };
    if (i + 1 < nodes_.size() && is_free(i + 1)) return i + 1;
    return i > 0 && is_free(i - 1) ? std::optional(i - 1) : std::nullopt;
  }

  // ---- headings

  void find_headings() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      Node& node = nodes_[i];
      if (!node.is_text() || node.fields || node.caption || node.item->place != OfficePlace::kBody) continue;
      const bool is_line = node.text.size() <= kLimits.longest_heading;
      if (node.stated_level() != 0) {
        node.is_heading = is_line;
      } else if (is_line && !node.is_wrapped && may_be_heading(node)) {
        node.is_heading = heading_score(signs_of(i)) >= 1;
      }
    }
  }

  // Bullets are no headings; printed numbers may be.
  static bool may_be_heading(const Node& node) {
    if (node.fragments.size() > 1) return false;
    const NumberKind kind = numbering_of(node.text).kind;
    return kind != NumberKind::kBullet && kind != NumberKind::kCircled;
  }

  [[nodiscard]] bool is_numbered_alike(std::size_t a, std::size_t b) const {
    if (!nodes_[a].is_text() || !nodes_[b].is_text()) return false;
    const Numbering one = numbering_of(nodes_[a].text);
    const Numbering other = numbering_of(nodes_[b].text);
    return one.kind != NumberKind::kNone && one.kind == other.kind && one.depth == other.depth;
  }

  [[nodiscard]] bool is_first_text(std::size_t i) const {
    return page_.index == 0 &&
           std::none_of(nodes_.begin(), nodes_.begin() + static_cast<std::ptrdiff_t>(i), [](const Node& node) {
             return node.item->place == OfficePlace::kBody && !node.is_heading &&
                    node.kind() != OfficeItemKind::kPicture;
           });
  }

  [[nodiscard]] HeadingSigns signs_of(std::size_t i) const {
    const Node& node = nodes_[i];
    HeadingSigns signs;
    signs.text = node.text;
    signs.size_ratio = node.size / em_;
    signs.is_bold = node.is_bold;
    signs.body_is_bold = body_is_bold_;
    signs.size_is_exact = true;
    signs.is_centred = node.paragraph().is_centred;
    signs.is_indented = node.paragraph().indent > 0.8 * em_ && !signs.is_centred;
    signs.is_at_top = is_first_text(i);
    signs.space_above = node.paragraph().space_before / em_;
    signs.space_below = node.paragraph().space_after / em_;
    if (i + 1 < nodes_.size() && nodes_[i + 1].item->place == OfficePlace::kBody) {
      const Node& next = nodes_[i + 1];
      signs.is_followed = true;
      signs.before_fields = next.fields.has_value();
      signs.before_table = next.table.has_value();
      signs.in_list = is_numbered_alike(i, i + 1);
      const double indent = (next.paragraph().indent - node.paragraph().indent) / em_;
      signs.is_outdented = next.is_plain() && indent > 0.8 && indent < 4 && !signs.is_indented;
    }
    if (i > 0) signs.in_list = signs.in_list || is_numbered_alike(i - 1, i);
    return signs;
  }

  // ---- blocks

  Block block_for(const Node& node, BlockType type) const {
    Block block;
    block.type = type;
    block.page = page_.index;
    block.bbox = node.bbox;
    block.source = document::TextSource::kOffice;
    return block;
  }

  void add(Block block, const Node& node, int stated_level = 0) {
    block.id = "p" + std::to_string(page_.index) + "." + std::to_string(out_.page.blocks.size());
    out_.page.blocks.push_back(std::move(block));
    out_.page.font_sizes.push_back(node.size);
    out_.page.shapes.push_back({true, false});
    out_.page.stated_levels.push_back(stated_level);
  }

  void add_blocks(const Node& node) {
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

  [[nodiscard]] static BlockType type_of(const Node& node) {
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

  void add_table(const Node& node) {
    if (node.item->item.table.is_continued && out_.page.blocks.empty()) out_.page.continues_table = true;
    Block block = block_for(node, BlockType::kTable);
    block.table = node.table->table;
    block.caption = node.item->item.table.caption;
    add(std::move(block), node);
  }

  // Fields of a header or footer carry content of the report: settle_office_pages decides on which page they stand.
  void add_fields(const Node& node) {
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

  void add_field_block(Block block, const Node& node) {
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
  std::vector<Node> nodes_;
  std::vector<std::size_t> block_of_node_;  // beside the nodes: their first block
  OfficePageBlocks out_;
  double em_ = kLimits.body_size;
  bool body_is_bold_ = false;
  Rect frame_;
  Rect frame_column_;
};

}  // namespace

OfficePageBlocks analyse_office_page(const OfficePage& page) { return OfficePageAnalysis(page).run(); }

}  // namespace medmark::structure
