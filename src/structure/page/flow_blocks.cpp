#include "structure/page/flow_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"
#include "structure/page/captions.hpp"
#include "structure/page/headings.hpp"
#include "structure/page/key_values.hpp"
#include "structure/page/number_series.hpp"
#include "structure/page/paragraphs.hpp"

namespace medmark::structure {
namespace {

using base::Rect;
using document::Block;
using document::BlockType;
using document::TextSource;

// In ems of the body's text.
struct FlowLimits {
  double heading_score = 1.0;
  double field_rows_apart = 2.6;    // rows of fields follow each other within this
  double above_table = 1.6;         // a heading right above a table
  double one_heading_gap = 2.0;     // between the fragments of a heading; spaced titles have wider ones
  double centred_offset = 0.05;     // share of the column's width
  double centred_margin = 0.1;      // share of the column's width free on both sides
  double spaced_title_size = 1.12;  // of the body's size
};
constexpr FlowLimits kLimits;

struct FlowRow {
  Row row;
  RunText content;
  std::u32string text;
  bool size_is_exact = false;
  bool is_bold = false;
  double score = 0;
  std::optional<FieldRow> fields;

  [[nodiscard]] bool is_heading() const { return !fields.has_value() && score >= kLimits.heading_score; }
  [[nodiscard]] bool is_prose() const { return !fields.has_value() && !is_heading(); }
};

class FlowBuilder {
 public:
  FlowBuilder(const PageText& page_text, const Flow& flow, bool is_first)
      : page_text_(page_text),
        flow_(flow),
        is_first_(is_first),
        em_(page_text.body_size),
        in_series_(numbered_series_of(page_text.fragments, page_text.body_size)) {
    for (Row& row : rows_of(page_text.fragments, flow.fragments)) {
      for (Row& part : parted_by_size(page_text.fragments, std::move(row))) rows_.push_back(flow_row(std::move(part)));
    }
  }

  std::vector<BuiltBlock> blocks() {
    find_fields();
    join_wrapped_values();
    measure_prose();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!rows_[i].fields.has_value()) rows_[i].score = may_be_heading(i) ? heading_score(signs_of(i)) : 0;
    }
    measure_prose();
    std::vector<BuiltBlock> out;
    for (std::size_t i = 0; i < rows_.size();) {
      if (rows_[i].fields.has_value()) {
        add_fields(rows_[i], out);
        ++i;
      } else if (rows_[i].is_heading()) {
        i = add_heading(i, out);
      } else {
        i = add_paragraph(i, out);
      }
    }
    return out;
  }

 private:
  FlowRow flow_row(Row row) const {
    FlowRow out;
    out.content = row_text(page_text_.fragments, row);
    out.text = base::decode_utf8(out.content.text);
    out.is_bold = true;
    out.size_is_exact = true;
    for (const std::size_t index : row.fragments) {
      const Fragment& fragment = page_text_.fragments[index];
      out.is_bold = out.is_bold && fragment.is_bold;
      out.size_is_exact = out.size_is_exact && fragment.source == TextSource::kNative;
    }
    out.row = std::move(row);
    return out;
  }

