#include "clinical/sections/sections.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "clinical/diagnoses/entries.hpp"
#include "clinical/tables/table_words.hpp"
#include "clinical/text/dates.hpp"

namespace medmark::clinical {
namespace {

using document::BlockType;

bool stands_outside_sections(BlockType type) {
  return type == BlockType::kHeader || type == BlockType::kFooter || type == BlockType::kSeal ||
         type == BlockType::kFigure || type == BlockType::kFigureCaption || type == BlockType::kTableCaption;
}

// What a label means in a report of this type.
Passage passage_of(const Label& label, const std::string& document_type) {
  Passage passage;
  passage.label = &label;
  passage.section = label.section;
  passage.diagnosis = label.diagnosis;
  passage.is_medications = label.is_medications;
  passage.is_orders = label.is_orders;
  const bool pictures = document_type == "imaging_report" || document_type == "endoscopy_report";
  const bool bare_diagnosis = label.diagnosis == "clinical" && (label.length <= 2 || label.is_latin);
  if (pictures && bare_diagnosis) {
    passage.section = "impression";
    passage.diagnosis.clear();
  }
  if (document_type == "pathology_report") {
    if (label.section == "imaging_findings") passage.section = "pathology_findings";
    if (label.section == "impression" || bare_diagnosis) {
      passage.section.clear();
      passage.diagnosis = "pathology";
    }
  }
  const bool is_checkup = document_type == "checkup_report";
  if (is_checkup && label.section == "impression") passage.section = "summary";
  if (!is_checkup && label.section == "summary" && label.is_fallback_section) passage.section.clear();
  return passage;
}

class Finder {
 public:
  Finder(const Report& report, const std::string& document_type, const std::set<std::size_t>& read_elsewhere)
      : report_(report), document_type_(document_type), read_elsewhere_(read_elsewhere) {}

  std::vector<Passage> run() {
    for (std::size_t u = 0; u < report_.units.size(); ++u) {
      const TextUnit& unit = report_.units[u];
      if (stands_outside_sections(unit.block->type) || read_elsewhere_.contains(u)) continue;
      if (unit.cell != nullptr) {
        read_cell(u);
      } else if (unit.block->type == BlockType::kTitle) {
        read_title(u);
      } else {
        read_text(u);
      }
    }
    return std::move(passages_);
  }

 private:
  void open(const Label& label, int level, LabelStyle style) {
    Passage passage = passage_of(label, document_type_);
    const bool is_part = label.is_part_of_diagnoses && open_.has_value() && !passages_[*open_].diagnosis.empty();
    if (is_part) passage.diagnosis = passages_[*open_].diagnosis;
    passages_.push_back(std::move(passage));
    passages_.back().style = style;
    open_ = passages_.size() - 1;
    level_ = level;
  }
  void close() { open_.reset(); }
  void append(std::size_t u, std::size_t begin, std::size_t end, bool is_table = false) {
    if (!open_.has_value() || begin >= end) return;
    passages_[*open_].stretches.push_back({u, begin, end, is_table});
  }

  void read_title(std::size_t u) {
    const TextUnit& unit = report_.units[u];
    const auto& hits = report_.hits[u];
    const int level = unit.block->level.value_or(2);
    if (!hits.empty() && hits.front().label->opens_section() && hits.front().style != LabelStyle::kSpaced) {
      read_text(u);
      level_ = level;
      return;
    }
    if (const Label* label = label_at_end(unit.folded.characters)) {
      open(*label, level, LabelStyle::kWhole);
      return;
    }
    const bool inside = !hits.empty() && hits.front().label->is_inside;
    if (open_.has_value() && inside && level >= level_) {
      append(u, 0, unit.folded.size());
    } else {
      close();
    }
  }

  // "胃镜检查诊断" is a heading of what its ending names.
  const Label* label_at_end(const std::u32string& title) const {
    constexpr std::size_t kLongest = 12;
    if (title.size() > kLongest) return nullptr;
    const bool pictures = document_type_ == "imaging_report" || document_type_ == "endoscopy_report";
    for (std::size_t i = 1; i + 2 <= title.size(); ++i) {
      const auto id = report_.lexicons->labels.index.whole(std::u32string_view(title).substr(i));
      if (!id.has_value()) continue;
      const Label& label = report_.lexicons->labels.labels[static_cast<std::size_t>(*id)];
      if (label.length < 3 && !pictures && label.diagnosis.empty()) continue;
      if (!label.is_latin && (!label.section.empty() || !label.diagnosis.empty())) return &label;
    }
    return nullptr;
  }

  static constexpr std::size_t kShortWord = 2;

