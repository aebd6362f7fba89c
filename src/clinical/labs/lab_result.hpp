// From the printed pieces of one result to its record: numbers, normal forms, flags compared, doubts. Pure,
// thread-safe.
#pragma once

#include <algorithm>
#include <string>

#include "clinical/labs/reference_range.hpp"
#include "clinical/labs/result.hpp"
#include "document/clinical.hpp"

namespace medmark::clinical {

struct PrintedRow {
  std::string name;
  std::string code;
  std::string value;  // the value's cell, flag and unit perhaps in it
  std::string unit;
  std::string range;
  std::string flag;  // the flag's cell
  std::string specimen;
  std::string panel;
  std::string method;
  std::string heading_unit;  // of the heading "结果(mmol/L)", where the table has no column of units
  bool has_unit_column = false;
  bool ranges_are_usual = false;  // nearly every row of the table has a range
  bool table_has_flags = false;
  bool name_is_code = false;   // the name's cell is empty
  bool is_recognised = false;  // from pixels: an unmarked abnormal value may be a misread one
  bool is_cut = false;         // a part of the row stands in the row below or above
};

struct RowContext {
  Subject subject;
  std::string specimen;  // of the report, in the lexicon's words ("urine")
};

// How sure each piece of a row is, 0..1: of its reading alone, or with all that speaks for and against it.
struct PieceConfidence {
  double name = 1;
  double value = 1;
  double unit = 1;
  double range = 1;
  double flag = 1;

  [[nodiscard]] double least() const { return std::min({name, value, unit, range, flag}); }
};

struct LabReading {
  document::LabResult result;  // its confidence is the least of the pieces'
  PieceConfidence pieces;
};

// `reading` says how sure the recognition of each piece is (1 for exact characters). What the lexicons confirm leaves
// less of its doubt, what does not fit adds to it; the mapping is monotone in the reading.
[[nodiscard]] LabReading make_lab_result(const PrintedRow& row, const RowContext& context,
                                         const PieceConfidence& reading, const Lexicons& lexicons);

}  // namespace medmark::clinical
