// Tables that list diagnoses one below another with their codes: the front page of a medical record.
//
//     出院诊断 | 疾病编码 | 入院病情 | 出院诊断 | 疾病编码 | 入院病情
//     主要诊断：不稳定型心绞痛 | I20.000 | 1 | 其他诊断：高脂血症 | E78.500 | 1
//
// Pure functions, thread-safe, no failures.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "clinical/report.hpp"

namespace medmark::clinical {

struct ListedDiagnosis {
  std::size_t unit = 0;                  // index into Report::units
  std::size_t begin = 0;                 // folded characters, behind a label in the cell
  std::string kind;                      // of the contract
  std::optional<std::size_t> code_unit;  // whose whole text is the code
  bool has_lost_letter = false;          // its I was read as a stroke
};

struct DiagnosisTables {
  std::vector<ListedDiagnosis> diagnoses;  // row by row
  std::set<std::size_t> units;             // all cells of such tables from their headings on
};

[[nodiscard]] DiagnosisTables find_diagnosis_tables(const Report& report);

}  // namespace medmark::clinical
