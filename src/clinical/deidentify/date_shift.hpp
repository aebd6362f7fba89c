// Dates moved by a number of days, written as they were printed. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {

struct CalendarDay {
  int year = 0;
  int month = 1;
  int day = 1;

  friend bool operator==(const CalendarDay&, const CalendarDay&) = default;
};

// Proleptic Gregorian calendar (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
[[nodiscard]] CalendarDay shifted(CalendarDay day, int days);

// A date in folded text and its parts: [begin, end) holds the day and the month, and the year where it is printed, but
// no time.
struct PrintedDate {
  std::size_t begin = 0;
  std::size_t end = 0;
  CalendarDay day;
  bool has_year = true;
  bool has_day = true;
};

// Every date of the text: those of find_date, and "5月11日" or "05-11 09:20" without a year.
[[nodiscard]] std::vector<PrintedDate> find_printed_dates(const FoldedText& folded);

// The printed form of [begin, end) of `date` moved by `days`: its separators, its zeros and its way of writing months
// stay. `printed` is the text of those characters. A date without a year is moved within a year of 365 days.
[[nodiscard]] std::string shifted_text(std::string_view printed, const PrintedDate& date, int days);

}  // namespace medmark::clinical
