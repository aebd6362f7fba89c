#include "clinical/report.hpp"

namespace medmark::clinical {

Report make_report(const document::Document& document, const Lexicons& lexicons, std::size_t first_block,
                   std::size_t last_block) {
  Report report{&document, &lexicons, first_block, last_block, {}, {}};
  for (TextUnit& unit : units_of(document, first_block, last_block)) {
    report.hits.push_back(find_labels(unit, lexicons.labels));
    report.units.push_back(std::move(unit));
  }
  // The hits point to labels of the lexicon, not to the units, so that moving the units is safe.
  return report;
}

void put_evidence(document::Clinical& clinical, const std::string& key, document::Evidence evidence, double factor) {
  evidence.confidence *= factor;
  evidence.needs_review = evidence.needs_review || evidence.confidence < kSureConfidence;
  clinical.evidence[key] = std::move(evidence);
}

}  // namespace medmark::clinical
