// Ranges that a sheet prints for several groups of people in one cell: 男:130-175 女:115-150, 成人 0-8 新生儿 0-1.6,
// (20-59岁)57-97 (60-79岁)57-111. Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "clinical/labs/range_bounds.hpp"
#include "clinical/lexicon/lexicons.hpp"

namespace medmark::clinical {

enum class Sex { kUnknown, kMale, kFemale };

// Whose result is compared; what is not known decides nothing.
struct Subject {
  Sex sex = Sex::kUnknown;
  std::optional<double> years;
};

struct GroupRange {
  Sex sex = Sex::kUnknown;  // kUnknown: of both
  std::optional<double> from_years;
  std::optional<double> below_years;  // 60 for "20-59岁"
  bool is_understood = true;          // nothing else stands before the bounds (孕妇, 卵泡期)
  bool is_named = false;              // sex or age are printed
  RangeBounds bounds;
};

// The ranges of a cell in their order.
[[nodiscard]] std::vector<GroupRange> read_groups(std::string_view printed, const Lexicons& lexicons);

enum class Belongs { kYes, kNo, kUnknown };
[[nodiscard]] Belongs belongs(const Subject& subject, const GroupRange& group);

// "67岁", "3月龄", "5天", "61 y": in years; nothing where it is none.
[[nodiscard]] std::optional<double> years_of(std::string_view printed_age);

}  // namespace medmark::clinical
