#include "clinical/labs/lab_columns.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "clinical/labs/inline_range.hpp"
#include "clinical/labs/item.hpp"
#include "clinical/labs/lab_heading.hpp"
#include "clinical/labs/reference_range.hpp"
#include "clinical/labs/result.hpp"
#include "clinical/text/dates.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

struct ColumnLimits {
  double known_names = 0.4;  // share of a column's cells that are names of the lexicon, to take it for the names
  double of_a_kind = 0.6;    // share of a column's filled cells of one kind, to take it for that kind
};
constexpr ColumnLimits kLimits;

int* slot(ColumnGroup& group, ColumnRole role) {
  switch (role) {
    case ColumnRole::kIndex:
      return &group.index;
    case ColumnRole::kCode:
      return &group.code;
    case ColumnRole::kName:
      return &group.name;
    case ColumnRole::kValue:
      return &group.value;
    case ColumnRole::kUnit:
      return &group.unit;
    case ColumnRole::kRange:
      return &group.range;
    case ColumnRole::kFlag:
      return &group.flag;
    case ColumnRole::kMethod:
      return &group.method;
    case ColumnRole::kSpecimen:
      return &group.specimen;
    default:
      return nullptr;
  }
}

// Whether a name, and not yet a value, stands right of column `c`.
bool name_comes_next(const std::vector<ColumnRole>& roles, std::size_t c) {
  for (std::size_t next = c + 1; next < roles.size(); ++next) {
    if (roles[next] == ColumnRole::kName) return true;
    if (roles[next] == ColumnRole::kValue) return false;
  }
  return false;
}

// "项目 结果 参考值 | 有形成分 结果 单位": a word that nobody knows right before a second column of results names the
// items of another group.
bool names_next_group(const LabHeading& heading, std::size_t c, const ColumnGroup& group) {
  const bool complete = group.name >= 0 && group.value >= 0;
  return complete && heading.is_strange[c] && c + 1 < heading.roles.size() &&
         heading.roles[c + 1] == ColumnRole::kValue && !heading.is_date[c + 1];
}

// Columns by their headings; a role of the row's beginning (number, code, name) that comes again starts the next group.
std::vector<ColumnGroup> groups_of(const LabHeading& heading) {
  const std::vector<ColumnRole>& roles = heading.roles;
  std::vector<ColumnGroup> groups(1);
  for (std::size_t c = 0; c < roles.size(); ++c) {
    const int column = static_cast<int>(c);
    const bool opens = roles[c] == ColumnRole::kIndex || roles[c] == ColumnRole::kCode || roles[c] == ColumnRole::kName;
    ColumnGroup& current = groups.back();
    const int* taken = slot(current, roles[c]);
    const bool behind_value = current.value >= 0 && current.name >= 0 && opens && name_comes_next(roles, c);
    if (names_next_group(heading, c, current)) {
      current.last = column - 1;
      groups.emplace_back();
      groups.back().first = column;
      groups.back().name = column;
      continue;
    }
    if ((opens && taken != nullptr && *taken >= 0) || behind_value) {
      current.last = column - 1;
      groups.emplace_back();
      groups.back().first = column;
    }
    int* place = slot(groups.back(), roles[c]);
    if (place != nullptr && *place < 0) *place = column;
  }
  groups.back().last = static_cast<int>(roles.size()) - 1;
  return groups;
}

struct ColumnContent {
  int filled = 0;
  int names = 0;
  int codes = 0;
  int values = 0;
  int ranges = 0;
  int units = 0;
  int flags = 0;
  int counts = 0;   // 1, 2, 3, …
  int numbers = 0;  // digits at least, whatever stands between them
  int words = 0;    // results in words
  int usual = 0;    // words that ranges hold: "阴性"

  [[nodiscard]] bool mostly(int count) const { return filled > 0 && count >= kLimits.of_a_kind * filled; }
};

