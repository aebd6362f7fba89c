#include "output/markdown.hpp"

#include <algorithm>
#include <vector>

#include "output/escape.hpp"

namespace medmark::output {
namespace {

using document::Block;
using document::BlockType;
using document::Table;
using document::TableCell;

bool has_merged_cells(const Table& table) {
  return std::any_of(table.cells.begin(), table.cells.end(),
                     [](const TableCell& cell) { return cell.row_span > 1 || cell.column_span > 1; });
}

std::string to_pipe_table(const Table& table) {
  std::vector<std::string> grid(static_cast<std::size_t>(table.row_count) *
                                static_cast<std::size_t>(table.column_count));
  for (const TableCell& cell : table.cells) {
    grid[static_cast<std::size_t>(cell.row * table.column_count + cell.column)] = escape_pipe_cell(cell.text);
  }
  std::string out;
  for (int row = 0; row < table.row_count; ++row) {
    out += '|';
    for (int column = 0; column < table.column_count; ++column) {
      out += ' ' + grid[static_cast<std::size_t>(row * table.column_count + column)] + " |";
    }
    out += '\n';
    if (row == 0) {
      out += '|';
      for (int column = 0; column < table.column_count; ++column) out += " --- |";
      out += '\n';
    }
  }
  return out;
}

std::string picture(const Block& block, const std::string& alternative, const MarkdownOptions& options) {
  std::string text = escape_markdown(alternative);
  std::replace(text.begin(), text.end(), '\n', ' ');
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']') escaped += '\\';
    escaped += c;
  }
  return "![" + escaped + "](" + options.asset_prefix + block.image_name + ")\n";
}

std::string quoted(const std::string& caption) {
  std::string text = escape_markdown(caption);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return "> " + text + "\n";
}

std::string figure(const Block& block, const MarkdownOptions& options) {
  std::string out;
  if (!block.image_name.empty()) out += picture(block, block.caption.empty() ? block.text : block.caption, options);
  if (!block.caption.empty()) out += (out.empty() ? "" : "\n") + quoted(block.caption);
  return out;
}

std::string formula(const Block& block, const MarkdownOptions& options) {
  if (!block.latex.empty()) return "$$" + block.latex + "$$\n";
  if (block.image_name.empty()) return escape_markdown(block.text) + "\n";
  const std::string text = block.text.empty() ? "" : "\n" + escape_markdown(block.text) + "\n";
  return picture(block, block.text, options) + text;
}

std::string table(const Block& block) {
  if (!block.table.has_value() || block.table->row_count == 0) return escape_markdown(block.text) + "\n";
  const std::string caption = block.caption.empty() ? "" : escape_markdown(block.caption) + "\n\n";
  return caption + (has_merged_cells(*block.table) ? to_html(*block.table) + "\n" : to_pipe_table(*block.table));
}

std::string heading(const Block& block) {
  std::string text = escape_markdown(block.text);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return std::string(static_cast<std::size_t>(std::clamp(block.level.value_or(2), 1, 6)), '#') + " " + text + "\n";
}

// The Markdown of one block; empty for what stays in the JSON only.
std::string render(const Block& block, const MarkdownOptions& options) {
  switch (block.type) {
    case BlockType::kTitle:
      return heading(block);
    case BlockType::kKeyValue:
      return "- " + escape_markdown(block.text) + "\n";
    case BlockType::kTable:
      return table(block);
    case BlockType::kFigure:
      return figure(block, options);
    case BlockType::kFormula:
      return formula(block, options);
    case BlockType::kFigureCaption:  // tied ones are printed by their figure
      return block.caption_of.empty() ? quoted(block.text) : "";
    case BlockType::kTableCaption:
      return block.caption_of.empty() ? escape_markdown(block.text) + "\n" : "";
    case BlockType::kHeader:
    case BlockType::kFooter:
    case BlockType::kPageNumber:
    case BlockType::kSeal:
    case BlockType::kWatermark:
      return "";
    case BlockType::kParagraph:
    case BlockType::kListItem:
    case BlockType::kHandwriting:
    case BlockType::kOther:
      return block.text.empty() ? "" : escape_markdown(block.text) + "\n";
  }
  return "";
}

// Neighbours that belong to one Markdown list stand without an empty line between them.
bool is_tight(const Block& block) { return block.type == BlockType::kKeyValue; }

}  // namespace

std::string to_html(const Table& table) {
  std::string out = "<table>";
  int row = -1;
  for (const TableCell& cell : table.cells) {
    while (row < cell.row) {
      if (row >= 0) out += "</tr>";
      out += "<tr>";
      ++row;
    }
    out += "<td";
    if (cell.row_span > 1) out += " rowspan=\"" + std::to_string(cell.row_span) + "\"";
    if (cell.column_span > 1) out += " colspan=\"" + std::to_string(cell.column_span) + "\"";
    out += ">" + escape_html(cell.text) + "</td>";
  }
  if (row >= 0) out += "</tr>";
  return out + "</table>";
}

std::string to_markdown(const document::Document& document, const MarkdownOptions& options) {
  std::string out;
  const Block* previous = nullptr;
  for (const Block& block : document.blocks) {
    const std::string text = render(block, options);
    if (text.empty()) continue;
    if (previous != nullptr && !(is_tight(*previous) && is_tight(block))) out += '\n';
    out += text;
    previous = &block;
  }
  return out;
}

}  // namespace medmark::output
