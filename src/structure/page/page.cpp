#include "structure/page.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "structure/formulas/formulas.hpp"
#include "structure/page/captions.hpp"
#include "structure/page/figures.hpp"
#include "structure/page/flow_blocks.hpp"
#include "structure/page/fragments.hpp"
#include "structure/page/furniture.hpp"
#include "structure/page/key_values.hpp"
#include "structure/page/marks.hpp"
#include "structure/page/reading_order.hpp"
#include "structure/page/scanned_figures.hpp"

namespace medmark::structure {
namespace {

using base::Rect;
using document::Block;
using document::BlockType;
using document::PageEvidence;
using document::TextSource;

// Something that stands in the reading order as a whole: a table, a figure, handwriting, with its caption.
struct Placed {
  Rect bbox;
  std::vector<BuiltBlock> blocks;

  [[nodiscard]] bool holds_figure() const {
    return std::any_of(blocks.begin(), blocks.end(),
                       [](const BuiltBlock& built) { return built.block.type == BlockType::kFigure; });
  }
};

struct PlacingLimits {
  std::size_t body_characters = 80;  // outside of tables, from which on they tell the body's size
  double table_rows = 0.5;  // share of a table's rows that fill several cells; lists of results have 0.8 and more
  int least_rows = 4;
  double frame_of_table = 0.8;  // of a drawn box that a table fills
  std::size_t typed_rule = 12;  // dashes that are a line across
  double typed_width = 0.3;     // of the page's width
  double same_row = 0.5;        // shared height of things side by side, of the smaller
  double starts_above = 0.3;    // ems by which text must start above a figure to come before it
};
constexpr PlacingLimits kLimits;

// A table without drawn columns that is none: a grid of fields, or lines of text of which most fill one cell only.
bool is_running_text(const document::Table& table) {
  if (is_field_grid(table)) return true;
  if (table.row_count < kLimits.least_rows) return false;
  std::vector<int> filled(static_cast<std::size_t>(table.row_count), 0);
  for (const document::TableCell& cell : table.cells) {
    if (!cell.text.empty()) ++filled[static_cast<std::size_t>(cell.row)];
  }
  const auto rows = std::count_if(filled.begin(), filled.end(), [](int cells) { return cells >= 2; });
  return static_cast<double>(rows) < kLimits.table_rows * table.row_count;
}

// Whether the line is a rule typed with dashes, as slips of printers for rolls have them.
bool is_typed_rule(const document::TextLine& line, double page_width) {
  constexpr std::u32string_view kStrokes = U"-—=─━―";
  const auto is_stroke = [&](const document::Character& c) {
    return kStrokes.find(c.code) != std::u32string_view::npos;
  };
  return line.characters.size() >= kLimits.typed_rule && line.bbox.width() >= kLimits.typed_width * page_width &&
         std::all_of(line.characters.begin(), line.characters.end(), is_stroke);
}

// The evidence with typed rules as drawn ones; the page itself where there are none.
const PageEvidence& with_drawn_rules(const PageEvidence& page, std::optional<PageEvidence>& copy) {
  const auto is_rule = [&](const document::TextLine& line) { return is_typed_rule(line, page.width); };
  if (std::none_of(page.lines.begin(), page.lines.end(), is_rule)) return page;
  copy = page;
  for (const document::TextLine& line : page.lines) {
    if (is_rule(line)) {
      copy->rulings.push_back({{line.bbox.x0, line.bbox.center_y()}, {line.bbox.x1, line.bbox.center_y()}, 0.5});
    }
  }
  std::erase_if(copy->lines, is_rule);
  return *copy;
}

class PageAnalysis {
 public:
  PageAnalysis(const PageEvidence& page, const StructureOptions& options,
               std::span<const document::FormulaHypothesis> seen)
      : page_(page) {
    result_.index = page.index;
    result_.size_is_exact = page.source == TextSource::kNative;
    std::vector<bool> taken(page.lines.size(), false);
    place_tables(find_tables(page, options.tables), taken);
    take_marks(taken);
    fragments_ = fragments_of(page, taken);
    free_.assign(fragments_.size(), true);
    place_formulas(seen);
    const std::vector<Fragment> open = free_fragments();
    std::size_t characters = 0;
    for (const Fragment& fragment : open) characters += fragment.text.size();
    // Titles over a form say nothing of the body; its cells do.
    const bool is_form = characters < kLimits.body_characters && !table_boxes_.empty();
    em_ = body_size_of(is_form ? fragments_of(page, std::vector<bool>(page.lines.size(), false)) : open);
  }

