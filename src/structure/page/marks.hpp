// Seals, watermarks, handwriting and text in the margins: what stands on a page beside its running text.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <vector>

#include "document/block.hpp"
#include "document/page_evidence.hpp"

namespace medmark::structure {

struct MarkBlock {
  document::Block block;
  bool in_reading_order = false;  // handwriting belongs to the text around it
};

// Lines that are used are marked in `taken`. Text slanted against the page is a watermark, upright text turned by a
// quarter in the margin a header.
[[nodiscard]] std::vector<MarkBlock> marks_of(const document::PageEvidence& page, std::vector<bool>& taken);

}  // namespace medmark::structure
