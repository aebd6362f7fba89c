// Containers, paragraphs in order, and the rows of tables.
#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "input/office/docx_content.hpp"
#include "input/office/docx_paragraph.hpp"
#include "input/office/docx_table.hpp"
#include "input/office/number_format.hpp"
#include "input/office/xml.hpp"

namespace medmark::input::office {
namespace {

using document::OfficeItem;
using document::OfficeItemKind;
using pugi::xml_node;

// Elements that only hold others of the same kind.
bool is_wrapper(std::string_view name) {
  return name == "sdt" || name == "sdtContent" || name == "ins" || name == "moveTo" || name == "customXml" ||
         name == "smartTag" || name == "Choice" || name == "Fallback";
}

bool is_removed(xml_node properties) { return child(properties, "del") || child(properties, "cellDel"); }

}  // namespace

class DocxContent::TableReader {
 public:
  TableReader(DocxContent& content, const std::string& part, int depth)
      : content_(content), part_(part), depth_(depth) {}

  DocxBlock read(xml_node table) {
    std::vector<double> widths;
    for (const xml_node column : child(table, "tblGrid").children()) {
      if (local_name(column) != "gridCol" || widths.size() >= max_columns()) continue;
      widths.push_back(std::max(0.0, number_attribute(column, "w", 0)) / kTwipsPerPoint);
    }
    add_rows(table);
    OfficeItem item;
    item.kind = OfficeItemKind::kTable;
    GridOfRows grid = table_of_rows(std::move(rows_), std::move(widths), content_.package_.limits());
    if (grid.is_cut) content_.drawings_.note_loss(kTableCut);
    item.table = std::move(grid.table);
    item.table.header_rows = std::min(header_rows_, item.table.row_count);
    if (item.table.row_count > 0 && item.table.column_count > 0) block_.items.push_back(std::move(item));
    return std::move(block_);
  }

 private:
  [[nodiscard]] std::size_t max_columns() const {
    return static_cast<std::size_t>(content_.package_.limits().table_columns);
  }

  void add_rows(xml_node container) {
    for (const xml_node node : container.children()) {
      const std::string_view name = local_name(node);
      if (name == "tr") add_row(node);
      if (is_wrapper(name)) add_rows(node);
      if (name == "AlternateContent") add_rows(chosen_alternative(node));
    }
  }

  void add_row(xml_node row) {
    const xml_node properties = child(row, "trPr");
    if (is_removed(properties)) return;
    row_.clear();
    column_ = std::clamp(integer_attribute(child(properties, "gridBefore"), "val", 0), 0,
                         content_.package_.limits().table_columns);
    breaks_ = {};
    add_cells(row);
    const bool is_header = is_on(child(properties, "tblHeader"));
    if (is_header && header_rows_ == static_cast<int>(rows_.size())) ++header_rows_;
    rows_.push_back(std::move(row_));
    block_.rows.push_back(breaks_);
  }

  void add_cells(xml_node container) {
    for (const xml_node node : container.children()) {
      const std::string_view name = local_name(node);
      if (name == "tc") add_cell(node);
      if (is_wrapper(name)) add_cells(node);
      if (name == "AlternateContent") add_cells(chosen_alternative(node));
    }
  }

  void add_cell(xml_node node) {
    const xml_node properties = child(node, "tcPr");
    if (is_removed(properties)) return;
    const int span = std::clamp(integer_attribute(child(properties, "gridSpan"), "val", 1), 1,
                                content_.package_.limits().table_columns);
    const xml_node horizontal = child(properties, "hMerge");
    const bool extends_previous = horizontal && attribute(horizontal, "val") != "restart" && !row_.empty();
    DocxCell cell;
    cell.column = column_;
    cell.span = span;
    column_ = std::min(column_ + span, content_.package_.limits().table_columns);
    if (const xml_node vertical = child(properties, "vMerge")) {
      cell.merge = attribute(vertical, "val") == "restart" ? VerticalMerge::kRestart : VerticalMerge::kContinue;
    }
    RenderedBreaks breaks;
    for (DocxBlock& block : content_.blocks(node, part_, depth_ + 1)) {
      if (cell.items.empty())
        breaks.at_start = breaks.at_start || block.rendered.at_start;
      else if (block.rendered.at_start)
        ++breaks.inside;
      breaks.inside += block.rendered.inside;
      std::move(block.items.begin(), block.items.end(), std::back_inserter(cell.items));
      std::move(block.notes.begin(), block.notes.end(), std::back_inserter(block_.notes));
    }
    breaks_.at_start = breaks_.at_start || breaks.at_start;
    breaks_.inside = std::max(breaks_.inside, breaks.inside);
    if (extends_previous) {
      row_.back().span += span;
      std::move(cell.items.begin(), cell.items.end(), std::back_inserter(row_.back().items));
    } else {
      row_.push_back(std::move(cell));
    }
  }

