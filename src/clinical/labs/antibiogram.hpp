// Susceptibility tests: the rows of a table that says which drug a germ yields to. Each becomes a laboratory result
// with the drug as its name, the concentration (MIC) or the diameter of the zone as its value, and the verdict (S, I,
// R) as its mark. A row that gives both measures becomes two results; one that gives only the verdict has it as its
// value.
//
// Pure functions, thread-safe. A table that is none gives no rows.
#pragma once

#include <string>
#include <vector>

#include "clinical/lexicon/lexicons.hpp"
#include "clinical/report.hpp"
#include "document/block.hpp"

namespace medmark::clinical {

enum class SusceptibilityMeasure { kConcentration, kZone, kUnknown, kVerdictOnly };

// The cells of one drug's result; null where there is no such cell.
struct SusceptibilityCells {
  const document::TableCell* drug = nullptr;
  const document::TableCell* value = nullptr;  // of kVerdictOnly: the verdict
  const document::TableCell* verdict = nullptr;
  const document::TableCell* breakpoints = nullptr;
  const document::TableCell* method = nullptr;
  SusceptibilityMeasure measure = SusceptibilityMeasure::kUnknown;
  std::string heading;       // "MIC", "KB" of the value's column, without its unit
  std::string heading_unit;  // "μg/mL", "mm"
  std::string germ;          // of a row over the drugs that names it
};

// Down the first group of columns, then down the next.
[[nodiscard]] std::vector<SusceptibilityCells> find_susceptibility_rows(const document::Table& table,
                                                                        const Lexicons& lexicons);

// Appends the results of one table (block index `block` of the report) to clinical.lab_results, with evidence. The germ
// that a line above the table names ("培养结果：大肠埃希菌") becomes their panel.
void extract_susceptibility(const Report& report, std::size_t block, const std::vector<SusceptibilityCells>& rows,
                            document::Clinical& clinical);

}  // namespace medmark::clinical