ColumnContent content_of(const CellGrid& grid, int column, int first_row, int end_row, const Lexicons& lexicons) {
  ColumnContent content;
  for (int row = first_row; row < end_row; ++row) {
    const document::TableCell* cell = grid.at(row, column);
    if (cell == nullptr || grid.row_of(*cell) != row || grid.column_of(*cell) != column) continue;
    if (grid.column_span_of(*cell) > 1) continue;
    const std::string text = base::trimmed(cell->text);
    if (text.empty()) continue;
    ++content.filled;
    const std::u32string key = folded_key(text);
    const bool latin = std::none_of(key.begin(), key.end(), base::is_han);
    if (lexicons.lab_items.by_code.contains(key)) ++content.codes;
    if (is_known_item(text, lexicons.lab_items) && (!latin || key.size() > 1)) ++content.names;
    const auto with_range = split_inline_range(text, lexicons);
    const bool is_range = !with_range && looks_like_range(text);
    const auto is_part = [](char32_t c) { return base::is_digit(c) || c == U'.' || c == U'-'; };
    if (!is_range && std::all_of(key.begin(), key.end(), is_part)) ++content.numbers;
    if (is_range) ++content.ranges;
    if (lexicons.units.find(text)) ++content.units;
    if (parse_flag(text, lexicons)) ++content.flags;
    const PrintedResult result = parse_result(with_range ? with_range->result : text, lexicons, true);
    if (result.kind != ResultKind::kUnknown && !is_range) ++content.values;
    if (result.kind == ResultKind::kWord) ++content.words;
    if (lexicons.results.negative.whole(key)) ++content.usual;
    if (result.kind == ResultKind::kNumber && result.number == static_cast<double>(content.filled)) ++content.counts;
  }
  return content;
}

// Gives the columns of a group that have no heading what their cells say they are.
void complete_by_content(ColumnGroup& group, const std::vector<ColumnContent>& contents) {
  const auto is_taken = [&](int c) {
    for (const int used : {group.index, group.code, group.name, group.value, group.unit, group.range, group.flag,
                           group.method, group.specimen}) {
      if (used == c) return true;
    }
    return false;
  };
  const auto first_where = [&](auto fits) {
    for (int c = group.first; c <= group.last; ++c) {
      if (!is_taken(c) && fits(contents[static_cast<std::size_t>(c)])) return c;
    }
    return -1;
  };
  if (group.name < 0) {
    int best = 0;
    for (int c = group.first; c <= group.last; ++c) {
      const ColumnContent& content = contents[static_cast<std::size_t>(c)];
      const int score = content.names * 2 - content.codes;  // names before codes where both are known
      if (is_taken(c) || content.names < kLimits.known_names * content.filled || score <= best) continue;
      group.name = c;
      best = score;
    }
    if (group.name < 0) group.name = group.code;  // a sheet of abbreviations alone
  }
  if (group.range < 0) group.range = first_where([](const ColumnContent& c) { return c.mostly(c.ranges); });
  if (group.unit < 0)
    // "H" and "L" are hours and litres too, but a column of nothing else holds flags.
    group.unit = first_where(
        [](const ColumnContent& c) { return c.mostly(c.units) && c.units > c.values && c.units > c.flags; });
  if (group.flag < 0) {
    group.flag = first_where([](const ColumnContent& c) { return c.mostly(c.flags) && c.flags >= c.values; });
  }
  if (group.value < 0 && group.name >= 0) {
    for (int c = group.name + 1; c <= group.last && group.value < 0; ++c) {
      const ColumnContent& content = contents[static_cast<std::size_t>(c)];
      if (!is_taken(c) && content.mostly(content.values) && content.counts < content.filled) group.value = c;
    }
  }
}

// A column of ranges whose dashes were mostly not recognised ("2050", "00.06" beside "27-34"), or in which words stand
// beside them ("阴性"): none of them must be lost without a mark.
void complete_by_remains(ColumnGroup& group, const std::vector<ColumnContent>& contents) {
  if (group.range >= 0 || group.value < 0) return;
  for (int c = group.value + 1; c <= group.last; ++c) {
    const ColumnContent& content = contents[static_cast<std::size_t>(c)];
    const bool taken = c == group.unit || c == group.flag || c == group.code || c == group.method || c == group.name;
    const bool holds_words = content.usual > 0 && content.usual == content.words;  // "阴性" among ranges, or alone
    const bool is_range =
        content.ranges > 0 && content.mostly(content.ranges + content.numbers + (holds_words ? content.words : 0));
    if (taken || !(is_range || (holds_words && content.words == content.filled))) continue;
    group.range = c;
    return;
  }
}

// "0 -" | "26", "1.2" | "- 2.4": ranges that only two columns side by side make.
void complete_by_halves(ColumnGroup& group, const CellGrid& grid, const LabSection& section) {
  if (group.range >= 0 || group.value < 0) return;
  for (int c = group.value + 1; c < group.last; ++c) {
    int halves = 0;
    int filled = 0;
    for (int row = section.first_row; row < section.end_row; ++row) {
      const document::TableCell* left = grid.at(row, c);
      const document::TableCell* right = grid.at(row, c + 1);
      if (left == nullptr || right == nullptr || left == right) continue;
      if (base::trimmed(left->text).empty() && base::trimmed(right->text).empty()) continue;
      ++filled;
      const bool alone = looks_like_range(left->text) || looks_like_range(right->text);
      if (!alone && looks_like_range(left->text + right->text)) ++halves;
    }
    if (filled == 0 || halves < kLimits.of_a_kind * filled) continue;
    group.range = c;
    group.range_end = c + 1;
    if (group.unit == c || group.unit == c + 1) group.unit = -1;
    return;
  }
}

