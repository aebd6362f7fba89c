// Herbs of a decoction, as prescriptions of Chinese medicine list them: "黄芪 30g 当归 10g 木香 6g（后下）", in lines
// or in the cells of a grid, with one line of usage for all ("水煎服，每日1剂"). Pure function, thread-safe, no
// failures.
#pragma once

#include "clinical/report.hpp"

namespace medmark::clinical {

// Appends to clinical.medications, with evidence, where at least a few herbs stand in texts that hold nothing else.
void extract_herbs(const Report& report, document::Clinical& clinical);

}  // namespace medmark::clinical
