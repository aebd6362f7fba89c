#include "clinical/fields/narrative.hpp"

#include <optional>

#include "base/text.hpp"
#include "clinical/fields/values.hpp"

namespace medmark::clinical {
namespace {

// A sentence is less sure than a form: 患者 may be followed by something that only looks like a name.
constexpr double kNarrativeFactor = 0.95;

bool is_comma(char32_t c) { return c == U',' || c == U'、' || c == U':'; }

struct Sentence {
  const Report& report;
  const TextUnit& unit;
  document::Clinical& clinical;

  void put(const std::string& field, std::size_t begin, std::size_t end) const {
    if (clinical.patient.contains(field)) return;
    clinical.patient[field] = unit.printed(begin, end);
    put_evidence(clinical, "patient." + field, evidence_of_folded(unit, begin, end), kNarrativeFactor);
  }
};

// Reads behind 患者 at `at`; false where it is not such a sentence.
bool read_sentence(const Sentence& s, std::size_t at) {
  const FoldedText& text = s.unit.folded;
  const auto here = [&](std::size_t i) { return i < text.size() ? text.characters[i] : U'\0'; };
  const std::size_t name_begin = at;
  while (base::is_han(here(at)) && here(at) != U'男' && here(at) != U'女' && at - name_begin < 5) ++at;
  const std::size_t name_end = at;
  if (is_comma(here(at))) ++at;
  const auto sex = find_value(FieldKind::kSex, s.unit, at, text.size(), s.report.lexicons->labels);
  if (!sex || sex->begin != at) return false;
  at = sex->end;
  if (is_comma(here(at))) ++at;
  const auto age = find_value(FieldKind::kAge, s.unit, at, text.size(), s.report.lexicons->labels);
  if (!age || age->begin != at) return false;
  if (name_end - name_begin >= 2 && name_end - name_begin <= 4) s.put("name", name_begin, name_end);
  s.put("sex", sex->begin, sex->end);
  s.put("age", age->begin, age->end);
  return true;
}

}  // namespace

void extract_narrative_fields(const Report& report, document::Clinical& clinical) {
  if (clinical.patient.contains("name") && clinical.patient.contains("sex") && clinical.patient.contains("age")) return;
  for (const TextUnit& unit : report.units) {
    if (unit.cell != nullptr) continue;
    const std::u32string& text = unit.folded.characters;
    for (const std::u32string_view word : {U"患者", U"病人", U"患儿"}) {
      const std::size_t at = text.find(word);
      if (at == std::u32string::npos) continue;
      if (read_sentence({report, unit, clinical}, at + word.size())) return;
    }
  }
}

}  // namespace medmark::clinical
