// One printed laboratory result: the value apart from its flag and unit, and what it says as a number.
//
// Pure functions, thread-safe. Nothing is repaired: what is not understood stays as printed and says so.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clinical/lexicon/lexicons.hpp"

namespace medmark::clinical {

enum class ResultKind {
  kNumber,  // 12.3, <0.5, 1.2×10⁵
  kGraded,  // 2+, ±, 1:80, 0-1
  kWord,    // 阴性, 淡黄色
  kUnknown,
};

struct PrintedResult {
  std::string value;     // as printed, without flag and unit
  std::string flag_raw;  // "↑"; "" where none is attached
  char flag = 0;         // 'H', 'L', 'A' or 0
  std::string unit;      // where it stands in the same cell
  ResultKind kind = ResultKind::kUnknown;
  std::optional<double> number;
  std::string comparator;  // "<", ">", "<=", ">="
};

// Splits the text of a value's cell. `may_hold_unit`: no column of the table gives the row's unit.
[[nodiscard]] PrintedResult parse_result(std::string_view printed, const Lexicons& lexicons, bool may_hold_unit);

[[nodiscard]] ResultKind kind_of_result(std::string_view printed, const Lexicons& lexicons);

// A flag's own cell: 'H', 'L', 'A', 0 for a mark that says normal; nothing for what is no known mark.
[[nodiscard]] std::optional<char> parse_flag(std::string_view printed, const Lexicons& lexicons);

// The longest unit that starts at byte 0 of `text`; its length in bytes, 0 where there is none.
[[nodiscard]] std::size_t unit_length(std::string_view text, const UnitLexicon& units);

// A decimal number that opens folded text: its value and length in characters; "1.2×10⁵" with its power.
struct ReadNumber {
  double value = 0;
  std::size_t length = 0;
};
[[nodiscard]] std::optional<ReadNumber> read_number(std::u32string_view folded);

}  // namespace medmark::clinical
