#include "input/office/drawing.hpp"

#include <cmath>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "input/office/chart.hpp"
#include "input/office/xml.hpp"

namespace medmark::input::office {
namespace {

using base::ErrorCode;
using document::OfficeItem;
using document::OfficeItemKind;
using pugi::xml_node;

// srcRect counts in thousandths of a percent.
constexpr double kWhole = 100'000;

base::Rect crop_of(xml_node blip_fill) {
  const xml_node source = child(blip_fill, "srcRect");
  const auto share = [&](std::string_view side) {
    return std::clamp(number_attribute(source, side, 0) / kWhole, 0.0, 0.95);
  };
  const base::Rect crop{share("l"), share("t"), share("r"), share("b")};
  const bool is_sane = crop.x0 + crop.x1 < 0.95 && crop.y0 + crop.y1 < 0.95;
  return is_sane ? crop : base::Rect{};
}

// The nearest quarter turn; slanted pictures stay as they are.
int quarter_turns(xml_node transform) {
  constexpr double kDegree = 60'000;
  const double degrees = number_attribute(transform, "rot", 0) / kDegree;
  const double turns = std::round(degrees / 90);
  if (std::abs(degrees - turns * 90) > 5) return 0;
  return ((static_cast<int>(turns) % 4) + 4) % 4 * 90;
}

// Attributes outside of the relationships' namespace must not be taken for them: "r:dm" beside "dm".
std::string_view relationship_of(xml_node node, std::string_view name) {
  const std::string_view prefixed = prefixed_attribute(node, name);
  return prefixed.empty() ? attribute(node, name) : prefixed;
}

}  // namespace

void DrawingReader::add_picture(xml_node picture, const std::string& part, double width, double height,
                                std::vector<OfficeItem>& items) {
  const xml_node fill = child(picture, "blipFill");
  const xml_node blip = child(fill, "blip");
  PicturePlacement placement;
  placement.width = width;
  placement.height = height;
  placement.crop = crop_of(fill);
  placement.rotation = quarter_turns(child(picture, "spPr", "xfrm"));
  const std::string_view embedded = relationship_of(blip, "embed");
  if (!embedded.empty()) return add_picture_part(embedded, part, placement, items);
  if (!relationship_of(blip, "link").empty()) {
    errors_.push_back({ErrorCode::kUnsupportedFormat, "A picture outside of the file is linked, and was left out."});
  }
}

void DrawingReader::add_picture_part(std::string_view relationship, const std::string& part,
                                     const PicturePlacement& placement, std::vector<OfficeItem>& items) {
  const Relationships& relationships = package_.relationships(part);
  const auto found = relationships.find(std::string(relationship));
  if (found == relationships.end()) return;
  if (found->second.target.empty()) {
    errors_.push_back({ErrorCode::kUnsupportedFormat, "A picture outside of the file is linked, and was left out."});
    return;
  }
  const auto picture = pictures_.add(found->second.target, placement);
  if (!picture) {
    if (pictures_.is_full()) note_loss("The file holds more pictures than are read; the others were left out.");
    return;
  }
  OfficeItem item;
  item.kind = OfficeItemKind::kPicture;
  item.picture = *picture;
  items.push_back(std::move(item));
}

bool DrawingReader::add_graphic(xml_node graphic_data, const std::string& part, std::vector<OfficeItem>& items) {
  for (const xml_node node : graphic_data.children()) {
    const std::string_view name = local_name(node);
    if (name == "chart") {
      add_chart(relationship_of(node, "id"), part, items);
      return true;
    }
    if (name == "relIds") {
      add_diagram(relationship_of(node, "dm"), part, items);
      return true;
    }
  }
  return false;
}

std::optional<XmlPart> DrawingReader::related_part(std::string_view relationship, const std::string& part,
                                                   const char* complaint) {
  const Relationships& relationships = package_.relationships(part);
  const auto found = relationships.find(std::string(relationship));
  if (found == relationships.end()) return std::nullopt;
  const auto content = package_.read(found->second.target);
  auto xml = content ? XmlPart::parse(*content, package_.limits()) : tl::unexpected(content.error());
  if (xml) return std::move(*xml);
  errors_.push_back({ErrorCode::kCorruptDocument, complaint});
  return std::nullopt;
}

void DrawingReader::add_chart(std::string_view relationship, const std::string& part, std::vector<OfficeItem>& items) {
  const auto xml = related_part(relationship, part, "A chart's data could not be read.");
  if (!xml) return;
  auto table = table_of_chart(xml->root(), package_.limits());
  if (!table) return;
  OfficeItem item;
  item.kind = OfficeItemKind::kTable;
  item.table = std::move(*table);
  items.push_back(std::move(item));
}

void DrawingReader::add_diagram(std::string_view relationship, const std::string& part,
                                std::vector<OfficeItem>& items) {
  const auto xml = related_part(relationship, part, "A diagram's words could not be read.");
  if (!xml) return;
  for (const xml_node point : child(xml->root(), "ptLst").children()) {
    for (const xml_node paragraph : child(point, "t").children()) {
      std::string text;
      for (const xml_node run : paragraph.children()) text += child(run, "t").child_value();
      if (base::trimmed(text).empty()) continue;
      OfficeItem item;
      item.paragraph.runs.push_back({.text = std::move(text)});
      items.push_back(std::move(item));
    }
  }
}

void DrawingReader::note_loss(const char* what) {
  const base::Error loss{ErrorCode::kTooLarge, what};
  if (std::find(errors_.begin(), errors_.end(), loss) == errors_.end()) errors_.push_back(loss);
}

std::vector<base::Error> DrawingReader::take_errors() { return std::exchange(errors_, {}); }

xml_node chosen_alternative(xml_node alternate_content) {
  xml_node fallback;
  for (const xml_node alternative : alternate_content.children()) {
    const std::string_view name = local_name(alternative);
    if (name == "Fallback") fallback = alternative;
    if (name != "Choice") continue;
    const std::string_view needs = attribute(alternative, "Requires");
    const bool is_read = !needs.starts_with("cx") && !needs.starts_with("am3d") && needs != "wpi" && needs != "aink";
    if (is_read) return alternative;
  }
  return fallback;
}

}  // namespace medmark::input::office
