#include "clinical/labs/result.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

constexpr std::size_t kLongestUnit = 24;

// Length and meaning of the comparator that opens the text: "<", "≥", ">=".
std::pair<std::size_t, std::string> read_comparator(std::u32string_view text) {
  if (text.empty()) return {0, ""};
  const bool equal = text.size() > 1 && text[1] == U'=';
  switch (text.front()) {
    case U'<':
      return equal ? std::pair<std::size_t, std::string>{2, "<="} : std::pair<std::size_t, std::string>{1, "<"};
    case U'>':
      return equal ? std::pair<std::size_t, std::string>{2, ">="} : std::pair<std::size_t, std::string>{1, ">"};
    case U'≤':
      return {1, "<="};
    case U'≥':
      return {1, ">="};
    default:
      return {0, ""};
  }
}

// "2+", "+++", "±", "+-", "1:80", "0-1", "(-)", "-": results by degree.
bool is_graded(std::u32string_view text) {
  for (const std::u32string_view field :
       {U"个/hp", U"/hpf", U"/lpf", U"/hp", U"/lp"}) {  // of view under the microscope
    if (text.size() > field.size() && text.ends_with(field)) text.remove_suffix(field.size());
  }
  if (text.empty() || text.size() > 12) return false;
  if (text.front() == U'(' && text.back() == U')') text = text.substr(1, text.size() - 2);
  const bool signs = std::all_of(text.begin(), text.end(), [](char32_t c) { return base::is_one_of(c, U"+-±"); });
  if (signs && !text.empty()) return true;
  if (text.size() == 2 && text.front() == U'+' && base::is_digit(text.back())) return true;
  const auto first = read_number(text);
  if (!first)
    return text.size() >= 2 && base::is_one_of(text.front(), U"+±") && read_number(text.substr(1)).has_value();
  std::u32string_view rest = text.substr(first->length);
  if (rest.empty()) return false;
  if (std::all_of(rest.begin(), rest.end(), [](char32_t c) { return c == U'+'; })) return true;
  if (!base::is_one_of(rest.front(), U":-~/")) return false;
  const auto second = read_number(rest.substr(1));
  return second && second->length == rest.size() - 1;
}

ResultKind kind_of_folded(std::u32string_view text, const ResultLexicon& results) {
  if (text.empty()) return ResultKind::kUnknown;
  const std::size_t comparator = read_comparator(text).first;
  const auto number = read_number(text.substr(comparator));
  // "+1" of a test strip; "+2.3" is a number (base excess)
  const bool is_degree = text.size() == 2 && text[0] == U'+' && text[1] >= U'1' && text[1] <= U'4';
  if (number && !is_degree && comparator + number->length == text.size()) return ResultKind::kNumber;
  if (is_graded(text.substr(comparator))) return ResultKind::kGraded;
  if (results.qualitative.whole(text)) return ResultKind::kWord;
  // "阴性(-)", "阳性(1:80)", "+(阳性)", "弱阳性±": a word and a degree
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto word = results.qualitative.longest_at(text, i);
    if (!word || (word->length < 2 && !base::is_han(text[i]))) continue;
    std::u32string rest(text.substr(0, i));
    rest += text.substr(i + word->length);
    if (rest == U"()") return ResultKind::kUnknown;  // the degree in the brackets was not read
    if (rest.size() >= 2 && rest.front() == U'(' && rest.back() == U')') rest = rest.substr(1, rest.size() - 2);
    if (is_graded(rest) || rest.empty()) return ResultKind::kWord;
    const auto value = read_number(rest);
    if (value && value->length == rest.size()) return ResultKind::kWord;
  }
  return ResultKind::kUnknown;
}

