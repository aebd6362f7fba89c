// A reference range that stands in the cell of its value: "52.6 mmHg [35.0-45.0]", as printers of analysers set it.
// Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clinical/lexicon/lexicons.hpp"

namespace medmark::clinical {

struct InlineRange {
  std::string result;  // what stands before the range: value, flag, unit
  std::string range;   // without its brackets
};

// Nothing where the cell does not end with a numeric range behind a number, or a word in square brackets behind a word.
[[nodiscard]] std::optional<InlineRange> split_inline_range(std::string_view printed, const Lexicons& lexicons);

// The cell of a range that holds more than the range: "mmHg [35-45]", "[7.35-7.45]", "mmol/L 3.5~5.3".
struct RangeCell {
  std::string unit;  // before the range; "" where none is
  std::string range;
};

// Nothing where the cell holds its range alone.
[[nodiscard]] std::optional<RangeCell> split_range_cell(std::string_view printed, const Lexicons& lexicons);

}  // namespace medmark::clinical
