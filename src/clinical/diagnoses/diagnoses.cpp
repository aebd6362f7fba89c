#include "clinical/diagnoses/diagnoses.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "clinical/certainty.hpp"
#include "clinical/text/labels.hpp"

namespace medmark::clinical {
namespace {

// "糖尿病肾病期" for "…肾病Ⅲ期": recognition drops Roman numbers. Grades in words keep their sureness.
constexpr double kLostGrade = 0.85;
constexpr double kOpenBracket = 0.85;  // one of a pair of brackets was not read
constexpr double kLostLetter = 0.8;    // "120.000" is I20.000 among codes
constexpr double kCutByBorder = 0.6;   // a table's border that is none went through the entry

bool lost_its_grade(std::u32string_view key) {
  constexpr std::u32string_view kWords =
      U"早中晚末急慢初终动静止缓解复代失偿儿孕产后前围长短高低轻重甲乙丙丁一二三四五六七八九十";
  if (!key.empty() && std::u32string_view(U"型期级度").find(key.front()) != std::u32string_view::npos) return true;
  for (std::size_t i = 1; i < key.size(); ++i) {
    if (key[i] != U'期' && key[i] != U'级') continue;
    const char32_t before = key[i - 1];
    if (base::is_han(before) && kWords.find(before) == std::u32string_view::npos) return true;
  }
  return false;
}

struct DiagnosisLimits {
  std::size_t longest_entry = 80;  // a longer one is a description, not a diagnosis
};
constexpr DiagnosisLimits kLimits;

}  // namespace

std::optional<PrintedCode> code_at_end(std::u32string_view text, std::size_t begin, std::size_t end) {
  const bool bracketed = end > begin && (text[end - 1] == U')' || text[end - 1] == U']');
  const std::size_t code_end = bracketed ? end - 1 : end;
  std::size_t at = code_end;
  while (at > begin && (base::is_digit(text[at - 1]) || base::is_one_of(text[at - 1], U".x+*"))) --at;
  if (at == begin || code_end - at < 2 || !base::is_digit(text[at]) || !base::is_digit(text[at + 1]))
    return std::nullopt;
  --at;
  if (text[at] < U'a' || text[at] > U'z' || (at > begin && base::is_latin_letter(text[at - 1]))) return std::nullopt;
  if (code_end - at > 3 && text[at + 3] != U'.') return std::nullopt;
  if (!bracketed) {
    // Without a bracket the full form counts, or the short one behind a bracket: "B27" may be part of a name.
    const bool apart = code_end - at == 3 && at > begin && text[at - 1] == U')';
    return code_end - at > 4 || apart ? std::optional<PrintedCode>(PrintedCode{at, at, code_end}) : std::nullopt;
  }
  std::size_t open = at;
  while (open > begin && text[open - 1] != U'(' && text[open - 1] != U'[') --open;
  if (open == begin) return std::nullopt;
  if (at - open > 8) return std::nullopt;  // "(ICD-10:I25.1)" at most
  return PrintedCode{open - 1, at, code_end};
}

namespace {

// An entry that ran over the end of its line, without the break; words of Latin letters stay apart.
std::string on_one_line(const std::string& printed) {
  std::u32string line;
  const std::u32string text = base::decode_utf8(printed);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != U'\n') {
      line.push_back(text[i]);
      continue;
    }
    const bool han = (i > 0 && base::is_han(text[i - 1])) || (i + 1 < text.size() && base::is_han(text[i + 1]));
    if (!han) line.push_back(U' ');
  }
  return base::encode_utf8(line);
}

// Whether a diagnosis was appended.
bool put_diagnosis(const Report& report, const TextUnit& unit, Entry entry, const std::string& kind, double factor,
                   document::Clinical& clinical) {
  const std::u32string& text = unit.folded.characters;
  document::Diagnosis diagnosis;
  diagnosis.kind = kind;
  trim_entry(unit.folded, entry);
  if (report.lexicons->certainty.advice.longest_at(text, entry.begin)) return false;
  const auto code = code_at_end(text, entry.begin, entry.end);
  if (code && code->begin > entry.begin) {
    diagnosis.code = unit.printed(code->code_begin, code->code_end);
    diagnosis.code_system = "ICD-10";
    entry.end = code->begin;
    trim_entry(unit.folded, entry);
  }
  if (entry.end - entry.begin < 2 || entry.end - entry.begin > kLimits.longest_entry) return false;
  diagnosis.text = on_one_line(unit.printed(entry.begin, entry.end));
  const std::u32string key = text.substr(entry.begin, entry.end - entry.begin);
  if (report.lexicons->labels.beside_diagnoses.whole(key)) return false;  // a heading, of whatever table it is
  if (key.ends_with(U"专用章")) return false;                             // a seal that was read like print
  diagnosis.certainty = certainty_of_entry(key, report.lexicons->certainty);
  if (diagnosis.code.empty() && diagnosis.certainty == "confirmed") {
    const auto known = report.lexicons->diagnoses.icd10.find(key);
    if (known != report.lexicons->diagnoses.icd10.end()) {
      diagnosis.code = known->second;
      diagnosis.code_system = "ICD-10";
    }
  }
  const document::Evidence evidence = evidence_of_folded(unit, entry.begin, entry.end);
  const bool lost = evidence.confidence < 1 && lost_its_grade(key);
  const bool open =
      evidence.confidence < 1 && std::count(key.begin(), key.end(), U'(') != std::count(key.begin(), key.end(), U')');
  put_evidence(clinical, "diagnoses." + std::to_string(clinical.diagnoses.size()), evidence,
               factor * (lost ? kLostGrade : 1) * (open ? kOpenBracket : 1));
  clinical.diagnoses.push_back(std::move(diagnosis));
  return true;
}

