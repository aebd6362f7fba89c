// Dates and times as reports print them, and their ISO 8601 form. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {

struct DateMatch {
  std::size_t begin = 0;     // folded characters
  std::size_t date_end = 0;  // before the time
  std::size_t end = 0;
  std::string iso;  // "2024-05-11", "2024-05-11T09:20", "2024-05"; "" where the printed form leaves the year open
};

// The first date in folded text at or behind `from`: 2024-05-11, 2024/5/11 09:20, 2024年5月11日9时20分,
// 2024年5月11日下午3时, 二〇二四年五月十一日, 20240511, 05-11 09:20, May 11, 2024. A date that no calendar has is none.
// The gaps of the text tell "2024-1-5 9:05" from the 59th and "on May 3" from a word; without them a day of one digit
// before a time is read only where nothing else is possible.
[[nodiscard]] std::optional<DateMatch> find_date(const FoldedText& text, std::size_t from);
[[nodiscard]] std::optional<DateMatch> find_date(std::u32string_view text, std::size_t from);

// A date whose year has two digits ("24-03-05", "24年3月5日 14:30"): which number is the year, and of which century,
// only other dates of the document can tell.
struct ShortYearDate {
  std::size_t begin = 0;  // folded characters
  std::size_t end = 0;
  int year = 0;        // 2024, should it come first and be of this century
  int other_year = 0;  // should it come last: 2005; 0 where 年 says that it comes first
  std::string iso;     // with `year`
};

// The one that stands at folded character `at`.
[[nodiscard]] std::optional<ShortYearDate> read_short_year_date(const FoldedText& text, std::size_t at);

}  // namespace medmark::clinical
