// Placed characters and bars of one formula become LaTeX.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/geometry.hpp"

namespace medmark::structure {

struct FormulaCharacter {
  char32_t code = 0;
  base::Rect bbox;
  double size = 0;       // points
  double baseline = 0;   // y
  bool is_exact = true;  // size and baseline are known, not taken from the line
  bool after_space = false;
};

// A fraction bar or the bar of a radical.
struct FormulaBar {
  double x0 = 0;
  double x1 = 0;
  double y = 0;
};

// Empty where brackets do not match or a bar has nothing above or below it.
[[nodiscard]] std::optional<std::string> latex_of(const std::vector<FormulaCharacter>& characters,
                                                  const std::vector<FormulaBar>& bars);

}  // namespace medmark::structure
