#include "clinical/deidentify/date_shift.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.hpp"
#include "clinical/text/dates.hpp"

namespace medmark::clinical {
namespace {

constexpr int kYearWithoutLeap = 2023;  // for dates that leave the year open
constexpr std::array<std::string_view, 12> kMonthNames = {"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

// Days since 1970-01-01, and back.
long days_from_civil(CalendarDay d) {
  const int y = d.year - (d.month <= 2 ? 1 : 0);
  const long era = (y >= 0 ? y : y - 399) / 400;
  const long yoe = y - era * 400;
  const long doy = (153L * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
  const long doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

CalendarDay civil_from_days(long z) {
  z += 719468;
  const long era = (z >= 0 ? z : z - 146096) / 146097;
  const long doe = z - era * 146097;
  const long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const long mp = (5 * doy + 2) / 153;
  const int day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  const int month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {static_cast<int>(yoe + era * 400) + (month <= 2 ? 1 : 0), month, day};
}

// The number of `most` digits at most that starts at `i`, which moves behind it.
int number_at(std::u32string_view text, std::size_t& i, std::size_t most = 2) {
  int value = 0;
  const std::size_t end = std::min(text.size(), i + most);
  while (i < end && base::is_digit(text[i])) value = value * 10 + static_cast<int>(text[i++] - U'0');
  return value;
}

// "5月11日" at `i`, without a year before it.
std::optional<PrintedDate> month_and_day(std::u32string_view text, std::size_t i) {
  std::size_t at = i;
  const int month = number_at(text, at);
  if (at == i || at - i > 2 || at >= text.size() || text[at] != U'月') return std::nullopt;
  const std::size_t day_begin = ++at;
  const int day = number_at(text, at);
  if (at == day_begin || at - day_begin > 2 || at >= text.size() || (text[at] != U'日' && text[at] != U'号'))
    return std::nullopt;
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  return PrintedDate{i, at + 1, {kYearWithoutLeap, month, day}, false, true};
}

// The part of a found date before its time, with its numbers.
PrintedDate dated_part(std::u32string_view text, const DateMatch& match) {
  PrintedDate date;
  date.begin = match.begin;
  date.end = match.date_end;
  if (match.iso.empty()) {
    date.has_year = false;
    date.day.year = kYearWithoutLeap;
    std::size_t at = match.begin;
    date.day.month = number_at(text, at);
    ++at;
    date.day.day = number_at(text, at);
    // day/month/year of a form that leaves their order open
    if (at + 4 < match.end && (text[at] == U'/' || text[at] == U'-')) {
      std::size_t year = at + 1;
      date.day.year = number_at(text, year, 4);
      date.has_year = true;
    }
    return date;
  }
  const std::string& iso = match.iso;
  date.day.year = std::stoi(iso.substr(0, 4));
  date.day.month = std::stoi(iso.substr(5, 2));
  date.has_day = iso.size() >= 10;
  date.day.day = date.has_day ? std::stoi(iso.substr(8, 2)) : 15;
  return date;
}

std::string with_width(int value, std::size_t width) {
  return width >= 2 ? fmt::format("{:0{}}", value, width) : fmt::format("{}", value);
}

std::string month_name(int month, std::string_view like) {
  const std::string_view name = kMonthNames[static_cast<std::size_t>(month - 1)];
  return std::string(like.size() <= 4 && like != "June" && like != "July" ? name.substr(0, 3) : name);
}

}  // namespace

CalendarDay shifted(CalendarDay day, int days) { return civil_from_days(days_from_civil(day) + days); }

std::vector<PrintedDate> find_printed_dates(const FoldedText& folded) {
  const std::u32string_view text = folded.characters;
  std::vector<PrintedDate> dates;
  std::size_t from = 0;
  while (from < text.size()) {
    const auto match = find_date(folded, from);
    const std::size_t until = match ? match->begin : text.size();
    for (std::size_t i = from; i < until;) {
      const bool starts = base::is_digit(text[i]) && (i == 0 || !base::is_digit(text[i - 1]));
      const auto date = starts ? month_and_day(text, i) : std::nullopt;
      if (date) dates.push_back(*date);
      i = date ? date->end : i + 1;
    }
    if (!match) break;
    dates.push_back(dated_part(text, *match));
    from = std::max(match->end, match->begin + 1);
  }
  return dates;
}

std::string shifted_text(std::string_view text, const PrintedDate& date, int days) {
  const CalendarDay moved = shifted(date.day, days);
  const std::string printed = base::encode_utf8(base::folded_to_half_width(base::decode_utf8(text)));
  const bool any_digit =
      std::any_of(printed.begin(), printed.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (!any_digit) return fmt::format("{}年{}月{}日", moved.year, moved.month, moved.day);  // was printed in words
  const bool english =
      std::any_of(printed.begin(), printed.end(), [](unsigned char c) { return std::isalpha(c) != 0; });
  std::string out;
  int numbers = 0;
  for (std::size_t i = 0; i < printed.size();) {
    const auto c = static_cast<unsigned char>(printed[i]);
    std::size_t end = i + 1;
    if (std::isdigit(c) != 0) {
      while (end < printed.size() && std::isdigit(static_cast<unsigned char>(printed[end])) != 0) ++end;
      const std::size_t width = end - i;
      if (width == 8) {
        out += fmt::format("{:04}{:02}{:02}", moved.year, moved.month, moved.day);
        numbers = 3;
      } else if (width == 4) {
        out += fmt::format("{:04}", moved.year);
        if (numbers == 0 && date.has_year) numbers = 1;
      } else if (english) {
        out += with_width(moved.day, width);
      } else {
        const bool is_month = date.has_year && numbers > 0 ? numbers == 1 : numbers == 0;
        out += with_width(is_month ? moved.month : moved.day, width);
        ++numbers;
      }
    } else if (std::isalpha(c) != 0) {
      while (end < printed.size() && std::isalpha(static_cast<unsigned char>(printed[end])) != 0) ++end;
      out += month_name(moved.month, std::string_view(printed).substr(i, end - i));
    } else {
      out += printed[i];
    }
    i = end;
  }
  return out;
}

}  // namespace medmark::clinical
