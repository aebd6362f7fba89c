// What is drawn in a paragraph of a Word file: pictures, charts, text boxes, groups of them, old and new.
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "input/office/docx_paragraph.hpp"

namespace medmark::input::office {
namespace {

using document::OfficeItem;
using document::OfficeItemKind;
using pugi::xml_node;

// A length of a VML style: "width:120.5pt".
double style_length(std::string_view style, std::string_view name) {
  std::size_t at = 0;
  while (at < style.size()) {
    const std::size_t end = std::min(style.find(';', at), style.size());
    std::string_view entry = style.substr(at, end - at);
    at = end + 1;
    while (entry.starts_with(' ')) entry.remove_prefix(1);
    if (!entry.starts_with(name) || entry.size() <= name.size() || entry[name.size()] != ':') continue;
    entry.remove_prefix(name.size() + 1);
    double value = 0;
    const auto [rest, error] = std::from_chars(entry.data(), entry.data() + entry.size(), value);
    if (error != std::errc() || !std::isfinite(value)) return 0;
    const std::string_view unit(rest, static_cast<std::size_t>(entry.data() + entry.size() - rest));
    if (unit.starts_with("in")) return value * 72;
    if (unit.starts_with("mm")) return value * 72 / 25.4;
    if (unit.starts_with("cm")) return value * 72 / 2.54;
    if (unit.starts_with("px")) return value * 0.75;
    return value;
  }
  return 0;
}

}  // namespace

void DocxContent::ParagraphReader::add_drawing(xml_node drawing) {
  for (const xml_node frame : drawing.children()) {
    const xml_node extent = child(frame, "extent");
    const double width = number_attribute(extent, "cx", 0) / kEmusPerPoint;
    const double height = number_attribute(extent, "cy", 0) / kEmusPerPoint;
    const std::string_view hidden = attribute(child(frame, "docPr"), "hidden");
    if (hidden == "1" || hidden == "true") continue;
    add_graphic(child(frame, "graphic", "graphicData"), width, height);
  }
}

// Pictures, charts, text boxes, and groups of them.
void DocxContent::ParagraphReader::add_graphic(xml_node node, double width, double height) {
  std::vector<OfficeItem>& items = has_text() ? behind_ : block_.items;
  if (content_.drawings_.add_graphic(node, part_, items)) return;
  for (const xml_node part : node.children()) {
    const std::string_view name = local_name(part);
    if (name == "pic") {
      const xml_node size = child(child(part, "spPr", "xfrm"), "ext");
      const bool is_grouped = local_name(node) == "wgp" || local_name(node) == "grpSp" || local_name(node) == "wpc";
      const double own_width = number_attribute(size, "cx", 0) / kEmusPerPoint;
      const double own_height = number_attribute(size, "cy", 0) / kEmusPerPoint;
      const bool has_own = is_grouped && own_width > 0 && own_height > 0;
      content_.drawings_.add_picture(part, part_, has_own ? own_width : width, has_own ? own_height : height, items);
    } else if (name == "wsp" || name == "sp") {
      add_text_box(child(part, "txbx", "txbxContent"));
    } else if (name == "wgp" || name == "grpSp" || name == "wpc" || name == "graphicFrame") {
      add_graphic(name == "graphicFrame" ? child(part, "graphic", "graphicData") : part, width, height);
    } else if (name == "AlternateContent") {
      add_graphic(chosen_alternative(part), width, height);
    }
  }
}

void DocxContent::ParagraphReader::add_text_box(xml_node content) {
  if (!content) return;
  OfficeItem frame;
  frame.kind = OfficeItemKind::kFrame;
  frame.items = content_.items(content, part_, depth_ + 1, content_.own_mark_);
  if (!frame.items.empty()) (has_text() ? behind_ : block_.items).push_back(std::move(frame));
}

// The older drawings: pictures, text boxes, and words drawn as shapes.
void DocxContent::ParagraphReader::add_vml(xml_node container) {
  std::vector<OfficeItem>& items = has_text() ? behind_ : block_.items;
  for (const xml_node shape : container.children()) {
    const std::string_view name = local_name(shape);
    if (name == "group") add_vml(shape);
    if (const xml_node box = child(shape, "textbox")) add_text_box(child(box, "txbxContent"));
    const std::string_view style = attribute(shape, "style");
    if (const xml_node picture = child(shape, "imagedata")) {
      PicturePlacement placement;
      placement.width = style_length(style, "width");
      placement.height = style_length(style, "height");
      const std::string_view id = prefixed_attribute(picture, "id");
      content_.drawings_.add_picture_part(id, part_, placement, items);
    }
    if (const xml_node words = child(shape, "textpath")) {
      OfficeItem item;
      item.place = document::OfficePlace::kWatermark;
      item.paragraph.runs.push_back({.text = single_line(attribute(words, "string"))});
      items.push_back(std::move(item));
    }
  }
}

}  // namespace medmark::input::office
