// Susceptibility tests: each row of a table that says which drug a germ yields to becomes a laboratory result
// with the drug as its name, the concentration (MIC) or the diameter of the zone as its value, and the verdict (S, I,
// R) as its mark. A row that gives both measures becomes two results; one that gives only the verdict has it as its
// value.
//
// A pure function, thread-safe.
#pragma once

#include <vector>

#include "clinical/labs/susceptibility_table.hpp"
#include "clinical/report.hpp"

namespace medmark::clinical {

// Appends the results of one table (block index `block` of the report) to clinical.lab_results, with evidence. The germ
// that a line above the table names ("培养结果：大肠埃希菌") becomes their panel.
void extract_susceptibility(const Report& report, std::size_t block, const std::vector<SusceptibilityCells>& rows,
                            document::Clinical& clinical);

}  // namespace medmark::clinical
