#include "clinical/labs/susceptibility_table.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "clinical/labs/lab_columns.hpp"
#include "clinical/labs/reference_range.hpp"
#include "clinical/labs/result.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

using Role = SusceptibilityColumn;
using document::TableCell;

struct SusceptibilityTableLimits {
  double of_a_kind = 0.6;    // share of a column's filled cells that makes it one of verdicts or of numbers
  double known_drugs = 0.5;  // share of known drugs that a column without a heading of drugs must have
  int fewest_verdicts = 3;   // of a table without a heading
};
constexpr SusceptibilityTableLimits kLimits;

const TableCell* own_cell(const CellGrid& grid, int row, int column) {
  const TableCell* cell = column < 0 ? nullptr : grid.at(row, column);
  return cell != nullptr && cell->row == row && cell->column == column && !trimmed_text(cell).empty() ? cell : nullptr;
}

// "MIC(μg/mL)" to its word; the unit is what stands in the brackets.
Role role_of(const TableCell* cell, const Lexicons& lexicons) {
  if (cell == nullptr) return Role::kNone;
  const std::u32string key = folded_key(cell->text);
  const auto find = [&](std::u32string_view word) {
    const auto id = lexicons.antibiograms.columns.whole(word);
    if (id) return static_cast<Role>(*id);
    const auto column = lexicons.lab_columns.words.whole(word);
    return column && static_cast<ColumnRole>(*column) == ColumnRole::kName ? Role::kDrug : Role::kNone;
  };
  const Role whole = find(key);
  const std::size_t bracket = key.find(U'(');
  return whole != Role::kNone || bracket == std::u32string::npos ? whole : find(key.substr(0, bracket));
}

struct Content {
  int filled = 0;
  int verdicts = 0;
  int numbers = 0;
  int drugs = 0;
  int methods = 0;
  int ranges = 0;

  [[nodiscard]] bool mostly(int count) const { return filled > 0 && count >= kLimits.of_a_kind * filled; }
  [[nodiscard]] bool known_drugs() const { return filled > 0 && drugs >= kLimits.known_drugs * filled; }
};

Content content_of(const CellGrid& grid, int column, int first_row, const Lexicons& lexicons) {
  Content content;
  for (int row = first_row; row < grid.rows(); ++row) {
    const TableCell* cell = own_cell(grid, row, column);
    if (cell == nullptr) continue;
    std::string value = trimmed_text(cell);
    ++content.filled;
    if (verdict_of(value, lexicons).is_known) ++content.verdicts;
    if (lexicons.medications.drugs.found_in(folded_key(value))) ++content.drugs;
    const Role word = role_of(cell, lexicons);
    if (word == Role::kConcentration || word == Role::kZone) ++content.methods;
    take_verdict(value, lexicons);
    if (looks_like_range(value) && parse_result(value, lexicons, true).kind != ResultKind::kNumber) ++content.ranges;
    if (parse_result(value, lexicons, true).kind == ResultKind::kNumber) ++content.numbers;
  }
  return content;
}

struct Group {
  int drug = -1;
  int concentration = -1;
  int zone = -1;
  int unknown = -1;  // numbers under a heading that does not say of what
  int verdict = -1;
  int breakpoints = -1;
  int method = -1;

  [[nodiscard]] bool measures() const { return concentration >= 0 || zone >= 0; }
};

void set_once(int& place, int column) {
  if (place < 0) place = column;
}

// The role of a column, where its heading leaves it open or says other than its cells.
void place_column(Group& group, Role role, int column, const Content& content) {
  const bool verdicts = content.mostly(content.verdicts);
  const bool numbers = content.mostly(content.numbers);
  if (role == Role::kConcentration) {
    set_once(verdicts ? group.verdict : group.concentration, column);
  } else if (role == Role::kZone) {
    set_once(verdicts ? group.verdict : group.zone, column);
  } else if (role == Role::kVerdict || role == Role::kResult || role == Role::kNone) {
    if (verdicts || (role == Role::kVerdict && !numbers)) {
      set_once(group.verdict, column);
    } else if (numbers) {
      set_once(group.unknown, column);
    } else if (role == Role::kNone && content.mostly(content.methods)) {
      set_once(group.method, column);
    } else if (role == Role::kNone && content.mostly(content.ranges)) {
      set_once(group.breakpoints, column);
    }
  } else if (role == Role::kBreakpoints) {
    set_once(group.breakpoints, column);
  } else if (role == Role::kMethod) {
    set_once(group.method, column);
  }
}

