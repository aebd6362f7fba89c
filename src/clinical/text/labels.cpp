#include "clinical/text/labels.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"

namespace medmark::clinical {
namespace {

struct LabelLimits {
  std::size_t remark = 12;  // longest "(…)" or English gloss between a label and its colon: "年龄(岁)：", "姓名 Name："
  std::size_t ambiguous = 2;    // labels this short open a section inside a paragraph only behind the end of a sentence
  std::size_t unknown = 10;     // longest label that no lexicon names: "总检医师：", "【会诊理由】"
  std::size_t glued_name = 4;   // longest name right behind its label
  std::size_t form_line = 160;  // longest unit whose labels may stand without colons
  std::size_t gloss = 32;       // letters of an English gloss before a label
  std::size_t least_gloss = 3;  // "CT检查" is no translation of itself
};
constexpr LabelLimits kLimits;

bool is_word(char32_t c) { return base::is_latin_letter(c) || base::is_digit(c); }

// State of one search.
struct Search {
  const TextUnit& unit;
  const LabelLexicon& lexicon;
  const FoldedText& text;
  std::vector<LabelHit> hits;
  std::size_t line_start = 0;  // behind the number that opens the unit

  [[nodiscard]] char32_t at(std::size_t i) const { return i < text.size() ? text.characters[i] : U'\0'; }
  [[nodiscard]] bool gap_at(std::size_t i) const { return i >= text.size() || text.gap[i] > 0; }
  [[nodiscard]] bool last_is_field() const { return !hits.empty() && hits.back().label->is_field; }
};

bool starts_line(const Search& s, std::size_t i) {
  if (i <= s.line_start) return true;
  if (s.text.new_line[i] != 0) return true;
  // behind a number or a bracket that itself starts a line
  std::size_t k = i;
  while (k > s.line_start && s.text.new_line[k] == 0) --k;
  const std::size_t number = numbering_length(s.text.characters, k);
  return k + number == i || (k + number + 1 == i && s.at(i - 1) == U'[');
}

bool has_left_boundary(const Search& s, std::size_t i, bool is_latin) {
  if (starts_line(s, i)) return true;
  const char32_t before = s.at(i - 1);
  if (s.text.gap[i] > 0) return !(is_latin && is_word(before) && s.text.gap[i] == 0);
  return base::is_one_of(before, U"[](){},.;:。、|/·*#_★☆●■□◆>!?\"”");
}

bool behind_sentence(const Search& s, std::size_t i) {
  return starts_line(s, i) || s.text.gap[i] > 0 || base::is_one_of(s.at(i - 1), U"。;!]_");
}

// Skips "(岁)" or an English gloss between a label and its colon; `j` itself where there is none.
std::size_t behind_remark(const Search& s, const Label& label, std::size_t j) {
  if (s.at(j) == U'(') {
    const std::size_t most = base::is_latin_letter(s.at(j + 1)) ? kLimits.gloss : kLimits.remark;
    for (std::size_t k = j + 1; k < std::min(j + most, s.text.size()); ++k) {
      if (s.at(k) == U')') return k + 1;
    }
    return j;
  }
  if (label.is_latin) return j;  // "…drug allergies. Hospital Course:" is no gloss of Allergies
  std::size_t k = j;
  while (k < s.text.size() && k - j <= 2 * kLimits.remark && (is_word(s.at(k)) || base::is_one_of(s.at(k), U"/.'")))
    ++k;
  const bool has_letter =
      std::any_of(s.text.characters.begin() + static_cast<std::ptrdiff_t>(j),
                  s.text.characters.begin() + static_cast<std::ptrdiff_t>(k), base::is_latin_letter);
  return k > j && s.at(k) == U':' && has_letter ? k : j;
}

// Behind the same label in the other language, where it ends the line or has the colon: "主诉 Chief Complaint",
// "Name 姓名："; `j` itself where there is none.
std::size_t behind_translation(const Search& s, const Label& label, std::size_t j) {
  const auto match = s.lexicon.index.longest_at(s.text.characters, j);
  if (!match) return j;
  const Label& other = s.lexicon.labels[static_cast<std::size_t>(match->id)];
  const std::size_t end = j + match->length;
  const bool ends = end >= s.text.size() || s.text.new_line[end] != 0 || s.at(end) == U':' || s.at(end) == U']';
  return ends && other.is_latin != label.is_latin ? end : j;
}

// Where the English gloss before a Chinese label begins: words that open the line, or a label of the lexicon behind
// another value ("陈某 Sex 性别："); `i` itself where there is none.
std::size_t gloss_start(const Search& s, std::size_t i) {
  std::size_t k = i;
  const auto is_gloss = [&](char32_t c) { return base::is_latin_letter(c) || base::is_one_of(c, U"-/&'."); };
  while (k > s.line_start && i - k < kLimits.gloss && is_gloss(s.at(k - 1)) && s.text.new_line[k] == 0) --k;
  if (i - k < kLimits.least_gloss) return i;
  if (starts_line(s, k)) return k;
  for (; i - k >= kLimits.least_gloss; ++k) {
    const auto match = s.lexicon.index.longest_at(s.text.characters, k);
    if (match && k + match->length == i) return k;
  }
  return i;
}

// Whether a label that is followed by a colon counts.
bool colon_counts(const Search& s, const Label& label, std::size_t i) {
  if (label.is_latin && i > 0 && is_word(s.at(i - 1)) && s.text.gap[i] == 0) return false;
  const bool left = has_left_boundary(s, i, label.is_latin);
  if (label.is_field && (left || (s.last_is_field() && label.length >= 2))) {
    if (label.length > 1 || starts_line(s, i) || s.last_is_field()) return true;
  }
  if (!label.opens_section()) return false;
  return label.length > kLimits.ambiguous ? left && !base::is_one_of(i > 0 ? s.at(i - 1) : U'。', U",、")
                                          : behind_sentence(s, i);
}

// A form's line without colons: "姓名 张某 性别 男".
bool spaced_counts(const Search& s, const Label& label, std::size_t i, std::size_t j) {
  if (s.text.size() > kLimits.form_line && !starts_line(s, i)) return false;
  if (label.is_latin && label.length < 3) return false;
  if (s.unit.block->type == document::BlockType::kTitle) return false;  // "检 验 报 告 单"
  const bool is_form = s.unit.block->type != document::BlockType::kParagraph || s.text.size() <= 60;
  if (label.is_field && is_form && label.length >= 2) {
    return !label.is_fallback && (starts_line(s, i) || (s.last_is_field() && s.text.gap[i] > 0));
  }
  return label.opens_section() && !label.is_other && !label.is_latin && label.length >= 2 && starts_line(s, i) &&
         s.at(j) != U'_';
}

bool opens_with_field(const Search& s, std::size_t i) {
  const auto match = s.lexicon.index.longest_at(s.text.characters, i);
  return match && match->length >= 2 && s.lexicon.labels[static_cast<std::size_t>(match->id)].is_field;
}

// A form's line without colons or spaces: "姓名张某 性别男 年龄63岁". What follows must look like the field's value.
bool glued_counts(const Search& s, const Label& label, std::size_t i, std::size_t j) {
  if (!label.is_field || label.is_fallback || label.is_latin || label.length < 2) return false;
  // Behind a label of the same line the next one needs no space before it: "2.女出生日期1957年"; nor does one in a
  // form's cell that only a long number can follow.
  const bool is_long_number = label.field_kind == FieldKind::kPhone || label.field_kind == FieldKind::kIdentity;
  const bool is_parted = starts_line(s, i) || s.text.gap[i] > 0 || s.last_is_field();
  if (s.text.size() > kLimits.form_line || !(is_parted || (is_long_number && s.unit.cell != nullptr))) return false;
  if (s.unit.block->type == document::BlockType::kTitle) return false;
  const char32_t next = s.at(j);
  switch (label.field_kind) {
    case FieldKind::kSex:
      // "性别2 1.男2.女" is a choice.
      return next == U'男' || next == U'女' ||
             (base::is_digit(next) && base::is_digit(s.at(j + 1)) && s.at(j + 2) == U'.');
    case FieldKind::kAge:
    case FieldKind::kDate:
    case FieldKind::kPhone:
    case FieldKind::kIdentity:
      return base::is_digit(next);
    case FieldKind::kBed:
      return base::is_digit(next) || (next == U'+' && base::is_digit(s.at(j + 1)));
    case FieldKind::kCode:
      return base::is_digit(next) || base::is_digit(s.at(j + 1));
    case FieldKind::kPerson:
      break;
    case FieldKind::kText: {
      // Where the words end is only known in a form's cell, by the next label.
      if (s.unit.cell == nullptr) return false;
      const bool is_ward = label.field == "ward" && base::is_digit(next);
      return starts_line(s, i) ? label.length >= 3 : s.last_is_field() && (label.length >= 4 || is_ward);
    }
    case FieldKind::kOther:  // "联系人姓名王某 关系配偶"; ends the value before it too: "病房12 转科科别—"
      return s.unit.cell != nullptr && (starts_line(s, i) ? label.length >= 4 : s.text.gap[i] > 0 && s.last_is_field());
  }
  std::size_t end = j;
  bool before_label = false;  // "姓名周某英性别2"
  while (end < s.text.size() && base::is_han(s.at(end)) && (end == j || s.text.gap[end] == 0) && !before_label) {
    before_label = end - j >= 2 && s.unit.cell != nullptr && opens_with_field(s, end);
    if (!before_label) ++end;
  }
  return label.field == "name" && end - j >= 2 && end - j <= kLimits.glued_name && (s.gap_at(end) || before_label);
}

// A label that no lexicon names, at the start of a line: "总检医师：" and "【会诊理由】".
std::optional<LabelHit> unknown_at(const Search& s, std::size_t i) {
  if (!starts_line(s, i) || !base::is_han(s.at(i))) return std::nullopt;
  std::size_t end = i;
  while (end < s.text.size() && end - i < kLimits.unknown && base::is_han(s.at(end))) ++end;
  if (i > 0 && s.at(i - 1) == U'[' && s.at(end) == U']') {
    return LabelHit{&s.lexicon.unknown_heading, LabelStyle::kBracket, i - 1, end + 1, s.text.size()};
  }
  if (s.at(end) != U':') return std::nullopt;
  for (std::size_t k = i + 1; k < end; ++k) {
    const auto ending = s.lexicon.pair_endings.longest_at(s.text.characters, k);
    if (ending && k + ending->length == end) {
      return LabelHit{&s.lexicon.unknown_pair, LabelStyle::kColon, i, end + 1, s.text.size()};
    }
  }
  return std::nullopt;
}

// Where the line's number before a label begins, so that the number belongs to the label and not to the text above.
std::size_t with_number(const Search& s, std::size_t begin) {
  for (std::size_t back = 2; back <= 4 && back <= begin; ++back) {
    const std::size_t k = begin - back;
    const bool starts = k == 0 || s.text.new_line[k] != 0 || s.text.gap[k] > 0;
    if (starts && numbering_length(s.text.characters, k) == back) return k;
  }
  return begin;
}

// The hit of `label` at `i` with `length` characters, where it counts as one.
std::optional<LabelHit> hit_at(const Search& s, const Label& label, std::size_t i, std::size_t length) {
  const std::size_t after = i + length;
  if (label.is_latin && after < s.text.size() && is_word(s.at(after)) && !s.gap_at(after)) return std::nullopt;
  const std::size_t j = behind_translation(s, label, behind_remark(s, label, after));
  const std::size_t limit = s.text.size();
  if (!label.is_latin) i = gloss_start(s, i);
  if (i > 0 && s.at(i - 1) == U'[' && s.at(j) == U']') {
    return LabelHit{&label, LabelStyle::kBracket, i - 1, s.at(j + 1) == U':' ? j + 2 : j + 1, limit};
  }
  if (s.at(j) == U':' && colon_counts(s, label, i)) return LabelHit{&label, LabelStyle::kColon, i, j + 1, limit};
  const bool ends_line = j >= s.text.size() || s.text.new_line[j] != 0;
  if (ends_line && starts_line(s, i)) return LabelHit{&label, LabelStyle::kWhole, i, j, limit};
  if (!ends_line && (s.gap_at(after) || s.at(after) == U'_') && spaced_counts(s, label, i, after)) {
    return LabelHit{&label, LabelStyle::kSpaced, i, after, limit};
  }
  if (!ends_line && glued_counts(s, label, i, after))
    return LabelHit{&label, LabelStyle::kSpaced, i, after, limit, true};
  const document::Block& block = *s.unit.block;
  if (s.unit.cell == nullptr && block.type == document::BlockType::kKeyValue && i == 0 && block.key_size > 0 &&
      s.text.end[j - 1] == block.key_size) {
    return LabelHit{&label, LabelStyle::kSpaced, i, j, limit};
  }
  return std::nullopt;
}

}  // namespace

std::size_t numbering_length(std::u32string_view text, std::size_t from) {
  const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : U'\0'; };
  const auto is_number = [&](char32_t c) { return base::is_digit(c) || base::is_one_of(c, U"一二三四五六七八九十"); };
  if ((at(from) >= U'①' && at(from) <= U'⑳') || base::is_one_of(at(from), U"·●■◆★*◇○►▶☆※")) return 1;
  if (at(from) == U'(') {
    std::size_t k = from + 1;
    while (is_number(at(k)) && k < from + 4) ++k;
    return k > from + 1 && at(k) == U')' ? k + 1 - from : 0;
  }
  std::size_t k = from;
  while (is_number(at(k)) && k < from + 3) ++k;
  if (k == from) return 0;
  if (base::is_one_of(at(k), U"、.)") && !(at(k) == U'.' && base::is_digit(at(k + 1)))) return k + 1 - from;
  return 0;
}

std::vector<LabelHit> find_labels(const TextUnit& unit, const LabelLexicon& lexicon) {
  Search s{unit, lexicon, unit.folded, {}, 0};
  s.line_start = numbering_length(s.text.characters, 0);
  for (std::size_t i = 0; i < s.text.size();) {
    std::size_t step = 1;
    std::optional<LabelHit> hit;
    if (const auto match = lexicon.index.longest_at(s.text.characters, i)) {
      const Label& label = lexicon.labels[static_cast<std::size_t>(match->id)];
      hit = hit_at(s, label, i, match->length);
    }
    if (!hit) hit = unknown_at(s, i);
    if (hit) {
      step = std::max<std::size_t>(1, std::min(hit->value_begin, s.text.size()) - i);
      hit->begin = with_number(s, hit->begin);
      s.hits.push_back(*hit);
    }
    i += step;
  }
  for (std::size_t h = 0; h + 1 < s.hits.size(); ++h) s.hits[h].value_end = s.hits[h + 1].begin;
  for (LabelHit& hit : s.hits) hit.value_begin = std::min(hit.value_begin, hit.value_end);
  return s.hits;
}

}  // namespace medmark::clinical
