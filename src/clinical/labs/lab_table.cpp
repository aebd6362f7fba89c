#include "clinical/labs/lab_table.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "clinical/labs/item.hpp"
#include "clinical/labs/lab_columns.hpp"
#include "clinical/labs/lab_heading.hpp"
#include "clinical/labs/result.hpp"
#include "clinical/text/folded_text.hpp"
#include "clinical/text/labels.hpp"

namespace medmark::clinical {
namespace {

struct LabTableLimits {
  double known_headless = 0.5;  // share of known names that makes a table without headings one of results
  double known_unusual = 0.6;   // … and any table of a report that usually has none
  double foreign_items = 0.5;   // share of items that are no laboratory items (height, pulse) that rules a table out
};
constexpr LabTableLimits kLimits;

struct Share {
  int rows = 0;
  int known = 0;
  int foreign = 0;

  [[nodiscard]] double known_share() const { return rows > 0 ? static_cast<double>(known) / rows : 0; }
  [[nodiscard]] double foreign_share() const { return rows > 0 ? static_cast<double>(foreign) / rows : 0; }
};

const document::TableCell* own_cell(const CellGrid& grid, int row, int column, const ColumnGroup& group) {
  const document::TableCell* cell = column < 0 ? nullptr : grid.at(row, column);
  if (cell == nullptr) return nullptr;
  // A cell that also covers the name's column belongs to the name.
  if (column != group.name && cell == grid.at(row, group.name)) return nullptr;
  return cell;
}

bool is_filled(const document::TableCell* cell) { return cell != nullptr && !base::trimmed(cell->text).empty(); }

// A field of the form above or below that ran into the table: "检验者：… 审核者：…", "姓名 石某春", "性别男".
bool is_form_line(const document::TableCell& cell, const Lexicons& lexicons) {
  const FoldedText text = fold(cell.text);
  const auto match = lexicons.labels.index.longest_at(text.characters, 0);
  if (!match) return false;
  const Label& label = lexicons.labels.labels[static_cast<std::size_t>(match->id)];
  const bool has_colon = match->length < text.size() && text.characters[match->length] == U':';
  if (has_colon && (label.is_field || label.is_other)) return true;
  if (label.field.empty()) return false;
  const document::Block block;
  const auto hits = find_labels({&block, &cell, 0, 0, cell.text, text}, lexicons.labels);
  return !hits.empty() && hits.front().begin == 0 && hits.front().value_begin < hits.front().value_end;
}

// Whether a row holds the sheet's foot: in any of its cells.
bool is_form_row(const LabCells& cells, const Lexicons& lexicons) {
  for (const document::TableCell* cell : {cells.name, cells.value, cells.unit, cells.range}) {
    if (is_filled(cell) && is_form_line(*cell, lexicons)) return true;
  }
  return false;
}

// A row of headings that comes again on the next page, or before the next group; also of times and remarks, which are
// no results whatever they look like ("时间 08:00").
bool is_heading_row(const LabCells& cells, const Lexicons& lexicons) {
  if (!is_filled(cells.name)) return false;
  const auto heading = lexicons.lab_columns.words.whole(folded_key(cells.name->text));
  if (!heading) return false;
  return static_cast<ColumnRole>(*heading) == ColumnRole::kOther || !is_filled(cells.value) ||
         kind_of_result(cells.value->text, lexicons) == ResultKind::kUnknown;
}

LabCells cells_of(const CellGrid& grid, int row, const ColumnGroup& group) {
  LabCells cells;
  cells.name = own_cell(grid, row, group.name, group);
  cells.code = own_cell(grid, row, group.code, group);
  cells.value = own_cell(grid, row, group.value, group);
  cells.unit = own_cell(grid, row, group.unit, group);
  cells.range = own_cell(grid, row, group.range, group);
  cells.range_end = own_cell(grid, row, group.range_end, group);
  if (cells.unit == cells.range) cells.unit = nullptr;  // one cell for both: its range's end may be the unit
  cells.flag = own_cell(grid, row, group.flag, group);
  cells.method = own_cell(grid, row, group.method, group);
  cells.specimen = own_cell(grid, row, group.specimen, group);
  return cells;
}

// A row that only names the group of the rows below it ("血常规").
bool is_group_row(const LabCells& cells) {
  return is_filled(cells.name) && !is_filled(cells.value) && !is_filled(cells.unit) && !is_filled(cells.range) &&
         !is_filled(cells.flag);
}

int line_count(const document::TableCell* cell) {
  if (!is_filled(cell)) return 0;
  return 1 + static_cast<int>(std::count(cell->text.begin(), cell->text.end(), '\n'));
}

// A cell may list the names of several results, another their values: one result a line then.
int entries_of(const LabCells& cells) {
  const int names = line_count(cells.name);
  if (names < 2 || line_count(cells.value) != names) return 1;
  for (const document::TableCell* cell : {cells.unit, cells.range}) {
    const int lines = line_count(cell);
    if (lines != 0 && lines != names) return 1;
  }
  return names;
}

void add_rows(const CellGrid& grid, const LabSection& section, const ColumnGroup& group, const Lexicons& lexicons,
              std::vector<LabCells>& rows) {
  std::string panel;
  for (int row = section.first_row; row < section.end_row; ++row) {
    LabCells cells = cells_of(grid, row, group);
    if (cells.name == nullptr || grid.row_of(*cells.name) != row) continue;
    if (!is_filled(cells.name)) {
      if (!is_filled(cells.code) || !is_filled(cells.value)) continue;
      cells.name = cells.code;
      cells.code = nullptr;
      cells.name_is_code = true;
    }
    if (is_form_row(cells, lexicons) || is_heading_row(cells, lexicons)) continue;
    if (is_group_row(cells)) {
      panel = base::trimmed(cells.name->text);
      continue;
    }
    cells.panel = panel;
    cells.heading_unit = group.unit_of_values;
    cells.date = group.date;
    // A course has no value on days without a test.
    if (!group.date.empty() && !is_filled(cells.value)) continue;
    const int entries = entries_of(cells);
    for (int entry = 0; entry < entries; ++entry) {
      cells.entry = entries == 1 ? -1 : entry;
      rows.push_back(cells);
    }
  }
}

// "[22-29]" or "45]" alone under a value: what the line above had no room for.
bool is_rest_of_range(const std::string& value) {
  if (value.empty()) return false;
  const bool whole = value.front() == '[' && value.back() == ']';
  return whole || (value.back() == ']' && value.find('[') == std::string::npos);
}

// Marks the rows of a narrow slip whose text went on in a line that was taken for a row of its own.
void mark_cut_rows(std::vector<LabCells>& rows) {
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (!is_rest_of_range(entry_text(rows[i].value, rows[i].entry))) continue;
    rows[i].is_cut = true;
    rows[i - 1].is_cut = true;
  }
}

Share share_of(const std::vector<LabCells>& rows, const Lexicons& lexicons) {
  Share share;
  for (const LabCells& cells : rows) {
    const std::string name = entry_text(cells.name, cells.entry);
    ++share.rows;
    if (lexicons.lab_columns.not_laboratory_items.whole(folded_key(name))) {
      ++share.foreign;
    } else if (is_known_item(name, lexicons.lab_items)) {
      ++share.known;
    }
  }
  return share;
}

bool is_laboratory(const LabSection& section, const Share& share, LabExpectation expectation) {
  if (share.rows == 0 || share.foreign_share() > kLimits.foreign_items) return false;
  if (expectation == LabExpectation::kUnusual || section.has_foreign_columns) {
    return share.known_share() >= kLimits.known_unusual;
  }
  if (section.heading < 0) return share.known_share() >= kLimits.known_headless;
  const bool described = std::any_of(section.groups.begin(), section.groups.end(), [](const ColumnGroup& group) {
    return group.unit >= 0 || group.range >= 0 || group.flag >= 0;
  });
  return described || share.known_share() >= kLimits.known_headless;
}

LabTable rows_in(const CellGrid& grid, LabExpectation expectation, const Lexicons& lexicons) {
  LabTable found;
  for (const LabSection& section : find_lab_sections(grid, lexicons)) {
    std::vector<LabCells> rows;
    for (const ColumnGroup& group : section.groups) {
      if (group.name >= 0 && group.value >= 0) add_rows(grid, section, group, lexicons, rows);
    }
    if (!is_laboratory(section, share_of(rows, lexicons), expectation)) continue;
    mark_cut_rows(rows);
    for (LabCells& cells : rows) {
      cells.is_headless = section.heading < 0;
      const std::string name = entry_text(cells.name, cells.entry);
      if (lexicons.lab_columns.not_laboratory_items.whole(folded_key(name))) continue;
      found.has_flags = found.has_flags || (cells.flag != nullptr && is_filled(cells.flag)) ||
                        !parse_result(entry_text(cells.value, cells.entry), lexicons, false).flag_raw.empty();
      found.rows.push_back(std::move(cells));
    }
  }
  return found;
}

}  // namespace

