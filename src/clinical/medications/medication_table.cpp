#include "clinical/medications/medication_table.hpp"

#include <map>
#include <optional>

#include "base/text.hpp"
#include "clinical/labs/lab_columns.hpp"
#include "clinical/medications/order_line.hpp"
#include "clinical/text/labels.hpp"

namespace medmark::clinical {
namespace {

using Columns = std::map<std::string, int>;

// The columns by the words of a row; empty where the row is no heading of drugs.
Columns read_heading(const CellGrid& grid, int row, const MedicationLexicon& lexicon) {
  Columns columns;
  int words = 0;
  for (int column = 0; column < grid.columns(); ++column) {
    const document::TableCell* cell = grid.at(row, column);
    if (cell == nullptr || cell->row != row || cell->column != column) continue;
    std::u32string key = folded_key(cell->text);
    if (const std::size_t bracket = key.find(U'('); bracket != std::u32string::npos && bracket > 0) key.resize(bracket);
    const auto id = lexicon.columns.whole(key);
    if (!id) continue;
    ++words;
    columns.emplace(lexicon.column_roles[static_cast<std::size_t>(*id)], column);
  }
  const bool about_drugs = columns.contains("strength") || columns.contains("dose") || columns.contains("frequency") ||
                           columns.contains("route") || columns.contains("usage") || columns.contains("quantity");
  return columns.contains("name") && about_drugs && words >= 2 ? columns : Columns{};
}

const document::TableCell* cell_of(const CellGrid& grid, int row, const Columns& columns, const std::string& role) {
  const auto column = columns.find(role);
  if (column == columns.end()) return nullptr;
  const document::TableCell* cell = grid.at(row, column->second);
  return cell != nullptr && cell->row == row && cell->column == column->second ? cell : nullptr;
}

std::string text_of(const document::TableCell* cell) { return cell == nullptr ? "" : base::trimmed(cell->text); }

// The name's cell without its number; a strength behind the name ("阿莫西林胶囊 0.25g×24粒") goes to the strength.
std::string take_name(const document::Block& block, const document::TableCell& cell, const MedicationLexicon& lexicon,
                      document::Medication& medication) {
  const TextUnit unit{&block, &cell, 0, 0, cell.text, fold(cell.text)};
  const std::size_t from = numbering_length(unit.folded.characters, 0);
  for (std::size_t i = from + 1; i < unit.folded.size(); ++i) {
    const bool digit = base::is_digit(unit.folded.characters[i]) && unit.folded.gap[i] > 0;
    const bool bracket = unit.folded.characters[i] == U'(' && i + 1 < unit.folded.size() &&
                         base::is_digit(unit.folded.characters[i + 1]);
    if (!digit && !bracket) continue;
    document::Medication details = medication;
    if (read_details(unit, i, unit.folded.size(), lexicon, details) == i) continue;
    if (!details.dose.empty() && details.strength.empty()) std::swap(details.dose, details.strength);
    medication = details;
    return unit.printed(from, i);
  }
  return unit.printed(from, unit.folded.size());
}

void put_row(const Report& report, const document::Block& block, const CellGrid& grid, int row, const Columns& columns,
             document::Clinical& clinical) {
  const document::TableCell* name = cell_of(grid, row, columns, "name");
  if (name == nullptr || base::trimmed(name->text).empty()) return;
  const MedicationLexicon& lexicon = report.lexicons->medications;
  document::Medication medication;
  medication.strength = text_of(cell_of(grid, row, columns, "strength"));
  medication.dose = text_of(cell_of(grid, row, columns, "dose"));
  medication.frequency = text_of(cell_of(grid, row, columns, "frequency"));
  medication.route = text_of(cell_of(grid, row, columns, "route"));
  const bool empty_row = medication.strength.empty() && medication.dose.empty() && medication.frequency.empty() &&
                         medication.route.empty() && text_of(cell_of(grid, row, columns, "usage")).empty() &&
                         text_of(cell_of(grid, row, columns, "quantity")).empty();
  const bool known = lexicon.drugs.found_in(folded_key(name->text));
  if (empty_row && !known) {
    // "复方甘草口服溶液 10mL 口服 每日3次": an order that is all in its cell, of a drug that the lexicon does not know
    const TextUnit unit{&block, name, 0, 0, name->text, fold(name->text)};
    const std::size_t from = numbering_length(unit.folded.characters, 0);
    const auto order = read_strange_order(unit, from, unit.folded.size(), lexicon);
    if (!order || !order->has_form) return;
    medication = order->medication;
    medication.text.clear();
  } else {
    medication.name = take_name(block, *name, lexicon, medication);
  }
  if (const document::TableCell* usage = cell_of(grid, row, columns, "usage")) {
    const TextUnit unit{&block, usage, 0, 0, usage->text, fold(usage->text)};
    read_details(unit, 0, unit.folded.size(), lexicon, medication);
  }
  document::Evidence evidence = evidence_of_cell(block, *name);
  for (int column = 0; column < grid.columns(); ++column) {
    const document::TableCell* cell = grid.at(row, column);
    if (cell == nullptr || cell->row != row || cell->column != column || cell->text.empty()) continue;
    medication.text += (medication.text.empty() ? "" : " ") + base::trimmed(cell->text);
    evidence.confidence = std::min(evidence.confidence, cell->confidence);
  }
  put_evidence(clinical, "medications." + std::to_string(clinical.medications.size()), evidence, 1);
  clinical.medications.push_back(std::move(medication));
}

}  // namespace

bool extract_medication_table(const Report& report, const document::Block& block, document::Clinical& clinical) {
  const CellGrid grid(*block.table);
  Columns columns;
  for (int row = 0; row < grid.rows(); ++row) {
    Columns heading = read_heading(grid, row, report.lexicons->medications);
    if (!heading.empty()) {
      columns = std::move(heading);
    } else if (!columns.empty()) {
      put_row(report, block, grid, row, columns, clinical);
    }
  }
  return !columns.empty();
}

}  // namespace medmark::clinical
