#include "input/office/docx_styles.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "input/office/xml.hpp"

namespace medmark::input::office {
namespace {

using pugi::xml_node;

constexpr double kDefaultFontSize = 10;  // points; what ISO/IEC 29500-1 17.3.2.38 says where nothing else does

template <typename T>
void override(std::optional<T>& value, const std::optional<T>& over) {
  if (over.has_value()) value = over;
}

std::optional<bool> toggle(xml_node properties, std::string_view name) {
  const xml_node property = child(properties, name);
  return property ? std::optional(is_on(property)) : std::nullopt;
}

std::optional<double> measure(xml_node node, std::string_view name, double units) {
  constexpr double kNone = -1e6;
  const double value = number_attribute(node, name, kNone);
  return value > kNone ? std::optional(value / units) : std::nullopt;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  return out;
}

// Built-in styles have the same names in every language version; some producers translate them all the same.
int heading_of_name(const std::string& name) {
  for (const std::string_view prefix : {"heading", "标题"}) {
    if (!name.starts_with(prefix)) continue;
    std::string_view number = std::string_view(name).substr(prefix.size());
    while (number.starts_with(' ')) number.remove_prefix(1);
    if (number.size() == 1 && number[0] >= '1' && number[0] <= '9') return number[0] - '0';
  }
  return 0;
}

}  // namespace

void RunProperties::apply(const RunProperties& over) {
  override(is_bold, over.is_bold);
  override(is_hidden, over.is_hidden);
  override(is_all_caps, over.is_all_caps);
  override(font_size, over.font_size);
  override(raised, over.raised);
  override(script, over.script);
  override(font, over.font);
}

void ParagraphProperties::apply(const ParagraphProperties& over) {
  override(outline_level, over.outline_level);
  override(numbering_id, over.numbering_id);
  override(numbering_level, over.numbering_level);
  override(is_centred, over.is_centred);
  override(breaks_page, over.breaks_page);
  override(indent, over.indent);
  override(first_line, over.first_line);
  override(space_before, over.space_before);
  override(space_after, over.space_after);
  is_title = is_title || over.is_title;
  is_caption = is_caption || over.is_caption;
}

RunProperties run_properties(xml_node properties) {
  RunProperties run;
  if (!properties) return run;
  run.is_bold = toggle(properties, "b");
  run.is_hidden = toggle(properties, "vanish");
  run.is_all_caps = toggle(properties, "caps");
  run.font_size = measure(child(properties, "sz"), "val", 2);
  run.raised = measure(child(properties, "position"), "val", 2);
  const std::string_view script = attribute(child(properties, "vertAlign"), "val");
  if (script == "superscript") run.script = document::OfficeScript::kSuper;
  if (script == "subscript") run.script = document::OfficeScript::kSub;
  if (script == "baseline") run.script = document::OfficeScript::kBase;
  if (const std::string_view font = attribute(child(properties, "rFonts"), "ascii"); !font.empty()) {
    run.font = std::string(font);
  }
  return run;
}

ParagraphProperties paragraph_properties(xml_node properties) {
  ParagraphProperties paragraph;
  if (!properties) return paragraph;
  if (const xml_node outline = child(properties, "outlineLvl")) {
    paragraph.outline_level = std::clamp(integer_attribute(outline, "val", 9), 0, 9);
  }
  if (const xml_node numbering = child(properties, "numPr")) {
    if (const xml_node id = child(numbering, "numId")) paragraph.numbering_id = std::string(attribute(id, "val"));
    if (const xml_node level = child(numbering, "ilvl")) {
      paragraph.numbering_level = std::clamp(integer_attribute(level, "val", 0), 0, 8);
    }
  }
  if (const xml_node justification = child(properties, "jc")) {
    paragraph.is_centred = attribute(justification, "val") == "center";
  }
  paragraph.breaks_page = toggle(properties, "pageBreakBefore");
  const xml_node indent = child(properties, "ind");
  paragraph.indent = measure(indent, "left", kTwipsPerPoint);
  if (!paragraph.indent) paragraph.indent = measure(indent, "start", kTwipsPerPoint);
  paragraph.first_line = measure(indent, "firstLine", kTwipsPerPoint);
  const xml_node spacing = child(properties, "spacing");
  paragraph.space_before = measure(spacing, "before", kTwipsPerPoint);
  paragraph.space_after = measure(spacing, "after", kTwipsPerPoint);
  return paragraph;
}

StyleSheet::StyleSheet(xml_node styles, const OfficeLimits& limits) : limits_(limits) {
  default_run_.font_size = kDefaultFontSize;
  for (const xml_node node : styles.children()) {
    const std::string_view name = local_name(node);
    if (name == "docDefaults") {
      default_run_.apply(run_properties(child(node, "rPrDefault", "rPr")));
      default_paragraph_.apply(paragraph_properties(child(node, "pPrDefault", "pPr")));
    } else if (name == "style") {
      read(node);
    }
  }
}

void StyleSheet::read(xml_node style) {
  const std::string id(attribute(style, "styleId"));
  const std::string_view type = attribute(style, "type");
  if (type != "paragraph" && type != "character" && !type.empty()) return;
  Entry entry;
  entry.based_on = attribute(child(style, "basedOn"), "val");
  entry.own.run = run_properties(child(style, "rPr"));
  entry.own.paragraph = paragraph_properties(child(style, "pPr"));
  if (type != "character") {
    const std::string name = lower(attribute(child(style, "name"), "val"));
    const int heading = heading_of_name(name);
    if (heading > 0 && !entry.own.paragraph.outline_level) entry.own.paragraph.outline_level = heading - 1;
    entry.own.paragraph.is_title = name == "title" || name == "标题";
    entry.own.paragraph.is_caption = name == "caption" || name == "题注";
    const std::string_view is_default = attribute(style, "default");
    if (is_default == "1" || is_default == "true") default_paragraph_style_ = id;
  }
  entries_.emplace(id, std::move(entry));
}

Style StyleSheet::resolved(const std::string& id, int depth) const {
  const auto entry = entries_.find(id);
  if (entry == entries_.end() || depth > limits_.style_depth) return {};
  Style style = entry->second.based_on.empty() ? Style{} : resolved(entry->second.based_on, depth + 1);
  // A style says for itself whether it is the title's or a caption's.
  style.paragraph.is_title = style.paragraph.is_caption = false;
  style.run.apply(entry->second.own.run);
  style.paragraph.apply(entry->second.own.paragraph);
  return style;
}

const Style& StyleSheet::paragraph_style(std::string_view id) const {
  const bool is_known = entries_.find(id) != entries_.end();
  const std::string name = is_known ? std::string(id) : default_paragraph_style_;
  const auto [it, is_new] = paragraph_styles_.try_emplace(name);
  if (is_new) {
    it->second.run = default_run_;
    it->second.paragraph = default_paragraph_;
    const Style style = resolved(name, 0);
    it->second.run.apply(style.run);
    it->second.paragraph.apply(style.paragraph);
  }
  return it->second;
}

const RunProperties& StyleSheet::run_style(std::string_view id) const {
  const auto [it, is_new] = run_styles_.try_emplace(std::string(id));
  if (is_new) it->second = resolved(std::string(id), 0).run;
  return it->second;
}

}  // namespace medmark::input::office
