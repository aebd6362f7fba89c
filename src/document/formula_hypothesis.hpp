// What the formula model saw in one formula's box: signs and bars with their places, no structure yet.
//
// Points of the flat page (pixels of the crop inside the vision room). Values, thread-safe.
#pragma once

#include <vector>

#include "base/geometry.hpp"
#include "document/page_evidence.hpp"

namespace medmark::document {

struct FormulaSign {
  char32_t code = 0;
  base::Rect bbox;
  double baseline = 0;
  double size = 0;
  double confidence = 0;
  bool is_italic = false;
  bool is_confirmed = false;  // the text recogniser names the same
};

struct FormulaHypothesis {
  base::Rect bbox;
  std::vector<FormulaSign> signs;
  std::vector<RulingLine> bars;
};

}  // namespace medmark::document
