#include "structure/lexicon/lexicon.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

constexpr std::string_view kSectionWords[] = {
#include "structure/lexicon/data/section_words.def"
};
constexpr std::string_view kSectionEndings[] = {
#include "structure/lexicon/data/section_endings.def"
};
constexpr std::string_view kReportTitles[] = {
#include "structure/lexicon/data/report_titles.def"
};
constexpr std::string_view kHospitalEndings[] = {
#include "structure/lexicon/data/hospital_endings.def"
};
constexpr std::string_view kFieldNames[] = {
#include "structure/lexicon/data/field_names.def"
};
constexpr std::string_view kFurniturePhrases[] = {
#include "structure/lexicon/data/furniture_words.def"
};

struct WordSet {
  std::unordered_set<std::u32string> words;
  std::size_t longest = 0;

  template <std::size_t N>
  explicit WordSet(const std::string_view (&list)[N]) {
    for (const std::string_view word : list) {
      std::u32string key = folded_key(base::decode_utf8(word));
      longest = std::max(longest, key.size());
      words.insert(std::move(key));
    }
  }
  [[nodiscard]] bool has(const std::u32string& key) const { return words.contains(key); }
  [[nodiscard]] bool ends(const std::u32string& key) const {
    for (std::size_t n = std::min(longest, key.size()); n > 0; --n) {
      if (words.contains(key.substr(key.size() - n))) return true;
    }
    return false;
  }
};

const WordSet& section_words() {
  static const WordSet set(kSectionWords);
  return set;
}
const WordSet& section_endings() {
  static const WordSet set(kSectionEndings);
  return set;
}
const WordSet& report_titles() {
  static const WordSet set(kReportTitles);
  return set;
}
const WordSet& hospital_endings() {
  static const WordSet set(kHospitalEndings);
  return set;
}
const WordSet& field_names() {
  static const WordSet set(kFieldNames);
  return set;
}
const WordSet& furniture_phrases() {
  static const WordSet set(kFurniturePhrases);
  return set;
}

constexpr std::u32string_view kOpening = U"([【〔{<《「『";
constexpr std::u32string_view kClosing = U")]】〕}>》」』:.·-*#■◆●▲★";

// The words of a heading: without its number, the brackets around it and the colon behind it.
std::u32string heading_key(std::u32string_view text) {
  std::u32string key = folded_key(text.substr(numbering_of(text).length));
  while (!key.empty() && kClosing.find(key.back()) != std::u32string_view::npos) key.pop_back();
  std::size_t begin = 0;
  while (begin < key.size() && (kOpening.find(key[begin]) != std::u32string_view::npos ||
                                kClosing.find(key[begin]) != std::u32string_view::npos)) {
    ++begin;
  }
  return key.substr(begin);
}

// Without a bracketed addition at the end: "化验单（复查）".
std::u32string without_addition(std::u32string key) {
  if (!key.empty() && key.back() == U')') {
    const std::size_t open = key.rfind(U'(');
    if (open != std::u32string::npos && open > 0) key.resize(open);
  }
  return key;
}

// The Chinese half of bilingual words ("chiefcomplaint主诉", "主诉chiefcomplaint"); empty where there are no two
// halves.
std::u32string chinese_half(const std::u32string& key) {
  constexpr std::size_t kLeastGloss = 3;  // letters: "CT检查" is no translation of itself
  const auto is_gloss = [](char32_t c) {
    return base::is_latin_letter(c) || std::u32string_view(U"-/&'.").find(c) != std::u32string_view::npos;
  };
  const auto before = static_cast<std::size_t>(std::find_if_not(key.begin(), key.end(), is_gloss) - key.begin());
  const auto behind = static_cast<std::size_t>(std::find_if_not(key.rbegin(), key.rend(), is_gloss) - key.rbegin());
  if (before + behind >= key.size() || (before >= kLeastGloss) == (behind >= kLeastGloss)) return {};
  std::u32string half = before >= kLeastGloss ? key.substr(before) : key.substr(0, key.size() - behind);
  return std::all_of(half.begin(), half.end(), base::is_han) ? half : std::u32string();
}

