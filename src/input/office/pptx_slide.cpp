#include "input/office/pptx_slide.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

#include "input/office/docx_table.hpp"
#include "input/office/xml.hpp"

namespace medmark::input::office {
namespace {

using base::Rect;
using document::OfficeItem;
using document::OfficeItemKind;
using document::OfficePlace;
using pugi::xml_node;

// From the coordinates of a group to those of the slide, in points.
struct Transform {
  double x = 0;
  double y = 0;
  double scale_x = 1 / kEmusPerPoint;
  double scale_y = 1 / kEmusPerPoint;

  [[nodiscard]] Rect map(const Rect& box) const {
    return {x + box.x0 * scale_x, y + box.y0 * scale_y, x + box.x1 * scale_x, y + box.y1 * scale_y};
  }
};

constexpr double kFarthest = 1e5;  // points; above, the file's places are nonsense

std::optional<Rect> box_of(xml_node transform, std::string_view offset, std::string_view extent) {
  const xml_node from = child(transform, offset);
  const xml_node size = child(transform, extent);
  if (!from || !size) return std::nullopt;
  const double x = number_attribute(from, "x", 0);
  const double y = number_attribute(from, "y", 0);
  return Rect{x, y, x + std::max(0.0, number_attribute(size, "cx", 0)),
              y + std::max(0.0, number_attribute(size, "cy", 0))};
}

struct Placeholder {
  std::string type;  // "body" where nothing is said
  std::string index;
};

std::optional<Placeholder> placeholder_of(xml_node shape) {
  for (const xml_node properties : shape.children()) {
    const xml_node found = child(child(properties, "nvPr"), "ph");
    if (!found) continue;
    const std::string_view type = attribute(found, "type");
    return Placeholder{std::string(type.empty() ? "body" : type), std::string(attribute(found, "idx"))};
  }
  return std::nullopt;
}

bool is_title(const Placeholder& placeholder) { return placeholder.type == "title" || placeholder.type == "ctrTitle"; }

// The same place of a layout or master: by number, else by kind.
xml_node matching_shape(xml_node root, const Placeholder& wanted, bool by_index) {
  xml_node alike;
  for (const xml_node shape : child(root, "cSld", "spTree").children()) {
    const auto candidate = placeholder_of(shape);
    if (!candidate) continue;
    if (by_index && !wanted.index.empty() && candidate->index == wanted.index) return shape;
    const bool same_type = candidate->type == wanted.type || (is_title(*candidate) && is_title(wanted));
    const bool is_text = wanted.type == "subTitle" || wanted.type == "obj" || wanted.type == "body";
    if (!alike && (same_type || (!by_index && is_text && candidate->type == "body"))) alike = shape;
  }
  return alike;
}

class SlideReader {
 public:
  SlideReader(const SlideParts& parts, DrawingReader& drawings, const OfficeLimits& limits)
      : parts_(parts), drawings_(drawings), limits_(limits) {}

  std::vector<OfficeItem> read() {
    if (shows_master(parts_.slide)) {
      if (shows_master(parts_.layout)) add_shared(parts_.master);
      add_shared(parts_.layout);
    }
    add_shapes(child(parts_.slide, "cSld", "spTree"), Transform{});
    return std::move(items_);
  }

 private:
  // Whether what is drawn on the part's layout and master shows on it.
  static bool shows_master(xml_node part) {
    const std::string_view shows = attribute(part, "showMasterSp");
    return shows != "0" && shows != "false";
  }

  // Words that a layout or master draws itself. Its placeholders show the slide's own, its pictures are decoration.
  void add_shared(xml_node root) { add_shared_shapes(child(root, "cSld", "spTree"), Transform{}); }

  void add_shared_shapes(xml_node tree, const Transform& transform) {
    for (const xml_node shape : tree.children()) {
      const std::string_view name = local_name(shape);
      if (is_hidden(shape) || placeholder_of(shape)) continue;
      if (name == "grpSp") add_shared_shapes(shape, group_transform(shape, transform));
      if (name != "sp") continue;
      const std::size_t before = items_.size();
      add_text(shape, transform);
      if (items_.size() == before) continue;
      const bool is_above = items_.back().bbox.center_y() < parts_.height / 2;
      items_.back().place = is_above ? OfficePlace::kHeader : OfficePlace::kFooter;
    }
  }

  void add_shapes(xml_node tree, const Transform& transform) {
    for (const xml_node shape : tree.children()) add_shape(shape, transform);
  }

