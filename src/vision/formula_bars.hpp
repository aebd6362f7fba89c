// From the cells of bars (of fractions, over radicands) that the formula model names to whole bars, in pixels of its
// picture.
//
// The model loses a bar where letters touch it and sees some where there are none; the ink of the picture says what
// belongs together: runs with ink between them on one line are one bar, paper parts a bar, and of bars over each other
// only the longest is one. The same rules stand in training/formula/decode.py. Pure functions, thread-safe, no
// failures.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace medmark::vision {

struct SeenBar {
  double x0 = 0;
  double x1 = 0;
  double y = 0;
};

// Row by row, ink 1 and paper 0.
struct InkPicture {
  std::span<const float> values;
  std::size_t columns = 0;
};

struct BarCell {
  std::size_t column = 0;
  double y = 0;  // of the bar's middle, pixels
};

// In the order of their length, the longest first.
[[nodiscard]] std::vector<SeenBar> bars_in(std::vector<BarCell> cells, double cell_width, const InkPicture& ink);

}  // namespace medmark::vision
