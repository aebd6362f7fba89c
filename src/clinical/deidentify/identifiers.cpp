#include "clinical/deidentify/identifiers.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "clinical/deidentify/date_shift.hpp"
#include "clinical/deidentify/patterns.hpp"
#include "clinical/fields/values.hpp"
#include "clinical/tables/table_words.hpp"
#include "clinical/text/labels.hpp"

namespace medmark::clinical {
namespace {

struct IdentifierLimits {
  std::size_t shortest_name = 2;  // a shorter one is hidden where its label is, but not all over the document
  std::size_t shortest_number = 5;
};
constexpr IdentifierLimits kLimits;

// "医师签名signature", "姓名(name)": the Chinese part of a label in two languages; a label in one language as it is.
std::u32string without_gloss(const std::u32string& label) {
  const auto is_gloss = [](char32_t c) { return base::is_latin_letter(c) || base::is_one_of(c, U"()/.' "); };
  std::size_t begin = 0;
  std::size_t end = label.size();
  while (end > begin && is_gloss(label[end - 1])) --end;
  while (begin < end && is_gloss(label[begin])) ++begin;
  constexpr std::size_t kShortestGloss = 3;  // "病人ID" is whole
  if (begin == end || label.size() - (end - begin) < kShortestGloss) return label;
  return label.substr(begin, end - begin);
}

std::u32string bare_label(const FoldedText& text, const LabelHit& hit) {
  std::u32string label = text.characters.substr(hit.begin, hit.value_begin - hit.begin);
  const std::size_t number = numbering_length(label, 0);
  label = label.substr(number);
  while (!label.empty() && base::is_one_of(label.back(), U":_])")) label.pop_back();
  while (!label.empty() && base::is_one_of(label.front(), U"[(")) label.erase(0, 1);
  return without_gloss(label);
}

bool ends_with(const PhraseIndex& endings, const std::u32string& label) {
  for (std::size_t i = 0; i < label.size(); ++i) {
    if (endings.whole(std::u32string_view(label).substr(i))) return true;
  }
  return false;
}

// What kind of identifier a label announces.
std::optional<IdentifierKind> announced(const LabelHit& hit, const std::u32string& label,
                                        const IdentifierLexicon& lexicon) {
  if (lexicon.not_person_labels.whole(label) || lexicon.not_number_labels.whole(label)) return std::nullopt;
  switch (hit.label->field_kind) {
    case FieldKind::kPerson:
      return IdentifierKind::kPerson;
    case FieldKind::kIdentity:
      return IdentifierKind::kIdentityNumber;
    case FieldKind::kPhone:
      return IdentifierKind::kPhone;
    case FieldKind::kCode:
      return IdentifierKind::kNumber;
    default:
      break;
  }
  if (hit.label->field == "address" || lexicon.address_labels.whole(label)) return IdentifierKind::kAddress;
  if (lexicon.person_labels.whole(label)) return IdentifierKind::kPerson;
  if (!hit.label->section.empty() || !hit.label->diagnosis.empty()) return std::nullopt;
  if (hit.label->is_field && ends_with(lexicon.number_endings, label)) return IdentifierKind::kNumber;
  if (label.find(U"电话") != std::u32string::npos || label.find(U"手机") != std::u32string::npos)
    return IdentifierKind::kPhone;
  if ((hit.label->is_field || hit.label->is_other) && ends_with(lexicon.person_endings, label))
    return IdentifierKind::kPerson;
  return std::nullopt;
}

FieldKind reading_of(IdentifierKind kind) {
  switch (kind) {
    case IdentifierKind::kPerson:
      return FieldKind::kPerson;
    case IdentifierKind::kIdentityNumber:
      return FieldKind::kIdentity;
    case IdentifierKind::kPhone:
      return FieldKind::kPhone;
    case IdentifierKind::kNumber:
      return FieldKind::kCode;
    default:
      return FieldKind::kText;
  }
}

const std::map<std::string, IdentifierKind, std::less<>> kPatientKinds = {
    {"name", IdentifierKind::kPerson},
    {"id_number", IdentifierKind::kIdentityNumber},
    {"phone", IdentifierKind::kPhone},
    {"address", IdentifierKind::kAddress},
    {"admission_number", IdentifierKind::kNumber},
    {"outpatient_number", IdentifierKind::kNumber},
    {"sample_number", IdentifierKind::kNumber},
    {"ordering_doctor", IdentifierKind::kPerson},
    {"examiner", IdentifierKind::kPerson},
    {"reviewer", IdentifierKind::kPerson}};

}  // namespace

std::string_view identifier_kind_name(IdentifierKind kind) {
  switch (kind) {
    case IdentifierKind::kPerson:
      return "name";
    case IdentifierKind::kIdentityNumber:
      return "id_number";
    case IdentifierKind::kPhone:
      return "phone";
    case IdentifierKind::kAddress:
      return "address";
    case IdentifierKind::kNumber:
      return "number";
    case IdentifierKind::kMail:
      return "mail";
    case IdentifierKind::kDate:
      return "date";
  }
  return "";
}

std::optional<IdentifierKind> kind_of_patient_field(std::string_view field) {
  const auto kind = kPatientKinds.find(field);
  if (kind == kPatientKinds.end()) return std::nullopt;
  return kind->second;
}

namespace {

// A value is found by its label and again as a known value: one of them is enough.
std::vector<IdentifierSpan> without_repeats(const std::vector<IdentifierSpan>& spans) {
  std::vector<IdentifierSpan> kept;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const bool covered = std::any_of(spans.begin(), spans.end(), [&](const IdentifierSpan& other) {
      const auto place = static_cast<std::size_t>(&other - spans.data());
      const bool inside = other.kind == spans[i].kind && other.begin <= spans[i].begin && other.end >= spans[i].end;
      const bool same = other.begin == spans[i].begin && other.end == spans[i].end;
      return place != i && inside && (!same || place < i);
    });
    if (!covered) kept.push_back(spans[i]);
  }
  return kept;
}

}  // namespace