  void add_shape(xml_node shape, const Transform& transform) {
    const std::string_view name = local_name(shape);
    if (is_hidden(shape)) return;
    if (name == "sp" || name == "cxnSp") add_text(shape, transform);
    if (name == "pic") add_picture(shape, transform);
    if (name == "graphicFrame") add_graphic(shape, transform);
    if (name == "grpSp") add_shapes(shape, group_transform(shape, transform));
    if (name == "AlternateContent") add_shapes(chosen_alternative(shape), transform);
  }

  static bool is_hidden(xml_node shape) {
    for (const xml_node properties : shape.children()) {
      const std::string_view hidden = attribute(child(properties, "cNvPr"), "hidden");
      if (hidden == "1" || hidden == "true") return true;
    }
    return false;
  }

  static Transform group_transform(xml_node group, const Transform& outer) {
    const xml_node own = child(group, "grpSpPr", "xfrm");
    const auto box = box_of(own, "off", "ext");
    const auto inner = box_of(own, "chOff", "chExt");
    if (!box || !inner || inner->width() <= 0 || inner->height() <= 0) return outer;
    const Rect shown = outer.map(*box);
    Transform transform;
    transform.scale_x = shown.width() / inner->width();
    transform.scale_y = shown.height() / inner->height();
    transform.x = shown.x0 - inner->x0 * transform.scale_x;
    transform.y = shown.y0 - inner->y0 * transform.scale_y;
    const bool is_sane = std::isfinite(transform.x + transform.y + transform.scale_x + transform.scale_y);
    return is_sane ? transform : outer;
  }

  static Rect checked(const Rect& box) {
    const bool is_sane = std::isfinite(box.x0 + box.y0 + box.x1 + box.y1) && std::abs(box.x0) < kFarthest &&
                         std::abs(box.y0) < kFarthest && std::abs(box.x1) < kFarthest && std::abs(box.y1) < kFarthest;
    return is_sane ? box : Rect{};
  }

  // A placeholder's place and styles come from the same place of the layout, and of the master.
  struct Inherited {
    std::optional<Placeholder> placeholder;
    xml_node layout;
    xml_node master;
  };

  Inherited inherited(xml_node shape) const {
    Inherited out;
    out.placeholder = placeholder_of(shape);
    if (!out.placeholder) return out;
    out.layout = matching_shape(parts_.layout, *out.placeholder, true);
    const auto of_layout = out.layout ? placeholder_of(out.layout) : out.placeholder;
    out.master = matching_shape(parts_.master, of_layout.value_or(*out.placeholder), false);
    return out;
  }

  static Rect place(xml_node shape, const Inherited& from, const Transform& transform) {
    if (const auto own = box_of(child(shape, "spPr", "xfrm"), "off", "ext")) return checked(transform.map(*own));
    for (const xml_node above : {from.layout, from.master}) {
      if (const auto box = box_of(child(above, "spPr", "xfrm"), "off", "ext")) return checked(Transform{}.map(*box));
    }
    return {};
  }

  ListStyles list_styles(const Inherited& from) const {
    ListStyles styles;
    for (const xml_node above : {from.layout, from.master}) {
      if (above) styles.push_back(child(above, "txBody", "lstStyle"));
    }
    const xml_node master = child(parts_.master, "txStyles");
    if (!from.placeholder) {
      styles.push_back(child(master, "otherStyle"));
    } else if (is_title(*from.placeholder)) {
      styles.push_back(child(master, "titleStyle"));
    } else {
      styles.push_back(child(master, "bodyStyle"));
    }
    return styles;
  }

  void add_text(xml_node shape, const Transform& transform) {
    const Inherited from = inherited(shape);
    OfficeItem frame;
    frame.kind = OfficeItemKind::kFrame;
    frame.bbox = place(shape, from, transform);
    frame.items = paragraphs_of(child(shape, "txBody"), list_styles(from));
    if (frame.items.empty()) return;
    const std::string type = from.placeholder ? from.placeholder->type : "";
    if (type == "ftr" || type == "dt" || type == "sldNum") frame.place = OfficePlace::kFooter;
    if (type == "hdr") frame.place = OfficePlace::kHeader;
    for (OfficeItem& item : frame.items) {
      item.paragraph.is_title = from.placeholder && is_title(*from.placeholder);
      item.paragraph.is_page_number = item.paragraph.is_page_number || type == "sldNum";
      if (item.paragraph.is_title) item.paragraph.label.clear();
    }
    items_.push_back(std::move(frame));
  }

