#include "clinical/labs/antibiogram.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "clinical/labs/result.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

using document::TableCell;

// What is left of a piece's confidence where something does not fit; all below kSureConfidence.
struct SusceptibilityDoubts {
  double unknown_verdict = 0.7;
  double unknown_value = 0.7;   // no number
  double no_step = 0.7;         // a concentration between the steps of a dilution: a lost decimal point
  double strange_zone = 0.5;    // narrower than a disc, wider than a plate allows
  double contradiction = 0.5;   // resistant at the lowest concentration, susceptible at the highest
  double doubtful_mark = 0.85;  // "<" on pixels, where analysers print "≤"
};
constexpr SusceptibilityDoubts kSusceptibilityDoubts;
constexpr double kKnownDrug = 0.1;  // what is left of the doubt of a name that the lexicon has, as in lab_result.cpp

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

class SusceptibilityReader {
 public:
  SusceptibilityReader(const Report& report, const document::Block& block, std::string germ,
                       document::Clinical& clinical)
      : report_(report), block_(block), germ_(std::move(germ)), clinical_(clinical) {}

  void read(const SusceptibilityCells& cells) {
    document::LabResult result;
    result.name = trimmed_text(cells.drug);
    result.panel = cells.germ.empty() ? germ_ : cells.germ;
    result.method = cells.method != nullptr ? trimmed_text(cells.method) : cells.heading;
    result.reference_range = trimmed_text(cells.breakpoints);
    std::string value = trimmed_text(cells.value);
    SusceptibilityVerdict verdict;
    if (cells.measure == SusceptibilityMeasure::kVerdictOnly) {
      verdict = verdict_of(value, lexicons());
      result.value = value;
      result.flag_computed = verdict.is_abnormal ? "A" : "";
    } else {
      verdict = take_verdict(value, lexicons());
      if (cells.verdict != nullptr) verdict = verdict_of(trimmed_text(cells.verdict), lexicons());
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

  void weigh(const SusceptibilityCells& cells, const std::string& value, const SusceptibilityVerdict& verdict,
             document::LabResult& result) {
    const bool recognised = document::is_recognised(block_.source);
    double name = sure(cells.drug, "");
    if (lexicons().medications.drugs.whole(folded_key(result.name))) name = 1 - kKnownDrug * (1 - name);
    double flag = cells.verdict != nullptr ? sure(cells.verdict, "") : 1;
    double value_sure = sure(cells.value, value);
    if (cells.measure == SusceptibilityMeasure::kVerdictOnly) {
      if (!verdict.is_known) value_sure *= kSusceptibilityDoubts.unknown_verdict;
    } else {
      if (!verdict.printed.empty() && !verdict.is_known) flag *= kSusceptibilityDoubts.unknown_verdict;
      const PrintedResult printed = parse_result(value, lexicons(), cells.heading_unit.empty());
      result.value = printed.value;
      result.unit = cells.heading_unit.empty() ? printed.unit : cells.heading_unit;
      result.value_num = printed.number;
      result.comparator = printed.comparator;
      if (const auto unit = lexicons().units.find(result.unit); unit && !result.unit.empty())
        result.unit_ucum = lexicons().units.ucum[static_cast<std::size_t>(*unit)];
      const double fits = fit_of(cells.measure, printed, verdict, recognised);
      value_sure *= fits;
      if (fits <= kSusceptibilityDoubts.contradiction) flag *= fits;
    }
    put(cells, result,
        {{{"name", name, cells.drug, &result.name},
          {"value", value_sure, cells.value, &result.value},
          {"flag", flag, cells.verdict != nullptr ? cells.verdict : cells.value, &result.flag_raw},
          {"reference_range", sure(cells.breakpoints, ""), cells.breakpoints, &result.reference_range},
          {"unit", value_sure, cells.value, &result.unit}}});
  }

  // What the number itself, its sign and the verdict leave of the value's confidence.
  double fit_of(SusceptibilityMeasure measure, const PrintedResult& printed, const SusceptibilityVerdict& verdict,
                bool recognised) const {
    if (!printed.number) return kSusceptibilityDoubts.unknown_value;
    const AntibiogramLexicon& lexicon = lexicons().antibiograms;
    const double number = *printed.number;
    const bool is_zone = number >= lexicon.least_zone && number <= lexicon.most_zone && printed.comparator.empty();
    if (measure == SusceptibilityMeasure::kZone) return is_zone ? 1 : kSusceptibilityDoubts.strange_zone;
    const bool is_low = printed.comparator.starts_with('<');
    const bool is_high = printed.comparator.starts_with('>');
    if (verdict.is_known && ((is_low && verdict.is_abnormal) || (is_high && !verdict.is_abnormal)))
      return kSusceptibilityDoubts.contradiction;
    if (recognised && printed.comparator == "<") return kSusceptibilityDoubts.doubtful_mark;
    const bool is_step =
        std::find(lexicon.concentrations.begin(), lexicon.concentrations.end(), number) != lexicon.concentrations.end();
    if (measure == SusceptibilityMeasure::kUnknown && is_zone) return 1;
    return is_step ? 1 : kSusceptibilityDoubts.no_step;
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

void extract_susceptibility(const Report& report, std::size_t block, const std::vector<SusceptibilityCells>& rows,
                            document::Clinical& clinical) {
  SusceptibilityReader reader(report, report.block(block), germ_above(report, block), clinical);
  for (const SusceptibilityCells& cells : rows) reader.read(cells);
}

}  // namespace medmark::clinical
