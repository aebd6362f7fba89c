#include "clinical/text/dates.hpp"

#include <fmt/format.h>

#include <array>
#include <span>

#include "base/text.hpp"
#include "clinical/text/chinese_number.hpp"

namespace medmark::clinical {
namespace {

struct Number {
  int value = 0;
  std::size_t digits = 0;
};

constexpr std::array<std::u32string_view, 12> kMonths = {U"january",   U"february", U"march",    U"april",
                                                         U"may",       U"june",     U"july",     U"august",
                                                         U"september", U"october",  U"november", U"december"};
constexpr std::size_t kShortMonth = 3;  // "Jan"

using Gaps = std::span<const unsigned char>;  // white space before each character; empty where nobody knows

enum class Stop { kNever, kAtGap };

struct Reader {
  std::u32string_view text;
  Gaps gaps;
  std::size_t at = 0;

  [[nodiscard]] char32_t here() const { return at < text.size() ? text[at] : U'\0'; }
  [[nodiscard]] bool gap_here() const { return at < gaps.size() && gaps[at] > 0; }
  // Up to `most` digits.
  Number number(std::size_t most, Stop stop = Stop::kNever) {
    Number n;
    while (n.digits < most && base::is_digit(here())) {
      if (n.digits > 0 && stop == Stop::kAtGap && gap_here()) break;
      n.value = n.value * 10 + static_cast<int>(here() - U'0');
      ++n.digits;
      ++at;
    }
    return n;
  }
  bool take(std::u32string_view any_of) {
    if (here() == U'\0' || any_of.find(here()) == std::u32string_view::npos) return false;
    ++at;
    return true;
  }
};

bool is_day(int year, int month, int day) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && (leap || year == 0) ? 1 : 0);
}

// "上午", "pm": hours to add to the clock behind it, for an hour before noon; nothing where no such word stands here.
std::optional<int> take_half_day(Reader& reader) {
  constexpr std::array<std::pair<std::u32string_view, int>, 9> kHalves = {{{U"上午", 0},
                                                                           {U"凌晨", 0},
                                                                           {U"早上", 0},
                                                                           {U"早晨", 0},
                                                                           {U"中午", 0},
                                                                           {U"下午", 12},
                                                                           {U"傍晚", 12},
                                                                           {U"晚上", 12},
                                                                           {U"晚", 12}}};
  for (const auto& [word, hours] : kHalves) {
    if (!reader.text.substr(std::min(reader.at, reader.text.size())).starts_with(word)) continue;
    reader.at += word.size();
    return hours;
  }
  return std::nullopt;
}

// "09:20", "9时20分", "09:20:31", "下午3:20" behind a date; "" and no move where none stands there.
std::string read_time(Reader& reader) {
  Reader r = reader;
  r.take(U"t,");
  const std::optional<int> half = take_half_day(r);
  Number hour = r.number(2);
  if (hour.digits == 0 || hour.value > 24 || !r.take(U":时点h")) return "";
  if (half && hour.value < 12) hour.value += *half;
  const Number minute = r.number(2);
  if (minute.digits == 0) {
    reader.at = r.at;
    return fmt::format("T{:02}", hour.value);
  }
  if (minute.value > 59) return "";
  std::string iso = fmt::format("T{:02}:{:02}", hour.value, minute.value);
  Reader s = r;
  if (s.take(U":分")) {
    const Number second = s.number(2);
    if (second.digits == 2 && second.value < 60) {
      iso += fmt::format(":{:02}", second.value);
      s.take(U"秒");
      r = s;
    } else if (second.digits == 0 && r.here() == U'分') {
      r = s;
    }
  }
  reader.at = r.at;
  return iso;
}

constexpr int kCentury = 2000;  // of years of two digits

bool is_year(int value) { return value >= 1880 && value <= 2199; }

