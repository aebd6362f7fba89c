#include "structure/office/office_nodes.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "structure/office/text_layout.hpp"
#include "structure/page/paragraphs.hpp"

namespace medmark::structure {
namespace {

using base::Rect;
using document::OfficeItemKind;
using document::OfficePage;
using document::OfficeParagraph;
using document::OfficePlace;

struct LayoutLimits {
  double header_top = 36;      // points from the page's edges
  double slide_inset_x = 7.2;  // of a text box, points, as PowerPoint sets it where nothing is said
  double slide_inset_y = 3.6;
  double text_box_gap = 2;          // points between items
  double formula_height = 24;       // points
  std::size_t longest_joined = 20;  // a line broken by hand after more than this may go on in the next
};
constexpr LayoutLimits kLimits;

class OfficeLayout {
 public:
  OfficeLayout(const OfficePage& page, const std::vector<PageItem>& items) : page_(page), items_(items) {}

  std::vector<OfficeNode> run() {
    lay_out();
    keep_on_page();
    return std::move(nodes_);
  }

 private:
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
        OfficeNode node;
        node.item = &item;
        node.table = table_block(item.item.table, page_.index, at);
        if (!says_anything(node.table->table) && !item.item.table.is_continued) return at.y0;
        node.bbox = node.table->bbox;
        node.size = node.table->font_size;
        nodes_.push_back(std::move(node));
        return nodes_.back().bbox.y1;
      }
      case OfficeItemKind::kPicture: {
        OfficeNode node;
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
    OfficeNode node;
    node.item = &item;
    node.bbox = {at.x0, at.y0, at.x1, at.y0 + kLimits.formula_height};
    nodes_.push_back(std::move(node));
    return nodes_.back().bbox.y1;
  }

  double place_text(const PageItem& item, const Rect& at) {
    const LaidText laid = laid_out(item.item.paragraph, at);
    bool is_joined = false;
    for (const LaidLine& line : laid.lines) {
      OfficeNode node;
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
  static bool goes_on(const OfficeNode& before, const OfficeNode& next) {
    if (before.paragraph().is_title || before.paragraph().heading_level > 0) return true;
    return before.text.size() > kLimits.longest_joined && !closes_sentence(before.text) && !starts_entry(next.text) &&
           before.fragments.size() == 1 && next.fragments.size() == 1;
  }

  static void join(OfficeNode& node, OfficeNode next) {
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
      for (const OfficeNode& node : nodes_) {
        if (is_in_flow(node)) bottom = std::max(bottom, node.bbox.y1);
      }
      const double top = page_.text_area.y0;
      const double scale = (page_.text_area.y1 - top) / (bottom - top);
      if (scale < 1) {
        for (OfficeNode& node : nodes_) {
          if (is_in_flow(node)) transform(node, [&](double y) { return top + (y - top) * scale; });
        }
      }
    }
    for (OfficeNode& node : nodes_) {
      transform(node, [&](double y) { return std::clamp(y, 0.0, page_.height); });
      node.bbox.x0 = std::clamp(node.bbox.x0, 0.0, page_.width);
      node.bbox.x1 = std::clamp(node.bbox.x1, 0.0, page_.width);
    }
  }

  static bool is_in_flow(const OfficeNode& node) {
    return node.item->frame == Rect{} && node.item->place != OfficePlace::kHeader &&
           node.item->place != OfficePlace::kFooter;
  }

  template <typename Map>
  static void transform(OfficeNode& node, Map map) {
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

  const OfficePage& page_;
  const std::vector<PageItem>& items_;
  std::vector<OfficeNode> nodes_;
  Rect frame_;
  Rect frame_column_;
};

}  // namespace

std::vector<OfficeNode> nodes_of(const OfficePage& page, const std::vector<PageItem>& items) {
  return OfficeLayout(page, items).run();
}

}  // namespace medmark::structure