struct Heading {
  int row = -1;
  std::vector<Role> roles;  // one a column
};

// Whether a table without a heading may be one of verdicts: cheap, for most tables are none.
bool has_verdicts(const document::Table& table, const Lexicons& lexicons) {
  int count = 0;
  for (const TableCell& cell : table.cells) {
    if (!cell.text.empty() && verdict_of(cell.text, lexicons).is_known && ++count >= kLimits.fewest_verdicts)
      return true;
  }
  return false;
}

// The first row that names a column of drugs and, beside it, one of results.
Heading find_heading(const CellGrid& grid, const Lexicons& lexicons) {
  for (int row = 0; row < grid.rows(); ++row) {
    Heading heading{row, std::vector<Role>(static_cast<std::size_t>(grid.columns()), Role::kNone)};
    bool drug = false;
    bool other = false;
    for (int column = 0; column < grid.columns(); ++column) {
      const Role role = role_of(own_cell(grid, row, column), lexicons);
      heading.roles[static_cast<std::size_t>(column)] = role;
      drug = drug || role == Role::kDrug;
      other = other || (role != Role::kDrug && role != Role::kNone);
    }
    if (drug && other) return heading;
  }
  return {-1, std::vector<Role>(static_cast<std::size_t>(grid.columns()), Role::kNone)};
}

bool is_named_drug_column(const TableCell* cell, const Lexicons& lexicons) {
  if (cell == nullptr) return false;
  std::u32string key = folded_key(cell->text);
  key.resize(std::min(key.size(), key.find(U'(')));
  const auto id = lexicons.antibiograms.columns.whole(key);
  return id && static_cast<Role>(*id) == Role::kDrug;
}

std::vector<Group> find_groups(const CellGrid& grid, const Heading& heading, const Lexicons& lexicons) {
  std::vector<Group> groups;
  for (int column = 0; column < grid.columns(); ++column) {
    const Content content = content_of(grid, column, heading.row + 1, lexicons);
    const Role role = heading.roles[static_cast<std::size_t>(column)];
    const bool named = is_named_drug_column(own_cell(grid, heading.row, column), lexicons);
    const bool by_content = content.known_drugs() && (heading.row < 0 || role == Role::kDrug);
    if (named || by_content) {
      groups.emplace_back().drug = column;
    } else if (!groups.empty()) {
      place_column(groups.back(), role, column, content);
    }
  }
  // Verdicts make the table; under its headings, measures that other tables do not have do.
  std::erase_if(groups, [&](const Group& group) {
    const bool has_verdicts =
        group.verdict >= 0 &&
        (heading.row >= 0 || content_of(grid, group.verdict, 0, lexicons).verdicts >= kLimits.fewest_verdicts);
    return !has_verdicts && !(heading.row >= 0 && group.measures());
  });
  return groups;
}

// "MIC(μg/mL)", "KB(mm)": word and unit. Under "结果" a unit is one that the lexicon has.
std::pair<std::string, std::string> parts_of_heading(const TableCell* cell, bool is_measure, const Lexicons& lexicons) {
  const std::string text = trimmed_text(cell);
  const FoldedText folded = fold(text);
  const std::size_t open = folded.characters.find(U'(');
  if (open == std::u32string::npos || open == 0 || folded.characters.back() != U')') return {text, ""};
  const std::string unit = base::trimmed(
      std::string_view(text).substr(folded.end[open], folded.begin[folded.size() - 1] - folded.end[open]));
  const std::u32string key = folded_key(unit);
  const bool may_be_unit = is_measure && std::none_of(key.begin(), key.end(), base::is_han);
  return {base::trimmed(std::string_view(text).substr(0, folded.begin[open])),
          may_be_unit || lexicons.units.find(unit) ? unit : std::string()};
}

class RowFinder {
 public:
  RowFinder(const CellGrid& grid, const Heading& heading, const Lexicons& lexicons)
      : grid_(grid), heading_(heading), lexicons_(lexicons) {}

