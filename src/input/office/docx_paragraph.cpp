#include "input/office/docx_paragraph.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <utility>

#include "base/text.hpp"
#include "input/office/eq_field.hpp"
#include "input/office/omml.hpp"
#include "input/office/symbol_fonts.hpp"
#include "input/office/xml.hpp"

namespace medmark::input::office {
namespace {

using document::OfficeItem;
using document::OfficeItemKind;
using document::OfficeRun;
using document::OfficeScript;
using pugi::xml_node;

// Text raised or lowered by this share of its paragraph's size, and set smaller, is a script.
constexpr double kRaisedShare = 0.15;
constexpr double kScriptSize = 0.9;

// Elements of a paragraph that only hold runs.
bool is_run_container(std::string_view name) {
  return name == "ins" || name == "moveTo" || name == "hyperlink" || name == "smartTag" || name == "sdt" ||
         name == "sdtContent" || name == "customXml" || name == "bdo" || name == "dir" || name == "rubyBase" ||
         name == "subDoc";
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// Word takes the names of fields in any case.
bool names_field(std::string_view instruction, std::string_view name) {
  while (instruction.starts_with(' ')) instruction.remove_prefix(1);
  return upper(std::string(instruction.substr(0, name.size()))) == name &&
         (instruction.size() == name.size() || instruction[name.size()] == ' ');
}

// SYMBOL 224 \f "Wingdings": the sign it prints.
std::string symbol_of_field(std::string_view instruction) {
  std::string_view rest = instruction.substr(instruction.find("SYMBOL") + 6);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  const bool is_hexadecimal = rest.starts_with("0x");
  if (is_hexadecimal) rest.remove_prefix(2);
  unsigned code = 0;
  std::from_chars(rest.data(), rest.data() + rest.size(), code, is_hexadecimal ? 16 : 10);
  std::string font;
  if (const std::size_t option = rest.find("\\f"); option != std::string_view::npos) {
    std::string_view name = rest.substr(option + 2);
    while (name.starts_with(' ') || name.starts_with('"')) name.remove_prefix(1);
    font = name.substr(0, name.find_first_of("\"\\"));
    while (font.ends_with(' ')) font.pop_back();
  }
  std::string out;
  if (code >= 0x20 && code <= 0xFFFF && (code < 0xD800 || code > 0xDFFF)) {
    base::append_utf8(out, symbol_character(font, code));
  }
  return out;
}

}  // namespace

std::string single_line(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return out;
}

DocxBlock DocxContent::ParagraphReader::read(xml_node paragraph, std::vector<OfficeRun> carried) {
  read_properties(paragraph);
  item_.paragraph.runs = std::move(carried);
  add_children(paragraph);
  flush();
  return std::move(block_);
}

void DocxContent::ParagraphReader::read_properties(xml_node paragraph) {
  const xml_node own = child(paragraph, "pPr");
  const std::string style_id(attribute(child(own, "pStyle"), "val"));
  const Style& style = content_.styles_.paragraph_style(style_id);
  ParagraphProperties properties = style.paragraph;
  properties.apply(paragraph_properties(own));
  base_run_ = style.run;
  block_.section = child(own, "sectPr");
  block_.starts_page = properties.breaks_page.value_or(false);

  document::OfficeParagraph& out = item_.paragraph;
  const int outline = properties.outline_level.value_or(9);
  out.heading_level = outline < 9 ? outline + 1 : 0;
  out.is_title = properties.is_title;
  out.is_caption = properties.is_caption;
  out.is_centred = properties.is_centred.value_or(false);
  out.indent = properties.indent.value_or(0) + std::max(0.0, properties.first_line.value_or(0));
  out.space_before = properties.space_before.value_or(0);
  out.space_after = properties.space_after.value_or(0);
  number(properties, style_id);
}

void DocxContent::ParagraphReader::number(const ParagraphProperties& properties, std::string_view style) {
  const std::string id = properties.numbering_id.value_or("");
  if (id.empty() || id == "0") return;
  const auto by_style = content_.numbering_.level_of_style(id, style);
  const int level = properties.numbering_level.value_or(by_style.value_or(0));
  item_.paragraph.label = content_.numbering_.label(id, level);
}

void DocxContent::ParagraphReader::add_children(xml_node container) {
  for (const xml_node node : container.children()) {
    const std::string_view name = local_name(node);
    if (name == "r") add_run(node);
    if (is_run_container(name)) add_children(node);
    if (name == "AlternateContent") add_children(chosen_alternative(node));
    if (name == "fldSimple") {
      if (names_field(attribute(node, "instr"), "PAGE")) item_.paragraph.is_page_number = true;
      if (names_field(attribute(node, "instr"), "EQ")) add_eq_field(std::string(attribute(node, "instr")), base_run_);
      add_children(node);
    }
    if (name == "oMathPara") {
      if (!is_printing()) continue;
      flush();
      add_formulas(node, block_.items);
    }
    if (name == "oMath") add_math(node);
  }
}

bool DocxContent::ParagraphReader::is_printing() const {
  return std::all_of(fields_.begin(), fields_.end(), [](const Field& field) { return field.is_in_result; });
}

bool DocxContent::ParagraphReader::has_text() const {
  return std::any_of(item_.paragraph.runs.begin(), item_.paragraph.runs.end(),
                     [](const OfficeRun& run) { return !base::trimmed(run.text).empty(); });
}

void DocxContent::ParagraphReader::add_run(xml_node run) {
  const xml_node own = child(run, "rPr");
  RunProperties properties = base_run_;
  if (const xml_node style = child(own, "rStyle")) {
    properties.apply(content_.styles_.run_style(attribute(style, "val")));
  }
  properties.apply(run_properties(own));
  // A run whose own insertion was deleted again is gone.
  if (child(own, "del") || properties.is_hidden.value_or(false)) return;
  for (const xml_node node : run.children()) add_run_child(node, properties);
}

void DocxContent::ParagraphReader::add_run_child(xml_node node, const RunProperties& properties) {
  const std::string_view name = local_name(node);
  if (name == "t") return add_text(single_line(node.child_value()), properties);
  if (name == "tab" || name == "ptab") return add_text("\t", properties);
  if (name == "br" || name == "cr") return add_break(node, properties);
  if (name == "noBreakHyphen") return add_text("-", properties);
  if (name == "sym") return add_symbol(node, properties);
  if (name == "lastRenderedPageBreak") return add_rendered_break();
  if (name == "fldChar") return add_field_mark(node, properties);
  if (name == "instrText" && !fields_.empty()) fields_.back().instruction += node.child_value();
  if (name == "footnoteReference" || name == "endnoteReference") {
    return add_note_reference(node, name == "endnoteReference", properties);
  }
  if (name == "footnoteRef" || name == "endnoteRef") {
    RunProperties script = properties;
    script.script = OfficeScript::kSuper;
    return add_text(content_.own_mark_, script);
  }
  if (name == "pgNum") item_.paragraph.is_page_number = true;
  if (!is_printing()) return;
  if (name == "drawing") return add_drawing(node);
  if (name == "pict" || name == "object") return add_vml(node);
  if (name == "ruby") return add_children(child(node, "rubyBase"));
  if (name == "AlternateContent") {
    for (const xml_node inner : chosen_alternative(node).children()) add_run_child(inner, properties);
  }
}

void DocxContent::ParagraphReader::add_break(xml_node node, const RunProperties& properties) {
  if (attribute(node, "type") != "page" || depth_ > 0) {
    if (attribute(node, "type") != "column") add_text("\n", properties);
    return;
  }
  flush();
  block_.page_breaks.push_back(block_.items.size());
}

void DocxContent::ParagraphReader::add_rendered_break() {
  const bool is_start = !has_text() && block_.items.empty() && behind_.empty();
  if (is_start) block_.rendered.at_start = true;
  // Right behind an explicit break it is the same one.
  const bool is_same = !has_text() && !block_.page_breaks.empty() && block_.page_breaks.back() == block_.items.size();
  if (!is_start && !is_same) ++block_.rendered.inside;
}

void DocxContent::ParagraphReader::add_field_mark(xml_node mark, const RunProperties& properties) {
  const std::string_view type = attribute(mark, "fldCharType");
  if (type == "begin") {
    if (is_printing()) add_form_field(child(mark, "ffData"), properties);
    if (fields_.size() < 64) fields_.emplace_back();
  }
  if (fields_.empty()) return;
  if (type == "separate") fields_.back().is_in_result = fields_.back().has_result = true;
  if (type == "end") end_field(properties);
}

void DocxContent::ParagraphReader::end_field(const RunProperties& properties) {
  const Field field = std::move(fields_.back());
  fields_.pop_back();
  if (names_field(field.instruction, "PAGE")) item_.paragraph.is_page_number = true;
  if (!field.has_result && names_field(field.instruction, "SYMBOL")) {
    add_text(symbol_of_field(field.instruction), properties);
  }
  if (!field.has_result && names_field(field.instruction, "EQ")) add_eq_field(field.instruction, properties);
}

void DocxContent::ParagraphReader::add_eq_field(const std::string& instruction, const RunProperties& properties) {
  if (!is_printing()) return;
  if (const auto math = math_of_eq_field(instruction)) {
    if (auto part = XmlPart::parse(*math, content_.package_.limits())) {
      eq_fields_.push_back(std::make_unique<XmlPart>(std::move(*part)));
      return add_math(eq_fields_.back()->root());
    }
  }
  add_text(std::string(base::trimmed(instruction)), properties);
}

void DocxContent::ParagraphReader::add_form_field(xml_node data, const RunProperties& properties) {
  if (const xml_node box = child(data, "checkBox")) {
    const xml_node checked = child(box, "checked");
    const bool is_checked = checked ? is_on(checked) : is_on(child(box, "default"));
    add_text(is_checked ? "☑" : "☐", properties);
  }
  if (const xml_node list = child(data, "ddList")) {
    int index = integer_attribute(child(list, "result"), "val", integer_attribute(child(list, "default"), "val", 0));
    for (const xml_node entry : list.children()) {
      if (local_name(entry) != "listEntry" || index-- != 0) continue;
      add_text(std::string(attribute(entry, "val")), properties);
    }
  }
}

void DocxContent::ParagraphReader::add_note_reference(xml_node node, bool is_endnote, const RunProperties& properties) {
  NoteReference note;
  note.is_endnote = is_endnote;
  note.id = attribute(node, "id");
  const std::string_view custom = attribute(node, "customMarkFollows");
  if (custom.empty() || custom == "0") {
    note.mark = content_.next_note_mark(is_endnote);
    RunProperties script = properties;
    script.script = OfficeScript::kSuper;
    add_text(note.mark, script);
  }
  block_.notes.push_back(std::move(note));
}

void DocxContent::ParagraphReader::add_text(std::string text, const RunProperties& properties) {
  if (text.empty() || !is_printing()) return;
  has_words_ = has_words_ || !base::trimmed(text).empty();
  OfficeRun run;
  run.text = text_in_font(text, properties.font.value_or(""));
  if (properties.is_all_caps.value_or(false)) run.text = upper(std::move(run.text));
  run.is_bold = properties.is_bold.value_or(false);
  run.font_size = std::clamp(properties.font_size.value_or(0), 0.0, 1638.0);
  run.script = properties.script.value_or(OfficeScript::kBase);
  const double base_size = base_run_.font_size.value_or(run.font_size);
  const double raised = properties.raised.value_or(0);
  if (run.script == OfficeScript::kBase && run.font_size < kScriptSize * base_size &&
      std::abs(raised) > kRaisedShare * base_size) {
    run.script = raised > 0 ? OfficeScript::kSuper : OfficeScript::kSub;
  }
  std::vector<OfficeRun>& runs = item_.paragraph.runs;
  const bool goes_on = !runs.empty() && runs.back().script == run.script && runs.back().is_bold == run.is_bold &&
                       runs.back().font_size == run.font_size;
  if (goes_on) {
    runs.back().text += run.text;
  } else {
    runs.push_back(std::move(run));
  }
}

void DocxContent::ParagraphReader::add_symbol(xml_node node, const RunProperties& properties) {
  const std::string_view digits = attribute(node, "char");
  unsigned code = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
  if (code < 0x20 || code > 0xFFFF || (code >= 0xD800 && code <= 0xDFFF)) return;
  RunProperties plain = properties;
  plain.font.reset();  // the sign is looked up here
  std::string text;
  base::append_utf8(text, symbol_character(attribute(node, "font"), code));
  add_text(std::move(text), plain);
}

void DocxContent::ParagraphReader::add_math(xml_node math) {
  if (!is_printing()) return;
  formulas_.push_back(math);
  for (OfficeRun& run : text_of_math(math)) {
    run.font_size = base_run_.font_size.value_or(0);
    item_.paragraph.runs.push_back(std::move(run));
  }
}

void DocxContent::ParagraphReader::add_formulas(xml_node math, std::vector<OfficeItem>& items) const {
  const auto add = [&](xml_node formula) {
    OfficeItem item;
    item.paragraph.latex = latex_of_math(formula);
    if (!base::trimmed(item.paragraph.latex).empty()) items.push_back(std::move(item));
  };
  if (local_name(math) == "oMath") return add(math);
  for (const xml_node formula : math.children()) {
    if (local_name(formula) == "oMath") add(formula);
  }
}

void DocxContent::ParagraphReader::flush() {
  // A formula alone on its line is a display formula, however it was entered.
  if (!formulas_.empty() && !has_words_ && item_.paragraph.label.empty() && depth_ == 0) {
    for (const xml_node formula : formulas_) add_formulas(formula, block_.items);
  } else if (has_text()) {
    OfficeItem item = item_;
    block_.items.push_back(std::move(item));
    item_.paragraph.label.clear();
    item_.paragraph.is_page_number = false;
  }
  item_.paragraph.runs.clear();
  formulas_.clear();
  has_words_ = false;
  std::move(behind_.begin(), behind_.end(), std::back_inserter(block_.items));
  behind_.clear();
}

}  // namespace medmark::input::office