// The day at the reader's place. In "2024-1-5 9:05" it is the 5th: a gap, or a day that the month does not have, ends
// it after one digit where a time follows.
Number day_before_time(Reader& reader, int year, int month) {
  Reader both = reader;
  const Number two = both.number(2);
  const bool split = reader.at + 1 < reader.gaps.size() && reader.gaps[reader.at + 1] > 0;
  if (two.digits == 2 && (split || !is_day(year, month, two.value))) {
    Reader single = reader;
    const Number one = single.number(1);
    Reader behind = single;
    if (is_day(year, month, one.value) && !read_time(behind).empty()) {
      reader = single;
      return one;
    }
  }
  reader = both;
  return two;
}

// 2024-05-11, 2024年5月, 20240511 at the reader's place.
std::optional<DateMatch> read_year_first(Reader r) {
  const std::size_t begin = r.at;
  const Number year = r.number(4);
  if (year.digits != 4 || !is_year(year.value)) return std::nullopt;
  const bool marked = r.take(U"-/.年");
  const Number month = r.number(2);
  if (month.digits == 0 || month.value < 1 || month.value > 12 || (!marked && month.digits != 2)) return std::nullopt;
  const bool marked_again = r.take(U"-/.月");
  if (marked && !marked_again) return std::nullopt;
  const Number day = day_before_time(r, year.value, month.value);
  if (day.digits == 0) {
    if (!marked || r.text[r.at - 1] != U'月') return std::nullopt;
    return DateMatch{begin, r.at, r.at, fmt::format("{}-{:02}", year.value, month.value)};
  }
  if (!is_day(year.value, month.value, day.value) || (!marked && day.digits != 2)) return std::nullopt;
  r.take(U"日号");
  if (!marked && base::is_digit(r.here())) return std::nullopt;  // a longer number
  const std::string iso = fmt::format("{}-{:02}-{:02}", year.value, month.value, day.value);
  const std::size_t date_end = r.at;
  const std::string time = read_time(r);
  return DateMatch{begin, date_end, r.at, iso + time};
}

// 二〇二四年三月五日 at the reader's place.
std::optional<DateMatch> read_chinese(Reader r) {
  constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
  const std::size_t begin = r.at;
  int year = 0;
  for (int i = 0; i < 4; ++i, ++r.at) {
    const bool zero = r.here() == U'零' || r.here() == U'○' || r.here() == U'O' || r.here() == U'o';
    const std::size_t digit = zero ? 0 : (r.here() == U'\0' ? std::u32string_view::npos : kDigits.find(r.here()));
    if (digit == std::u32string_view::npos) return std::nullopt;
    year = year * 10 + static_cast<int>(digit);
  }
  if (!is_year(year) || !r.take(U"年")) return std::nullopt;
  const auto number = [&r] {
    const ChineseNumber n = read_chinese_number(r.text, r.at);
    r.at += n.length;
    return n;
  };
  const ChineseNumber month = number();
  if (month.length == 0 || !r.take(U"月")) return std::nullopt;
  const ChineseNumber day = number();
  if (day.length == 0 || !r.take(U"日号") || !is_day(year, month.value, day.value)) return std::nullopt;
  const std::string iso = fmt::format("{}-{:02}-{:02}", year, month.value, day.value);
  const std::size_t date_end = r.at;
  const std::string time = read_time(r);
  return DateMatch{begin, date_end, r.at, iso + time};
}

// 05-11 09:20: the year is left open, so a time must follow.
std::optional<DateMatch> read_month_first(Reader r) {
  const std::size_t begin = r.at;
  const Number month = r.number(2);
  if (month.digits == 0 || !r.take(U"-/月")) return std::nullopt;
  const Number day = r.number(2);
  if (day.digits == 0 || !is_day(0, month.value, day.value)) return std::nullopt;
  r.take(U"日");
  Reader year = r;
  if (year.take(U"/-")) {
    const Number value = year.number(4);
    if (value.digits == 4 && is_year(value.value)) return DateMatch{begin, year.at, year.at, ""};
    return std::nullopt;
  }
  const std::size_t date_end = r.at;
  if (read_time(r).empty()) return std::nullopt;
  return DateMatch{begin, date_end, r.at, ""};
}

