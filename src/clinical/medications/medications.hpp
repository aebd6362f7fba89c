// Drugs with strength, dose, frequency and route, out of prescription tables, orders and running text.
// Pure functions, thread-safe.
#pragma once

#include <vector>

#include "clinical/report.hpp"
#include "clinical/sections/sections.hpp"

namespace medmark::clinical {

// Appends to clinical.medications, with evidence. In running text a drug counts only where a strength, dose, frequency,
// route or the form of a list says that it is given, and not where it is denied.
void extract_medications(const Report& report, const std::vector<Passage>& passages, document::Clinical& clinical);

}  // namespace medmark::clinical
