// Characters that two detected boxes both hold. The detector's boxes of neighbouring pieces of a row may overlap by a
// character: read twice, 0.6 mmol/L became 0.6 6 mmol/L.
//
// Points of the flat page. Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <vector>

#include "document/page_evidence.hpp"

namespace medmark::vision {

// Leaves each character to one of two horizontal lines of the same row that share its ink: to the one that read the
// shared characters more surely. Where they read them differently, what stays has a confidence of at most kDoubtful.
// Lines that are left without characters are removed.
void drop_doubled_characters(std::vector<document::TextLine>& lines);

}  // namespace medmark::vision