// Without headings a two-up sheet shows as two columns of known names.
std::vector<ColumnGroup> groups_by_names(const std::vector<ColumnContent>& contents) {
  std::vector<int> names;
  for (std::size_t c = 0; c < contents.size(); ++c) {
    const ColumnContent& content = contents[c];
    if (content.filled == 0 || content.names < kLimits.known_names * content.filled) continue;
    if (!names.empty() && static_cast<int>(c) - names.back() < 2) continue;  // code and name side by side
    names.push_back(static_cast<int>(c));
  }
  std::vector<ColumnGroup> groups(std::max<std::size_t>(1, names.size()));
  for (std::size_t g = 0; g < groups.size(); ++g) {
    groups[g].first = g == 0 ? 0 : names[g];
    groups[g].last = g + 1 < groups.size() ? names[g + 1] - 1 : static_cast<int>(contents.size()) - 1;
  }
  return groups;
}

// A group whose values stand in columns by date becomes one group for each date, in their order.
std::vector<ColumnGroup> by_date(const CellGrid& grid, int heading, const std::vector<ColumnGroup>& groups) {
  std::vector<ColumnGroup> out;
  for (const ColumnGroup& group : groups) {
    std::vector<ColumnGroup> dated;
    const document::TableCell* previous = nullptr;
    for (int column = group.first; column <= group.last; ++column) {
      const document::TableCell* cell = grid.at(heading, column);
      const std::string date = cell == previous ? "" : date_of_heading(cell);
      previous = cell;
      if (date.empty()) continue;
      dated.push_back(group);
      dated.back().value = column;
      dated.back().date = date;
    }
    // One of an open year alone may be anything ("3-5").
    const bool is_open = dated.size() == 1 && dated.front().date.starts_with("--");
    if (dated.empty() || is_open) dated.assign(1, group);
    out.insert(out.end(), dated.begin(), dated.end());
  }
  return out;
}

}  // namespace

CellGrid::CellGrid(const document::Table& table, GridView view)
    : is_turned_(view == GridView::kTurned),
      rows_(std::max(0, is_turned_ ? table.column_count : table.row_count)),
      columns_(std::max(0, is_turned_ ? table.row_count : table.column_count)),
      cells_(static_cast<std::size_t>(rows_) * static_cast<std::size_t>(columns_), nullptr) {
  for (const document::TableCell& cell : table.cells) {
    const int end_row = row_of(cell) + (is_turned_ ? cell.column_span : cell.row_span);
    const int end_column = column_of(cell) + column_span_of(cell);
    for (int row = std::max(0, row_of(cell)); row < std::min(rows_, end_row); ++row) {
      for (int column = std::max(0, column_of(cell)); column < std::min(columns_, end_column); ++column) {
        cells_[static_cast<std::size_t>(row * columns_ + column)] = &cell;
      }
    }
  }
}

const document::TableCell* CellGrid::at(int row, int column) const {
  if (row < 0 || column < 0 || row >= rows_ || column >= columns_) return nullptr;
  return cells_[static_cast<std::size_t>(row * columns_ + column)];
}

std::vector<LabSection> find_lab_sections(const CellGrid& grid, const Lexicons& lexicons) {
  std::vector<LabSection> sections;
  std::vector<std::vector<ColumnRole>> roles;
  for (int row = 0; row < grid.rows(); ++row) {
    LabHeading heading = read_heading(grid, row, lexicons);
    if (heading.words == 0) continue;
    if (!sections.empty()) sections.back().end_row = row;
    sections.push_back({row, row + 1, grid.rows(), heading.has_foreign, groups_of(heading)});
  }
  const bool headless = sections.empty();
  if (headless) sections.push_back({-1, 0, grid.rows(), read_heading(grid, 0, lexicons).has_foreign, {}});
  for (LabSection& section : sections) {
    std::vector<ColumnContent> contents;
    for (int column = 0; column < grid.columns(); ++column) {
      contents.push_back(content_of(grid, column, section.first_row, section.end_row, lexicons));
    }
    if (headless) section.groups = groups_by_names(contents);
    for (ColumnGroup& group : section.groups) {
      complete_by_content(group, contents);
      if (headless) complete_by_halves(group, grid, section);
      if (headless) complete_by_remains(group, contents);
    }
    if (section.heading >= 0) {
      for (ColumnGroup& group : section.groups) {
        if (group.unit < 0) group.unit_of_values = unit_of_heading(grid.at(section.heading, group.value), lexicons);
      }
      section.groups = by_date(grid, section.heading, section.groups);
    }
  }
  return sections;
}

}  // namespace medmark::clinical