  void add(const Group& group, std::vector<SusceptibilityCells>& rows) const {
    std::string germ;
    for (int row = heading_.row + 1; row < grid_.rows(); ++row) {
      SusceptibilityCells cells;
      cells.drug = own_cell(grid_, row, group.drug);
      if (cells.drug == nullptr || role_of(cells.drug, lexicons_) != Role::kNone) continue;
      cells.verdict = own_cell(grid_, row, group.verdict);
      cells.breakpoints = own_cell(grid_, row, group.breakpoints);
      cells.method = own_cell(grid_, row, group.method);
      cells.germ = germ;
      if (!add_measures(group, row, cells, rows) && names_germ(cells.drug->text, lexicons_)) {
        germ = trimmed_text(cells.drug);
      }
    }
  }

 private:
  // Whether the row holds a result.
  bool add_measures(const Group& group, int row, SusceptibilityCells cells,
                    std::vector<SusceptibilityCells>& rows) const {
    const std::size_t before = rows.size();
    const std::array<std::pair<int, SusceptibilityMeasure>, 3> columns = {
        {{group.concentration, SusceptibilityMeasure::kConcentration},
         {group.zone, SusceptibilityMeasure::kZone},
         {group.unknown, SusceptibilityMeasure::kUnknown}}};
    for (const auto& [column, measure] : columns) {
      const TableCell* value = own_cell(grid_, row, column);
      if (value == nullptr || is_dash(value)) continue;
      SusceptibilityCells& added = rows.emplace_back(cells);
      added.value = value;
      added.measure = measure;
      const bool is_known = measure != SusceptibilityMeasure::kUnknown;
      const auto [word, unit] = parts_of_heading(own_cell(grid_, heading_.row, column), is_known, lexicons_);
      if (is_known) added.heading = word;
      added.heading_unit = unit;
    }
    if (rows.size() == before && cells.verdict != nullptr) {
      cells.value = cells.verdict;
      cells.measure = SusceptibilityMeasure::kVerdictOnly;
      rows.push_back(cells);
    }
    return rows.size() > before;
  }

  // "-", "/": not tested this way
  static bool is_dash(const TableCell* cell) {
    const std::u32string key = folded_key(cell->text);
    return std::all_of(key.begin(), key.end(), [](char32_t c) { return c == U'-' || c == U'/' || c == U'_'; });
  }

  const CellGrid& grid_;
  const Heading& heading_;
  const Lexicons& lexicons_;
};

}  // namespace

std::string trimmed_text(const TableCell* cell) { return cell == nullptr ? "" : base::trimmed(cell->text); }

SusceptibilityVerdict verdict_of(const std::string& printed, const Lexicons& lexicons) {
  const auto id = lexicons.antibiograms.verdicts.whole(folded_key(printed));
  return {printed, id.has_value(), id && *id == 'A'};
}

SusceptibilityVerdict take_verdict(std::string& value, const Lexicons& lexicons) {
  const FoldedText text = fold(value);
  for (std::size_t at = 1; at < text.size(); ++at) {
    const bool bracket = text.characters[at] == U'(' && text.characters.back() == U')';
    if (!bracket && text.gap[at] == 0) continue;
    const std::size_t from = bracket ? at + 1 : at;
    const std::size_t to = bracket ? text.size() - 1 : text.size();
    if (from >= to) continue;
    const SusceptibilityVerdict verdict = verdict_of(
        base::trimmed(std::string_view(value).substr(text.begin[from], text.end[to - 1] - text.begin[from])), lexicons);
    if (!verdict.is_known) continue;
    value = base::trimmed(std::string_view(value).substr(0, text.begin[at]));
    return verdict;
  }
  return {};
}

bool names_germ(std::string_view text, const Lexicons& lexicons) {
  return lexicons.antibiograms.germ_words.found_in(folded_key(text));
}

std::vector<SusceptibilityCells> find_susceptibility_rows(const document::Table& table, const Lexicons& lexicons) {
  std::vector<SusceptibilityCells> rows;
  if (table.row_count < 2 || table.column_count < 2) return rows;
  const CellGrid grid(table);
  const Heading heading = find_heading(grid, lexicons);
  if (heading.row < 0 && !has_verdicts(table, lexicons)) return rows;
  const RowFinder finder(grid, heading, lexicons);
  for (const Group& group : find_groups(grid, heading, lexicons)) finder.add(group, rows);
  return rows;
}

}  // namespace medmark::clinical
