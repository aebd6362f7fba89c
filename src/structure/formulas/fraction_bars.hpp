// The bars of fractions and radicals on a page: ruling lines that may be one, and those that a scan lost.
//
// A scan's ruling lines tell the bar's height well and its ends badly: a curved page breaks it, a minus in front of the
// fraction prolongs it. There the terms right above and below tell the ends. Points of the flat page. Pure function,
// thread-safe.
#pragma once

#include <span>
#include <vector>

#include "document/page_evidence.hpp"
#include "structure/formulas/latex.hpp"
#include "structure/page/fragments.hpp"

namespace medmark::structure {

// `free` marks the fragments that may belong to formulas.
[[nodiscard]] std::vector<FormulaBar> fraction_bars_of(const document::PageEvidence& page,
                                                       std::span<const Fragment> fragments,
                                                       const std::vector<bool>& free);

}  // namespace medmark::structure
