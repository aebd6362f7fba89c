// The drugs of a prescription's or order's table. Pure functions, thread-safe.
#pragma once

#include "clinical/report.hpp"

namespace medmark::clinical {

// Appends the rows of the block's table where its headings say that it lists drugs; whether they did.
bool extract_medication_table(const Report& report, const document::Block& block, document::Clinical& clinical);

}  // namespace medmark::clinical
