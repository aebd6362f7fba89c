// The laboratory results of a report, out of its tables and out of running text. Pure functions, thread-safe.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "clinical/labs/antibiogram.hpp"
#include "clinical/labs/lab_table.hpp"
#include "clinical/report.hpp"

namespace medmark::clinical {

struct LabTables {
  std::vector<std::pair<std::size_t, LabTable>> tables;  // block index, rows
  std::vector<std::pair<std::size_t, std::vector<SusceptibilityCells>>> susceptibilities;
  std::set<std::size_t> units;  // indices of Report::units that are cells of these rows
  [[nodiscard]] std::size_t row_count() const;
};

[[nodiscard]] LabTables find_lab_tables(const Report& report, LabExpectation expectation);

// Appends to clinical.lab_results, with evidence. Reads clinical.patient (sex for ranges by sex, sample type).
void extract_lab_tables(const Report& report, const LabTables& tables, document::Clinical& clinical);

// Results that stand in sentences: "WBC 12.3×10⁹/L", "血红蛋白 98g/L". Only items of the lexicon with one of their
// units.
void extract_lab_text(const Report& report, document::Clinical& clinical);

}  // namespace medmark::clinical