  void add_picture(xml_node shape, const Transform& transform) {
    const Rect box = place(shape, inherited(shape), transform);
    std::vector<OfficeItem> found;
    drawings_.add_picture(shape, parts_.name, box.width(), box.height(), found);
    add_at(box, std::move(found));
  }

  void add_at(const Rect& box, std::vector<OfficeItem> found) {
    for (OfficeItem& item : found) {
      item.bbox = box;
      items_.push_back(std::move(item));
    }
  }

  void add_graphic(xml_node frame, const Transform& transform) {
    Rect box;
    if (const auto own = box_of(child(frame, "xfrm"), "off", "ext")) {
      box = checked(transform.map(*own));
    } else {
      box = place(frame, inherited(frame), transform);
    }
    const xml_node data = child(frame, "graphic", "graphicData");
    std::vector<OfficeItem> found;
    if (const xml_node table = child(data, "tbl")) {
      found.push_back(table_of(table));
    } else if (!drawings_.add_graphic(data, parts_.name, found)) {
      // An embedded object shows as a picture of itself.
      if (const xml_node picture = descendant(data, "pic")) {
        drawings_.add_picture(picture, parts_.name, box.width(), box.height(), found);
      }
    }
    const bool is_diagram = found.size() > 1;
    if (!is_diagram) return add_at(box, std::move(found));
    OfficeItem words;
    words.kind = OfficeItemKind::kFrame;
    words.bbox = box;
    words.items = std::move(found);
    items_.push_back(std::move(words));
  }

  OfficeItem table_of(xml_node table) {
    std::vector<double> widths;
    for (const xml_node column : child(table, "tblGrid").children()) {
      if (local_name(column) != "gridCol" || widths.size() >= static_cast<std::size_t>(limits_.table_columns)) continue;
      widths.push_back(std::max(0.0, number_attribute(column, "w", 0)) / kEmusPerPoint);
    }
    const ListStyles styles = {child(parts_.master, "txStyles", "otherStyle")};
    std::vector<DocxRow> rows;
    for (const xml_node row : table.children()) {
      if (local_name(row) == "tr") rows.push_back(row_of(row, styles));
    }
    OfficeItem item;
    item.kind = OfficeItemKind::kTable;
    GridOfRows grid = table_of_rows(std::move(rows), std::move(widths), limits_);
    if (grid.is_cut) drawings_.note_loss(kTableCut);
    item.table = std::move(grid.table);
    const std::string_view first_row = attribute(child(table, "tblPr"), "firstRow");
    item.table.header_rows = (first_row == "1" || first_row == "true") && item.table.row_count > 0 ? 1 : 0;
    return item;
  }

  // Every place of the grid has its cell here; merged ones say so.
  DocxRow row_of(xml_node row, const ListStyles& styles) const {
    DocxRow out;
    int column = 0;
    const auto flag = [](xml_node node, std::string_view name) {
      const std::string_view value = attribute(node, name);
      return value == "1" || value == "true";
    };
    for (const xml_node node : row.children()) {
      if (local_name(node) != "tc" || column >= limits_.table_columns) continue;
      DocxCell cell;
      cell.column = column++;
      if (flag(node, "hMerge")) {
        if (!out.empty()) out.back().span = std::max(out.back().span, column - out.back().column);
        continue;
      }
      cell.span = std::clamp(integer_attribute(node, "gridSpan", 1), 1, limits_.table_columns);
      if (integer_attribute(node, "rowSpan", 1) > 1) cell.merge = VerticalMerge::kRestart;
      if (flag(node, "vMerge")) cell.merge = VerticalMerge::kContinue;
      cell.items = paragraphs_of(child(node, "txBody"), styles);
      out.push_back(std::move(cell));
    }
    return out;
  }

  const SlideParts& parts_;
  DrawingReader& drawings_;
  const OfficeLimits& limits_;
  std::vector<OfficeItem> items_;
};

}  // namespace

std::vector<OfficeItem> items_of_slide(const SlideParts& parts, DrawingReader& drawings, const OfficeLimits& limits) {
  return SlideReader(parts, drawings, limits).read();
}

std::vector<OfficeItem> notes_of(xml_node notes) {
  std::vector<OfficeItem> out;
  for (const xml_node shape : child(notes, "cSld", "spTree").children()) {
    const auto placeholder = placeholder_of(shape);
    if (!placeholder || placeholder->type != "body") continue;
    std::vector<OfficeItem> items = paragraphs_of(child(shape, "txBody"), {});
    for (OfficeItem& item : items) item.place = OfficePlace::kNote;
    std::move(items.begin(), items.end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace medmark::input::office