// Whether a numbered list goes on in the next cell of its row, which does not begin with a number: a border that is
// none went through an entry.
bool goes_on_beside(const Report& report, const Passage& passage, std::size_t index) {
  if (index + 1 >= passage.stretches.size()) return false;
  const Stretch& here = passage.stretches[index];
  const Stretch& next = passage.stretches[index + 1];
  const TextUnit& cell = report.units[here.unit];
  const TextUnit& beside = report.units[next.unit];
  if (cell.cell == nullptr || beside.cell == nullptr || cell.block != beside.block) return false;
  if (cell.cell->row != beside.cell->row) return false;
  return numbering_length(cell.folded.characters, here.begin) > 0 &&
         numbering_length(beside.folded.characters, next.begin) == 0;
}

// Whether a diagnosis of the lexicon opens folded characters [begin, end).
bool opens_with_diagnosis(std::u32string_view text, std::size_t begin, std::size_t end,
                          const DiagnosisLexicon& lexicon) {
  constexpr std::size_t kShortest = 2;
  for (std::size_t to = end; to >= begin + kShortest; --to) {
    if (lexicon.icd10.contains(std::u32string(text.substr(begin, to - begin)))) return true;
  }
  return false;
}

// "高血压病3级，2型糖尿病、脂肪肝": commas part diagnoses only where a diagnosis of the lexicon stands at the head of
// every piece; otherwise they may belong to one.
std::vector<Entry> split_at_commas(const FoldedText& text, const Entry& entry, const DiagnosisLexicon& lexicon) {
  std::vector<Entry> pieces;
  std::size_t from = entry.begin;
  int depth = 0;
  for (std::size_t i = entry.begin; i <= entry.end; ++i) {
    if (i < entry.end) {
      depth += text.characters[i] == U'(' ? 1 : (text.characters[i] == U')' ? -1 : 0);
      if (depth > 0 || !base::is_one_of(text.characters[i], U",、")) continue;
    }
    if (!opens_with_diagnosis(text.characters, from, i, lexicon)) return {entry};
    pieces.push_back({from, i});
    from = i + 1;
  }
  return pieces;
}

// Whether a paragraph behind a numbered list tells something else: "患者家属意见：…", or a sentence of several clauses.
bool leaves_list(const FoldedText& text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kLongestLabel = 12;
  constexpr int kClauses = 2;  // commas
  int commas = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (text.characters[i] == U':' && i > begin + 1 && i - begin <= kLongestLabel) return true;
    commas += text.characters[i] == U',' ? 1 : 0;
  }
  return commas >= kClauses;
}

}  // namespace

void extract_diagnoses(const Report& report, const std::vector<Passage>& passages, document::Clinical& clinical) {
  const bool pictures = clinical.document_type == "imaging_report" || clinical.document_type == "endoscopy_report";
  for (const Passage& passage : passages) {
    std::string kind = passage.diagnosis;
    if (kind.empty() && pictures && passage.section == "impression") kind = "imaging";
    if (kind.empty()) continue;
    bool is_numbered = false;
    for (std::size_t s = 0; s < passage.stretches.size(); ++s) {
      const Stretch& stretch = passage.stretches[s];
      const TextUnit& unit = report.units[stretch.unit];
      const bool has_number = numbering_length(unit.folded.characters, stretch.begin) > 0;
      if (is_numbered && !has_number && unit.cell == nullptr && leaves_list(unit.folded, stretch.begin, stretch.end))
        break;
      is_numbered = is_numbered || has_number;
      const bool cut = goes_on_beside(report, passage, s) || (s > 0 && goes_on_beside(report, passage, s - 1));
      for (const Entry& entry : split_entries(unit.folded, stretch.begin, stretch.end)) {
        for (const Entry& piece : split_at_commas(unit.folded, entry, report.lexicons->diagnoses)) {
          for (const auto& [from, to] :
               split_by_denial(unit.folded.characters, piece.begin, piece.end, report.lexicons->certainty)) {
            put_diagnosis(report, unit, {from, to}, kind, cut ? kCutByBorder : 1, clinical);
          }
        }
      }
    }
  }
}

void extract_listed_diagnoses(const Report& report, const DiagnosisTables& listed, document::Clinical& clinical) {
  for (const ListedDiagnosis& entry : listed.diagnoses) {
    const TextUnit& unit = report.units[entry.unit];
    if (!put_diagnosis(report, unit, {entry.begin, unit.folded.size()}, entry.kind, 1, clinical) || !entry.code_unit)
      continue;
    const TextUnit& code = report.units[*entry.code_unit];
    std::string printed = code.printed(0, code.folded.size());
    if (entry.has_lost_letter) printed.replace(0, 1, "I");
    clinical.diagnoses.back().code = std::move(printed);
    clinical.diagnoses.back().code_system = "ICD-10";
    const std::string key = "diagnoses." + std::to_string(clinical.diagnoses.size() - 1);
    document::Evidence evidence = clinical.evidence[key];
    evidence.confidence = std::min(evidence.confidence, evidence_of_folded(code, 0, code.folded.size()).confidence);
    put_evidence(clinical, key, std::move(evidence), entry.has_lost_letter ? kLostLetter : 1);
  }
}

}  // namespace medmark::clinical
