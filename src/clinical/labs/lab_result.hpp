// From the printed pieces of one result to its record: numbers, normal forms, flags compared, doubts. Pure,
// thread-safe.
#pragma once

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
  bool has_unit_column = false;
  bool has_range_column = false;
  bool table_has_flags = false;
  bool is_recognised = false;  // from pixels: an unmarked abnormal value may be a misread one
};

struct RowContext {
  Sex sex = Sex::kUnknown;
  std::string specimen;  // of the report, in the lexicon's words ("urine")
};

// `reading` is the confidence of the least sure piece; the result's own confidence is never above it.
[[nodiscard]] document::LabResult make_lab_result(const PrintedRow& row, const RowContext& context, double reading,
                                                  const Lexicons& lexicons);

}  // namespace medmark::clinical