// Whether one of two neighbouring characters is Latin and the other Han.
bool is_between_scripts(char32_t a, char32_t b) {
  return (base::is_han(a) && base::is_latin_letter(b)) || (base::is_latin_letter(a) && base::is_han(b));
}

std::size_t name_at_end(std::u32string_view text) {
  std::size_t best = 0;
  std::u32string key;
  for (std::size_t i = text.size(); i-- > 0 && key.size() < field_names().longest;) {
    const std::u32string one = folded_key(text.substr(i, 1));
    if (one.empty()) continue;
    key = one + key;
    if (field_names().has(key)) best = text.size() - i;
  }
  return best;
}

std::size_t name_at_start(std::u32string_view text) {
  std::size_t best = 0;
  std::u32string key;
  for (std::size_t i = 0; i < text.size() && key.size() < field_names().longest; ++i) {
    const std::u32string one = folded_key(text.substr(i, 1));
    if (one.empty()) continue;
    key += one;
    if (field_names().has(key)) best = i + 1;
  }
  return best;
}

bool is_chinese_numeral(char32_t c) {
  constexpr std::u32string_view kNumerals = U"一二三四五六七八九十百零〇";
  return kNumerals.find(c) != std::u32string_view::npos;
}

bool is_bracket_open(char32_t c) { return c == U'(' || c == U'（'; }
bool is_bracket_close(char32_t c) { return c == U')' || c == U'）'; }

std::size_t skip_spaces(std::u32string_view text, std::size_t i) {
  while (i < text.size() && base::is_space(text[i])) ++i;
  return i;
}

Numbering chapter(std::u32string_view text) {
  if (text.empty() || text[0] != U'第') return {};
  std::size_t i = 1;
  while (i < text.size() && (is_chinese_numeral(text[i]) || base::is_digit(text[i]))) ++i;
  if (i == 1 || i >= text.size()) return {};
  constexpr std::u32string_view kUnits = U"章节篇部编";
  if (kUnits.find(text[i]) == std::u32string_view::npos) return {};
  return {NumberKind::kChapter, text[i] == U'节' ? 2 : 1, skip_spaces(text, i + 1), true};
}

Numbering bracketed(std::u32string_view text) {
  if (text.empty() || !is_bracket_open(text[0])) return {};
  std::size_t i = 1;
  const bool chinese = i < text.size() && is_chinese_numeral(text[i]);
  while (i < text.size() && (chinese ? is_chinese_numeral(text[i]) : base::is_digit(text[i]))) ++i;
  if (i == 1 || i > 3 || i >= text.size() || !is_bracket_close(text[i])) return {};
  return {chinese ? NumberKind::kChineseBracket : NumberKind::kArabicBracket, 1, skip_spaces(text, i + 1), true};
}

Numbering chinese(std::u32string_view text) {
  std::size_t i = 0;
  while (i < text.size() && is_chinese_numeral(text[i])) ++i;
  if (i == 0 || i > 3 || i >= text.size()) return {};
  if (text[i] != U'、' && text[i] != U'.' && text[i] != U'．' && text[i] != U'，' && text[i] != U',') return {};
  return {NumberKind::kChinese, 1, skip_spaces(text, i + 1), true};
}

Numbering arabic(std::u32string_view text) {
  std::size_t i = 0;
  int depth = 0;
  while (i < text.size() && base::is_digit(text[i])) {
    const std::size_t begin = i;
    while (i < text.size() && base::is_digit(text[i])) ++i;
    if (i - begin > 2) return {};
    ++depth;
    if (i + 1 < text.size() && (text[i] == U'.' || text[i] == U'．') && base::is_digit(text[i + 1])) {
      ++i;
      continue;
    }
    break;
  }
  if (depth == 0 || i >= text.size()) return {};
  constexpr std::u32string_view kMarks = U".．、)）";
  const bool has_mark = kMarks.find(text[i]) != std::u32string_view::npos;
  if (!has_mark && !base::is_space(text[i])) {
    // "1.1概念" without any space; never "3年前" or "2型".
    if (depth < 2 || !base::is_han(text[i])) return {};
    return {NumberKind::kArabic, depth, i, false};
  }
  const std::size_t words = skip_spaces(text, i + (has_mark ? 1 : 0));
  if (words >= text.size() || base::is_digit(text[words])) return {};
  return {NumberKind::kArabic, depth, words, has_mark};
}