std::pair<std::size_t, std::size_t> entry_range(const document::TableCell& cell, int entry) {
  std::size_t from = 0;
  if (entry < 0) return {0, cell.text.size()};
  for (int line = 0; line < entry; ++line) {
    const std::size_t end = cell.text.find('\n', from);
    if (end == std::string::npos) return {cell.text.size(), cell.text.size()};
    from = end + 1;
  }
  return {from, std::min(cell.text.size(), cell.text.find('\n', from))};
}

std::string entry_text(const document::TableCell* cell, int entry) {
  if (cell == nullptr) return "";
  const auto [from, to] = entry_range(*cell, entry);
  return base::trimmed(std::string_view(cell->text).substr(from, to - from));
}

LabTable find_lab_rows(const document::Table& table, LabExpectation expectation, const Lexicons& lexicons) {
  if (table.row_count < 1 || table.column_count < 2) return {};
  LabTable found = rows_in(CellGrid(table), expectation, lexicons);
  if (!found.rows.empty() || table.row_count < 2) return found;
  // "项目 WBC RBC", "结果 5.1 4.2": items side by side, or a day a row. The names must speak for it.
  const CellGrid turned(table, GridView::kTurned);
  return read_heading(turned, 0, lexicons).words > 0 ? rows_in(turned, LabExpectation::kUnusual, lexicons) : found;
}

}  // namespace medmark::clinical
