#include "clinical/labs/antibiogram.hpp"

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

struct Limits {
  double of_a_kind = 0.6;    // share of a column's filled cells that makes it one of verdicts or of numbers
  double known_drugs = 0.5;  // share of known drugs that a column without a heading of drugs must have
  int fewest_verdicts = 3;   // of a table without a heading
};
constexpr Limits kLimits;

// What is left of a piece's confidence where something does not fit; all below kSureConfidence.
struct Doubts {
  double unknown_verdict = 0.7;
  double unknown_value = 0.7;   // no number
  double no_step = 0.7;         // a concentration between the steps of a dilution: a lost decimal point
  double strange_zone = 0.5;    // narrower than a disc, wider than a plate allows
  double contradiction = 0.5;   // resistant at the lowest concentration, susceptible at the highest
  double doubtful_mark = 0.85;  // "<" on pixels, where analysers print "≤"
};
constexpr Doubts kDoubts;
constexpr double kKnownDrug = 0.1;  // what is left of the doubt of a name that the lexicon has, as in lab_result.cpp

std::string text_of(const TableCell* cell) { return cell == nullptr ? "" : base::trimmed(cell->text); }

const TableCell* own_cell(const CellGrid& grid, int row, int column) {
  const TableCell* cell = column < 0 ? nullptr : grid.at(row, column);
  return cell != nullptr && cell->row == row && cell->column == column && !text_of(cell).empty() ? cell : nullptr;
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

struct Verdict {
  std::string printed;
  bool is_known = false;
  bool is_abnormal = false;
};

Verdict verdict_of(const std::string& printed, const Lexicons& lexicons) {
  const auto id = lexicons.antibiograms.verdicts.whole(folded_key(printed));
  return {printed, id.has_value(), id && *id == 'A'};
}

// "≤0.25 S", "24(R)": the verdict behind a value in its cell; the value is left.
Verdict take_verdict(std::string& value, const Lexicons& lexicons) {
  const FoldedText text = fold(value);
  for (std::size_t at = 1; at < text.size(); ++at) {
    const bool bracket = text.characters[at] == U'(' && text.characters.back() == U')';
    if (!bracket && text.gap[at] == 0) continue;
    const std::size_t from = bracket ? at + 1 : at;
    const std::size_t to = bracket ? text.size() - 1 : text.size();
    if (from >= to) continue;
    const Verdict verdict = verdict_of(
        base::trimmed(std::string_view(value).substr(text.begin[from], text.end[to - 1] - text.begin[from])), lexicons);
    if (!verdict.is_known) continue;
    value = base::trimmed(std::string_view(value).substr(0, text.begin[at]));
    return verdict;
  }
  return {};
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
    std::string value = text_of(cell);
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
  const std::string text = text_of(cell);
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

bool names_germ(std::string_view text, const Lexicons& lexicons) {
  return lexicons.antibiograms.germ_words.found_in(folded_key(text));
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
        germ = text_of(cells.drug);
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

// The germ behind a label in folded characters: up to the end of its piece of the line.
std::string germ_behind(const TextUnit& unit, std::size_t from) {
  const std::u32string& text = unit.folded.characters;
  while (from < text.size() && (text[from] == U':' || base::is_space(text[from]))) ++from;
  std::size_t to = from;
  std::size_t last_gap = text.size();
  for (; to < text.size(); ++to) {
    if (to > from && (unit.folded.new_line[to] != 0 || unit.folded.gap[to] > 2)) break;
    if (text[to] == U';' || text[to] == U'。' || text[to] == U',') break;
    if (to > from && unit.folded.gap[to] > 0) last_gap = to;
    if (text[to] == U':') {  // "…菌 ESBL：阳性": the next pair of the line
      to = std::min(last_gap, to);
      break;
    }
  }
  return from < to ? unit.printed(from, to) : "";
}

// What the nearest label above the table says grew.
std::string germ_above(const Report& report, std::size_t block) {
  const AntibiogramLexicon& lexicon = report.lexicons->antibiograms;
  for (std::size_t u = report.units.size(); u-- > 0;) {
    const TextUnit& unit = report.units[u];
    if (unit.block_index >= block) continue;
    const std::u32string& text = unit.folded.characters;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const auto label = lexicon.germ_labels.longest_at(text, i);
      if (!label) continue;
      const std::size_t behind = i + label->length;
      const bool pair = behind < text.size() && text[behind] == U':';
      const bool whole = i == 0 && behind == text.size() && unit.cell != nullptr && u + 1 < report.units.size() &&
                         report.units[u + 1].block == unit.block;
      if (!pair && !whole) continue;
      const std::string germ = whole ? germ_behind(report.units[u + 1], 0) : germ_behind(unit, behind);
      if (names_germ(germ, *report.lexicons)) return germ;
    }
  }
  return "";
}

class Reader {
 public:
  Reader(const Report& report, const document::Block& block, std::string germ, document::Clinical& clinical)
      : report_(report), block_(block), germ_(std::move(germ)), clinical_(clinical) {}

  void read(const SusceptibilityCells& cells) {
    document::LabResult result;
    result.name = text_of(cells.drug);
    result.panel = cells.germ.empty() ? germ_ : cells.germ;
    result.method = cells.method != nullptr ? text_of(cells.method) : cells.heading;
    result.reference_range = text_of(cells.breakpoints);
    std::string value = text_of(cells.value);
    Verdict verdict;
    if (cells.measure == SusceptibilityMeasure::kVerdictOnly) {
      verdict = verdict_of(value, lexicons());
      result.value = value;
      result.flag_computed = verdict.is_abnormal ? "A" : "";
    } else {
      verdict = take_verdict(value, lexicons());
      if (cells.verdict != nullptr) verdict = verdict_of(text_of(cells.verdict), lexicons());
      result.flag_raw = verdict.printed;
      result.flag = verdict.is_abnormal ? "A" : "";
    }
    weigh(cells, value, verdict, result);
  }

 private:
  [[nodiscard]] const Lexicons& lexicons() const { return *report_.lexicons; }

  static double sure(const TableCell* cell, std::string_view piece) {
    const auto any = +[](char32_t c) { return !base::is_space(c); };
    return cell == nullptr ? 1.0 : confidence_of_piece(cell->runs, cell->text, 0, cell->text.size(), piece, any);
  }

  void weigh(const SusceptibilityCells& cells, const std::string& value, const Verdict& verdict,
             document::LabResult& result) {
    const bool recognised =
        block_.source == document::TextSource::kOcr || block_.source == document::TextSource::kMixed;
    double name = sure(cells.drug, "");
    if (lexicons().medications.drugs.whole(folded_key(result.name))) name = 1 - kKnownDrug * (1 - name);
    double flag = cells.verdict != nullptr ? sure(cells.verdict, "") : 1;
    double value_sure = sure(cells.value, value);
    if (cells.measure == SusceptibilityMeasure::kVerdictOnly) {
      if (!verdict.is_known) value_sure *= kDoubts.unknown_verdict;
    } else {
      if (!verdict.printed.empty() && !verdict.is_known) flag *= kDoubts.unknown_verdict;
      const PrintedResult printed = parse_result(value, lexicons(), cells.heading_unit.empty());
      result.value = printed.value;
      result.unit = cells.heading_unit.empty() ? printed.unit : cells.heading_unit;
      result.value_num = printed.number;
      result.comparator = printed.comparator;
      if (const auto unit = lexicons().units.find(result.unit); unit && !result.unit.empty())
        result.unit_ucum = lexicons().units.ucum[static_cast<std::size_t>(*unit)];
      const double fits = fit_of(cells.measure, printed, verdict, recognised);
      value_sure *= fits;
      if (fits <= kDoubts.contradiction) flag *= fits;
    }
    put(cells, result,
        {{{"name", name, cells.drug, &result.name},
          {"value", value_sure, cells.value, &result.value},
          {"flag", flag, cells.verdict != nullptr ? cells.verdict : cells.value, &result.flag_raw},
          {"reference_range", sure(cells.breakpoints, ""), cells.breakpoints, &result.reference_range},
          {"unit", value_sure, cells.value, &result.unit}}});
  }

  // What the number itself, its sign and the verdict leave of the value's confidence.
  double fit_of(SusceptibilityMeasure measure, const PrintedResult& printed, const Verdict& verdict,
                bool recognised) const {
    if (!printed.number) return kDoubts.unknown_value;
    const AntibiogramLexicon& lexicon = lexicons().antibiograms;
    const double number = *printed.number;
    const bool is_zone = number >= lexicon.least_zone && number <= lexicon.most_zone && printed.comparator.empty();
    if (measure == SusceptibilityMeasure::kZone) return is_zone ? 1 : kDoubts.strange_zone;
    const bool is_low = printed.comparator.starts_with('<');
    const bool is_high = printed.comparator.starts_with('>');
    if (verdict.is_known && ((is_low && verdict.is_abnormal) || (is_high && !verdict.is_abnormal)))
      return kDoubts.contradiction;
    if (recognised && printed.comparator == "<") return kDoubts.doubtful_mark;
    const bool is_step =
        std::find(lexicon.concentrations.begin(), lexicon.concentrations.end(), number) != lexicon.concentrations.end();
    if (measure == SusceptibilityMeasure::kUnknown && is_zone) return 1;
    return is_step ? 1 : kDoubts.no_step;
  }

  struct Piece {
    const char* key;
    double confidence;
    const TableCell* cell;
    const std::string* text;
  };

  void put(const SusceptibilityCells& cells, document::LabResult& result, const std::array<Piece, 5>& pieces) {
    const std::string key = "lab_results." + std::to_string(clinical_.lab_results.size());
    document::Evidence whole = evidence_of_cell(block_, *cells.drug);
    whole.confidence = 1;
    for (const Piece& piece : pieces) {
      if (piece.cell == nullptr || piece.text->empty()) continue;
      document::Evidence evidence = evidence_of_cell(block_, *piece.cell);
      if (evidence.page == whole.page) whole.bbox = base::united(whole.bbox, evidence.bbox);
      evidence.confidence = piece.confidence;
      evidence.needs_review = piece.confidence < kSureConfidence;
      whole.confidence = std::min(whole.confidence, piece.confidence);
      clinical_.evidence[key + "." + piece.key] = evidence;
    }
    result.confidence = whole.confidence;
    result.needs_review = whole.needs_review = whole.confidence < kSureConfidence;
    clinical_.evidence[key] = whole;
    clinical_.lab_results.push_back(std::move(result));
  }

  const Report& report_;
  const document::Block& block_;
  std::string germ_;
  document::Clinical& clinical_;
};

}  // namespace

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

void extract_susceptibility(const Report& report, std::size_t block, const std::vector<SusceptibilityCells>& rows,
                            document::Clinical& clinical) {
  Reader reader(report, report.block(block), germ_above(report, block), clinical);
  for (const SusceptibilityCells& cells : rows) reader.read(cells);
}

}  // namespace medmark::clinical