  PageBlocks run() {
    place_figures();
    place_captions();
    take_furniture();
    add_flows();
    append_with_ids();
    return std::move(result_);
  }

 private:
  std::vector<Fragment> free_fragments() const {
    std::vector<Fragment> open;
    for (std::size_t i = 0; i < fragments_.size(); ++i) {
      if (free_[i]) open.push_back(fragments_[i]);
    }
    return open;
  }

  void place_formulas(std::span<const document::FormulaHypothesis> seen) {
    for (FoundFormula& formula : find_formulas(page_, fragments_, free_, seen)) {
      for (const std::size_t index : formula.fragments) free_[index] = false;
      const Rect box = formula.block.bbox;
      placed_.push_back({box, {BuiltBlock{std::move(formula.block), 0, {}}}});
    }
  }

  bool has_drawn_columns(const Rect& box) const {
    return std::any_of(page_.rulings.begin(), page_.rulings.end(), [&](const document::RulingLine& ruling) {
      const double y = (ruling.a.y + ruling.b.y) / 2;
      const bool inside = ruling.a.x > box.x0 - 4 && ruling.a.x < box.x1 + 4 && y > box.y0 && y < box.y1;
      return !ruling.is_horizontal() && inside && ruling.b.y - ruling.a.y > 0.4 * box.height();
    });
  }

  void place_tables(std::vector<FoundTable> tables, std::vector<bool>& taken) {
    for (FoundTable& table : tables) {
      if (table.block.table.has_value() && !has_drawn_columns(table.block.bbox) &&
          is_running_text(*table.block.table)) {
        continue;
      }
      for (const std::size_t line : table.lines) taken[line] = true;
      table.block.page = page_.index;
      table_boxes_.push_back(table.block.bbox);
      const Rect box = table.block.bbox;
      placed_.push_back({box, {BuiltBlock{std::move(table.block), 0, {}}}});
    }
  }

  void take_marks(std::vector<bool>& taken) {
    for (MarkBlock& mark : marks_of(page_, taken)) {
      if (mark.in_reading_order) {
        const Rect box = mark.block.bbox;
        placed_.push_back({box, {BuiltBlock{std::move(mark.block), 0, {}}}});
      } else {
        trailing_.push_back(std::move(mark.block));
      }
    }
  }

  void place_figures() {
    std::vector<document::Region> regions = page_.regions;
    for (document::Region& region : missing_pictures(page_, fragments_, table_boxes_, em_)) {
      regions.push_back(std::move(region));
    }
    first_figure_ = placed_.size();
    for (const Figure& figure : figures_of(page_, regions, fragments_, table_boxes_, em_)) place_figure(figure);
  }

  void place_figure(const Figure& figure) {
    Block block;
    block.page = page_.index;
    block.bbox = figure.bbox;
    block.confidence = figure.confidence;
    block.source = page_.source;
    if (figure.kind != FigureKind::kFigure) {
      block.type = figure.kind == FigureKind::kSeal ? BlockType::kSeal : BlockType::kOther;
      trailing_.push_back(std::move(block));
      return;
    }
    block.type = BlockType::kFigure;
    RunText inside;
    for (const std::size_t index : figure.fragments) {
      append_text(inside, fragments_[index].content, Join::kSpace);
      free_[index] = false;
    }
    block.text = std::move(inside.text);
    block.runs = std::move(inside.runs);
    figure_boxes_.push_back(figure.bbox);
    placed_.push_back({figure.bbox, {BuiltBlock{std::move(block), 0, {}}}});
  }

  void place_captions() {
    for (const Caption& caption : captions_of(fragments_, free_, figure_boxes_, table_boxes_, em_)) {
      Block block;
      block.type = caption.kind == CaptionKind::kFigure ? BlockType::kFigureCaption : BlockType::kTableCaption;
      block.page = page_.index;
      block.bbox = caption.bbox;
      block.source = fragments_[caption.fragments.front()].source;
      RunText text;
      block.confidence = 1;
      for (const std::size_t index : caption.fragments) {
        append_text(text, fragments_[index].content, Join::kLine);
        block.confidence = std::min(block.confidence, fragments_[index].confidence);
        free_[index] = false;
      }
      block.text = std::move(text.text);
      block.runs = std::move(text.runs);
      add_caption(std::move(block), caption);
    }
  }

