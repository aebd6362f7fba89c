#include "clinical/fields/fields.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "clinical/fields/hospital.hpp"
#include "clinical/fields/narrative.hpp"
#include "clinical/fields/values.hpp"
#include "clinical/tables/table_words.hpp"
#include "clinical/text/dates.hpp"

namespace medmark::clinical {
namespace {

// How much the way a label stands says for its value.
struct Factors {
  double colon = 1;
  double spaced = 0.97;        // "姓名 张某": the next word could be a label nobody knows
  double glued = 0.85;         // "现住址青岭市…": words, which a label nobody knows may end
  double neighbour = 0.99;     // label and value in cells side by side
  double below = 0.96;         // value in the cell under the label
  double lost_time = 0.85;     // a date alone where the sheet's other dates have times
  double run_together = 0.95;  // without the heading of a column that ran into it
  double open_year = 0.85;     // a year of two digits that no other date of the report explains
  double unusual = 0.85;       // a department that ends in no word for one
};
constexpr Factors kFactors;
constexpr int kLeastHeadings = 3;  // cells of a row that end in headings, to take it for one

struct Found {
  std::size_t unit = 0;
  FieldValue value;
  double factor = 1;
};

FieldKind kind_of(const LabelLexicon& lexicon, const std::string& field) {
  for (const Label& label : lexicon.labels) {
    if (label.field == field) return label.field_kind;
  }
  return FieldKind::kText;
}

class Extractor {
 public:
  Extractor(const Report& report, const std::set<std::size_t>& laboratory_units, document::Clinical& clinical)
      : report_(report), laboratory_(laboratory_units), clinical_(clinical) {}

  void run() {
    for (const bool fallback : {false, true}) {
      for (std::size_t u = 0; u < report_.units.size(); ++u) {
        if (laboratory_.contains(u)) continue;
        for (const LabelHit& hit : report_.hits[u]) {
          if (hit.label->is_field && hit.label->is_fallback == fallback) read(u, hit);
        }
      }
    }
    settle_short_years();
  }

 private:
  const LabelLexicon& lexicon() const { return report_.lexicons->labels; }

  void read(std::size_t u, const LabelHit& hit) {
    if (!hit.label->composite.empty()) {
      read_composite(u, hit);
      return;
    }
    if (hit.label->field.empty() || speaks_of_contact(u, hit)) return;
    if (const auto found = value_of(u, hit)) {
      take(hit.label->field, *found);
      if (hit.label->field == "name") read_tail(*found, hit);
    }
  }

  // "联系人 王某 关系 配偶 电话 139…": who is called when something happens is not the patient.
  bool speaks_of_contact(std::size_t u, const LabelHit& hit) const {
    constexpr std::u32string_view kContact = U"联系人";
    const std::string& field = hit.label->field;
    if (field != "name" && field != "phone" && field != "address") return false;
    const std::size_t at = report_.units[u].folded.characters.find(kContact);
    return at != std::u32string::npos && at < hit.value_begin;
  }

  // Whether the cells beside this one end in headings of columns as well: a heading ran into the form above it.
  bool runs_into_heading(const TextUnit& unit) const {
    if (unit.cell == nullptr) return false;
    const auto ends_so = [&](const document::TableCell& cell) {
      const std::u32string key = folded_key(cell.text);
      const PhraseIndex& words = report_.lexicons->lab_columns.words;
      return cell.row == unit.cell->row && (words.whole(key).has_value() || words.ending_of(key).has_value());
    };
    const auto& cells = unit.block->table->cells;
    return std::count_if(cells.begin(), cells.end(), ends_so) >= kLeastHeadings;
  }

