// Name, sex and age out of the sentence that opens a narrative: "患者张某某，男，67岁，因…". Pure functions,
// thread-safe.
#pragma once

#include "clinical/report.hpp"

namespace medmark::clinical {

// Fills what clinical.patient still lacks of name, sex and age.
void extract_narrative_fields(const Report& report, document::Clinical& clinical);

}  // namespace medmark::clinical