  void add_caption(Block block, const Caption& caption) {
    const double size = fragments_[caption.fragments.front()].size;
    const bool of_figure = caption.kind == CaptionKind::kFigure;
    Placed& owner = placed_[*caption.owner + (of_figure ? first_figure_ : 0)];
    owner.blocks.front().block.caption = block.text;
    owner.bbox = base::united(owner.bbox, block.bbox);
    block.caption_of = kOwner;
    BuiltBlock built{std::move(block), size, {}};
    const bool above = !of_figure && built.block.bbox.center_y() < owner.blocks.front().block.bbox.center_y();
    owner.blocks.insert(above ? owner.blocks.begin() : owner.blocks.end(), std::move(built));
  }

  void take_furniture() {
    std::vector<Rect> boxes;
    for (const Placed& placed : placed_) boxes.push_back(placed.bbox);
    std::vector<std::size_t> open;
    std::vector<Fragment> candidates;
    for (std::size_t i = 0; i < fragments_.size(); ++i) {
      if (!free_[i]) continue;
      open.push_back(i);
      candidates.push_back(fragments_[i]);
    }
    const auto types = furniture_of(page_, candidates, boxes, em_);
    for (std::size_t k = 0; k < open.size(); ++k) {
      if (!types[k].has_value()) continue;
      free_[open[k]] = false;
      const Fragment& fragment = fragments_[open[k]];
      Block block;
      block.type = *types[k];
      block.page = page_.index;
      block.bbox = fragment.bbox;
      block.text = fragment.content.text;
      block.runs = fragment.content.runs;
      block.confidence = fragment.confidence;
      block.source = fragment.source;
      (fragment.bbox.center_y() < page_.height / 2 ? leading_ : trailing_).push_back(std::move(block));
    }
  }

  bool body_is_bold() const {
    std::size_t bold = 0;
    std::size_t all = 0;
    for (const Fragment& fragment : fragments_) {
      all += fragment.text.size();
      bold += fragment.is_bold ? fragment.text.size() : 0;
    }
    return 2 * bold > all;
  }

  void add_flows() {
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < fragments_.size(); ++i) {
      if (free_[i]) indices.push_back(i);
    }
    std::vector<Rect> boxes;
    for (const Placed& placed : placed_) boxes.push_back(placed.bbox);
    std::vector<Obstacle> obstacles;
    for (const Placed& placed : placed_) obstacles.push_back({placed.bbox, placed.holds_figure()});
    const PageText text{page_, fragments_,    boxes, table_boxes_, heading_sizes_of(free_fragments(), em_),
                        em_,   body_is_bold()};
    bool is_first = true;
    for (const Flow& flow : flows_of(fragments_, indices, obstacles, frames(), page_.width, em_)) {
      merge(blocks_of_flow(text, flow, is_first), flow.obstacles);
      is_first = false;
    }
  }

  // Drawn boxes around text; those of tables are the tables'.
  std::vector<Rect> frames() const {
    std::vector<Rect> boxes = frames_of(page_.rulings, page_.source);
    std::erase_if(boxes, [&](const Rect& box) {
      return std::any_of(table_boxes_.begin(), table_boxes_.end(), [&](const Rect& table) {
        return base::intersection(box, table).area() > kLimits.frame_of_table * box.area();
      });
    });
    return boxes;
  }

  // Placed things of a flow from top to bottom, those side by side from left to right.
  std::vector<std::size_t> in_rows(std::vector<std::size_t> indices) const {
    std::sort(indices.begin(), indices.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(placed_[a].bbox.y0, placed_[a].bbox.x0) < std::pair(placed_[b].bbox.y0, placed_[b].bbox.x0);
    });
    for (std::size_t begin = 0; begin < indices.size();) {
      const Rect& first = placed_[indices[begin]].bbox;
      std::size_t end = begin + 1;
      while (end < indices.size() && beside(first, placed_[indices[end]].bbox)) ++end;
      std::sort(indices.begin() + static_cast<std::ptrdiff_t>(begin),
                indices.begin() + static_cast<std::ptrdiff_t>(end),
                [&](std::size_t a, std::size_t b) { return placed_[a].bbox.x0 < placed_[b].bbox.x0; });
      begin = end;
    }
    return indices;
  }