  DocxContent& content_;
  const std::string& part_;
  int depth_;
  DocxBlock block_;
  std::vector<DocxRow> rows_;
  DocxRow row_;
  int column_ = 0;
  int header_rows_ = 0;
  RenderedBreaks breaks_;
};

void DocxContent::set_note_formats(std::string footnotes, std::string endnotes) {
  if (!footnotes.empty()) footnote_format_ = std::move(footnotes);
  if (!endnotes.empty()) endnote_format_ = std::move(endnotes);
}

std::string DocxContent::next_note_mark(bool is_endnote) {
  return is_endnote ? formatted_number(++endnotes_, endnote_format_) : formatted_number(++footnotes_, footnote_format_);
}

std::vector<DocxBlock> DocxContent::blocks(xml_node container, const std::string& part, int depth) {
  std::vector<DocxBlock> out;
  if (depth > package_.limits().table_depth) {
    if (container.first_child()) drawings_.note_loss("Tables and boxes nested too deep in each other were left out.");
    return out;
  }
  const std::vector<document::OfficeRun> outer = std::exchange(carried_, {});
  add_blocks(container, part, depth, out);
  carried_ = outer;
  return out;
}

std::vector<OfficeItem> DocxContent::items(xml_node container, const std::string& part, int depth,
                                           const std::string& own_mark) {
  const std::string outer = std::exchange(own_mark_, own_mark);
  std::vector<OfficeItem> out;
  for (DocxBlock& block : blocks(container, part, depth)) {
    std::move(block.items.begin(), block.items.end(), std::back_inserter(out));
  }
  own_mark_ = outer;
  return out;
}

void DocxContent::add_blocks(xml_node container, const std::string& part, int depth, std::vector<DocxBlock>& out) {
  for (const xml_node node : container.children()) {
    const std::string_view name = local_name(node);
    if (name == "p") add_paragraph(node, part, depth, out);
    if (name == "tbl") out.push_back(TableReader(*this, part, depth).read(node));
    if (is_wrapper(name)) add_blocks(node, part, depth, out);
    if (name == "AlternateContent") add_blocks(chosen_alternative(node), part, depth, out);
    // A formula may stand among paragraphs.
    if (name == "oMathPara" || name == "oMath") {
      DocxBlock block;
      ParagraphReader reader(*this, part, depth);
      reader.add_formulas(node, block.items);
      out.push_back(std::move(block));
    }
  }
}

void DocxContent::add_paragraph(xml_node paragraph, const std::string& part, int depth, std::vector<DocxBlock>& out) {
  ParagraphReader reader(*this, part, depth);
  DocxBlock block = reader.read(paragraph, std::exchange(carried_, {}));
  // With its end mark deleted, the paragraph goes on in the next one.
  const bool is_joined = child(paragraph, "pPr") && child(child(paragraph, "pPr", "rPr"), "del");
  const bool is_plain = block.items.size() == 1 && block.items.front().kind == OfficeItemKind::kParagraph;
  if (is_joined && (is_plain || block.items.empty())) {
    if (is_plain) carried_ = std::move(block.items.front().paragraph.runs);
    block.items.clear();
  }
  out.push_back(std::move(block));
}

}  // namespace medmark::input::office
