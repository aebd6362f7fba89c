// What stands on a page of an Office document, in reading order: lines of text, tables, figures and formulas, laid out
// by estimate.
//
// Points of the page. Pure functions, thread-safe, no failures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/office_page.hpp"
#include "structure/office/office.hpp"
#include "structure/office/office_table.hpp"
#include "structure/office/office_text.hpp"
#include "structure/office/page_items.hpp"
#include "structure/page/captions.hpp"
#include "structure/page/headings.hpp"
#include "structure/page/key_values.hpp"

namespace medmark::structure {

struct OfficeNode {
  const PageItem* item = nullptr;
  base::Rect bbox;
  // Text: one line, or lines that belong together.
  std::vector<Fragment> fragments;
  RunText content;
  std::u32string text;
  double size = 0;
  bool is_bold = false;
  bool is_wrapped = false;
  std::optional<FieldRow> fields;
  bool is_heading = false;
  // Tables and figures.
  std::optional<PlacedTable> table;
  std::optional<CaptionKind> caption;
  std::optional<std::size_t> caption_of;  // node
  bool has_caption = false;

  [[nodiscard]] document::OfficeItemKind kind() const { return item->item.kind; }
  [[nodiscard]] const document::OfficeParagraph& paragraph() const { return item->item.paragraph; }
  [[nodiscard]] bool is_formula() const {
    return kind() == document::OfficeItemKind::kParagraph && !paragraph().latex.empty();
  }
  [[nodiscard]] bool is_text() const {
    return kind() == document::OfficeItemKind::kParagraph && paragraph().latex.empty();
  }
  [[nodiscard]] bool is_plain() const { return is_text() && !fields && !is_heading && !caption; }
  [[nodiscard]] int stated_level() const { return paragraph().is_title ? kTitleLevel : paragraph().heading_level; }
};

// Lays the items of a page out one below another; a node keeps a pointer to its item.
[[nodiscard]] std::vector<OfficeNode> nodes_of(const document::OfficePage& page, const std::vector<PageItem>& items);

// Says of laid-out nodes which are fields, captions (and of what) and headings.
void name_nodes(const document::OfficePage& page, std::vector<OfficeNode>& nodes);

}  // namespace medmark::structure
