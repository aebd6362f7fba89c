#include "clinical/labs/inline_range.hpp"

#include <array>

#include "base/text.hpp"
#include "clinical/labs/reference_range.hpp"
#include "clinical/labs/result.hpp"

namespace medmark::clinical {
namespace {

struct Brackets {
  std::string_view open;
  std::string_view close;
};
constexpr std::array<Brackets, 4> kBrackets = {{{"[", "]"}, {"(", ")"}, {"【", "】"}, {"（", "）"}}};

// Where the range with its brackets begins, npos where no brackets end the text.
std::size_t bracket_before_end(std::string_view text, std::string_view& range) {
  for (const auto& [open, close] : kBrackets) {
    if (!text.ends_with(close)) continue;
    const std::size_t begin = text.rfind(open);
    if (begin == std::string_view::npos) continue;
    range = text.substr(begin + open.size(), text.size() - close.size() - begin - open.size());
    return begin;
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<InlineRange> split_inline_range(std::string_view printed, const Lexicons& lexicons) {
  const std::string text = base::trimmed(printed);
  std::string_view range;
  std::size_t begin = bracket_before_end(text, range);
  if (begin == std::string::npos) {
    begin = text.find_last_of(' ');
    if (begin == std::string::npos) return std::nullopt;
    range = std::string_view(text).substr(begin + 1);
  }
  // "阴性(-) [阴性]": words in square brackets behind a word; round ones hold its degree.
  const bool is_square = text.ends_with("]") || text.ends_with("】");
  if (is_square && kind_of_result(range, lexicons) == ResultKind::kWord) {
    InlineRange words{base::trimmed(std::string_view(text).substr(0, begin)), base::trimmed(range)};
    const ResultKind kind = parse_result(words.result, lexicons, true).kind;
    return kind == ResultKind::kWord || kind == ResultKind::kGraded ? std::optional(std::move(words)) : std::nullopt;
  }
  if (!looks_like_range(range)) return std::nullopt;
  InlineRange out{base::trimmed(std::string_view(text).substr(0, begin)), base::trimmed(range)};
  if (parse_result(out.result, lexicons, true).kind != ResultKind::kNumber) return std::nullopt;
  return out;
}

std::optional<RangeCell> split_range_cell(std::string_view printed, const Lexicons& lexicons) {
  const std::string text = base::trimmed(printed);
  std::size_t unit = unit_length(text, lexicons.units);
  while (unit > 0 && text[unit - 1] == '[') --unit;  // brackets do not count in a unit's spelling
  RangeCell cell{base::trimmed(std::string_view(text).substr(0, unit)),
                 base::trimmed(std::string_view(text).substr(unit))};
  std::string_view inside;
  const bool bracketed = cell.range.starts_with('[') && bracket_before_end(cell.range, inside) == 0;
  if (bracketed) cell.range = base::trimmed(inside);
  const bool is_more = !cell.unit.empty() || bracketed;
  return is_more && looks_like_range(cell.range) ? std::optional<RangeCell>(cell) : std::nullopt;
}

}  // namespace medmark::clinical
