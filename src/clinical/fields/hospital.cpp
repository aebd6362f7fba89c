#include "clinical/fields/hospital.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "clinical/report_type.hpp"

namespace medmark::clinical {
namespace {

using document::BlockType;

struct HospitalLimits {
  std::size_t head_blocks = 8;    // the hospital's name stands in the first blocks of a report
  std::size_t longest_line = 48;  // a heading, not a sentence
  std::size_t shortest_name = 4;  // "某某医院"
};
constexpr HospitalLimits kLimits;

bool is_name(char32_t c) {
  return base::is_han(c) || base::is_latin_letter(c) || base::is_digit(c) || c == U'(' || c == U')' || c == U'·' ||
         c == U'-' || c == U'&' || c == U'\'' || c == U'.';
}

bool is_generic(std::u32string_view name) {
  for (const std::u32string_view word : {U"我院", U"本院", U"外院", U"当地", U"转", U"就诊", U"于", U"基层"}) {
    if (name.find(word) != std::u32string_view::npos) return true;
  }
  return false;
}

// End of the hospital's name that opens `text`: behind the first suffix, with a branch that follows.
std::optional<std::size_t> name_end(std::u32string_view text, const LabelLexicon& lexicon) {
  std::size_t best = std::u32string_view::npos;
  std::size_t length = 0;
  for (const std::string& suffix : lexicon.hospital_suffixes) {
    const std::u32string key = folded_key(suffix);
    const std::size_t at = text.find(key);
    if (at == std::u32string_view::npos || at == 0) continue;
    if (at + key.size() < kLimits.shortest_name) continue;
    if (best == std::u32string_view::npos || at + key.size() < best + length ||
        (at <= best && at + key.size() > best + length)) {
      best = at;
      length = key.size();
    }
  }
  if (best == std::u32string_view::npos) return std::nullopt;
  std::size_t end = best + length;
  if (!std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), is_name)) return std::nullopt;
  if (end < text.size() && text[end] == U'(') {
    const std::size_t close = text.find(U')', end);
    if (close != std::u32string_view::npos) end = close + 1;
  } else {
    for (const std::u32string_view branch : {U"分院", U"院区"}) {
      const std::size_t at = text.find(branch, end);
      if (at != std::u32string_view::npos && at - end <= 6) end = at + branch.size();
    }
  }
  return end;
}

}  // namespace

namespace {

// The hospital named on a line of its own in the head of the report, among titles alone or among all lines.
void find_hospital(const Report& report, bool titles_only, document::Clinical& clinical) {
  for (std::size_t u = 0; u < report.units.size(); ++u) {
    const TextUnit& unit = report.units[u];
    const BlockType type = unit.block->type;
    if (titles_only && type != BlockType::kTitle) continue;
    const bool head = unit.block_index < report.first_block + kLimits.head_blocks || type == BlockType::kHeader;
    if (!head || unit.cell != nullptr || unit.folded.size() > kLimits.longest_line) continue;
    if (type != BlockType::kTitle && type != BlockType::kHeader && type != BlockType::kParagraph &&
        type != BlockType::kOther) {
      continue;
    }
    std::u32string_view text = unit.folded.characters;
    for (std::size_t i = 1; i < unit.folded.size(); ++i) {
      if (unit.folded.new_line[i] != 0) text = text.substr(0, i);
    }
    const auto end = name_end(text, report.lexicons->labels);
    const bool alone = end && (*end == text.size() || type_of_title(text.substr(*end), *report.lexicons).has_value() ||
                               text.substr(*end).find(U"报告") != std::u32string_view::npos);
    if (!alone || is_generic(text.substr(0, *end)) || !report.hits[u].empty()) continue;
    clinical.patient["hospital"] = unit.printed(0, *end);
    put_evidence(clinical, "patient.hospital", evidence_of_folded(unit, 0, *end), 1);
    return;
  }
}

}  // namespace

// A title of the sheet comes before a running header, which may be that of the record it was put into.
void extract_hospital(const Report& report, document::Clinical& clinical) {
  for (const bool titles_only : {true, false}) {
    if (!clinical.patient.contains("hospital")) find_hospital(report, titles_only, clinical);
  }
}

}  // namespace medmark::clinical
