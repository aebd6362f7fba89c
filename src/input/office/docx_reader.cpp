#include "input/office/docx_reader.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "input/office/docx_content.hpp"
#include "input/office/docx_pages.hpp"
#include "input/office/xml.hpp"

namespace medmark::input::office {
namespace {

using base::ErrorCode;
using document::OfficeItem;
using document::OfficePlace;
using pugi::xml_node;

constexpr double kMostPaperSide = 1584;  // points; 22 inches, the most Word allows

std::string part_of(const Relationships& relationships, std::string_view id) {
  const auto found = relationships.find(std::string(id));
  return found == relationships.end() ? "" : found->second.target;
}

void read_furniture(xml_node reference, const Relationships& relationships, DocxSection::Furniture& furniture) {
  const std::string part = part_of(relationships, prefixed_attribute(reference, "id"));
  const std::string_view type = attribute(reference, "type");
  (type == "first" ? furniture.first : type == "even" ? furniture.even : furniture.usual) = part;
}

DocxSection section_of(xml_node properties, const DocxSection* before, const Relationships& relationships) {
  DocxSection section;
  if (before != nullptr) {
    section.header = before->header;
    section.footer = before->footer;
  }
  const auto points = [](xml_node node, std::string_view name, double otherwise) {
    return number_attribute(node, name, otherwise * kTwipsPerPoint) / kTwipsPerPoint;
  };
  const xml_node size = child(properties, "pgSz");
  section.width = std::clamp(points(size, "w", section.width), 36.0, kMostPaperSide);
  section.height = std::clamp(points(size, "h", section.height), 36.0, kMostPaperSide);
  const xml_node margins = child(properties, "pgMar");
  const double left = std::clamp(points(margins, "left", 72), 0.0, section.width / 2 - 10);
  const double right = std::clamp(points(margins, "right", 72), 0.0, section.width / 2 - 10);
  const double top = std::clamp(std::abs(points(margins, "top", 72)), 0.0, section.height / 2 - 10);
  const double bottom = std::clamp(std::abs(points(margins, "bottom", 72)), 0.0, section.height / 2 - 10);
  section.text_area = {left, top, section.width - right, section.height - bottom};
  const std::string_view type = attribute(child(properties, "type"), "val");
  section.starts_page = type != "continuous" && type != "nextColumn";
  section.has_title_page = is_on(child(properties, "titlePg"));
  for (const xml_node node : properties.children()) {
    if (local_name(node) == "headerReference") read_furniture(node, relationships, section.header);
    if (local_name(node) == "footerReference") read_furniture(node, relationships, section.footer);
  }
  return section;
}

class DocxReader {
 public:
  DocxReader(Package& package, std::string part, PictureStore& pictures, int max_pages)
      : package_(package), part_(std::move(part)), drawings_(package, pictures), max_pages_(max_pages) {}

  base::Result<std::vector<document::OfficePage>> read(xml_node root) {
    const Relationships& relationships = package_.relationships(part_);
    const auto styles = load_optional(target_of_type(relationships, "styles"));
    const auto numbers = load_optional(target_of_type(relationships, "numbering"));
    settings_ = load_optional(target_of_type(relationships, "settings"));
    const StyleSheet style_sheet(styles ? styles->root() : xml_node(), package_.limits());
    Numbering numbering(numbers ? numbers->root() : xml_node());
    DocxContent content(package_, style_sheet, numbering, drawings_);
    content_ = &content;
    read_note_formats();
    return pages_of(child(root, "body"));
  }

 private:
  base::Result<XmlPart> load(const std::string& name) {
    const auto content = package_.read(name);
    if (!content) return tl::unexpected(content.error());
    return XmlPart::parse(*content, package_.limits());
  }

  // A part that the document can do without. One that is there and cannot be read is told of.
  std::optional<XmlPart> load_optional(const std::string& name) {
    if (name.empty() || !package_.has(name)) return std::nullopt;
    auto part = load(name);
    if (part) return std::move(*part);
    errors_.push_back({part.error().code, "A part of the Office file could not be read and was left out."});
    return std::nullopt;
  }

  [[nodiscard]] xml_node settings() const { return settings_ ? settings_->root() : xml_node(); }

  void read_note_formats() {
    const auto format = [&](std::string_view name) {
      return std::string(attribute(child(child(settings(), name), "numFmt"), "val"));
    };
    content_->set_note_formats(format("footnotePr"), format("endnotePr"));
  }

