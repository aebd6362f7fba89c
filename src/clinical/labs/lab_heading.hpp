// The heading of a laboratory table: what each of its cells says of the column below it.
//
// Pure functions, thread-safe, no failures.
#pragma once

#include <string>
#include <vector>

#include "clinical/labs/lab_columns.hpp"

namespace medmark::clinical {

// What the cells of a heading row say of the columns below them.
struct LabHeading {
  std::vector<ColumnRole> roles;  // one a column
  std::vector<bool> is_strange;   // a word that is no heading of any table known
  std::vector<bool> is_date;
  int words = 0;  // distinct roles of laboratory columns
  bool has_foreign = false;
};

// What the row says if it is a heading; `words` is 0 where it is none.
[[nodiscard]] LabHeading read_heading(const CellGrid& grid, int row, const Lexicons& lexicons);

// The date that is all of a heading ("2024-05-11", "05月11日 08:00" with its year): results of a course stand under
// theirs. A month and a day alone are "--05-01", of an open year (ISO 8601).
[[nodiscard]] std::string date_of_heading(const document::TableCell* cell);

// "结果(mmol/L)", "测定值 g/L": the unit that a heading gives to all of its column; "" where it gives none.
[[nodiscard]] std::string unit_of_heading(const document::TableCell* cell, const Lexicons& lexicons);

}  // namespace medmark::clinical
