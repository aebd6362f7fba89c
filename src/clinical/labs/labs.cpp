#include "clinical/labs/labs.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "clinical/labs/inline_range.hpp"
#include "clinical/labs/item.hpp"
#include "clinical/labs/lab_result.hpp"
#include "clinical/labs/reference_range.hpp"
#include "clinical/tables/table_words.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

RowContext context_of(const Report& report, const document::Clinical& clinical) {
  RowContext context;
  const auto sex = clinical.patient.find("sex");
  if (sex != clinical.patient.end()) {
    const std::u32string text = folded_key(sex->second);
    if (text.starts_with(U"男") || text == U"m" || text == U"male") context.subject.sex = Sex::kMale;
    if (text.starts_with(U"女") || text == U"f" || text == U"female") context.subject.sex = Sex::kFemale;
  }
  const auto age = clinical.patient.find("age");
  if (age != clinical.patient.end()) context.subject.years = years_of(age->second);
  const auto specimen = clinical.patient.find("sample_type");
  if (specimen != clinical.patient.end()) {
    context.specimen = specimen_of(specimen->second);
    return context;
  }
  for (const TextUnit& unit : report.units) {
    if (unit.block->type != document::BlockType::kTitle) continue;
    context.specimen = specimen_of(unit.text);
    if (!context.specimen.empty()) break;
  }
  return context;
}

// What is left of the confidence of a value that stood in its name's cell, whole or cut.
constexpr double kMovedValue = 0.95;
constexpr double kCutValue = 0.85;
constexpr double kUsualRanges = 0.8;  // share of a table's rows with a range, from which a row without one is odd

// A value that a table's borders left in the name's cell ("尿素 6.34"), whole or in part ("尿素 6" beside ".34"): it is
// moved to where it belongs. `is_cut`: it was put together.
struct MovedValue {
  std::string name;
  std::string value;
  bool is_cut = false;
};

std::optional<MovedValue> value_in_name(const PrintedRow& row, const LabItemLexicon& items) {
  const std::size_t space = row.name.find_last_of(' ');
  const bool cut = row.value.starts_with('.');
  if (space == std::string::npos || (!row.value.empty() && !cut) || is_known_item(row.name, items)) return std::nullopt;
  MovedValue moved{base::trimmed(std::string_view(row.name).substr(0, space)), row.name.substr(space + 1), cut};
  const bool digits = std::all_of(moved.value.begin(), moved.value.end(),
                                  [&](char c) { return (c >= '0' && c <= '9') || (!cut && c == '.'); });
  if (moved.value.empty() || !digits || !is_known_item(moved.name, items)) return std::nullopt;
  moved.value += row.value;
  return moved;
}

class TableReader {
 public:
  TableReader(const Report& report, const RowContext& context, document::Clinical& clinical)
      : report_(report), context_(context), clinical_(clinical) {}

  void read(const document::Block& block, const LabTable& table) {
    const auto with_range = std::count_if(table.rows.begin(), table.rows.end(), [](const LabCells& cells) {
      return !entry_text(cells.range, cells.entry).empty();
    });
    ranges_are_usual_ = static_cast<double>(with_range) >= kUsualRanges * static_cast<double>(table.rows.size());
    ranges_hold_units_ = std::any_of(table.rows.begin(), table.rows.end(), [&](const LabCells& cells) {
      const auto split = split_range_cell(entry_text(cells.range, cells.entry), *report_.lexicons);
      return split && !split->unit.empty();
    });
    for (const LabCells& cells : table.rows) read_row(block, table, cells);
  }

