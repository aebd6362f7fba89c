// Holds the signs that the formula model named against the text recogniser, row by row.
//
// Pixels of the formula's picture. Pure but for the reading handed in; thread-safe; fails as that reading does.
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "document/formula_hypothesis.hpp"
#include "vision/handwriting.hpp"

namespace medmark::vision {

// The code that the formula model gives every Chinese character.
inline constexpr char32_t kSomeHan = U'汉';

// Indices of the signs of one baseline and size that stand side by side, from the left.
[[nodiscard]] std::vector<std::vector<std::size_t>> rows_of(const document::FormulaHypothesis& formula);

// What must agree between signs and reading: digits, points, commas, the signs of sums and comparisons, Latin letters
// without case, brackets, and one kSomeHan per Chinese character. A cross is the same as what recognisers take for one.
[[nodiscard]] std::u32string essence_of(std::u32string_view text);

// Until a row is not confirmed: gives every row one baseline and size, marks the signs that the recogniser confirms (a
// row of operators alone and a radical sign need none), and takes its confidence, and its names for Chinese characters
// and the case of letters. `grey`: 8-bit.
[[nodiscard]] base::Result<void> confirm_rows(document::FormulaHypothesis& formula, const cv::Mat& grey,
                                              const ReadWord& read_word);

}  // namespace medmark::vision