  // Whether a pair of a form ends the section that it stands in.
  bool ends_section(const TextUnit& unit, const LabelHit& hit) const {
    // A bracketed heading that nobody knows ends a section only where the sections themselves are headed so.
    if (hit.label == &report_.lexicons->labels.unknown_heading) {
      return open_.has_value() && passages_[*open_].style == LabelStyle::kBracket;
    }
    if (hit.label->is_other && !hit.label->is_field) {
      // "…质脆易出血；病理：中分化腺癌": a short word in a list of findings goes on with them.
      const bool in_list = hit.begin > 0 && unit.folded.characters[hit.begin - 1] == U';';
      return !(in_list && hit.label->length <= kShortWord);
    }
    if (!hit.label->is_field) return false;
    if (hit.begin == 0 || unit.folded.new_line[hit.begin] != 0) return true;
    const bool is_signature =
        hit.label->field_kind == FieldKind::kPerson || hit.label->field_kind == FieldKind::kDate || hit.label->is_other;
    return is_signature && hit.style == LabelStyle::kColon && unit.folded.gap[hit.begin] > 0;
  }

  // Whether the hit opens a passage of its own here.
  bool opens(const TextUnit& unit, const LabelHit& hit) const {
    const Label& label = *hit.label;
    if (label.section.empty() && label.diagnosis.empty() && !label.is_medications && !label.is_orders) return false;
    const bool inline_medications = label.is_medications && label.section.empty() && label.diagnosis.empty() &&
                                    hit.begin > 0 && unit.folded.new_line[hit.begin] == 0;
    return !(inline_medications && open_.has_value() && passages_[*open_].section == "discharge_orders");
  }

  void read_text(std::size_t u) {
    const TextUnit& unit = report_.units[u];
    if (ends_by_itself(unit)) {
      close();
      return;
    }
    if (next_entry_ > 0 && !starts_with_number(unit, next_entry_)) close();
    if (names_table_below(u)) close();
    next_entry_ = next_entry_ > 0 && open_.has_value() ? next_entry_ + 1 : 0;
    std::size_t from = 0;
    bool pair = false;
    for (const LabelHit& hit : report_.hits[u]) {
      const bool starts = opens(unit, hit);
      if (!starts && !ends_section(unit, hit)) continue;
      append(u, from, hit.begin);
      if (starts) {
        open(*hit.label, unit.block->type == BlockType::kTitle ? unit.block->level.value_or(2) : 6, hit.style);
        from = hit.value_begin;
        const bool inline_value = hit.style == LabelStyle::kColon || hit.style == LabelStyle::kSpaced;
        pair = hit.label->is_field && inline_value && hit.value_begin < unit.folded.size();
      } else {
        close();
        from = unit.folded.size();
        pair = false;
      }
    }
    append(u, from, unit.folded.size());
    if (pair) end_pair(unit, from);
  }

  // "临床诊断：…" in the head of a sheet goes no further than its line, unless the line opens a list that the next one
  // goes on with ("诊断：1.… / 2.…").
  void end_pair(const TextUnit& unit, std::size_t value_begin) {
    next_entry_ = 0;
    if (numbering_length(unit.folded.characters, value_begin) > 0) {
      next_entry_ = split_entries(unit.folded, value_begin, unit.folded.size()).size() + 1;
    } else {
      close();
    }
  }

  static bool starts_with_number(const TextUnit& unit, std::size_t number) {
    const std::u32string& text = unit.folded.characters;
    const std::size_t length = numbering_length(text, 0);
    if (length == 0) return false;
    std::size_t value = 0;
    for (std::size_t i = 0; i < length; ++i) {
      if (base::is_digit(text[i])) value = value * 10 + static_cast<std::size_t>(text[i] - U'0');
    }
    return value == number;
  }

  // Whether a short line behind a whole sentence of the section only names the table that follows: "糖脂代谢".
  bool names_table_below(std::size_t u) const {
    constexpr std::size_t kLongest = 12;
    const TextUnit& unit = report_.units[u];
    if (!open_.has_value() || passages_[*open_].stretches.empty() || !report_.hits[u].empty()) return false;
    if (unit.folded.size() > kLongest || numbering_length(unit.folded.characters, 0) > 0) return false;
    const auto is_mark = [](char32_t c) { return base::is_one_of(c, U"。;,:、.!?"); };
    if (std::any_of(unit.folded.characters.begin(), unit.folded.characters.end(), is_mark)) return false;
    const std::size_t below = unit.block_index + 1;
    if (below >= report_.last_block || report_.block(below).type != BlockType::kTable) return false;
    const Stretch& last = passages_[*open_].stretches.back();
    return report_.units[last.unit].folded.characters[last.end - 1] == U'。';
  }

  bool ends_by_itself(const TextUnit& unit) const {
    if (!open_.has_value()) return false;
    if (report_.lexicons->labels.endings.longest_at(unit.folded.characters, 0).has_value()) return true;
    const auto date = find_date(unit.folded, 0);
    return date.has_value() && date->begin == 0 && date->end == unit.folded.size();
  }

