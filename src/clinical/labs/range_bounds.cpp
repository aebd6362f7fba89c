#include "clinical/labs/range_bounds.hpp"

#include "base/text.hpp"
#include "clinical/labs/result.hpp"

namespace medmark::clinical {
namespace {

// Length of the sign between two bounds: "-", "~", "--", "至"; 0 where there is none.
std::size_t separator_length(std::u32string_view text) {
  if (text.empty()) return 0;
  if (text.starts_with(U"--") || text.starts_with(U"~~") || text.starts_with(U"..")) {
    return text.size() > 2 && base::is_digit(text[2]) ? 2 : (text.starts_with(U"--") ? 1 : 0);
  }
  if (text.front() == U'-' || text.front() == U'~' || text.front() == U'至' || text.front() == U'到') return 1;
  return 0;
}

// "1:20" at the start: its right side, and whether it is one at all.
std::optional<ReadNumber> read_titre(std::u32string_view text) {
  if (!text.starts_with(U"1:")) return std::nullopt;
  auto number = read_number(text.substr(2));
  if (!number || !base::is_digit(text[2])) return std::nullopt;
  number->length += 2;
  return number;
}

std::optional<RangeBounds> read_one_sided(std::u32string_view text) {
  RangeBounds bounds;
  const char32_t sign = text[0];
  std::size_t i = text.size() > 1 && text[1] == U'=' ? 2 : 1;
  const bool included = i == 2 || sign == U'≤' || sign == U'≥';
  const auto titre = read_titre(text.substr(i));
  const auto number = titre ? titre : read_number(text.substr(i));
  if (!number) return std::nullopt;
  bounds.is_titre = titre.has_value();
  i += number->length;
  if (sign == U'<' || sign == U'≤') {
    bounds.high = number->value;
    bounds.high_included = included;
  } else {
    bounds.low = number->value;
    bounds.low_included = included;
  }
  bounds.length = i;
  return bounds;
}

}  // namespace

std::optional<RangeBounds> read_bounds(std::u32string_view text) {
  if (!text.empty() && is_comparator(text[0])) return read_one_sided(text);
  const auto low = read_number(text);
  if (!low) return std::nullopt;
  std::size_t i = low->length;
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
  RangeBounds bounds;
  bounds.low = low->value;
  bounds.high = high->value;
  bounds.length = i + high->length;
  return bounds;
}

}  // namespace medmark::clinical
