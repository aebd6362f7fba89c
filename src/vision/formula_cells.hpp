// From the cells that the formula model answers to signs and bars, in pixels of its picture.
//
// Cells that agree where their sign stands are one sign; their beliefs are added up. The same rules stand in
// training/formula/decode.py. Pure function, thread-safe, no failures.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/geometry.hpp"
#include "vision/formula_bars.hpp"

namespace medmark::vision {

struct SeenSign {
  std::size_t sign = 0;    // index into the model's list
  double probability = 0;  // of that sign, mean over its cells
  base::Rect bbox;
  double baseline = 0;
  double size = 0;
  bool is_italic = false;
};

struct SeenFormula {
  std::vector<SeenSign> signs;
  std::vector<SeenBar> bars;
};

// The model's answer: rows x columns cells, each with the probabilities of all signs (the first: nothing), six numbers
// of place (left, top, right, bottom, baseline from the cell's middle; size) and the probability of italics.
struct FormulaCells {
  std::span<const float> values;
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t sign_count = 0;
  std::size_t bar = 0;      // index of the sign that is a bar
  std::size_t radical = 0;  // and of a radical sign, which stands on others' ink
  double cell_width = 0;
  double cell_height = 0;
  InkPicture ink;  // what the model was shown
};

[[nodiscard]] SeenFormula signs_of(const FormulaCells& cells);

}  // namespace medmark::vision
