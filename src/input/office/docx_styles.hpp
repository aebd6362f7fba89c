// Styles of a Word file: what a paragraph or run is by its own properties, its style, the styles that one is based on
// and the document's defaults. Immutable after reading; confined to one thread (resolved styles are kept).
#pragma once

#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "document/office_page.hpp"
#include "input/office/limits.hpp"

namespace medmark::input::office {

constexpr double kTwipsPerPoint = 20;

// Properties of runs; nothing where nothing is said.
struct RunProperties {
  std::optional<bool> is_bold;
  std::optional<bool> is_hidden;
  std::optional<bool> is_all_caps;
  std::optional<double> font_size;  // points
  std::optional<double> raised;     // points above the baseline
  std::optional<document::OfficeScript> script;
  std::optional<std::string> font;  // of Latin text and signs

  // What `over` says wins.
  void apply(const RunProperties& over);
};

struct ParagraphProperties {
  std::optional<int> outline_level;  // 0..8; 9 is body text
  std::optional<std::string> numbering_id;
  std::optional<int> numbering_level;
  std::optional<bool> is_centred;
  std::optional<bool> breaks_page;
  std::optional<double> indent;  // points
  std::optional<double> first_line;
  std::optional<double> space_before;
  std::optional<double> space_after;
  bool is_title = false;
  bool is_caption = false;

  void apply(const ParagraphProperties& over);
};

struct Style {
  RunProperties run;
  ParagraphProperties paragraph;
};

// `properties` is an rPr or pPr element, or nothing.
[[nodiscard]] RunProperties run_properties(pugi::xml_node properties);
[[nodiscard]] ParagraphProperties paragraph_properties(pugi::xml_node properties);

class StyleSheet {
 public:
  // `styles` is the root of the styles part; nothing where the file has none.
  StyleSheet(pugi::xml_node styles, const OfficeLimits& limits);

  // A style with all that it is based on; the default paragraph style for "" and for ids that are not there.
  [[nodiscard]] const Style& paragraph_style(std::string_view id) const;
  // The same for runs, without the document's defaults; empty for ids that are not there.
  [[nodiscard]] const RunProperties& run_style(std::string_view id) const;

 private:
  struct Entry {
    Style own;
    std::string based_on;
  };
  [[nodiscard]] Style resolved(const std::string& id, int depth) const;
  void read(pugi::xml_node style);

  OfficeLimits limits_;
  RunProperties default_run_;
  ParagraphProperties default_paragraph_;
  std::string default_paragraph_style_;
  std::map<std::string, Entry, std::less<>> entries_;
  mutable std::map<std::string, Style, std::less<>> paragraph_styles_;
  mutable std::map<std::string, RunProperties, std::less<>> run_styles_;
};

}  // namespace medmark::input::office
