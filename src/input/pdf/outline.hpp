// A PDF's bookmarks. PDFium is confined to one thread of the process.
#pragma once

#include <fpdfview.h>

#include <vector>

#include "document/page_evidence.hpp"

namespace medmark::input::pdf {

// In reading order, level 1 outermost; entries without a page are left out. Rings and endless chains end at a bound.
[[nodiscard]] std::vector<document::OutlineEntry> read_outline(FPDF_DOCUMENT document);

}  // namespace medmark::input::pdf