 private:
  void read_row(const document::Block& block, const LabTable& table, LabCells cells) {
    const bool recognised = document::is_recognised(block.source);
    const auto text = [&](const document::TableCell* cell) { return entry_text(cell, cells.entry); };
    // Where pixels show neither headings nor a column of units, that column may be what was not recognised.
    const bool lost = recognised && cells.is_headless;
    PrintedRow row{text(cells.name),
                   text(cells.code),
                   text(cells.value),
                   text(cells.unit),
                   text(cells.range),
                   text(cells.flag),
                   text(cells.specimen),
                   cells.panel,
                   text(cells.method),
                   cells.heading_unit,
                   cells.unit != nullptr || lost,
                   ranges_are_usual_,
                   table.has_flags,
                   cells.name_is_code,
                   recognised,
                   cells.is_cut};
    if (cells.range_end != nullptr) row.range = base::trimmed(row.range + " " + text(cells.range_end));
    if (const auto split = split_inline_range(row.value, *report_.lexicons); split && row.range.empty()) {
      row.value = split->result;
      row.range = split->range;
      cells.range = cells.value;
    }
    const auto split = ranges_hold_units_ ? split_range_cell(row.range, *report_.lexicons) : std::nullopt;
    if (split && cells.range != cells.value && (split->unit.empty() || row.unit.empty())) {
      row.range = split->range;
      if (!split->unit.empty()) {
        row.unit = split->unit;
        cells.unit = cells.range;
      }
    }
    PieceConfidence reading = reading_of(row, cells);
    const auto moved = value_in_name(row, report_.lexicons->lab_items);
    if (moved) {
      row.name = moved->name;
      row.value = moved->value;
      reading.value = std::min(reading.value, reading.name) * (moved->is_cut ? kCutValue : kMovedValue);
    }
    const document::TableCell* value_cell = moved ? cells.name : cells.value;
    const auto [result, pieces] = make_lab_result(row, context_, reading, *report_.lexicons);
    const std::string key = "lab_results." + std::to_string(clinical_.lab_results.size());
    put_row(block, cells, key, result);
    if (!cells.date.empty()) clinical_.normalised[key + ".collected_at"] = cells.date;
    put_piece(block, key + ".name", cells.name, result.name, pieces.name);
    put_piece(block, key + ".value", value_cell, result.value, pieces.value);
    // A unit that has no cell of its own stands with the value, the range or the heading.
    put_piece(block, key + ".unit", cells.unit != nullptr ? cells.unit : value_cell, result.unit, pieces.unit);
    put_piece(block, key + ".reference_range", cells.range, result.reference_range, pieces.range);
    put_piece(block, key + ".flag", cells.flag != nullptr && !cells.flag->text.empty() ? cells.flag : cells.value,
              result.flag_raw, pieces.flag);
    clinical_.lab_results.push_back(result);
  }

  // Each piece by its own characters: a doubtful arrow behind a value is no doubt of its digits, and the sign between
  // the bounds of a range (-, ~, —) carries no meaning of its own.
  PieceConfidence reading_of(const PrintedRow& row, const LabCells& cells) const {
    const auto any = +[](char32_t c) { return !base::is_space(c); };
    const auto bound = +[](char32_t c) {
      return !base::is_space(c) && std::u32string_view(U"-~–—－～〜―").find(c) == std::u32string_view::npos;
    };
    const auto sure = [&](const document::TableCell* cell, std::string_view piece, CharacterChoice counts) {
      if (cell == nullptr) return 1.0;
      const auto [from, to] = entry_range(*cell, cells.entry);
      return confidence_of_piece(cell->runs, cell->text, from, to, piece, counts);
    };
    const PrintedResult printed = parse_result(row.value, *report_.lexicons, row.unit.empty());
    PieceConfidence reading;
    reading.name = std::min(sure(cells.name, "", any), sure(cells.code, "", any));
    reading.value = sure(cells.value, printed.value, any);
    reading.unit = cells.unit != nullptr && !row.unit.empty() ? sure(cells.unit, "", any) : 1;
    if (row.unit.empty() && !printed.unit.empty()) reading.unit = sure(cells.value, printed.unit, any);
    // A unit may also stand behind the range.
    const bool may_hold_unit = row.unit.empty() && printed.unit.empty() && cells.range != cells.value;
    const ReferenceRange range =
        may_hold_unit ? parse_range(row.range, context_.subject, *report_.lexicons) : ReferenceRange{};
    if (may_hold_unit) reading.unit = sure(cells.range, range.unit, any);
    const bool has_bounds = looks_like_range(row.range);
    const std::string without_unit =
        range.unit.empty() ? "" : base::trimmed(std::string_view(row.range).substr(0, range.text_size));
    const std::string_view printed_range =
        cells.range == cells.value ? std::string_view(row.range) : std::string_view(without_unit);
    reading.range = sure(cells.range, printed_range, has_bounds ? bound : any);
    reading.range = std::min(reading.range, sure(cells.range_end, "", bound));
    reading.flag = row.flag.empty() ? 1 : sure(cells.flag, "", any);
    if (row.flag.empty() && !printed.flag_raw.empty()) reading.flag = sure(cells.value, printed.flag_raw, any);
    return reading;
  }