  std::optional<Found> value_in(std::size_t u, FieldKind kind, std::size_t begin, std::size_t end, double factor) {
    const TextUnit& unit = report_.units[u];
    const std::u32string_view inside = std::u32string_view(unit.folded.characters).substr(begin, end - begin);
    const auto heading = kind == FieldKind::kText && end == unit.folded.size() && begin < end
                             ? report_.lexicons->lab_columns.words.ending_of(inside)
                             : std::nullopt;
    if (heading && runs_into_heading(unit)) {
      end -= heading->length;
      factor *= kFactors.run_together;
    }
    const auto value = find_value(kind, report_.units[u], begin, end, lexicon());
    if (!value) return std::nullopt;
    return Found{u, *value, factor};
  }

  std::optional<Found> value_of(std::size_t u, const LabelHit& hit) {
    const FieldKind kind = hit.label->field_kind;
    const bool is_glued_text = hit.is_glued && kind == FieldKind::kText;
    const double factor = is_glued_text                      ? kFactors.glued
                          : hit.style == LabelStyle::kSpaced ? kFactors.spaced
                                                             : kFactors.colon;
    if (hit.value_begin < hit.value_end) return value_in(u, kind, hit.value_begin, hit.value_end, factor);
    return report_.units[u].cell != nullptr ? value_beside(u, kind) : std::nullopt;
  }

  bool is_label_cell(std::size_t u) const {
    const auto& hits = report_.hits[u];
    return !hits.empty() && (hits.front().style == LabelStyle::kWhole ||
                             (hits.front().begin == 0 && hits.front().style != LabelStyle::kSpaced));
  }

  // A cell that holds only the label: the value is the next cell, or, under a row of labels, the cell below.
  std::optional<Found> value_beside(std::size_t u, FieldKind kind) {
    const TextUnit& unit = report_.units[u];
    const document::TableCell& cell = *unit.cell;
    const bool heads_column = is_header_row(*unit.block->table, cell.row, *report_.lexicons);
    bool is_left_empty = false;
    for (std::size_t v = u + 1; v < report_.units.size(); ++v) {
      const TextUnit& next = report_.units[v];
      if (next.block != unit.block) break;
      // A label over several rows has its value in any of them.
      const bool beside = next.cell->row >= cell.row && next.cell->row < cell.row + cell.row_span &&
                          next.cell->column == cell.column + cell.column_span;
      if (beside && !heads_column) {
        is_left_empty = is_left_empty || next.folded.size() == 0;
        if (next.folded.size() > 0 && !is_label_cell(v)) {
          return value_in(v, kind, 0, next.folded.size(), kFactors.neighbour);
        }
      }
      const bool below = next.cell->row == cell.row + cell.row_span && next.cell->column == cell.column;
      if (below && !is_left_empty && !is_label_cell(v)) return value_in(v, kind, 0, next.folded.size(), kFactors.below);
    }
    return std::nullopt;
  }

  void read_composite(std::size_t u, const LabelHit& hit) {
    std::size_t at = hit.value_begin;
    std::size_t end = hit.value_end;
    if (at >= end && report_.units[u].cell != nullptr && u + 1 < report_.units.size() &&
        report_.units[u + 1].block == report_.units[u].block) {
      ++u;
      at = 0;
      end = report_.units[u].folded.size();
    }
    for (const std::string& field : hit.label->composite) {
      std::size_t part_end = at;
      while (part_end < end && report_.units[u].folded.characters[part_end] != U'/') ++part_end;
      const auto found = value_in(u, kind_of(lexicon(), field), at, part_end, kFactors.colon);
      if (found) take(field, *found);
      at = part_end < end ? part_end + 1 : (found ? found->value.end : end);
    }
  }

  // "姓名：张某 男 67岁": what follows the name without labels of its own.
  void read_tail(const Found& name, const LabelHit& hit) {
    if (hit.value_begin >= hit.value_end || name.value.end >= hit.value_end) return;
    const auto sex = value_in(name.unit, FieldKind::kSex, name.value.end, hit.value_end, kFactors.spaced);
    if (!sex) return;
    take("sex", *sex);
    const auto age = value_in(name.unit, FieldKind::kAge, sex->value.end, hit.value_end, kFactors.spaced);
    if (age) take("age", *age);
  }

