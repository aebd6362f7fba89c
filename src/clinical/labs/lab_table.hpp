// The laboratory rows of a table: which column holds what, by heading words and by content, two-up sheets included.
//
// Pure functions, thread-safe. A table that is not one of laboratory results gives no rows.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "clinical/lexicon/lexicons.hpp"
#include "document/block.hpp"

namespace medmark::clinical {

// The cells of one result; null where the table has no such column.
struct LabCells {
  const document::TableCell* name = nullptr;
  const document::TableCell* code = nullptr;
  const document::TableCell* value = nullptr;
  const document::TableCell* unit = nullptr;
  const document::TableCell* range = nullptr;
  const document::TableCell* range_end = nullptr;  // where a border that is none parted it
  const document::TableCell* flag = nullptr;
  const document::TableCell* method = nullptr;
  const document::TableCell* specimen = nullptr;
  std::string heading_unit;   // "结果(mmol/L)", where the table has no column of units
  std::string panel;          // of the group row above
  std::string date;           // ISO, where the value's column is headed by one
  bool name_is_code = false;  // the name's cell is empty: its code stands in
  bool is_cut = false;        // the paper was too narrow: the row's name or range goes on in the row below or above
  bool is_headless = false;   // no heading says which columns there are
  int entry = -1;             // which line of its cells, where a row's cells list several results; -1: all of the cells
};

struct LabTable {
  std::vector<LabCells> rows;  // down the first group of columns, then down the next
  bool has_flags = false;      // the table prints flags at all
};

// How far the kind of report speaks for laboratory results in its tables.
enum class LabExpectation { kUsual, kUnusual };

[[nodiscard]] LabTable find_lab_rows(const document::Table& table, LabExpectation expectation,
                                     const Lexicons& lexicons);

// The `entry`-th line of a cell, the whole text for -1: its bytes, and the text without white space around it.
[[nodiscard]] std::pair<std::size_t, std::size_t> entry_range(const document::TableCell& cell, int entry);
[[nodiscard]] std::string entry_text(const document::TableCell* cell, int entry);

}  // namespace medmark::clinical