// Length of a month's English name, whole or short, at the start of the text, that a number follows; 0 for "marked".
std::size_t month_length(std::u32string_view text, std::u32string_view name) {
  const auto ends = [&](std::size_t length) {
    std::size_t k = length;
    while (k < text.size() && (text[k] == U'.' || text[k] == U',')) ++k;
    return k < text.size() && base::is_digit(text[k]);
  };
  if (text.starts_with(name) && ends(name.size())) return name.size();
  if (text.starts_with(U"sept") && name.starts_with(U"sept") && ends(4)) return 4;
  return text.starts_with(name.substr(0, kShortMonth)) && ends(kShortMonth) ? kShortMonth : 0;
}

// May 11, 2024 and 11 May 2024; spaces are gone from folded text.
std::optional<DateMatch> read_english(Reader r) {
  const std::size_t begin = r.at;
  Number day = r.number(2);
  for (std::size_t m = 0; m < kMonths.size(); ++m) {
    const std::size_t length = month_length(r.text.substr(std::min(r.at, r.text.size())), kMonths[m]);
    if (length == 0) continue;
    r.at += length;
    r.take(U".");
    if (day.digits == 0) day = r.number(2, Stop::kAtGap);
    r.take(U",");
    const Number year = r.number(4);
    const int month = static_cast<int>(m) + 1;
    if (year.digits != 4 || !is_year(year.value) || !is_day(year.value, month, day.value)) return std::nullopt;
    const std::string iso = fmt::format("{}-{:02}-{:02}", year.value, month, day.value);
    const std::size_t date_end = r.at;
    const std::string time = read_time(r);
    return DateMatch{begin, date_end, r.at, iso + time};
  }
  return std::nullopt;
}

std::optional<DateMatch> first_date(std::u32string_view text, Gaps gaps, std::size_t from) {
  for (std::size_t i = from; i < text.size(); ++i) {
    const bool apart = i == 0 || (i < gaps.size() && gaps[i] > 0);
    const bool starts_number = base::is_digit(text[i]) && (i == 0 || !base::is_digit(text[i - 1]));
    const bool starts_word = base::is_latin_letter(text[i]) && (apart || !base::is_latin_letter(text[i - 1]));
    if (text[i] == U'一' || text[i] == U'二') {
      if (auto date = read_chinese({text, gaps, i})) return date;
    }
    if (!starts_number && !starts_word) continue;
    if (starts_number) {
      if (auto date = read_year_first({text, gaps, i})) return date;
      if (auto date = read_month_first({text, gaps, i})) return date;
    }
    if (auto date = read_english({text, gaps, i})) return date;
  }
  return std::nullopt;
}

}  // namespace

std::optional<DateMatch> find_date(const FoldedText& text, std::size_t from) {
  return first_date(text.characters, text.gap, from);
}

std::optional<DateMatch> find_date(std::u32string_view text, std::size_t from) { return first_date(text, {}, from); }

std::optional<ShortYearDate> read_short_year_date(const FoldedText& text, std::size_t at) {
  Reader r{text.characters, text.gap, at};
  const Number year = r.number(2);
  const char32_t mark = r.here();
  if (year.digits != 2 || !r.take(U"-/.年")) return std::nullopt;
  const Number month = r.number(2);
  if (month.digits == 0 || !(mark == U'年' ? r.take(U"月") : r.here() == mark && r.take(U"-/."))) return std::nullopt;
  const int whole_year = kCentury + year.value;
  const Number day = day_before_time(r, whole_year, month.value);
  if (day.digits == 0 || !is_day(whole_year, month.value, day.value)) return std::nullopt;
  r.take(U"日号");
  ShortYearDate date{at, 0, whole_year, mark == U'年' ? 0 : kCentury + day.value, ""};
  date.iso = fmt::format("{}-{:02}-{:02}", whole_year, month.value, day.value) + read_time(r);
  if (base::is_digit(r.here()) || r.here() == mark) return std::nullopt;  // a longer number
  date.end = r.at;
  return date;
}

}  // namespace medmark::clinical