// Takes the flags that stand behind (or before) the value off it.
void take_flags(std::string& value, PrintedResult& result, const Lexicons& lexicons) {
  const FoldedText text = fold(value);
  std::size_t begin = 0;
  std::size_t end = text.size();
  const auto is_mark = [&](std::size_t from, std::size_t to) {
    return lexicons.results.attached_flags.whole(std::u32string_view(text.characters).substr(from, to - from))
        .has_value();
  };
  const auto is_sign = [&](char32_t c) { return !base::is_han(c) && !base::is_latin_letter(c); };
  const auto is_value = [&](std::size_t from, std::size_t to) {
    return from < to && kind_of_folded(std::u32string_view(text.characters).substr(from, to - from),
                                       lexicons.results) != ResultKind::kUnknown;
  };
  std::string raw;
  const auto note = [&](std::size_t from, std::size_t to) {
    raw = base::trimmed(std::string_view(value).substr(text.begin[from], text.end[to - 1] - text.begin[from]));
  };
  const std::size_t bracketed = end >= 3 && text.characters[end - 1] == U')' ? 1 : 0;
  for (std::size_t length = 4; length >= 1 && raw.empty(); --length) {
    const std::size_t tail = end - std::min(end, bracketed);
    if (tail > length) {
      const std::size_t from = tail - length;
      const std::size_t cut = bracketed != 0 && from > 0 && text.characters[from - 1] == U'(' ? from - 1 : from;
      const bool fits = bracketed == 0 || cut < from;
      const bool apart = text.gap[cut] > 0 || text.new_line[cut] != 0;
      const bool belongs = is_sign(text.characters[from]) || apart || is_value(begin, cut);
      if (fits && is_mark(from, tail) && cut > 0 && belongs) {
        note(from, tail);
        end = cut;
        break;
      }
    }
    if (end > length && is_mark(begin, begin + length)) {
      const bool apart = text.gap[begin + length] > 0;
      if (is_sign(text.characters[begin]) || (apart && is_value(begin + length, end))) {
        note(begin, begin + length);
        begin += length;
        break;
      }
    }
  }
  // several arrows in a row are one mark
  while (end > begin + 1 && base::is_one_of(text.characters[end - 1], U"↑↓")) {
    --end;
    raw = base::trimmed(std::string_view(value).substr(text.begin[end]));
  }
  if (raw.empty()) return;
  result.flag_raw = raw;
  result.flag = parse_flag(raw, lexicons).value_or('A');
  value = begin < end
              ? base::trimmed(std::string_view(value).substr(text.begin[begin], text.end[end - 1] - text.begin[begin]))
              : std::string();
}

// The end of a mark in letters that stands apart between a number and its unit ("45 H U/L"); `at` where none does.
std::size_t letters_before_unit(const std::string& value, const FoldedText& text, std::size_t at,
                                const Lexicons& lexicons) {
  constexpr std::size_t kLongest = 2;
  for (std::size_t length = kLongest; length >= 1; --length) {
    const std::size_t end = at + length;
    if (end >= text.size() || text.gap[at] == 0 || text.gap[end] == 0) continue;
    const std::u32string_view letters = std::u32string_view(text.characters).substr(at, length);
    if (!lexicons.results.attached_flags.whole(letters)) continue;
    const std::string rest = base::trimmed(std::string_view(value).substr(text.begin[end]));
    if (unit_length(rest, lexicons.units) == rest.size()) return end;
  }
  return at;
}

// "48.9 ↑ mmHg": takes a mark between a number and what follows it off the value.
void take_flag_inside(std::string& value, PrintedResult& result, const Lexicons& lexicons) {
  const FoldedText text = fold(value);
  const std::size_t comparator = read_comparator(text.characters).first;
  const auto number =
      read_number(std::u32string_view(text.characters).substr(0, number_limit(text, comparator)).substr(comparator));
  if (!number) return;
  const std::size_t begin = comparator + number->length;
  std::size_t end = begin;
  while (end < text.size() && base::is_one_of(text.characters[end], U"↑↓")) ++end;
  if (end == begin && begin < text.size()) end = letters_before_unit(value, text, begin, lexicons);
  if (end == begin || end == text.size()) return;
  const std::string raw = value.substr(text.begin[begin], text.end[end - 1] - text.begin[begin]);
  result.flag_raw = base::trimmed(raw);
  result.flag = parse_flag(result.flag_raw, lexicons).value_or('A');
  value = base::trimmed(value.substr(0, text.begin[begin])) + " " + base::trimmed(value.substr(text.begin[end]));
}

void take_unit(std::string& value, PrintedResult& result, const Lexicons& lexicons) {
  const FoldedText text = fold(value);
  const std::size_t comparator = read_comparator(text.characters).first;
  const std::size_t limit = number_limit(text, comparator);
  const auto number = read_number(std::u32string_view(text.characters).substr(0, limit).substr(comparator));
  if (!number) return;
  const std::size_t at = comparator + number->length;
  if (at >= text.size()) return;
  const std::string_view rest = std::string_view(value).substr(text.begin[at]);
  const std::size_t length = unit_length(rest, lexicons.units);
  if (length == 0 || length != base::trimmed(rest).size()) return;
  result.unit = base::trimmed(rest);
  value = base::trimmed(std::string_view(value).substr(0, text.begin[at]));
}

}  // namespace

