#include "input/office/docx_table.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace medmark::input::office {
namespace {

using document::OfficeCell;
using document::OfficeTable;

// Takes away columns in which no cell begins: lines of the grid that nothing is drawn on.
void remove_unused_columns(OfficeTable& table) {
  std::set<int> starts = {0};
  for (const OfficeCell& cell : table.cells) starts.insert(cell.column);
  const std::vector<int> columns(starts.begin(), starts.end());
  const auto place = [&](int column) {
    return static_cast<int>(std::lower_bound(columns.begin(), columns.end(), column) - columns.begin());
  };
  std::vector<double> widths(columns.size(), 0);
  for (std::size_t i = 0; i < table.column_widths.size(); ++i) {
    const auto behind = std::upper_bound(columns.begin(), columns.end(), static_cast<int>(i));
    widths[static_cast<std::size_t>(behind - columns.begin()) - 1] += table.column_widths[i];
  }
  for (OfficeCell& cell : table.cells) {
    const int end = place(cell.column + cell.column_span);
    cell.column = place(cell.column);
    cell.column_span = std::max(1, end - cell.column);
  }
  table.column_count = static_cast<int>(columns.size());
  if (!table.column_widths.empty()) table.column_widths = std::move(widths);
}

}  // namespace

GridOfRows table_of_rows(std::vector<DocxRow> rows, std::vector<double> column_widths, const OfficeLimits& limits) {
  GridOfRows grid;
  OfficeTable& table = grid.table;
  std::map<int, std::size_t> open;  // by column: the cell that a continued one belongs to
  for (DocxRow& row : rows) {
    if (table.cells.size() + row.size() > limits.table_cells) {
      grid.is_cut = true;
      break;
    }
    std::map<int, std::size_t> still_open;
    for (std::size_t i = 0; i < row.size(); ++i) {
      DocxCell& cell = row[i];
      if (cell.column >= limits.table_columns) {
        grid.is_cut = true;
        break;
      }
      // A broken file's cells may claim more columns than their neighbours leave them.
      const int end = i + 1 < row.size() ? std::min(row[i + 1].column, limits.table_columns) : limits.table_columns;
      cell.span = std::clamp(cell.span, 1, std::max(1, end - cell.column));
      const auto above = open.find(cell.column);
      const bool goes_on = cell.merge == VerticalMerge::kContinue && above != open.end() &&
                           table.cells[above->second].column_span == cell.span;
      if (goes_on) {
        OfficeCell& merged = table.cells[above->second];
        ++merged.row_span;
        std::move(cell.items.begin(), cell.items.end(), std::back_inserter(merged.items));
        still_open.insert(*above);
      } else {
        if (cell.merge != VerticalMerge::kNone) still_open.emplace(cell.column, table.cells.size());
        table.cells.push_back({table.row_count, cell.column, 1, cell.span, std::move(cell.items)});
      }
      table.column_count = std::max(table.column_count, cell.column + cell.span);
    }
    open = std::move(still_open);
    ++table.row_count;
  }
  table.column_widths = std::move(column_widths);
  table.column_widths.resize(static_cast<std::size_t>(table.column_count), 0);
  if (std::accumulate(table.column_widths.begin(), table.column_widths.end(), 0.0) <= 0) table.column_widths.clear();
  remove_unused_columns(table);
  return grid;
}

}  // namespace medmark::input::office
