// The hospital that wrote a report, from its head. Pure functions, thread-safe.
#pragma once

#include "clinical/report.hpp"

namespace medmark::clinical {

// Sets clinical.patient["hospital"] where no label gave it.
void extract_hospital(const Report& report, document::Clinical& clinical);

}  // namespace medmark::clinical