  // The first value of a field stays. Another one that differs makes both doubtful.
  void take(const std::string& field, const Found& found) {
    // On a prescription 审核 and 核对 are the pharmacists', not a reviewer of results.
    if (clinical_.document_type == "prescription" && (field == "reviewer" || field == "examiner")) return;
    const TextUnit& unit = report_.units[found.unit];
    const std::string printed = unit.printed(found.value.begin, found.value.end);
    if (printed.empty()) return;
    const std::string key = "patient." + field;
    const auto [place, is_new] = clinical_.patient.emplace(field, printed);
    if (!is_new) {
      if (is_identity(field) && folded_key(place->second) != folded_key(printed))
        clinical_.evidence[key].needs_review = true;
      return;
    }
    const bool unusual = field == "department" && !ends_like_department(printed);
    put_evidence(clinical_, key, evidence_of_folded(unit, found.value.begin, found.value.end),
                 found.factor * found.value.factor * (unusual ? kFactors.unusual : 1));
    if (found.value.is_short_year) short_years_.emplace_back(key, found.value);
    if (!found.value.normalised.empty() && !found.value.is_short_year)
      clinical_.normalised[key] = found.value.normalised;
  }

  // "24-03-05" is a day of 2024 where the report has other dates of 2024, and none of 2005; else for a person.
  void settle_short_years() {
    if (short_years_.empty()) return;
    std::set<int> years;
    for (const TextUnit& unit : report_.units) {
      for (auto date = find_date(unit.folded, 0); date; date = find_date(unit.folded, date->end)) {
        if (!date->iso.empty()) years.insert(std::stoi(date->iso.substr(0, 4)));
      }
    }
    for (const auto& [key, value] : short_years_) {
      const int year = std::stoi(value.normalised.substr(0, 4));
      const bool open = !years.contains(year) || (value.other_year != year && years.contains(value.other_year));
      if (open) put_evidence(clinical_, key, clinical_.evidence[key], kFactors.open_year);
      if (!open) clinical_.normalised[key] = value.normalised;
    }
  }

  // "呼吸与危重症医学科", "消化内科一病区(3)", "CCU"; not "…医学科中", where the next cell ran into it.
  static bool ends_like_department(const std::string& printed) {
    constexpr std::u32string_view kEndings = U"科室区房部心诊组院所站楼病护";
    const char32_t last = folded_key(printed).back();
    return !base::is_han(last) || kEndings.find(last) != std::u32string_view::npos;
  }

  static bool is_identity(const std::string& field) {
    return field == "name" || field == "id_number" || field == "admission_number" || field == "sex" || field == "age";
  }

  const Report& report_;
  const std::set<std::size_t>& laboratory_;
  document::Clinical& clinical_;
  std::vector<std::pair<std::string, FieldValue>> short_years_;  // evidence key, value
};

// Collected, received, reported: a sheet prints all of them with a time or none.
void doubt_lost_times(document::Clinical& clinical) {
  std::vector<std::string> dates;
  bool any_time = false;
  for (const char* field : {"patient.collected_at", "patient.received_at", "patient.reported_at"}) {
    const auto iso = clinical.normalised.find(field);
    if (iso == clinical.normalised.end()) continue;
    const bool has_time = iso->second.find('T') != std::string::npos;
    any_time = any_time || has_time;
    if (!has_time) dates.emplace_back(field);
  }
  if (!any_time) return;
  for (const std::string& field : dates) {
    document::Evidence& evidence = clinical.evidence[field];
    if (evidence.confidence < 1) put_evidence(clinical, field, evidence, kFactors.lost_time);
  }
}

}  // namespace

void extract_fields(const Report& report, const std::set<std::size_t>& laboratory_units, document::Clinical& clinical) {
  Extractor(report, laboratory_units, clinical).run();
  doubt_lost_times(clinical);
  extract_narrative_fields(report, clinical);
  extract_hospital(report, clinical);
}

}  // namespace medmark::clinical