  void find_fields() {
    for (FlowRow& row : rows_) row.fields = field_row_of(page_text_.fragments, row.row, FieldContext::kAlone);
    std::vector<bool> sure(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) sure[i] = rows_[i].fields.has_value();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (sure[i]) continue;
      const bool above = i > 0 && sure[i - 1] && distance(i - 1, i) < kLimits.field_rows_apart;
      const bool below = i + 1 < rows_.size() && sure[i + 1] && distance(i, i + 1) < kLimits.field_rows_apart;
      if (!above && !below) continue;
      const bool grid = (above && rows_[i - 1].fields->is_grid) || (below && rows_[i + 1].fields->is_grid);
      rows_[i].fields = field_row_of(page_text_.fragments, rows_[i].row,
                                     grid ? FieldContext::kBesideGrid : FieldContext::kBesideFields);
    }
  }

  // Values that needed more than one line take the rows below that hold nothing else.
  void join_wrapped_values() {
    for (std::size_t i = 0; i + 1 < rows_.size(); ++i) {
      if (!rows_[i].fields.has_value()) continue;
      while (i + 1 < rows_.size() && !rows_[i + 1].fields.has_value() &&
             !caption_label(rows_[i + 1].text).has_value() &&
             append_wrapped_values(*rows_[i].fields, rows_[i].row, rows_[i + 1].row, page_text_.fragments)) {
        FlowRow& wrapped = rows_[i + 1];
        Row& row = rows_[i].row;
        row.fragments.insert(row.fragments.end(), wrapped.row.fragments.begin(), wrapped.row.fragments.end());
        row.bbox = base::united(row.bbox, wrapped.row.bbox);
        rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      }
    }
  }

  // Between the middles of two rows, in ems.
  double distance(std::size_t upper, std::size_t lower) const {
    return (rows_[lower].row.bbox.center_y() - rows_[upper].row.bbox.center_y()) / em_;
  }

  ProseLine prose_line(const FlowRow& row) const { return {row.row.bbox, row.row.size, row.text, row.size_is_exact}; }

  void measure_prose() {
    std::vector<ProseLine> lines;
    for (const FlowRow& row : rows_) {
      if (row.is_prose()) lines.push_back(prose_line(row));
    }
    column_ = column_of(lines, flow_.column_x0, flow_.column_x1, em_);
  }

  // One line of text, or the letters of a spaced title.
  bool may_be_heading(std::size_t i) const {
    const Row& row = rows_[i].row;
    if (row.fragments.size() == 1) return true;
    std::size_t longest = 0;
    double widest_gap = 0;
    for (std::size_t k = 0; k < row.fragments.size(); ++k) {
      const Fragment& fragment = page_text_.fragments[row.fragments[k]];
      longest = std::max(longest, fragment.text.size());
      if (k > 0)
        widest_gap = std::max(widest_gap, fragment.bbox.x0 - page_text_.fragments[row.fragments[k - 1]].bbox.x1);
    }
    if (widest_gap < kLimits.one_heading_gap * row.size) return true;
    const bool spaced = longest <= 3 && row.fragments.size() >= 3 && widest_gap < 4 * row.size;
    return spaced && row.size > kLimits.spaced_title_size * em_;
  }

  bool is_centred(const Rect& box) const {
    const double width = flow_.column_x1 - flow_.column_x0;
    const double left = box.x0 - flow_.column_x0;
    const double right = flow_.column_x1 - box.x1;
    return std::abs(left - right) < 2 * kLimits.centred_offset * width &&
           std::min(left, right) > kLimits.centred_margin * width;
  }

  // White space above (below) a row in ems, to the next row or obstacle of the column; 0 where nothing is there.
  double white_space(std::size_t i, bool above) const {
    const Rect& box = rows_[i].row.bbox;
    double nearest = 0;
    const auto consider = [&](const Rect& other) {
      const double gap = above ? box.y0 - other.y1 : other.y0 - box.y1;
      if (gap > -0.3 * em_ && (nearest == 0 || gap < nearest)) nearest = std::max(gap, 1e-3);
    };
    if (above ? i > 0 : i + 1 < rows_.size()) consider(rows_[above ? i - 1 : i + 1].row.bbox);
    for (const std::size_t o : flow_.obstacles) {
      const Rect& obstacle = page_text_.obstacles[o];
      if ((above ? obstacle.center_y() < box.y0 : obstacle.center_y() > box.y1) && base::overlap_x(obstacle, box) > 0) {
        consider(obstacle);
      }
    }
    return nearest / em_;
  }

  bool is_followed(std::size_t i) const {
    if (i + 1 < rows_.size()) return true;
    const double y = rows_[i].row.bbox.center_y();
    return std::any_of(page_text_.obstacles.begin(), page_text_.obstacles.end(),
                       [&](const Rect& box) { return box.center_y() > y; }) ||
           std::any_of(page_text_.fragments.begin(), page_text_.fragments.end(),
                       [&](const Fragment& f) { return f.bbox.y0 > rows_[i].row.bbox.y1; });
  }

  bool is_numbered_alike(std::size_t a, std::size_t b) const {
    const Numbering first = numbering_of(rows_[a].text);
    const Numbering second = numbering_of(rows_[b].text);
    return first.kind != NumberKind::kNone && first.kind == second.kind && first.depth == second.depth;
  }

  double witness_of(const Rect& box) const {
    double best = 0;
    for (const document::LayoutRegion& region : page_text_.page.layout) {
      if (region.type != BlockType::kTitle || base::covered_share(box, region.bbox) < 0.5) continue;
      if (region.bbox.height() < 2.2 * box.height()) best = std::max(best, region.confidence);
    }
    return best;
  }

  bool is_before_table(std::size_t i) const {
    const Rect& box = rows_[i].row.bbox;
    return std::any_of(page_text_.tables.begin(), page_text_.tables.end(), [&](const Rect& table) {
      const double gap = table.y0 - box.y1;
      return gap > -0.5 * em_ && gap < kLimits.above_table * em_ && base::overlap_x(table, box) > 0.5 * box.width();
    });
  }

  // Below a first title stands a second (the hospital's name above the report's), or, in the body's size, the authors.
  bool is_second_title(const FlowRow& row) const {
    return row.is_bold || row.row.size > kLimits.spaced_title_size * em_ || has_report_title_ending(row.text);
  }

  HeadingSigns signs_of(std::size_t i) const {
    const FlowRow& row = rows_[i];
    HeadingSigns signs;
    signs.text = row.text;
    signs.size_ratio = row.row.size / em_;
    signs.is_bold = row.is_bold;
    signs.in_series = in_series_[row.row.fragments.front()];
    signs.body_is_bold = page_text_.body_is_bold;
    signs.size_is_exact = row.size_is_exact;
    signs.is_centred = is_centred(row.row.bbox);
    const ProseLine line = prose_line(row);
    signs.fills_line = is_full(line, nullptr, column_) && row.row.bbox.width() > 12 * em_;
    signs.is_indented = is_indented(line, column_) && !signs.is_centred;
    signs.is_followed = is_followed(i);
    signs.is_at_top = is_first_ && (i == 0 || (i == 1 && rows_[0].is_heading() && is_second_title(row)));
    signs.space_above = white_space(i, true);
    signs.space_below = white_space(i, false);
    signs.witness = witness_of(row.row.bbox);
    signs.before_table = is_before_table(i);
    signs.is_style = row.size_is_exact && is_heading_size(page_text_.heading_sizes, row.row.size);
    if (i + 1 < rows_.size()) {
      const double indent = (rows_[i + 1].row.bbox.x0 - row.row.bbox.x0) / em_;
      signs.is_outdented = rows_[i + 1].is_prose() && indent > 0.8 && indent < 4 && !signs.is_indented;
      signs.before_fields = rows_[i + 1].fields.has_value();
      signs.in_list = is_numbered_alike(i, i + 1);
    }
    if (i > 0) {
      signs.in_list = signs.in_list || is_numbered_alike(i - 1, i);
      const FlowRow& before = rows_[i - 1];
      const ProseLine previous = prose_line(before);
      signs.goes_on = before.is_prose() && is_full(previous, &line, column_) && !closes_sentence(before.text) &&
                      before.row.bbox.width() > 10 * em_ && signs.space_above < column_.line_gap / em_ + 0.4;
    }
    return signs;
  }

  void finish(BuiltBlock& built, std::span<const std::size_t> row_indices) const {
    Block& block = built.block;
    double confidence = 0;
    double characters = 0;
    bool all_native = true;
    bool any_native = false;
    block.is_bold = true;
    for (const std::size_t r : row_indices) {
      for (const std::size_t index : rows_[r].row.fragments) {
        const Fragment& fragment = page_text_.fragments[index];
        const auto weight = static_cast<double>(fragment.text.size());
        confidence += fragment.confidence * weight;
        characters += weight;
        (fragment.source == TextSource::kNative ? any_native : all_native) = fragment.source == TextSource::kNative;
        block.is_bold = block.is_bold && fragment.is_bold;
      }
    }
    block.page = page_text_.page.index;
    block.confidence = characters > 0 ? confidence / characters : 1;
    block.source = all_native ? TextSource::kNative : any_native ? TextSource::kMixed : TextSource::kOcr;
    built.font_size = rows_[row_indices.front()].row.size;
    if (block.bbox == Rect{}) {
      for (const std::size_t r : row_indices) block.bbox = base::united(block.bbox, rows_[r].row.bbox);
    }
  }

  void add_fields(const FlowRow& row, std::vector<BuiltBlock>& out) const {
    const std::size_t index = static_cast<std::size_t>(&row - rows_.data());
    const auto add = [&](Block block) {
      for (const document::TextRun& run : block.runs) block.bbox = base::united(block.bbox, run.bbox);
      BuiltBlock built{std::move(block), 0, {true, false}};
      finish(built, {&index, 1});
      out.push_back(std::move(built));
    };
    for (const KeyValue& pair : row.fields->pairs) add(block_of(pair));
    for (const RunText& rest : row.fields->rest) {
      Block block;
      block.type = BlockType::kParagraph;
      block.text = rest.text;
      block.runs = rest.runs;
      add(std::move(block));
    }
  }

  // A title that needed two lines: the same large size, centred both, the first no title by itself.
  bool is_second_title_line(std::size_t i) const {
    const FlowRow& first = rows_[i];
    const FlowRow& second = rows_[i + 1];
    if (!second.is_heading() || first.row.size < 1.2 * em_) return false;
    if (std::abs(first.row.size - second.row.size) > 0.1 * first.row.size) return false;
    if (!is_centred(second.row.bbox) || is_hospital_name(first.text) || has_report_title_ending(first.text))
      return false;
    const bool wide = first.row.bbox.width() > 0.6 * (flow_.column_x1 - flow_.column_x0);
    return wide && second.row.bbox.y0 - first.row.bbox.y1 < first.row.size;
  }

  std::size_t add_heading(std::size_t i, std::vector<BuiltBlock>& out) const {
    std::vector<std::size_t> used = {i};
    RunText content = rows_[i].content;
    if (i + 1 < rows_.size() && is_second_title_line(i)) {
      used.push_back(i + 1);
      append_text(content, rows_[i + 1].content, Join::kLine);
    }
    BuiltBlock built;
    built.block.type = BlockType::kTitle;
    built.block.text = std::move(content.text);
    built.block.runs = std::move(content.runs);
    finish(built, used);
    out.push_back(std::move(built));
    return i + used.size();
  }

  bool obstacle_between(const Rect& upper, const Rect& lower) const {
    return std::any_of(flow_.obstacles.begin(), flow_.obstacles.end(), [&](std::size_t o) {
      const Rect& box = page_text_.obstacles[o];
      return box.center_y() > upper.center_y() && box.center_y() < lower.center_y() &&
             (base::overlap_x(box, upper) > 0 || base::overlap_x(box, lower) > 0);
    });
  }

  std::size_t add_paragraph(std::size_t i, std::vector<BuiltBlock>& out) const {
    std::vector<std::size_t> used = {i};
    std::vector<ProseLine> lines = {prose_line(rows_[i])};
    RunText content = rows_[i].content;
    for (std::size_t next = i + 1; next < rows_.size() && rows_[next].is_prose(); ++next) {
      const ProseLine line = prose_line(rows_[next]);
      if (obstacle_between(lines.back().bbox, line.bbox) || !goes_on(lines, line, column_)) break;
      append_text(content, rows_[next].content, Join::kLine);
      lines.push_back(line);
      used.push_back(next);
    }
    const Numbering numbering = numbering_of(rows_[i].text);
    BuiltBlock built;
    built.block.type =
        numbering.kind != NumberKind::kNone && numbering.has_mark ? BlockType::kListItem : BlockType::kParagraph;
    built.block.text = std::move(content.text);
    built.block.runs = std::move(content.runs);
    built.shape = {is_indented(lines.front(), column_), is_full(lines.back(), nullptr, column_)};
    finish(built, used);
    out.push_back(std::move(built));
    return i + used.size();
  }

  const PageText& page_text_;
  const Flow& flow_;
  bool is_first_;
  double em_;
  std::vector<bool> in_series_;  // beside the page's fragments
  std::vector<FlowRow> rows_;
  ProseColumn column_;
};

}  // namespace

std::vector<BuiltBlock> blocks_of_flow(const PageText& text, const Flow& flow, bool is_first) {
  return FlowBuilder(text, flow, is_first).blocks();
}

}  // namespace medmark::structure
