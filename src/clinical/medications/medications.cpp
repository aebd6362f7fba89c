#include "clinical/medications/medications.hpp"

#include <algorithm>

#include "clinical/certainty.hpp"
#include "clinical/medications/herbs.hpp"
#include "clinical/medications/medication_table.hpp"
#include "clinical/medications/order_line.hpp"
#include "clinical/text/labels.hpp"

namespace medmark::clinical {
namespace {

constexpr double kSentenceFactor = 0.96;  // a drug in a sentence may be one of the past or of a plan
constexpr double kStrangeDrug = 0.95;     // a name that only its form and its place in a list make a drug
constexpr double kStrangeName = 0.85;     // a name without a form may be food or care

// An order that opens an entry of the list at `i` with a name that holds no drug of the lexicon.
std::optional<OrderMatch> strange_entry(const TextUnit& unit, std::size_t i, std::size_t begin, std::size_t end,
                                        const MedicationLexicon& lexicon) {
  const FoldedText& text = unit.folded;
  std::size_t line = i;
  while (line > begin && text.new_line[line] == 0) --line;
  const bool opens = i == line || line + numbering_length(text.characters, line) == i;
  if (!opens || numbering_length(text.characters, i) > 0) return std::nullopt;
  auto order = read_strange_order(unit, i, end, lexicon);
  if (!order) return std::nullopt;
  for (std::size_t k = i; k < order->name_end; ++k) {
    if (read_order(unit, k, end, lexicon)) return std::nullopt;
  }
  return order;
}

// What counts as an order: a mere name in a list of drugs, a name with details in a sentence, on a prescription also
// what opens a line and ends in a drug's form.
enum class Reading { kList, kSentence, kPrescription };

// Orders of folded characters [begin, end).
void scan(const Report& report, const TextUnit& unit, std::size_t begin, std::size_t end, Reading reading,
          document::Clinical& clinical) {
  const bool needs_details = reading != Reading::kList;
  const MedicationLexicon& lexicon = report.lexicons->medications;
  for (std::size_t i = begin; i < end;) {
    auto order = read_order(unit, i, end, lexicon);
    if (!order && reading != Reading::kSentence) {
      const auto strange = strange_entry(unit, i, begin, end, lexicon);
      if (strange && (strange->has_form || reading == Reading::kList)) {
        put_evidence(clinical, "medications." + std::to_string(clinical.medications.size()),
                     evidence_of_folded(unit, strange->begin, strange->end),
                     strange->has_form ? kStrangeDrug : kStrangeName);
        clinical.medications.push_back(strange->medication);
        i = strange->end;
        continue;
      }
    }
    if (!order) {
      ++i;
      continue;
    }
    i = std::max(order->end, i + 1);
    if (needs_details && !order->has_details) continue;
    const std::string certainty =
        certainty_of(unit.folded.characters, order->begin, order->end, report.lexicons->certainty);
    if (certainty == "excluded") continue;
    put_evidence(clinical, "medications." + std::to_string(clinical.medications.size()),
                 evidence_of_folded(unit, order->begin, order->end), needs_details ? kSentenceFactor : 1);
    clinical.medications.push_back(order->medication);
  }
}

// "用法：200μg 吸入 bid" on the line below its drug, in folded characters [begin, end): completes the order made last.
// Returns whether it was one.
bool complete_order(const Report& report, const TextUnit& unit, std::size_t begin, std::size_t end,
                    document::Clinical& clinical) {
  const MedicationLexicon& lexicon = report.lexicons->medications;
  if (clinical.medications.empty() || begin >= end) return false;
  const auto word = lexicon.usage_words.longest_at(unit.folded.characters, begin);
  document::Medication& last = clinical.medications.back();
  if (!word || !last.frequency.empty() || !last.route.empty()) return false;
  const std::size_t details_end = read_details(unit, begin + word->length, end, lexicon, last);
  if (details_end <= begin + word->length) return false;
  last.text += " " + unit.printed(begin, details_end);
  const std::string key = "medications." + std::to_string(clinical.medications.size() - 1);
  document::Evidence whole = clinical.evidence[key];
  const document::Evidence line = evidence_of_folded(unit, begin, details_end);
  if (line.page == whole.page) whole.bbox = base::united(whole.bbox, line.bbox);
  whole.confidence = std::min(whole.confidence, line.confidence);
  put_evidence(clinical, key, std::move(whole), 1);
  return true;
}

// Orders in the passages that `counts` picks; cells of tables that were read by their columns are left out.
template <typename Counts>
void read_passages(const Report& report, const std::vector<Passage>& passages, bool skip_tables,
                   document::Clinical& clinical, Counts counts) {
  for (const Passage& passage : passages) {
    if (!counts(passage)) continue;
    for (const Stretch& stretch : passage.stretches) {
      if (stretch.is_table && skip_tables) continue;
      if (complete_order(report, report.units[stretch.unit], stretch.begin, stretch.end, clinical)) continue;
      scan(report, report.units[stretch.unit], stretch.begin, stretch.end,
           passage.is_medications ? Reading::kList : Reading::kSentence, clinical);
    }
  }
}

}  // namespace

void extract_medications(const Report& report, const std::vector<Passage>& passages, document::Clinical& clinical) {
  for (std::size_t b = report.first_block; b < report.last_block; ++b) {
    const document::Block& block = report.block(b);
    if (block.type == document::BlockType::kTable && block.table.has_value()) {
      extract_medication_table(report, block, clinical);
    }
  }
  const bool prescribed_in_table = !clinical.medications.empty();
  read_passages(report, passages, prescribed_in_table, clinical, [](const Passage& passage) {
    return passage.is_medications || passage.is_orders || passage.section == "discharge_orders";
  });
  // What was given on the way counts where no order tells what is to be taken.
  if (clinical.medications.empty()) {
    read_passages(report, passages, false, clinical,
                  [](const Passage& passage) { return passage.section == "treatment_course"; });
  }
  if (clinical.document_type != "prescription" || prescribed_in_table || !clinical.medications.empty()) return;
  for (const TextUnit& unit : report.units) {
    if (unit.block->type == document::BlockType::kTitle) continue;
    if (!complete_order(report, unit, 0, unit.folded.size(), clinical)) {
      scan(report, unit, 0, unit.folded.size(), Reading::kPrescription, clinical);
    }
  }
  if (clinical.medications.empty()) extract_herbs(report, clinical);
}

}  // namespace medmark::clinical