namespace {

// "Marlow, Ann" as "Ann Marlow" and the other way round; none for names of one word or in Chinese.
std::vector<std::u32string> latin_variants(const FoldedText& name) {
  std::vector<std::u32string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char32_t c = name.characters[i];
    if ((name.gap[i] > 0 || c == U',') && !words.back().empty()) words.emplace_back();
    if (base::is_latin_letter(c) || c == U'-' || c == U'\'') words.back().push_back(c);
    if (base::is_han(c)) return {};
  }
  if (words.back().empty()) words.pop_back();
  if (words.size() < 2) return {};
  std::u32string forward;
  for (const std::u32string& word : words) forward += word;
  std::u32string turned;  // the last word first, or the first one last
  for (std::size_t i = 1; i < words.size(); ++i) turned += words[i];
  turned += words.front();
  return {forward, turned};
}

}  // namespace

// Walks the labels of all units once.
class Identifiers::Collector {
 public:
  Collector(Identifiers& out, const std::vector<TextUnit>& units, const Lexicons& lexicons)
      : out_(out), units_(units), lexicons_(lexicons) {}

  void run() {
    for (const TextUnit& unit : units_) hits_.push_back(find_labels(unit, lexicons_.labels));
    for (std::size_t u = 0; u < units_.size(); ++u) {
      for (const LabelHit& hit : hits_[u]) read(u, hit);
      if (hits_[u].empty() && is_unknown_person_label(units_[u])) take_beside(u, IdentifierKind::kPerson);
      if (!hits_[u].empty()) read_name_before(u, hits_[u].front());
    }
  }

