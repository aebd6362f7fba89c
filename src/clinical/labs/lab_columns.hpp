// What each column of a table holds, read from its heading row and from its cells. Pure functions, thread-safe.
#pragma once

#include <string>
#include <vector>

#include "clinical/lexicon/lexicons.hpp"
#include "document/block.hpp"

namespace medmark::clinical {

// How a table is looked at: as printed, or with its columns as rows (items side by side, a day a row).
enum class GridView { kPrinted, kTurned };

// The cells of a table by position in a view; a cell with spans stands at each position it covers.
class CellGrid {
 public:
  explicit CellGrid(const document::Table& table, GridView view = GridView::kPrinted);
  [[nodiscard]] const document::TableCell* at(int row, int column) const;
  // Where a cell of the table begins in this view, and how many columns it covers.
  [[nodiscard]] int row_of(const document::TableCell& cell) const { return is_turned_ ? cell.column : cell.row; }
  [[nodiscard]] int column_of(const document::TableCell& cell) const { return is_turned_ ? cell.row : cell.column; }
  [[nodiscard]] int column_span_of(const document::TableCell& cell) const {
    return is_turned_ ? cell.row_span : cell.column_span;
  }
  [[nodiscard]] int rows() const { return rows_; }
  [[nodiscard]] int columns() const { return columns_; }

 private:
  bool is_turned_ = false;
  int rows_ = 0;
  int columns_ = 0;
  std::vector<const document::TableCell*> cells_;
};

// One set of columns that together hold one result a row; a two-up sheet has two. -1: no such column.
struct ColumnGroup {
  int first = 0;
  int last = 0;  // inclusive
  int index = -1;
  int code = -1;
  int name = -1;
  int value = -1;
  int unit = -1;
  int range = -1;
  int range_end = -1;  // a second column of the ranges, where a border that is none went through them ("0 -" | "26")
  int flag = -1;
  int method = -1;
  int specimen = -1;
  std::string unit_of_values;  // of the values' heading ("结果(mmol/L)")
  std::string date;            // ISO, of a value column that is headed by its date
};

// A heading row and the rows under it up to the next heading row.
struct LabSection {
  int heading = -1;  // -1: the table has no heading
  int first_row = 0;
  int end_row = 0;
  bool has_foreign_columns = false;  // headings of other tables: 规格, 用法, 测值(mm)
  std::vector<ColumnGroup> groups;
};

[[nodiscard]] std::vector<LabSection> find_lab_sections(const CellGrid& grid, const Lexicons& lexicons);

}  // namespace medmark::clinical
