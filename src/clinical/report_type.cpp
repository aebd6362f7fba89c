#include "clinical/report_type.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"

namespace medmark::clinical {
namespace {

using document::BlockType;

struct ReportTypeLimits {
  std::size_t longest_title = 40;  // a line that names the report, not a sentence
  std::size_t head_blocks = 8;     // where a report's name stands
  std::size_t least_rows = 2;      // laboratory rows that make a sheet without a title a laboratory report
  double from_title = 0.98;
  double from_header = 0.93;
  double from_content = 0.85;
};
constexpr ReportTypeLimits kLimits;

bool is_word(char32_t c) { return base::is_latin_letter(c) || base::is_digit(c); }

bool is_article(const Report& report) {
  for (const TextUnit& unit : report.units) {
    for (const std::u32string_view word :
         {U"关键词", U"参考文献", U"keywords", U"doi:", U"基金项目", U"通信作者", U"中图分类号"}) {
      if (unit.folded.characters.starts_with(word) || unit.folded.characters.starts_with(U"[" + std::u32string(word)))
        return true;
    }
  }
  return false;
}

bool has_patient(const Report& report) {
  for (const auto& hits : report.hits) {
    for (const LabelHit& hit : hits) {
      const std::string& field = hit.label->field;
      if (field == "name" || field == "admission_number" || field == "outpatient_number" || field == "sex") return true;
    }
  }
  return false;
}

// Labels of sections and diagnoses that the report has.
std::set<std::string> labelled_contents(const Report& report) {
  std::set<std::string> contents;
  for (const auto& hits : report.hits) {
    for (const LabelHit& hit : hits) {
      if (!hit.label->section.empty()) contents.insert(hit.label->section);
      if (!hit.label->diagnosis.empty()) contents.insert("diagnosis:" + hit.label->diagnosis);
      if (!hit.label->field.empty()) contents.insert("field:" + hit.label->field);
    }
  }
  return contents;
}

std::string type_of_content(const Report& report, std::size_t laboratory_rows) {
  const std::set<std::string> contents = labelled_contents(report);
  const auto has = [&](const char* key) { return contents.contains(key); };
  if (has("operative_course")) return "operative_record";
  if (has("pathology_findings") || has("diagnosis:pathology")) return "pathology_report";
  if (has("discharge_orders") || has("discharge_condition") || has("diagnosis:discharge")) return "discharge_summary";
  if (has("imaging_findings") && has("impression")) return "imaging_report";
  if (has("chief_complaint")) {
    const bool admitted = has("personal_history") || has("family_history") || has("diagnosis:admission") ||
                          has("field:admission_date") || has("field:bed");
    return admitted && !has("field:outpatient_number") ? "admission_record" : "outpatient_record";
  }
  if (laboratory_rows >= kLimits.least_rows) return "lab_report";
  if (has("imaging_findings") || has("impression")) return "imaging_report";
  return "other";
}

}  // namespace

std::optional<std::string> type_of_title(std::u32string_view title, const Lexicons& lexicons, std::size_t* length) {
  const ReportTypeLexicon& lexicon = lexicons.report_types;
  std::optional<std::string> best;
  std::size_t best_length = 0;
  for (std::size_t i = 0; i < title.size(); ++i) {
    const auto match = lexicon.titles.longest_at(title, i);
    if (!match) continue;
    const std::size_t end = i + match->length;
    const bool latin = title[i] < 0x80;
    if (latin && ((i > 0 && is_word(title[i - 1])) || (end < title.size() && is_word(title[end])))) continue;
    // The longest name counts; of two as long the later one, since a Chinese title ends with what it is.
    if (match->length >= best_length) {
      best = lexicon.types[static_cast<std::size_t>(match->id)];
      best_length = match->length;
    }
  }
  if (length != nullptr) *length = best_length;
  return best;
}

ReportType find_report_type(const Report& report, std::size_t laboratory_rows) {
  ReportType found;
  std::size_t words = 0;
  const auto consider = [&](const TextUnit& unit, double confidence) {
    std::size_t length = 0;
    const auto type = type_of_title(unit.folded.characters, *report.lexicons, &length);
    if (!type || (found.from_title && (confidence < found.confidence || length <= words))) return;
    found = {*type, confidence, evidence_of_folded(unit, 0, unit.folded.size()), true};
    words = length;
  };
  bool is_first = true;  // a report within a file may begin with a title of any level
  for (const TextUnit& unit : report.units) {
    if (unit.block_index >= report.first_block + kLimits.head_blocks) break;
    if (unit.cell != nullptr || unit.folded.size() > kLimits.longest_title) continue;
    const BlockType type = unit.block->type;
    const bool first_title = type == BlockType::kTitle && (unit.block->level.value_or(1) <= 2 || is_first);
    is_first = is_first && document::is_furniture(type);
    if (first_title && !found.from_title) consider(unit, kLimits.from_title);
    if (first_title && unit.block->level.value_or(1) == 1) consider(unit, kLimits.from_title);
  }
  if (!found.from_title) {
    for (const TextUnit& unit : report.units) {
      const BlockType type = unit.block->type;
      const bool head = unit.block_index < report.first_block + kLimits.head_blocks || type == BlockType::kHeader;
      if (!head || unit.cell != nullptr || unit.folded.size() > kLimits.longest_title) continue;
      if (type == BlockType::kHeader || type == BlockType::kParagraph || type == BlockType::kOther) {
        if (unit.folded.characters.find(U':') == std::u32string::npos) consider(unit, kLimits.from_header);
      }
    }
  }
  if (is_article(report) || (found.from_title && found.type == "other")) {
    found.type = "other";
    return found;
  }
  if (found.from_title && has_patient(report)) return found;
  if (found.from_title && type_of_content(report, laboratory_rows) != "other") return found;
  if (found.from_title) found.confidence *= kLimits.from_content;
  if (found.from_title) return found;
  const std::string by_content = type_of_content(report, laboratory_rows);
  if (by_content != "other" &&
      (has_patient(report) || laboratory_rows >= kLimits.least_rows || by_content == "operative_record")) {
    found.type = by_content;
    found.confidence = kLimits.from_content;
  }
  return found;
}

}  // namespace medmark::clinical