 private:
  void read(std::size_t u, const LabelHit& hit) {
    const auto kind = announced(hit, bare_label(units_[u].folded, hit), lexicons_.identifiers);
    if (!kind) return;
    if (hit.value_begin < hit.value_end) {
      take(u, *kind, hit.value_begin, hit.value_end);
      return;
    }
    if (units_[u].cell != nullptr && is_header_row(*units_[u].block->table, units_[u].cell->row, lexicons_)) {
      if (*kind == IdentifierKind::kPerson) take_names_below(u);
      return;
    }
    take_beside(u, *kind);
  }

  // "张某某 审核医师：…": a name whose own label a broken table left in another cell.
  void read_name_before(std::size_t u, const LabelHit& hit) {
    const FoldedText& text = units_[u].folded;
    const auto surname = lexicons_.identifiers.surnames.longest_at(text.characters, 0);
    if (!surname || hit.begin <= surname->length || hit.begin > surname->length + 2 || text.gap[hit.begin] == 0) return;
    if (announced(hit, bare_label(text, hit), lexicons_.identifiers) != IdentifierKind::kPerson) return;
    const std::u32string name = text.characters.substr(0, hit.begin);
    if (!std::all_of(name.begin(), name.end(), base::is_han)) return;
    out_.labelled_[static_cast<int>(u)].push_back({IdentifierKind::kPerson, 0, hit.begin});
    remember(IdentifierKind::kPerson, name);
  }

  // A cell such as "总检医师", which no file names.
  bool is_unknown_person_label(const TextUnit& unit) const {
    constexpr std::size_t kLongest = 8;
    const std::u32string& text = unit.folded.characters;
    const bool han = std::all_of(text.begin(), text.end(), base::is_han);
    return unit.cell != nullptr && han && text.size() >= 3 && text.size() <= kLongest &&
           ends_with(lexicons_.labels.pair_endings, text) && ends_with(lexicons_.identifiers.person_endings, text);
  }

  void take_beside(std::size_t u, IdentifierKind kind) {
    for (const std::size_t v : beside(u)) {
      const bool labelled =
          !hits_[v].empty() && hits_[v].front().begin == 0 && hits_[v].front().style != LabelStyle::kSpaced;
      if (!labelled) take(v, kind, 0, units_[v].folded.size());
    }
  }

  // Below a column's heading ("医师") everything that is a name and nothing else.
  void take_names_below(std::size_t u) {
    constexpr std::size_t kLongest = 4;
    for (const std::size_t v : beside(u)) {
      const std::u32string& text = units_[v].folded.characters;
      const auto surname = lexicons_.identifiers.surnames.longest_at(text, 0);
      const bool below = units_[v].cell->row > units_[u].cell->row;
      const bool name = surname && text.size() > surname->length && text.size() <= kLongest &&
                        std::all_of(text.begin(), text.end(), base::is_han);
      if (below && name) take(v, IdentifierKind::kPerson, 0, text.size());
    }
  }

  // Where the value of a label that stands alone may be: the next cell and the one below, or the next short line.
  std::vector<std::size_t> beside(std::size_t u) const {
    std::vector<std::size_t> places;
    const TextUnit& unit = units_[u];
    constexpr std::size_t kShortLine = 24;
    for (std::size_t v = u + 1; v < units_.size(); ++v) {
      const TextUnit& next = units_[v];
      if (unit.cell == nullptr) {
        if (next.cell == nullptr && next.folded.size() <= kShortLine) places.push_back(v);
        break;
      }
      if (next.block != unit.block) break;
      const bool right =
          next.cell->row == unit.cell->row && next.cell->column == unit.cell->column + unit.cell->column_span;
      const bool below =
          next.cell->column == unit.cell->column && next.cell->row >= unit.cell->row + unit.cell->row_span;
      if (right || below) places.push_back(v);
    }
    return places;
  }

  void take(std::size_t u, IdentifierKind kind, std::size_t begin, std::size_t end) {
    const TextUnit& unit = units_[u];
    // A list of people is read one after the other.
    for (int count = 0; count < 8 && begin < end; ++count) {
      const auto value = find_value(reading_of(kind), unit, begin, end, lexicons_.labels);
      if (!value || value->begin >= value->end) return;
      if (kind == IdentifierKind::kAddress && !is_address(unit, *value)) return;
      out_.labelled_[static_cast<int>(u)].push_back({kind, value->begin, value->end});
      remember(kind, unit.folded.characters.substr(value->begin, value->end - value->begin));
      if (kind != IdentifierKind::kPerson) return;
      begin = value->end;
    }
  }

