// What stands between two neighbouring lines of a stack of horizontal lines: a head, rows, a group, text that is none
// of a table's.
//
// Points of the flat page. Pure functions over the page in `TableSearch`, thread-safe.
#pragma once

#include <optional>
#include <vector>

#include "structure/tables/table_finder.hpp"

namespace medmark::structure {

enum class StretchKind { kEmpty, kTabular, kSingle, kOther };

// What stands between two neighbouring lines of a stack.
struct Stretch {
  StretchKind kind = StretchKind::kEmpty;
  std::vector<std::size_t> words;
  std::size_t bands = 0;
  std::size_t entries = 0;
  std::size_t headers = 0;  // entries that are words of headers
  std::size_t numbers = 0;
  // Where fields of the page follow the rows, far above the line below: the end of the table.
  std::optional<double> foot;
  // Where the head begins under text that is none of the table's: its beginning.
  std::optional<double> top;
  // The line below stands far under the last text, as one of the page's foot does and none of a table's.
  bool is_open = false;
  // Not tabular by itself, but may be a row among rows: an item with its description, ...
  bool is_described_row = false;
  // ... or a group's name with who examined it.
  bool is_group_row = false;
};

// Words between two lines of a stack, by the middles of their lines. A line of text that reaches over an end stands
// there all the same: its row must not lose it.
[[nodiscard]] std::vector<std::size_t> words_between(const TableSearch& search, const AxisLine& above,
                                                     const AxisLine& below);

[[nodiscard]] Stretch stretch_between(const TableSearch& search, const AxisLine& above, const AxisLine& below);

}  // namespace medmark::structure
