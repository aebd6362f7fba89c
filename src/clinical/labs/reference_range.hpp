// Reference ranges as printed: 3.5-9.5, 3.5～9.5, <6.0, ≥55%, 阴性, 男:130-175 女:115-150. Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clinical/labs/range_groups.hpp"
#include "clinical/labs/result.hpp"
#include "clinical/lexicon/lexicons.hpp"

namespace medmark::clinical {

struct ReferenceRange {
  bool understood = false;
  std::optional<double> low;
  std::optional<double> high;
  bool low_included = true;  // false: ">3" says that 3 itself is outside
  bool high_included = true;
  bool is_negative = false;           // 阴性, "-", 阴性(<1:100)
  std::optional<double> titre_below;  // "<1:20": 20
  std::string unit;                   // where the range's cell holds the unit as well
  std::size_t text_size = 0;          // bytes of the printed text without that unit
};

// Of a range for several groups of people the bounds are those of the one group that `subject` belongs to for certain.
[[nodiscard]] ReferenceRange parse_range(std::string_view printed, const Subject& subject, const Lexicons& lexicons);

// Whether the text has the form of a numeric range at all (used to tell columns apart).
[[nodiscard]] bool looks_like_range(std::string_view printed);

// "H", "L", "A", "" (inside) or nothing where the two cannot be compared.
[[nodiscard]] std::optional<std::string> computed_flag(const PrintedResult& result, const ReferenceRange& range,
                                                       const Lexicons& lexicons);

}  // namespace medmark::clinical
