// Pictures of a scanned page that no earlier stage has cut out: where the layout model sees figures, and where a
// printed caption (图1：…) stands below white space that no text explains.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <span>
#include <vector>

#include "document/page_evidence.hpp"
#include "structure/page/fragments.hpp"

namespace medmark::structure {

// Picture regions to add to those of the page. `tables` and the page's own pictures are kept clear of.
[[nodiscard]] std::vector<document::Region> missing_pictures(const document::PageEvidence& page,
                                                             std::span<const Fragment> fragments,
                                                             std::span<const base::Rect> tables, double em);

}  // namespace medmark::structure