Numbering circled_or_bullet(std::u32string_view text) {
  if (text.size() < 2) return {};
  if (text[0] >= 0x2460 && text[0] <= 0x2473) return {NumberKind::kCircled, 1, skip_spaces(text, 1), true};
  constexpr std::u32string_view kBullets = U"•●■◆▪○□◇▲★☆►➢✓√·※";
  if (kBullets.find(text[0]) != std::u32string_view::npos) return {NumberKind::kBullet, 1, skip_spaces(text, 1), true};
  if ((text[0] == U'-' || text[0] == U'*' || text[0] == U'–') && base::is_space(text[1])) {
    return {NumberKind::kBullet, 1, skip_spaces(text, 1), true};
  }
  return {};
}

}  // namespace

std::u32string folded_key(std::u32string_view text) {
  std::u32string key;
  key.reserve(text.size());
  for (char32_t c : base::folded_to_half_width(text)) {
    if (base::is_space(c)) continue;
    if (c >= U'A' && c <= U'Z') c += U'a' - U'A';
    key.push_back(c);
  }
  return key;
}

bool is_section_word(std::u32string_view text) {
  const std::u32string key = heading_key(text);
  return section_words().has(key) || section_words().has(heading_key(without_addition(key))) ||
         section_words().has(chinese_half(key));
}

bool has_section_ending(std::u32string_view text) {
  return section_endings().ends(without_addition(heading_key(text)));
}

bool has_report_title_ending(std::u32string_view text) {
  return report_titles().ends(without_addition(folded_key(text)));
}

bool is_hospital_name(std::u32string_view text) {
  const std::u32string key = without_addition(folded_key(text));
  return key.size() >= 4 && hospital_endings().ends(key) && key.find(U':') == std::u32string::npos;
}

bool is_field_name(std::u32string_view text) {
  const std::u32string key = folded_key(text);
  return field_names().has(key) || field_names().has(chinese_half(key));
}

std::size_t field_name_at_end(std::u32string_view text) {
  const std::size_t length = name_at_end(text);
  if (length == 0) return 0;
  std::size_t rest = text.size() - length;
  while (rest > 0 && base::is_space(text[rest - 1])) --rest;
  if (rest == 0 || !is_between_scripts(text[rest - 1], text[text.size() - length])) return length;
  const std::size_t translation = name_at_end(text.substr(0, rest));
  return translation > 0 ? text.size() - rest + translation : length;
}

std::size_t field_name_at_start(std::u32string_view text) {
  const std::size_t length = name_at_start(text);
  if (length == 0) return 0;
  const std::size_t next = skip_spaces(text, length);
  if (next >= text.size() || !is_between_scripts(text[length - 1], text[next])) return length;
  const std::size_t translation = name_at_start(text.substr(next));
  return translation > 0 ? next + translation : length;
}

bool has_furniture_phrase(std::u32string_view text) {
  const std::u32string key = folded_key(text);
  return std::any_of(furniture_phrases().words.begin(), furniture_phrases().words.end(),
                     [&](const std::u32string& phrase) { return key.find(phrase) != std::u32string::npos; });
}

Numbering numbering_of(std::u32string_view text) {
  for (const auto read : {chapter, bracketed, chinese, arabic, circled_or_bullet}) {
    if (const Numbering numbering = read(text); numbering.kind != NumberKind::kNone) return numbering;
  }
  return {};
}

}  // namespace medmark::structure
