#include "structure/office/office_table.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "structure/office/office_text.hpp"
#include "structure/office/text_layout.hpp"

namespace medmark::structure {
namespace {

using base::Rect;
using document::OfficeCell;
using document::OfficeItem;
using document::OfficeItemKind;
using document::OfficeTable;
using document::Table;
using document::TableCell;

struct TableMeasures {
  double padding = 3;        // points between a cell's border and its text
  double empty_height = 12;  // points of a row without text
};
constexpr TableMeasures kTableMeasures;

std::vector<double> column_edges(const OfficeTable& table, const Rect& place) {
  std::vector<double> widths = table.column_widths;
  if (widths.size() != static_cast<std::size_t>(table.column_count)) {
    widths.assign(static_cast<std::size_t>(table.column_count), 1);
  }
  const double total = std::accumulate(widths.begin(), widths.end(), 0.0);
  const bool is_stated = !table.column_widths.empty() && place.height() <= 0 && total <= place.width();
  const double scale = total > 0 && !is_stated ? place.width() / total : 1;
  std::vector<double> edges = {place.x0};
  for (const double width : widths) edges.push_back(edges.back() + width * scale);
  return edges;
}

// Text of a cell, laid out from the place's top.
class CellText {
 public:
  CellText(int page, Rect column) : page_(page), column_(column) {}

  void add(const std::vector<OfficeItem>& items) {
    for (const OfficeItem& item : items) {
      if (item.kind == OfficeItemKind::kFrame) add(item.items);
      if (item.kind == OfficeItemKind::kParagraph) add(item.paragraph);
    }
  }

  [[nodiscard]] double bottom() const { return column_.y0; }
  [[nodiscard]] double font_size() const { return font_size_; }
  [[nodiscard]] RunText take() { return std::move(text_); }

 private:
  void add(const document::OfficeParagraph& paragraph) {
    const LaidText laid = laid_out(paragraph, column_);
    for (const LaidLine& line : laid.lines) {
      const RunText content = joined(structure::fragments_of(line, page_));
      if (content.text.empty()) continue;
      if (!text_.text.empty()) text_.text += '\n';
      append_text(text_, content, Join::kDirect);
    }
    if (laid.lines.empty()) return;
    column_.y0 = laid.bbox.y1;
    font_size_ = std::max(font_size_, laid.font_size);
  }

  int page_;
  Rect column_;
  RunText text_;
  double font_size_ = 0;
};

void shift(Rect& box, double scale, double by) {
  box.y0 = box.y0 * scale + by;
  box.y1 = box.y1 * scale + by;
}

// An empty cell for every place of the grid that none covers, in row-major order.
void fill_gaps(Table& table, int page) {
  const auto columns = static_cast<std::size_t>(table.column_count);
  std::vector<bool> is_covered(static_cast<std::size_t>(table.row_count) * columns, false);
  for (const TableCell& cell : table.cells) {
    const int last = std::min(table.row_count, cell.row + cell.row_span);
    for (int row = cell.row; row < last; ++row) {
      for (int column = cell.column; column < cell.column + cell.column_span; ++column) {
        is_covered[static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(column)] = true;
      }
    }
  }
  for (int row = 0; row < table.row_count; ++row) {
    for (int column = 0; column < table.column_count; ++column) {
      if (is_covered[static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(column)]) continue;
      TableCell cell;
      cell.row = row;
      cell.column = column;
      cell.page = page;
      table.cells.push_back(std::move(cell));
    }
  }
  std::stable_sort(table.cells.begin(), table.cells.end(), [](const TableCell& a, const TableCell& b) {
    return std::pair(a.row, a.column) < std::pair(b.row, b.column);
  });
}

}  // namespace

PlacedTable table_block(const OfficeTable& office, int page, const Rect& place) {
  PlacedTable out;
  Table& table = out.table;
  table.row_count = office.row_count;
  table.column_count = office.column_count;
  const std::vector<double> edges = column_edges(office, place);
  const auto edge = [&](int column) { return edges[static_cast<std::size_t>(column)]; };
  std::vector<double> heights(static_cast<std::size_t>(office.row_count), kTableMeasures.empty_height);
  for (const OfficeCell& source : office.cells) {
    TableCell cell;
    cell.row = source.row;
    cell.column = source.column;
    cell.row_span = source.row_span;
    cell.column_span = source.column_span;
    cell.page = page;
    cell.is_header = source.row < office.header_rows;
    const double left = edge(source.column);
    const double right = edge(source.column + source.column_span);
    CellText text(page, {left + kTableMeasures.padding, kTableMeasures.padding, right - kTableMeasures.padding, 0});
    text.add(source.items);
    RunText content = text.take();
    cell.text = std::move(content.text);
    cell.runs = std::move(content.runs);
    cell.bbox = {left, 0, right, 0};
    out.font_size = std::max(out.font_size, text.font_size());
    double& height = heights[static_cast<std::size_t>(source.row)];
    if (source.row_span == 1 && !cell.text.empty()) height = std::max(height, text.bottom() + kTableMeasures.padding);
    table.cells.push_back(std::move(cell));
  }
  fill_gaps(table, page);

  const double total = std::accumulate(heights.begin(), heights.end(), 0.0);
  const double scale = place.height() > 0 && total > 0 ? place.height() / total : 1;
  std::vector<double> tops = {place.y0};
  for (const double height : heights) tops.push_back(tops.back() + height * scale);
  for (TableCell& cell : table.cells) {
    const auto first = static_cast<std::size_t>(cell.row);
    const auto last = std::min(tops.size() - 1, first + static_cast<std::size_t>(cell.row_span));
    cell.bbox = {edge(cell.column), tops[first], edge(cell.column + cell.column_span), tops[last]};
    for (document::TextRun& run : cell.runs) shift(run.bbox, scale, tops[first]);
  }
  out.bbox = {edges.front(), tops.front(), edges.back(), tops.back()};
  return out;
}

}  // namespace medmark::structure
