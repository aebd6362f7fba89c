// What the formula model saw becomes LaTeX, where nothing speaks against it.
//
// Points of the flat page. Pure function, thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/geometry.hpp"
#include "document/formula_hypothesis.hpp"

namespace medmark::structure {

struct ModelFormula {
  std::string latex;
  double confidence = 0;  // of the least sure sign
};

// `box`: the formula on the page, without its number. `read`: what text recognition read in it. `unread`: ink of it
// that recognition passed over. Empty where a sign is unsure or not confirmed by the recogniser, a digit that was read
// or ink that was not read stands nowhere among the signs, or the signs do not come out as a formula.
[[nodiscard]] std::optional<ModelFormula> latex_of_hypothesis(const document::FormulaHypothesis& formula,
                                                              const base::Rect& box, const std::u32string& read,
                                                              std::span<const base::Rect> unread);

}  // namespace medmark::structure
