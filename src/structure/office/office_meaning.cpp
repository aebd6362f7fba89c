#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"
#include "structure/office/office_nodes.hpp"

namespace medmark::structure {
namespace {

using document::OfficeItemKind;
using document::OfficePage;
using document::OfficePlace;

struct MeaningLimits {
  double body_size = 10.5;           // points, where a page has no text
  std::size_t longest_heading = 90;  // code points of a paragraph that a style calls a heading
  std::size_t longest_caption = 120;
};
constexpr MeaningLimits kLimits;

class OfficeMeaning {
 public:
  OfficeMeaning(const OfficePage& page, std::vector<OfficeNode>& nodes) : page_(page), nodes_(nodes) {}

  void run() {
    measure();
    find_fields();
    find_captions();
    find_headings();
  }

 private:
  void measure() {
    std::map<double, std::size_t> sizes;
    std::size_t bold = 0;
    std::size_t all = 0;
    for (const OfficeNode& node : nodes_) {
      if (!node.is_text() || node.stated_level() != 0) continue;
      sizes[node.size] += node.text.size();
      all += node.text.size();
      bold += node.is_bold ? node.text.size() : 0;
    }
    body_is_bold_ = 2 * bold > all;
    for (const OfficeNode& node : nodes_) {
      if (node.table && node.size > 0) sizes[node.size] += 1;
    }
    const auto most =
        std::max_element(sizes.begin(), sizes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    em_ = most == sizes.end() || most->first <= 0 ? kLimits.body_size : most->first;
  }

  [[nodiscard]] static std::optional<FieldRow> fields_in(const OfficeNode& node, FieldContext context) {
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

  [[nodiscard]] static bool may_hold_fields(const OfficeNode& node) {
    return node.is_text() && node.item->place != OfficePlace::kNote && node.item->place != OfficePlace::kWatermark;
  }

  void find_fields() {
    for (OfficeNode& node : nodes_) {
      if (may_hold_fields(node)) node.fields = fields_in(node, FieldContext::kAlone);
    }
    std::vector<bool> is_sure;
    for (const OfficeNode& node : nodes_) is_sure.push_back(node.fields.has_value());
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (is_sure[i] || !may_hold_fields(nodes_[i]) || nodes_[i].stated_level() != 0) continue;
      const bool above = i > 0 && is_sure[i - 1] && nodes_[i - 1].item->place == nodes_[i].item->place;
      const bool below = i + 1 < nodes_.size() && is_sure[i + 1] && nodes_[i + 1].item->place == nodes_[i].item->place;
      if (!above && !below) continue;
      const bool is_grid = (above && nodes_[i - 1].fields->is_grid) || (below && nodes_[i + 1].fields->is_grid);
      nodes_[i].fields = fields_in(nodes_[i], is_grid ? FieldContext::kBesideGrid : FieldContext::kBesideFields);
    }
  }

  void find_captions() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      OfficeNode& node = nodes_[i];
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

  void find_headings() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      OfficeNode& node = nodes_[i];
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
  static bool may_be_heading(const OfficeNode& node) {
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
           std::none_of(nodes_.begin(), nodes_.begin() + static_cast<std::ptrdiff_t>(i), [](const OfficeNode& node) {
             return node.item->place == OfficePlace::kBody && !node.is_heading &&
                    node.kind() != OfficeItemKind::kPicture;
           });
  }

  [[nodiscard]] HeadingSigns signs_of(std::size_t i) const {
    const OfficeNode& node = nodes_[i];
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
      const OfficeNode& next = nodes_[i + 1];
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

  const OfficePage& page_;
  std::vector<OfficeNode>& nodes_;
  double em_ = kLimits.body_size;
  bool body_is_bold_ = false;
};

}  // namespace

void name_nodes(const OfficePage& page, std::vector<OfficeNode>& nodes) { OfficeMeaning(page, nodes).run(); }

}  // namespace medmark::structure