  // A place has words; a unit or a number behind a label alike ("单位") is none.
  static bool is_address(const TextUnit& unit, const FieldValue& value) {
    const auto begin = unit.folded.characters.begin();
    return std::count_if(begin + static_cast<std::ptrdiff_t>(value.begin),
                         begin + static_cast<std::ptrdiff_t>(value.end), base::is_han) >= 2;
  }

  void remember(IdentifierKind kind, const std::u32string& value) {
    const std::size_t least = kind == IdentifierKind::kPerson ? kLimits.shortest_name : kLimits.shortest_number;
    if (kind == IdentifierKind::kPerson && !out_.persons_.contains(value)) {
      const int number = static_cast<int>(out_.persons_.size()) + 1;
      out_.persons_.emplace(value, number);
    }
    if (value.size() >= least) out_.values_.emplace(value, kind);
  }

  Identifiers& out_;
  const std::vector<TextUnit>& units_;
  const Lexicons& lexicons_;
  std::vector<std::vector<LabelHit>> hits_;
};

Identifiers::Identifiers(const std::vector<TextUnit>& units, const document::Clinical& clinical,
                         const Lexicons& lexicons)
    : lexicons_(&lexicons) {
  Collector(*this, units, lexicons).run();
  const auto take_patient = [&](const document::Clinical& report) {
    for (const auto& [field, value] : report.patient) {
      const auto kind = kind_of_patient_field(field);
      if (!kind) continue;
      const std::u32string folded = folded_key(value);
      const bool person = *kind == IdentifierKind::kPerson;
      if (folded.size() >= (person ? kLimits.shortest_name : kLimits.shortest_number)) values_.emplace(folded, *kind);
      if (!person) continue;
      const int number = persons_.emplace(folded, static_cast<int>(persons_.size()) + 1).first->second;
      for (const std::u32string& variant : latin_variants(fold(value))) {
        persons_.emplace(variant, number);
        values_.emplace(variant, *kind);
      }
    }
  };
  take_patient(clinical);
  for (const document::Clinical& part : clinical.parts) take_patient(part);
  for (const auto& [value, kind] : values_) index_.add(base::encode_utf8(value), static_cast<int>(kind));
}

std::vector<IdentifierSpan> Identifiers::find(const FoldedText& text, std::string_view printed, int unit_index) const {
  std::vector<IdentifierSpan> spans = find_patterns(text, printed, lexicons_->identifiers);
  const auto labelled = labelled_.find(unit_index);
  if (labelled != labelled_.end()) spans.insert(spans.end(), labelled->second.begin(), labelled->second.end());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto match = index_.longest_at(text.characters, i);
    if (!match) continue;
    const std::size_t end = i + match->length;
    const auto is_word = [&](std::size_t k) {
      return k < text.size() && text.characters[k] < 0x80 &&
             (base::is_latin_letter(text.characters[k]) || base::is_digit(text.characters[k]));
    };
    const bool inside_word = (i > 0 && is_word(i) && is_word(i - 1) && text.gap[i] == 0) ||
                             (is_word(end - 1) && is_word(end) && text.gap[end] == 0);
    if (!inside_word) spans.push_back({static_cast<IdentifierKind>(match->id), i, end});
  }
  for (const PrintedDate& date : find_printed_dates(text)) {
    spans.push_back({IdentifierKind::kDate, date.begin, date.end});
  }
  return without_repeats(spans);
}

int Identifiers::person_number(std::u32string_view folded_name) const {
  const auto person = persons_.find(std::u32string(folded_name));
  return person == persons_.end() ? 0 : person->second;
}

}  // namespace medmark::clinical