  void put_row(const document::Block& block, const LabCells& cells, const std::string& key,
               const document::LabResult& result) {
    document::Evidence whole;
    bool first = true;
    for (const document::TableCell* cell : {cells.name, cells.code, cells.value, cells.unit, cells.range, cells.flag}) {
      if (cell == nullptr || cell->text.empty()) continue;
      const document::Evidence evidence = evidence_of_cell(block, *cell);
      if (first) whole = evidence;
      if (!first && evidence.page == whole.page) whole.bbox = base::united(whole.bbox, evidence.bbox);
      first = false;
    }
    whole.confidence = result.confidence;
    whole.needs_review = result.needs_review;
    clinical_.evidence[key] = whole;
  }

  void put_piece(const document::Block& block, const std::string& key, const document::TableCell* cell,
                 const std::string& text, double confidence) {
    if (cell == nullptr || text.empty()) return;
    document::Evidence evidence = evidence_of_cell(block, *cell);
    evidence.confidence = confidence;
    evidence.needs_review = confidence < kSureConfidence;
    clinical_.evidence[key] = evidence;
  }

  const Report& report_;
  const RowContext& context_;
  document::Clinical& clinical_;
  bool ranges_are_usual_ = false;
  bool ranges_hold_units_ = false;  // then brackets part the two; elsewhere they stay as they are printed
};

}  // namespace

std::size_t LabTables::row_count() const {
  std::size_t count = 0;
  for (const auto& [block, table] : tables) count += table.rows.size();
  for (const auto& [block, rows] : susceptibilities) count += rows.size();
  return count;
}

LabTables find_lab_tables(const Report& report, LabExpectation expectation) {
  LabTables found;
  for (std::size_t b = report.first_block; b < report.last_block; ++b) {
    const document::Block& block = report.block(b);
    if (block.type != document::BlockType::kTable || !block.table.has_value()) continue;
    std::set<int> rows;
    if (auto cells = find_susceptibility_rows(*block.table, *report.lexicons); !cells.empty()) {
      for (const SusceptibilityCells& row : cells) rows.insert(row.drug->row);
      found.susceptibilities.emplace_back(b, std::move(cells));
    } else {
      LabTable table = find_lab_rows(*block.table, expectation, *report.lexicons);
      if (table.rows.empty()) continue;
      for (const LabCells& row : table.rows) {
        for (const document::TableCell* cell : {row.name, row.value, row.unit, row.range}) {
          if (cell != nullptr) rows.insert(cell->row);
        }
      }
      found.tables.emplace_back(b, std::move(table));
    }
    for (int row = 0; row < block.table->row_count; ++row) {
      if (is_header_row(*block.table, row, *report.lexicons)) rows.insert(row);
    }
    for (std::size_t u = 0; u < report.units.size(); ++u) {
      const TextUnit& unit = report.units[u];
      if (unit.block_index != b || unit.cell == nullptr) continue;
      if (rows.contains(unit.cell->row)) found.units.insert(u);
    }
  }
  return found;
}

void extract_lab_tables(const Report& report, const LabTables& tables, document::Clinical& clinical) {
  const RowContext context = context_of(report, clinical);
  TableReader reader(report, context, clinical);
  for (const auto& [block, table] : tables.tables) reader.read(report.block(block), table);
  for (const auto& [block, rows] : tables.susceptibilities) extract_susceptibility(report, block, rows, clinical);
}

}  // namespace medmark::clinical
