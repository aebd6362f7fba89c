// The patient, visit and report fields of the contract (name, sex, admission number, collected_at, …): found by their
// labels in pairs, forms and running lines, and the hospital in the head of the page. Pure functions, thread-safe.
#pragma once

#include <set>

#include "clinical/report.hpp"

namespace medmark::clinical {

// Fills clinical.patient with its evidence and normalised dates. `laboratory_units` are indices of Report::units that
// are cells of laboratory rows: no labels there.
void extract_fields(const Report& report, const std::set<std::size_t>& laboratory_units, document::Clinical& clinical);

}  // namespace medmark::clinical
