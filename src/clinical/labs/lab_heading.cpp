#include "clinical/labs/lab_heading.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "clinical/text/dates.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

constexpr std::size_t kHeadingShare = 2;  // a heading word must be at least 1/2 of its cell's characters

ColumnRole role_of_heading(const std::string& text, const Lexicons& lexicons) {
  std::u32string key = folded_key(text);
  if (key.empty()) return ColumnRole::kUnknown;
  const auto whole = [&](std::u32string_view part) {
    const auto id = lexicons.lab_columns.words.whole(part);
    return id ? static_cast<ColumnRole>(*id) : ColumnRole::kUnknown;
  };
  if (const ColumnRole role = whole(key); role != ColumnRole::kUnknown) return role;
  const std::size_t bracket = key.find(U'(');
  if (bracket != std::u32string::npos && bracket > 0) {
    if (const ColumnRole role = whole(std::u32string_view(key).substr(0, bracket)); role != ColumnRole::kUnknown)
      return role;
  }
  if (lexicons.lab_columns.not_laboratory_columns.whole(key)) return ColumnRole::kUnknown;
  // "本次检验结果", "参考值(成人)": the longest heading word inside, where it is most of the cell
  ColumnRole best = ColumnRole::kUnknown;
  std::size_t length = 0;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const auto match = lexicons.lab_columns.words.longest_at(key, i);
    if (!match || match->length < 2 || match->length <= length) continue;
    best = static_cast<ColumnRole>(match->id);
    length = match->length;
  }
  if (length * kHeadingShare >= key.size()) return best;
  // "科别：普通外科结果": a line of the form above ran into the heading
  if (key.find(U':') == std::u32string::npos) return ColumnRole::kUnknown;
  const auto heading = lexicons.lab_columns.words.ending_of(key);
  return heading ? static_cast<ColumnRole>(heading->id) : ColumnRole::kUnknown;
}

// "05-01", "5/4", "5月8日" as the month and day of an open year: "--05-01" (ISO 8601); "" for what is none.
std::string month_and_day(std::u32string_view text) {
  std::array<int, 2> numbers{};
  std::array<std::size_t, 2> digits{};
  std::size_t at = 0;
  for (std::size_t k = 0; k < 2; ++k) {
    for (; at < text.size() && base::is_digit(text[at]) && digits[k] < 2; ++at, ++digits[k]) {
      numbers[k] = numbers[k] * 10 + static_cast<int>(text[at] - U'0');
    }
    const bool ends = k == 1 && (at == text.size() || (text[at] == U'日' && at + 1 == text.size()));
    const bool goes_on = k == 0 && at < text.size() && base::is_one_of(text[at], U"-/月");
    if (digits[k] == 0 || !(ends || goes_on)) return "";
    ++at;
  }
  constexpr int kMonths = 12;
  constexpr int kDays = 31;
  if (numbers[0] < 1 || numbers[0] > kMonths || numbers[1] < 1 || numbers[1] > kDays) return "";
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return "--" + two(numbers[0]) + "-" + two(numbers[1]);
}

// "日期 | 2024-05-01 | 2024-05-02": a corner that speaks of the dates beside it, or says nothing, stands over the
// items.
bool stands_over_items(const LabHeading& heading, const document::TableCell* corner) {
  const auto dates = std::count(heading.is_date.begin(), heading.is_date.end(), true);
  const bool has_names = std::any_of(heading.roles.begin(), heading.roles.end(), [](ColumnRole role) {
    return role == ColumnRole::kName || role == ColumnRole::kCode;
  });
  if (dates == 0 || has_names || heading.is_date[0]) return false;
  const bool is_empty = corner == nullptr || base::trimmed(corner->text).empty();
  return heading.roles[0] == ColumnRole::kOther || (is_empty && dates > 1);
}

}  // namespace

std::string date_of_heading(const document::TableCell* cell) {
  if (cell == nullptr) return "";
  const FoldedText text = fold(cell->text);
  const auto date = find_date(text, 0);
  return date && date->begin == 0 && date->end == text.size() ? date->iso : month_and_day(text.characters);
}

LabHeading read_heading(const CellGrid& grid, int row, const Lexicons& lexicons) {
  LabHeading heading;
  const auto count = static_cast<std::size_t>(grid.columns());
  heading.roles.assign(count, ColumnRole::kUnknown);
  heading.is_strange.assign(count, false);
  heading.is_date.assign(count, false);
  std::array<bool, 16> seen{};
  const document::TableCell* previous = nullptr;
  for (int column = 0; column < grid.columns(); ++column) {
    const document::TableCell* cell = grid.at(row, column);
    if (cell == nullptr || cell == previous || grid.row_of(*cell) != row) continue;
    previous = cell;
    const auto c = static_cast<std::size_t>(column);
    const std::u32string key = folded_key(cell->text);
    const bool foreign = lexicons.lab_columns.not_laboratory_columns.whole(key).has_value();
    heading.has_foreign = heading.has_foreign || foreign;
    ColumnRole role = role_of_heading(cell->text, lexicons);
    heading.is_date[c] = role == ColumnRole::kUnknown && !date_of_heading(cell).empty();
    if (heading.is_date[c]) role = ColumnRole::kValue;
    heading.is_strange[c] =
        role == ColumnRole::kUnknown && !foreign && std::any_of(key.begin(), key.end(), base::is_han);
    heading.roles[c] = role;
    if (role == ColumnRole::kUnknown || role == ColumnRole::kOther || role == ColumnRole::kIndex) continue;
    if (!seen[static_cast<std::size_t>(role)]) ++heading.words;
    seen[static_cast<std::size_t>(role)] = true;
  }
  if (stands_over_items(heading, grid.at(row, 0))) {
    heading.roles[0] = ColumnRole::kName;
    seen[static_cast<std::size_t>(ColumnRole::kName)] = true;
    ++heading.words;
  }
  const bool names =
      seen[static_cast<std::size_t>(ColumnRole::kName)] || seen[static_cast<std::size_t>(ColumnRole::kCode)];
  const bool values = seen[static_cast<std::size_t>(ColumnRole::kValue)];
  if (!(names && values) && heading.words < 3) heading.words = 0;
  return heading;
}

std::string unit_of_heading(const document::TableCell* cell, const Lexicons& lexicons) {
  if (cell == nullptr) return "";
  const FoldedText text = fold(cell->text);
  const std::size_t open = text.characters.find(U'(');
  if (open == std::u32string::npos || open == 0 || text.characters.back() != U')' || open + 2 >= text.size()) return "";
  const std::size_t begin = text.begin[open + 1];
  const std::string inside =
      base::trimmed(std::string_view(cell->text).substr(begin, text.end[text.size() - 2] - begin));
  return lexicons.units.find(inside) ? inside : "";
}

}  // namespace medmark::clinical
