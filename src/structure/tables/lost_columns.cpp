#include "structure/tables/lost_columns.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "base/median.hpp"
#include "structure/tables/numbered_rows.hpp"

namespace medmark::structure {
namespace {

using document::Table;
using document::TableCell;

constexpr double kClearlyNearer = 0.5;  // distance to the column meant, of that to the next nearest

// Where each column begins on `page`, by the cells that stand in it alone; empty where they do not run to the right.
std::vector<double> column_starts_on(const Table& table, int page) {
  std::vector<std::vector<double>> starts(static_cast<std::size_t>(table.column_count));
  for (const TableCell& cell : table.cells) {
    if (cell.page != page || cell.bbox.empty() || cell.column_span > 1) continue;
    starts[static_cast<std::size_t>(cell.column)].push_back(cell.bbox.x0);
  }
  std::vector<double> result;
  for (const std::vector<double>& column : starts) {
    if (column.empty()) return {};
    const double start = base::median(column);
    if (!result.empty() && start <= result.back()) return {};
    result.push_back(start);
  }
  return result;
}

// For each column of `next` the column that it stands below, where the first ones stand below each other.
std::optional<std::vector<int>> columns_below(const std::vector<double>& columns, const std::vector<double>& next) {
  if (columns.size() < 3 || next.size() < 2) return std::nullopt;
  const double shift = next.front() - columns.front();
  std::vector<int> below;
  for (const double start : next) {
    std::vector<std::pair<double, int>> distances;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      distances.emplace_back(std::abs(columns[i] + shift - start), static_cast<int>(i));
    }
    std::sort(distances.begin(), distances.end());
    if (distances[0].first > kClearlyNearer * distances[1].first) return std::nullopt;
    if (!below.empty() && distances[0].second <= below.back()) return std::nullopt;
    below.push_back(distances[0].second);
  }
  return below;
}

void widen(Table& table, const std::vector<int>& columns, int column_count, int page) {
  std::vector<char> taken(static_cast<std::size_t>(table.row_count * column_count), 0);
  for (TableCell& cell : table.cells) {
    const int last = columns[static_cast<std::size_t>(cell.column + cell.column_span - 1)];
    cell.column = columns[static_cast<std::size_t>(cell.column)];
    cell.column_span = last - cell.column + 1;
    for (int row = cell.row; row < cell.row + cell.row_span; ++row) {
      for (int column = cell.column; column <= last; ++column) {
        taken[static_cast<std::size_t>(row * column_count + column)] = 1;
      }
    }
  }
  table.column_count = column_count;
  for (int row = 0; row < table.row_count; ++row) {
    for (int column = 0; column < column_count; ++column) {
      if (taken[static_cast<std::size_t>(row * column_count + column)] != 0) continue;
      TableCell empty;
      empty.row = row;
      empty.column = column;
      empty.page = page;
      table.cells.push_back(empty);
    }
  }
  std::stable_sort(table.cells.begin(), table.cells.end(), [](const TableCell& a, const TableCell& b) {
    return a.row != b.row ? a.row < b.row : a.column < b.column;
  });
}

}  // namespace

void restore_lost_columns(const document::Block& block, document::Block& next) {
  const Table& table = *block.table;
  const int page = table.parts.empty() ? block.page : table.parts.back().page;
  const bool is_read = block.source == document::TextSource::kOcr && next.source == document::TextSource::kOcr;
  if (!is_read || next.page != page + 1 || next.table->column_count >= table.column_count) return;
  if (!goes_on_counting(table, *next.table)) return;
  const auto columns = columns_below(column_starts_on(table, page), column_starts_on(*next.table, next.page));
  if (!columns) return;
  widen(*next.table, *columns, table.column_count, next.page);
  next.needs_review = true;
}

}  // namespace medmark::structure
