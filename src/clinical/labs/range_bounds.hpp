// The two bounds of a printed range: 3.5-9.5, 3.5～9.5, <6.0, ≥55, and titres (<1:20). Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace medmark::clinical {

struct RangeBounds {
  std::optional<double> low;
  std::optional<double> high;
  bool low_included = true;  // false: ">3" says that 3 itself is outside
  bool high_included = true;
  bool is_titre = false;   // the bounds are the right sides of 1:20
  std::size_t length = 0;  // folded characters read
};

// The bounds that open folded text; nothing where none do or the upper one is below the lower one.
[[nodiscard]] std::optional<RangeBounds> read_bounds(std::u32string_view folded);

[[nodiscard]] inline bool is_comparator(char32_t c) { return c == U'<' || c == U'>' || c == U'≤' || c == U'≥'; }

}  // namespace medmark::clinical