  base::Result<std::vector<document::OfficePage>> pages_of(xml_node body) {
    if (!body) return base::fail(ErrorCode::kCorruptDocument, "The Word file has no body.");
    const Relationships& relationships = package_.relationships(part_);
    std::vector<DocxBlock> blocks = content_->blocks(body, part_);
    std::vector<DocxSection> sections;
    const auto add_section = [&](xml_node properties) {
      sections.push_back(section_of(properties, sections.empty() ? nullptr : &sections.back(), relationships));
    };
    for (const DocxBlock& block : blocks) {
      if (block.section) add_section(block.section);
    }
    add_section(child(body, "sectPr"));
    DocxPages pages(std::move(sections), max_pages_);
    for (DocxBlock& block : blocks) {
      const bool ends_section = static_cast<bool>(block.section);
      const std::vector<NoteReference> notes = std::move(block.notes);
      pages.add(std::move(block));
      for (const NoteReference& note : notes) add_note(note, pages);
      if (ends_section) pages.next_section();
      if (pages.page_count() > static_cast<std::size_t>(max_pages_)) {
        return base::fail(ErrorCode::kTooManyPages,
                          "The document has more than " + std::to_string(max_pages_) + " pages.");
      }
    }
    pages.add_notes(std::move(endnotes_));
    return finished(pages.take());
  }

  void add_note(const NoteReference& reference, DocxPages& pages) {
    std::map<std::string, xml_node>& notes = reference.is_endnote ? endnote_nodes() : footnote_nodes();
    const auto found = notes.find(reference.id);
    if (found == notes.end()) return;
    const std::string& part = reference.is_endnote ? endnote_part_ : footnote_part_;
    std::vector<OfficeItem> items = content_->items(found->second, part, 1, reference.mark);
    for (OfficeItem& item : items) item.place = OfficePlace::kNote;
    notes.erase(found);  // a note is printed once
    if (reference.is_endnote) {
      std::move(items.begin(), items.end(), std::back_inserter(endnotes_));
    } else {
      pages.add_notes(std::move(items));
    }
  }

  std::map<std::string, xml_node>& note_nodes(std::string_view type, std::string& part, std::optional<XmlPart>& xml,
                                              std::optional<std::map<std::string, xml_node>>& nodes) {
    if (nodes) return *nodes;
    nodes.emplace();
    part = target_of_type(package_.relationships(part_), type);
    xml = load_optional(part);
    if (xml) {
      for (const xml_node note : xml->root().children()) nodes->emplace(attribute(note, "id"), note);
    }
    return *nodes;
  }
  std::map<std::string, xml_node>& footnote_nodes() {
    return note_nodes("footnotes", footnote_part_, footnotes_xml_, footnote_nodes_);
  }
  std::map<std::string, xml_node>& endnote_nodes() {
    return note_nodes("endnotes", endnote_part_, endnotes_xml_, endnote_nodes_);
  }

  const std::vector<OfficeItem>& furniture(const std::string& part, OfficePlace place) {
    const auto [it, is_new] = furniture_.try_emplace(part);
    if (!is_new || part.empty()) return it->second;
    if (auto xml = load_optional(part)) {
      for (OfficeItem& item : content_->items(xml->root(), part, 1)) {
        // A letterhead's logo belongs to the paper.
        if (item.kind == document::OfficeItemKind::kPicture) continue;
        if (item.place == OfficePlace::kBody) item.place = place;
        it->second.push_back(std::move(item));
      }
    }
    return it->second;
  }

  const std::string& part_for(const DocxSection::Furniture& parts, const DocxPages::Page& page) const {
    if (page.section->has_title_page && page.is_first_of_section) return parts.first;
    const bool differs = is_on(child(settings(), "evenAndOddHeaders"));
    return differs && page.page.index % 2 == 1 ? parts.even : parts.usual;
  }

  std::vector<document::OfficePage> finished(std::vector<DocxPages::Page> pages) {
    std::vector<document::OfficePage> out;
    for (DocxPages::Page& page : pages) {
      const std::vector<OfficeItem>& header = furniture(part_for(page.section->header, page), OfficePlace::kHeader);
      page.page.items.insert(page.page.items.begin(), header.begin(), header.end());
      const std::vector<OfficeItem>& footer = furniture(part_for(page.section->footer, page), OfficePlace::kFooter);
      page.page.items.insert(page.page.items.end(), footer.begin(), footer.end());
      out.push_back(std::move(page.page));
    }
    for (base::Error& error : drawings_.take_errors()) errors_.push_back(std::move(error));
    out.front().errors = std::move(errors_);
    return out;
  }

  Package& package_;
  std::string part_;
  DrawingReader drawings_;
  int max_pages_;
  DocxContent* content_ = nullptr;
  std::optional<XmlPart> settings_;
  std::optional<XmlPart> footnotes_xml_;
  std::optional<XmlPart> endnotes_xml_;
  std::string footnote_part_;
  std::string endnote_part_;
  std::optional<std::map<std::string, xml_node>> footnote_nodes_;
  std::optional<std::map<std::string, xml_node>> endnote_nodes_;
  std::vector<OfficeItem> endnotes_;
  std::map<std::string, std::vector<OfficeItem>> furniture_;
  std::vector<base::Error> errors_;
};

}  // namespace

base::Result<std::vector<document::OfficePage>> read_docx(Package& package, const std::string& part, xml_node root,
                                                          PictureStore& pictures, int max_pages) {
  return DocxReader(package, part, pictures, max_pages).read(root);
}

}  // namespace medmark::input::office
