#include "clinical/diagnoses/diagnosis_table.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace medmark::clinical {
namespace {

struct DiagnosisColumn {
  int column = 0;
  int width = 1;  // columns of the grid
  std::string kind;
  std::optional<int> code_column;
};

struct ListHeading {
  int last_row = 0;
  std::vector<DiagnosisColumn> columns;
};

// "I20.000", "I10.x05", "E11.900x001", "M81.0": a letter, a digit, and nothing but what codes are made of.
bool is_icd_code(std::u32string_view text) {
  constexpr std::size_t kShortest = 3;
  constexpr std::size_t kLongest = 14;
  if (text.size() < kShortest || text.size() > kLongest || !base::is_latin_letter(text[0]) || !base::is_digit(text[1]))
    return false;
  return std::all_of(text.begin() + 1, text.end(),
                     [](char32_t c) { return base::is_digit(c) || base::is_one_of(c, U"x.+*abcdef"); });
}

// "120.000", "l10.x05" on pixels: what is left of I20.000 and I10.x05 where codes stand.
bool is_code_with_lost_letter(const TextUnit& unit) {
  const std::u32string& text = unit.folded.characters;
  constexpr std::size_t kShortest = 5;
  return document::is_recognised(unit.block->source) && text.size() >= kShortest && base::is_one_of(text[0], U"1l|!") &&
         base::is_digit(text[1]) && base::is_digit(text[2]) && text[3] == U'.' && is_icd_code(U"i" + text.substr(1));
}

class DiagnosisTableReader {
 public:
  DiagnosisTableReader(const Report& report, std::size_t first, std::size_t last)
      : report_(report), first_(first), last_(last) {}

  void run(DiagnosisTables& found) const {
    std::optional<ListHeading> heading;
    for (std::size_t u = first_; u < last_;) {
      const std::size_t next = row_end(u);
      if (auto here = heading_of(u, next)) {
        heading = std::move(here);
      } else if (heading && cell(u).row > heading->last_row) {
        if (!fits(*heading, u, next)) {
          heading.reset();
        } else {
          read_row(*heading, u, next, found);
        }
      }
      if (heading) {
        for (std::size_t v = u; v < next; ++v) found.units.insert(v);
      }
      u = next;
    }
  }

 private:
  [[nodiscard]] const document::TableCell& cell(std::size_t u) const { return *report_.units[u].cell; }

  [[nodiscard]] std::size_t row_end(std::size_t u) const {
    std::size_t v = u + 1;
    while (v < last_ && cell(v).row == cell(u).row) ++v;
    return v;
  }

  // Label of a diagnosis that is all of a cell.
  [[nodiscard]] const Label* diagnosis_label(std::size_t u) const {
    const auto& hits = report_.hits[u];
    const bool is_whole = hits.size() == 1 && hits.front().style == LabelStyle::kWhole;
    return is_whole && !hits.front().label->diagnosis.empty() ? hits.front().label : nullptr;
  }

  // A row of nothing but headings, of diagnoses and of what stands beside them; one of several may be misread.
  [[nodiscard]] std::optional<ListHeading> heading_of(std::size_t from, std::size_t to) const {
    ListHeading heading;
    bool any_beside = false;
    std::size_t known = 0;
    std::size_t strange = 0;
    for (std::size_t u = from; u < to; ++u) {
      const std::u32string& text = report_.units[u].folded.characters;
      if (text.empty()) continue;
      heading.last_row = std::max(heading.last_row, cell(u).row + cell(u).row_span - 1);
      const auto beside = report_.lexicons->labels.beside_diagnoses.whole(text);
      if (beside) {
        any_beside = true;
        ++known;
        const bool is_code_column = *beside == LabelLexicon::kCodeBesideDiagnosis;
        if (is_code_column && !heading.columns.empty() && !heading.columns.back().code_column) {
          heading.columns.back().code_column = cell(u).column;
        }
      } else if (const Label* label = diagnosis_label(u)) {
        heading.columns.push_back({cell(u).column, cell(u).column_span, label->diagnosis, std::nullopt});
        ++known;
      } else {
        ++strange;
      }
    }
    constexpr std::size_t kKnownForOneStrange = 4;
    if (strange > 1 || (strange == 1 && known < kKnownForOneStrange)) return std::nullopt;
    return any_beside && !heading.columns.empty() ? std::optional(std::move(heading)) : std::nullopt;
  }

  // Whether a row goes on with the list: another part of the form has other columns, or words where codes stand.
  [[nodiscard]] bool fits(const ListHeading& heading, std::size_t from, std::size_t to) const {
    return std::all_of(heading.columns.begin(), heading.columns.end(), [&](const DiagnosisColumn& column) {
      bool stands_under = false;
      for (std::size_t u = from; u < to; ++u) {
        stands_under = stands_under || (cell(u).column == column.column && cell(u).column_span == column.width);
        const std::u32string& text = report_.units[u].folded.characters;
        if (column.code_column == cell(u).column && std::any_of(text.begin(), text.end(), base::is_han)) return false;
      }
      return stands_under;
    });
  }

  void read_row(const ListHeading& heading, std::size_t from, std::size_t to, DiagnosisTables& found) const {
    for (const DiagnosisColumn& column : heading.columns) {
      std::optional<ListedDiagnosis> diagnosis;
      for (std::size_t u = from; u < to; ++u) {
        const std::u32string& text = report_.units[u].folded.characters;
        if (cell(u).column == column.column) {
          const std::size_t begin = behind_label(u);
          if (begin < text.size()) diagnosis = ListedDiagnosis{u, begin, column.kind, std::nullopt, false};
        }
        if (!diagnosis || column.code_column != cell(u).column) continue;
        diagnosis->has_lost_letter = is_code_with_lost_letter(report_.units[u]);
        if (diagnosis->has_lost_letter || is_icd_code(text)) diagnosis->code_unit = u;
      }
      if (diagnosis) found.diagnoses.push_back(*diagnosis);
    }
  }

  // "主要诊断：…": where the diagnosis begins.
  [[nodiscard]] std::size_t behind_label(std::size_t u) const {
    const auto& hits = report_.hits[u];
    return !hits.empty() && hits.front().begin == 0 && !hits.front().label->diagnosis.empty() ? hits.front().value_begin
                                                                                              : 0;
  }

  const Report& report_;
  std::size_t first_;  // units of one table
  std::size_t last_;
};

}  // namespace

DiagnosisTables find_diagnosis_tables(const Report& report) {
  DiagnosisTables found;
  for (std::size_t u = 0; u < report.units.size();) {
    std::size_t end = u + 1;
    if (report.units[u].cell != nullptr) {
      while (end < report.units.size() && report.units[end].block == report.units[u].block) ++end;
      DiagnosisTableReader(report, u, end).run(found);
    }
    u = end;
  }
  return found;
}

}  // namespace medmark::clinical
