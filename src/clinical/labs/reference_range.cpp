#include "clinical/labs/reference_range.hpp"

#include "base/text.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

struct Bounds {
  ReferenceRange range;
  std::size_t end = 0;  // folded characters read
};

bool is_comparator(char32_t c) { return c == U'<' || c == U'>' || c == U'≤' || c == U'≥'; }

// Length of the sign between two bounds: "-", "~", "--", "至"; 0 where there is none.
std::size_t separator_length(std::u32string_view text) {
  if (text.empty()) return 0;
  if (text.starts_with(U"--") || text.starts_with(U"~~") || text.starts_with(U"..")) {
    return text.size() > 2 && base::is_digit(text[2]) ? 2 : (text.starts_with(U"--") ? 1 : 0);
  }
  if (text.front() == U'-' || text.front() == U'~' || text.front() == U'至' || text.front() == U'到') return 1;
  return 0;
}

// A range that opens the text.
std::optional<Bounds> read_bounds(std::u32string_view text) {
  Bounds bounds;
  ReferenceRange& range = bounds.range;
  range.understood = true;
  std::size_t i = 0;
  if (!text.empty() && is_comparator(text[0])) {
    const char32_t sign = text[0];
    i = text.size() > 1 && text[1] == U'=' ? 2 : 1;
    const bool included = i == 2 || sign == U'≤' || sign == U'≥';
    const auto number = read_number(text.substr(i));
    if (!number) return std::nullopt;
    i += number->length;
    if (sign == U'<' || sign == U'≤') {
      range.high = number->value;
      range.high_included = included;
    } else {
      range.low = number->value;
      range.low_included = included;
    }
    bounds.end = i;
    return bounds;
  }
  const auto low = read_number(text);
  if (!low) return std::nullopt;
  i = low->length;
  if (i < text.size() && text[i] == U'%') ++i;
  const std::size_t separator = separator_length(text.substr(i));
  if (separator == 0) return std::nullopt;
  i += separator;
  if (i < text.size() && is_comparator(text[i])) ++i;
  const auto high = read_number(text.substr(i));
  if (!high || high->value < low->value) return std::nullopt;
  // "-3--1" may mean -3 to -1 or -3 to 1; "-3--3" can only mean -3 to 3.
  const bool doubled = separator == 2 && text[i - 1] == U'-';
  if (doubled && low->value < 0 && -high->value > low->value) return std::nullopt;
  range.low = low->value;
  range.high = high->value;
  bounds.end = i + high->length;
  return bounds;
}

// Where the part for a sex begins: "男:130-175 女:115-150".
std::size_t part_for(std::u32string_view text, Sex sex) {
  const std::size_t male = text.find(U'男');
  const std::size_t female = text.find(U'女');
  if (male == std::u32string_view::npos && female == std::u32string_view::npos) return 0;
  const std::size_t place = sex == Sex::kMale ? male : female;
  if (sex == Sex::kUnknown || place == std::u32string_view::npos) return std::u32string_view::npos;
  std::size_t i = place + 1;
  while (i < text.size() && (text[i] == U'性' || text[i] == U':' || text[i] == U'(' || text[i] == U')')) ++i;
  return i;
}

}  // namespace

ReferenceRange parse_range(std::string_view printed, Sex sex, const Lexicons& lexicons) {
  const FoldedText text = fold(printed);
  ReferenceRange none;
  none.text_size = printed.size();
  if (text.size() == 0) return none;
  if (lexicons.results.negative.whole(text.characters)) {
    none.understood = true;
    none.is_negative = true;
    return none;
  }
  if (lexicons.results.qualitative.whole(text.characters)) {
    none.understood = true;
    return none;
  }
  const std::size_t from = part_for(text.characters, sex);
  if (from == std::u32string_view::npos) {
    none.understood = looks_like_range(printed);
    return none;
  }
  std::size_t begin = from;
  const bool bracketed = begin < text.size() && (text.characters[begin] == U'(' || text.characters[begin] == U'[');
  if (bracketed) ++begin;
  const auto bounds = read_bounds(std::u32string_view(text.characters).substr(begin));
  if (!bounds) return none;
  ReferenceRange range = bounds->range;
  range.text_size = printed.size();
  std::size_t end = begin + bounds->end;
  if (bracketed && end < text.size()) ++end;
  if (end < text.size() && from == 0) {
    const std::string_view rest = printed.substr(text.begin[end]);
    const std::size_t unit = unit_length(rest, lexicons.units);
    range.understood = unit > 0 && unit == base::trimmed(rest).size();
    if (range.understood && rest != "%" && rest != "％") {
      range.unit = base::trimmed(rest);
      range.text_size = text.end[end - 1];
    }
  }
  return range;
}

bool looks_like_range(std::string_view printed) {
  const FoldedText text = fold(printed);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool start =
        base::is_digit(text.characters[i]) || is_comparator(text.characters[i]) || text.characters[i] == U'-';
    if (!start || (i > 0 && (base::is_digit(text.characters[i - 1]) || text.characters[i - 1] == U'.'))) continue;
    if (read_bounds(std::u32string_view(text.characters).substr(i))) return true;
  }
  return false;
}

std::optional<std::string> computed_flag(const PrintedResult& result, const ReferenceRange& range,
                                         const Lexicons& lexicons) {
  if (range.is_negative) {
    const std::u32string value = folded_key(result.value);
    if (lexicons.results.negative.whole(value)) return "";
    if (lexicons.results.positive.whole(value)) return "A";
    return std::nullopt;
  }
  if (!result.number || (!range.low && !range.high)) return std::nullopt;
  const double value = *result.number;
  const bool open_below = result.comparator == "<" || result.comparator == "<=";
  const bool open_above = result.comparator == ">" || result.comparator == ">=";
  const bool below = range.low && (value < *range.low || (!range.low_included && value == *range.low));
  const bool above = range.high && (value > *range.high || (!range.high_included && value == *range.high));
  if (open_below) {
    if (range.low && value <= *range.low) return "L";
    if (!range.low && range.high && value <= *range.high) return "";
    return std::nullopt;
  }
  if (open_above) {
    if (range.high && value >= *range.high) return "H";
    if (!range.high && range.low && value >= *range.low) return "";
    return std::nullopt;
  }
  if (below) return "L";
  return above ? "H" : "";
}

}  // namespace medmark::clinical