std::optional<ReadNumber> read_number(std::u32string_view text) {
  std::size_t i = 0;
  double sign = 1;
  if (i < text.size() && (text[i] == U'-' || text[i] == U'+')) {
    sign = text[i] == U'-' ? -1 : 1;
    ++i;
  }
  std::string decimal;  // converted as a whole, so that 7.312 is the number nearest to 7.312
  for (; i < text.size() && base::is_digit(text[i]); ++i) decimal += static_cast<char>(text[i]);
  if (decimal.empty()) return std::nullopt;
  // thousands: 1,234
  while (i + 3 < text.size() && text[i] == U',' && base::is_digit(text[i + 1]) && base::is_digit(text[i + 2]) &&
         base::is_digit(text[i + 3]) && (i + 4 >= text.size() || !base::is_digit(text[i + 4]))) {
    for (std::size_t k = 1; k <= 3; ++k) decimal += static_cast<char>(text[i + k]);
    i += 4;
  }
  if (i + 1 < text.size() && text[i] == U'.' && base::is_digit(text[i + 1])) {
    decimal += '.';
    for (++i; i < text.size() && base::is_digit(text[i]); ++i) decimal += static_cast<char>(text[i]);
  }
  double value = 0;
  std::from_chars(decimal.data(), decimal.data() + decimal.size(), value);
  // a power of ten: x10^5, x105 (a superscript folded), e+05
  std::u32string_view rest = text.substr(i);
  if ((rest.starts_with(U"x10") || rest.starts_with(U"*10")) && rest.size() > 3 &&
      rest.find(U'/') == std::u32string_view::npos) {
    std::size_t k = rest[3] == U'^' ? 4 : 3;
    const auto power = k < rest.size() && base::is_digit(rest[k]) ? read_number(rest.substr(k, 2)) : std::nullopt;
    if (power && !rest.substr(k + power->length).starts_with(U"/")) {
      value *= std::pow(10.0, power->value);
      i += k + power->length;
    }
  } else if (rest.size() >= 2 && rest[0] == U'e' && (base::is_digit(rest[1]) || base::is_one_of(rest[1], U"+-"))) {
    const auto power = read_number(rest.substr(1));
    if (power) {
      value *= std::pow(10.0, power->value);
      i += 1 + power->length;
    }
  }
  return ReadNumber{sign * value, i};
}

ResultKind kind_of_result(std::string_view printed, const Lexicons& lexicons) {
  return kind_of_folded(folded_key(printed), lexicons.results);
}

std::optional<char> parse_flag(std::string_view printed, const Lexicons& lexicons) {
  const auto id = lexicons.results.flags.whole(folded_key(printed));
  if (!id) return std::nullopt;
  return static_cast<char>(*id);
}

std::size_t unit_length(std::string_view text, const UnitLexicon& units) {
  const FoldedText folded = fold(text.substr(0, std::min<std::size_t>(text.size(), kLongestUnit * 4)));
  const std::size_t most = std::min(kLongestUnit, folded.size());
  for (std::size_t length = most; length > 0; --length) {
    const char32_t last = folded.characters[length - 1];
    const char32_t next = length < folded.size() ? folded.characters[length] : U'\0';
    const bool broken_word = base::is_latin_letter(last) && base::is_latin_letter(next) && folded.gap[length] == 0;
    if (broken_word || (base::is_digit(last) && base::is_digit(next))) continue;
    if (units.find(text.substr(0, folded.end[length - 1]))) return folded.end[length - 1];
  }
  return 0;
}

PrintedResult parse_result(std::string_view printed, const Lexicons& lexicons, bool may_hold_unit) {
  PrintedResult result;
  std::string value = base::trimmed(printed);
  take_flags(value, result, lexicons);
  if (may_hold_unit) {
    if (result.flag_raw.empty()) take_flag_inside(value, result, lexicons);
    take_unit(value, result, lexicons);
    if (result.flag_raw.empty()) take_flags(value, result, lexicons);
  }
  result.value = value;
  const FoldedText folded = fold(value);
  const std::u32string& text = folded.characters;
  result.kind = kind_of_folded(text, lexicons.results);
  // "12 3" is no number that anybody printed as one.
  if (result.kind == ResultKind::kNumber && number_limit(folded, 0) < folded.size()) result.kind = ResultKind::kUnknown;
  if (result.kind == ResultKind::kNumber) {
    const auto [length, comparator] = read_comparator(text);
    const auto number = read_number(std::u32string_view(text).substr(length));
    result.number = number->value;
    result.comparator = comparator;
  }
  return result;
}

}  // namespace medmark::clinical
