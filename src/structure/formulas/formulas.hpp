// Display formulas of a page: found by their signs, place and fraction bars, and written as LaTeX from where their
// characters stand.
//
// Native characters tell size and baseline, so scripts are exact. Recognised text has lost them: what only a script can
// be (a decimal behind a letter, the count in a chemical formula) is written as one, and the block asks for review. A
// formula whose brackets or bars do not come out keeps its text and no LaTeX. Points of the flat page. Pure functions,
// thread-safe.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "document/formula_hypothesis.hpp"
#include "document/page_evidence.hpp"
#include "structure/page/fragments.hpp"

namespace medmark::structure {

struct FoundFormula {
  document::Block block;               // type formula
  std::vector<std::size_t> fragments;  // whose text it took
};

// `free` marks the fragments that may belong to formulas. `seen`: what the formula model saw; where it passes its
// checks it goes before the places of recognised characters, which know neither scripts nor radical signs.
[[nodiscard]] std::vector<FoundFormula> find_formulas(const document::PageEvidence& page,
                                                      std::span<const Fragment> fragments,
                                                      const std::vector<bool>& free,
                                                      std::span<const document::FormulaHypothesis> seen = {});

}  // namespace medmark::structure