  static bool beside(const Rect& a, const Rect& b) {
    return base::overlap_y(a, b) > kLimits.same_row * std::min(a.height(), b.height());
  }

  void merge(std::vector<BuiltBlock> text, const std::vector<std::size_t>& obstacles) {
    const std::vector<std::size_t> order = in_rows(obstacles);
    std::size_t next = 0;
    for (BuiltBlock& built : text) {
      while (next < order.size() && built.block.bbox.y0 > placed_[order[next]].bbox.y0 - kLimits.starts_above * em_ &&
             !(beside(built.block.bbox, placed_[order[next]].bbox) &&
               built.block.bbox.x1 < placed_[order[next]].bbox.x0)) {
        add_placed(placed_[order[next++]]);
      }
      body_.push_back(std::move(built));
    }
    while (next < order.size()) add_placed(placed_[order[next++]]);
  }

  void add_placed(Placed& placed) {
    for (BuiltBlock& built : placed.blocks) body_.push_back(std::move(built));
  }

  void append(Block block, double size, BlockShape shape) {
    block.id = "p" + std::to_string(page_.index) + "." + std::to_string(result_.blocks.size());
    map_runs(block.runs, page_.flat_to_page);
    result_.flat_boxes.push_back(block.bbox);
    block.bbox = page_.flat_to_page.map(block.bbox);
    if (block.table.has_value()) {
      for (document::TableCell& cell : block.table->cells) {
        cell.bbox = page_.flat_to_page.map(cell.bbox);
        map_runs(cell.runs, page_.flat_to_page);
      }
      for (document::TablePart& part : block.table->parts) part.bbox = page_.flat_to_page.map(part.bbox);
    }
    result_.blocks.push_back(std::move(block));
    result_.font_sizes.push_back(size);
    result_.shapes.push_back(shape);
  }

  // A caption stands right before or behind the table or figure that owns it.
  void tie_captions() {
    for (std::size_t i = 0; i < result_.blocks.size(); ++i) {
      Block& caption = result_.blocks[i];
      if (caption.caption_of != kOwner) continue;
      const auto owns = [&](std::size_t k) {
        const BlockType wanted = caption.type == BlockType::kFigureCaption ? BlockType::kFigure : BlockType::kTable;
        return k < result_.blocks.size() && result_.blocks[k].type == wanted &&
               result_.blocks[k].caption == caption.text;
      };
      caption.caption_of = i > 0 && owns(i - 1) ? result_.blocks[i - 1].id
                           : owns(i + 1)        ? result_.blocks[i + 1].id
                                                : "";
    }
  }

  void append_with_ids() {
    for (Block& block : leading_) append(std::move(block), 0, {});
    for (BuiltBlock& built : body_) append(std::move(built.block), built.font_size, built.shape);
    for (Block& block : trailing_) append(std::move(block), 0, {});
    tie_captions();
    const Rect displayed = page_.flat_to_page.map(Rect{0, 0, page_.width, page_.height});
    result_.width = displayed.x1;
    result_.height = displayed.y1;
  }

  static constexpr const char* kOwner = "owner";

  const PageEvidence& page_;
  PageBlocks result_;
  std::vector<Fragment> fragments_;
  std::vector<bool> free_;
  double em_ = 10;
  std::vector<Placed> placed_;
  std::size_t first_figure_ = 0;
  std::vector<Rect> table_boxes_;
  std::vector<Rect> figure_boxes_;
  std::vector<Block> leading_;
  std::vector<Block> trailing_;
  std::vector<BuiltBlock> body_;
};

}  // namespace

PageBlocks analyse_page(const PageEvidence& page, const StructureOptions& options,
                        std::span<const document::FormulaHypothesis> seen) {
  std::optional<PageEvidence> copy;
  return PageAnalysis(with_drawn_rules(page, copy), options, seen).run();
}

}  // namespace medmark::structure
