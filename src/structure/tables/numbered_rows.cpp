#include "structure/tables/numbered_rows.hpp"

#include <charconv>
#include <map>
#include <optional>
#include <string_view>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

constexpr int kMostHeadRows = 3;

std::optional<int> number_of(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// The numbers of the first column by row; rows whose first cell holds anything else are left out.
std::map<int, int> counted_rows(const document::Table& table) {
  std::map<int, int> numbers;
  for (const document::TableCell& cell : table.cells) {
    if (cell.column != 0 || cell.column_span > 1 || cell.row_span > 1) continue;
    if (const auto number = number_of(base::without_spaces(cell.text))) numbers[cell.row] = *number;
  }
  return numbers;
}

}  // namespace

bool goes_on_counting(const document::Table& table, const document::Table& next) {
  const std::map<int, int> above = counted_rows(table);
  const std::map<int, int> below = counted_rows(next);
  if (above.size() < 2 || below.size() < 2) return false;
  const auto last = std::prev(above.end());
  const auto before = std::prev(last);
  const auto first = below.begin();
  const auto second = std::next(first);
  return last->first == table.row_count - 1 && before->second + 1 == last->second &&
         last->second + 1 == first->second && first->second + 1 == second->second && first->first < kMostHeadRows;
}

}  // namespace medmark::structure