  void read_cell(std::size_t u) {
    const TextUnit& unit = report_.units[u];
    if (unit.block != row_block_ || unit.cell->row != row_) {
      row_block_ = unit.block;
      row_ = unit.cell->row;
      row_is_header_ = is_header_row(*unit.block->table, row_, *report_.lexicons);
    }
    if (row_is_header_) return;
    const std::optional<std::size_t> outer = open_;
    bool any = false;
    for (const LabelHit& hit : report_.hits[u]) {
      if (!opens(unit, hit)) continue;
      any = true;
      open(*hit.label, 6, hit.style);
      if (hit.style == LabelStyle::kWhole || hit.value_begin >= hit.value_end) {
        append_neighbours(u);
      } else {
        append(u, hit.value_begin, hit.value_end, true);
      }
      if (passages_[*open_].stretches.empty()) passages_.pop_back();
    }
    open_ = any ? std::nullopt : outer;
  }

  // The cells that a cell with only a label speaks of: those right of it up to the next label, otherwise the one below.
  void append_neighbours(std::size_t u) {
    const TextUnit& unit = report_.units[u];
    bool found = false;
    for (std::size_t v = u + 1; v < report_.units.size(); ++v) {
      const TextUnit& next = report_.units[v];
      if (next.block != unit.block || next.cell->row != unit.cell->row) break;
      if (next.folded.size() == 0) continue;
      if (!report_.hits[v].empty() && report_.hits[v].front().begin == 0 &&
          report_.hits[v].front().style != LabelStyle::kSpaced && report_.hits[v].front().label->is_inside == false) {
        break;
      }
      append(v, 0, next.folded.size(), true);
      found = true;
    }
    if (found) return;
    for (std::size_t v = u + 1; v < report_.units.size() && report_.units[v].block == unit.block; ++v) {
      const TextUnit& next = report_.units[v];
      if (next.cell->row < unit.cell->row + unit.cell->row_span || next.cell->column != unit.cell->column) continue;
      const bool label = !report_.hits[v].empty() && report_.hits[v].front().style == LabelStyle::kWhole;
      if (!label && next.folded.size() > 0) append(v, 0, next.folded.size(), true);
      return;
    }
  }

  const Report& report_;
  const std::string& document_type_;
  const std::set<std::size_t>& read_elsewhere_;
  std::vector<Passage> passages_;
  std::optional<std::size_t> open_;
  int level_ = 6;
  std::size_t next_entry_ = 0;  // number that the next line must have to go on with a pair's list; 0: none
  const document::Block* row_block_ = nullptr;  // the row of a table looked at last, and what it is
  int row_ = 0;
  bool row_is_header_ = false;
};

}  // namespace

std::vector<Passage> find_passages(const Report& report, const std::string& document_type,
                                   const std::set<std::size_t>& read_elsewhere) {
  return Finder(report, document_type, read_elsewhere).run();
}

namespace {

// Recognised prose that stops in the middle of a sentence has lost its rest to another block.
constexpr double kStopsShort = 0.85;

bool stops_short(const std::string& text) {
  constexpr std::u32string_view kEnds = U"。;.!?)]】》”\"…";
  const std::size_t last_line = text.rfind('\n');
  const std::u32string key = folded_key(last_line == std::string::npos ? text : text.substr(last_line + 1));
  if (numbering_length(key, 0) > 0) return false;  // entries of a list need no full stop
  const bool has_commas = key.find(U',') != std::u32string::npos;
  return has_commas && kEnds.find(key.back()) == std::u32string_view::npos;
}

}  // namespace

void extract_sections(const Report& report, const std::vector<Passage>& passages, document::Clinical& clinical) {
  std::set<std::string> proper;
  for (const Passage& passage : passages) {
    if (!passage.section.empty() && !passage.label->is_fallback_section && !passage.stretches.empty()) {
      proper.insert(passage.section);
    }
  }
  for (const Passage& passage : passages) {
    if (passage.section.empty() || (passage.label->is_fallback_section && proper.contains(passage.section))) continue;
    for (const Stretch& stretch : passage.stretches) {
      const TextUnit& unit = report.units[stretch.unit];
      const std::string text = unit.printed(stretch.begin, stretch.end);
      if (text.empty()) continue;
      std::string& whole = clinical.sections[passage.section];
      const std::string key = "sections." + passage.section;
      document::Evidence evidence = evidence_of_folded(unit, stretch.begin, stretch.end);
      const auto earlier = clinical.evidence.find(key);
      if (earlier != clinical.evidence.end()) {
        const document::Evidence& first = earlier->second;
        if (first.page == evidence.page) evidence.bbox = base::united(first.bbox, evidence.bbox);
        if (first.page != evidence.page) evidence.bbox = first.bbox;
        evidence.page = first.page;
        evidence.block = first.block;
        evidence.confidence = std::min(first.confidence, evidence.confidence);
        evidence.needs_review = first.needs_review || evidence.needs_review;
      }
      whole += (whole.empty() ? "" : "\n") + text;
      put_evidence(clinical, key, std::move(evidence), 1);
    }
  }
  for (const auto& [section, text] : clinical.sections) {
    document::Evidence& evidence = clinical.evidence["sections." + section];
    const bool recognised = evidence.confidence < 1;
    if (recognised && stops_short(text)) {
      put_evidence(clinical, "sections." + section, evidence, kStopsShort);
    }
  }
}

}  // namespace medmark::clinical
