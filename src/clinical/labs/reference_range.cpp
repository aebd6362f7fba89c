#include "clinical/labs/reference_range.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

// A word that opens the text and brackets behind it: "阴性(<1:100)".
bool is_negative_with_remark(const std::u32string& text, const Lexicons& lexicons) {
  const std::size_t open = text.find(U'(');
  return open != std::u32string::npos && open > 0 && text.back() == U')' &&
         lexicons.results.negative.whole(std::u32string_view(text).substr(0, open)).has_value();
}

void take_bounds(const RangeBounds& bounds, ReferenceRange& range) {
  if (bounds.is_titre) {
    range.titre_below = bounds.high;
    return;
  }
  range.low = bounds.low;
  range.high = bounds.high;
  range.low_included = bounds.low_included;
  range.high_included = bounds.high_included;
}

// One range for everybody, its unit perhaps behind it; nothing where something else stands in the cell.
std::optional<ReferenceRange> plain_range(std::string_view printed, const FoldedText& text, const Lexicons& lexicons) {
  std::size_t begin = 0;
  const bool bracketed = text.characters[0] == U'(' || text.characters[0] == U'[';
  if (bracketed) ++begin;
  const auto bounds = read_bounds(std::u32string_view(text.characters).substr(begin));
  if (!bounds) return std::nullopt;
  ReferenceRange range;
  range.understood = true;
  range.text_size = printed.size();
  take_bounds(*bounds, range);
  std::size_t end = begin + bounds->length;
  if (bracketed && end < text.size()) ++end;
  if (end >= text.size()) return range;
  const std::string_view rest = printed.substr(text.begin[end]);
  const std::size_t unit = unit_length(rest, lexicons.units);
  if (unit == 0 || unit != base::trimmed(rest).size()) return std::nullopt;
  // "40-75%" stands as printed; what is set apart ("4.0-6.0 %") is the row's unit like any other.
  range.unit = base::trimmed(rest);
  const bool percent = range.unit == "%" || range.unit == "％";
  range.text_size = percent && text.gap[end] == 0 ? printed.size() : text.end[end - 1];
  return range;
}

ReferenceRange range_of_groups(std::string_view printed, const Subject& subject, const Lexicons& lexicons) {
  ReferenceRange range;
  range.text_size = printed.size();
  const std::vector<GroupRange> groups = read_groups(printed, lexicons);
  if (groups.empty()) return range;
  const bool any_named = std::any_of(groups.begin(), groups.end(), [](const GroupRange& g) { return g.is_named; });
  range.understood = std::all_of(groups.begin(), groups.end(), [](const GroupRange& g) { return g.is_understood; }) &&
                     (any_named || groups.size() == 1);
  if (!any_named) {
    // "卵泡期：3.03-8.08 排卵期：2.55-16.69": nothing tells which of them holds.
    if (groups.size() == 1) take_bounds(groups.front().bounds, range);
    return range;
  }
  const GroupRange* fitting = nullptr;
  for (const GroupRange& group : groups) {
    const Belongs answer = belongs(subject, group);
    if (answer == Belongs::kNo) continue;
    if (answer == Belongs::kUnknown || fitting != nullptr) return range;
    fitting = &group;
  }
  if (fitting != nullptr) take_bounds(fitting->bounds, range);
  return range;
}

// "1:80" against "<1:20": whether the titre is beyond it.
std::optional<std::string> titre_flag(const PrintedResult& result, double below) {
  std::u32string value = folded_key(result.value);
  const bool under = !value.empty() && (value.front() == U'<' || value.front() == U'≤');
  if (!value.empty() && is_comparator(value.front())) value.erase(0, 1);
  if (!value.starts_with(U"1:")) return std::nullopt;
  const auto number = read_number(std::u32string_view(value).substr(2));
  if (!number || number->length + 2 != value.size()) return std::nullopt;
  if (number->value >= below && under) return number->value > below ? std::nullopt : std::optional<std::string>("");
  return number->value >= below ? "A" : "";
}

}  // namespace

ReferenceRange parse_range(std::string_view printed, const Subject& subject, const Lexicons& lexicons) {
  const FoldedText text = fold(printed);
  ReferenceRange none;
  none.text_size = printed.size();
  if (text.size() == 0) return none;
  if (lexicons.results.negative.whole(text.characters) || is_negative_with_remark(text.characters, lexicons)) {
    none.understood = true;
    none.is_negative = true;
    return none;
  }
  if (lexicons.results.qualitative.whole(text.characters)) {
    none.understood = true;
    return none;
  }
  if (const auto range = plain_range(printed, text, lexicons)) return *range;
  return range_of_groups(printed, subject, lexicons);
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
    const std::size_t open = value.find(U'(');  // "阳性(1:320)"
    const bool remark = open != std::u32string::npos && open > 0 && value.back() == U')';
    if (remark && lexicons.results.positive.whole(std::u32string_view(value).substr(0, open))) return "A";
    return std::nullopt;
  }
  if (range.titre_below) return titre_flag(result, *range.titre_below);
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
