// From the cells that the marks network (training/marks) answers to the signs that stand in a box of its strip.
//
// The same rules stand in training/marks/cells.py. Pixels of the strip. Pure function, thread-safe, no failures.
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <span>
#include <string_view>
#include <vector>

namespace medmark::vision {

// What the network says of print that is no mark, and of a digit on the line: names of its own, never written.
inline constexpr char32_t kOtherPrint = U'▯';
inline constexpr char32_t kLineDigit = U'#';

struct SeenMark {
  char32_t code = 0;  // a mark, a raised or lowered character, kOtherPrint or kLineDigit
  double belief = 0;  // 0..1, mean over its cells
};

// One strip's answer: rows x columns cells of 8 x 4 pixels, each with the probabilities of all signs (the first:
// nothing).
struct MarkCells {
  std::span<const float> values;
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::u32string_view signs;
};

// The signs in `box`, from left to right. Columns of cells that believe most in the same sign are one.
[[nodiscard]] std::vector<SeenMark> marks_in(const MarkCells& cells, const cv::Rect2d& box);

}  // namespace medmark::vision
