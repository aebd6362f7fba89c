#include "input/office/pptx_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "input/office/drawing.hpp"
#include "input/office/number_format.hpp"
#include "input/office/omml.hpp"
#include "input/office/symbol_fonts.hpp"
#include "input/office/xml.hpp"

namespace medmark::input::office {
namespace {

using document::OfficeItem;
using document::OfficeParagraph;
using document::OfficeRun;
using document::OfficeScript;
using pugi::xml_node;

constexpr double kDefaultFontSize = 18;  // points; ISO/IEC 29500-1 21.1.2.3.2
constexpr std::size_t kLevels = 9;

// Property elements of one level, the nearest first.
std::vector<xml_node> level_properties(xml_node own, const ListStyles& styles, std::size_t level) {
  std::vector<xml_node> properties = {own};
  const std::string name = "lvl" + std::to_string(level + 1) + "pPr";
  for (const xml_node style : styles) {
    if (const xml_node found = child(style, name)) properties.push_back(found);
  }
  return properties;
}

std::string_view first_attribute(const std::vector<xml_node>& nodes, std::string_view name) {
  for (const xml_node node : nodes) {
    if (const std::string_view value = attribute(node, name); !value.empty()) return value;
  }
  return {};
}

class BodyReader {
 public:
  BodyReader(xml_node body, const ListStyles& inherited) : body_(body), styles_{child(body, "lstStyle")} {
    styles_.insert(styles_.end(), inherited.begin(), inherited.end());
  }

  std::vector<OfficeItem> read() {
    for (const xml_node node : body_.children()) {
      if (local_name(node) == "p") add_paragraph(node);
    }
    return std::move(items_);
  }

 private:
  void add_paragraph(xml_node node) {
    const xml_node own = child(node, "pPr");
    const auto level = static_cast<std::size_t>(std::clamp(integer_attribute(own, "lvl", 0), 0, 8));
    const std::vector<xml_node> properties = level_properties(own, styles_, level);
    std::vector<xml_node> run_defaults;
    for (const xml_node entry : properties) run_defaults.push_back(child(entry, "defRPr"));

    OfficeItem item;
    paragraph_ = &item.paragraph;
    words_ = false;
    formulas_.clear();
    item.paragraph.is_centred = first_attribute(properties, "algn") == "ctr";
    constexpr double kNone = -1;
    for (const xml_node entry : properties) {
      const double margin = number_attribute(entry, "marL", kNone);
      if (margin < 0) continue;
      item.paragraph.indent = std::min(margin / kEmusPerPoint, 720.0);
      break;
    }
    for (const xml_node part : node.children()) add_part(part, run_defaults);
    const bool has_text = std::any_of(item.paragraph.runs.begin(), item.paragraph.runs.end(),
                                      [](const OfficeRun& run) { return !base::trimmed(run.text).empty(); });
    if (!has_text) return;
    if (!words_ && !formulas_.empty()) return add_formulas();
    item.paragraph.label = label(properties, level);
    items_.push_back(std::move(item));
  }

  void add_formulas() {
    for (const xml_node formula : formulas_) {
      OfficeItem item;
      item.paragraph.latex = latex_of_math(formula);
      if (!item.paragraph.latex.empty()) items_.push_back(std::move(item));
    }
  }

  void add_part(xml_node part, const std::vector<xml_node>& defaults) {
    const std::string_view name = local_name(part);
    if (name == "fld" && attribute(part, "type") == "slidenum") paragraph_->is_page_number = true;
    if (name == "r" || name == "fld") return add_run(part, defaults);
    if (name == "br") paragraph_->runs.push_back({.text = "\n"});
    if (name == "AlternateContent") {
      for (const xml_node inner : chosen_alternative(part).children()) add_part(inner, defaults);
    }
    if (name == "m" || name == "oMathPara") {
      for (const xml_node inner : part.children()) add_part(inner, defaults);
    }
    if (name == "oMath") {
      formulas_.push_back(part);
      for (OfficeRun& run : text_of_math(part)) paragraph_->runs.push_back(std::move(run));
    }
  }

  void add_run(xml_node node, const std::vector<xml_node>& defaults) {
    std::vector<xml_node> properties = {child(node, "rPr")};
    properties.insert(properties.end(), defaults.begin(), defaults.end());
    OfficeRun run;
    std::string text = child(node, "t").child_value();
    std::replace(text.begin(), text.end(), '\v', '\n');
    std::string font;
    for (const xml_node entry : properties) {
      for (const std::string_view name : {"sym", "latin"}) {
        if (font.empty()) font = attribute(child(entry, name), "typeface");
      }
    }
    run.text = text_in_font(text, font);
    words_ = words_ || !base::trimmed(run.text).empty();
    for (const xml_node entry : properties) {
      if (run.font_size <= 0) run.font_size = std::clamp(number_attribute(entry, "sz", 0) / 100, 0.0, 4000.0);
    }
    if (run.font_size <= 0) run.font_size = kDefaultFontSize;
    const std::string_view bold = first_attribute(properties, "b");
    run.is_bold = bold == "1" || bold == "true";
    const double baseline = number_attribute(properties.front(), "baseline", 0);
    if (baseline > 0) run.script = OfficeScript::kSuper;
    if (baseline < 0) run.script = OfficeScript::kSub;
    paragraph_->runs.push_back(std::move(run));
  }

  // A bullet or number, as the nearest of the styles that says anything has it.
  std::string label(const std::vector<xml_node>& properties, std::size_t level) {
    std::string out;
    bool is_numbered = false;
    for (const xml_node entry : properties) {
      if (child(entry, "buNone")) break;
      if (const xml_node bullet = child(entry, "buChar")) {
        out = text_in_font(attribute(bullet, "char"), bullet_font(properties));
        break;
      }
      if (const xml_node number = child(entry, "buAutoNum")) {
        is_numbered = true;
        const std::string_view scheme = attribute(number, "type");
        if (numbers_[level] == 0) numbers_[level] = std::clamp(integer_attribute(number, "startAt", 1), 1, 32767) - 1;
        out = slide_number(++numbers_[level], scheme);
        break;
      }
    }
    for (std::size_t below = level + (is_numbered ? 1 : 0); below < kLevels; ++below) numbers_[below] = 0;
    return base::trimmed(out).empty() ? "" : out + " ";
  }

  static std::string bullet_font(const std::vector<xml_node>& properties) {
    for (const xml_node entry : properties) {
      if (const xml_node font = child(entry, "buFont")) return std::string(attribute(font, "typeface"));
    }
    return "";
  }

  xml_node body_;
  ListStyles styles_;
  std::vector<OfficeItem> items_;
  OfficeParagraph* paragraph_ = nullptr;
  bool words_ = false;  // besides formulas
  std::vector<xml_node> formulas_;
  std::array<int, kLevels> numbers_{};
};

}  // namespace

std::vector<OfficeItem> paragraphs_of(xml_node text_body, const ListStyles& inherited) {
  return BodyReader(text_body, inherited).read();
}

}  // namespace medmark::input::office
