#include "structure/page/headings.hpp"

#include <algorithm>
#include <string_view>

#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"

namespace medmark::structure {
namespace {

// Weights against a threshold of 1. A report's title (1.4 times the body, centred) and a section word alone on its line
// pass alone; a bold line needs one more sign; a slightly larger line on a scan needs place and spacing as well.
struct HeadingWeights {
  double section_word = 1.1;
  double section_ending = 0.25;
  double title_ending = 0.4;
  double hospital = 0.35;
  double bold = 0.75;
  double bold_in_bold = 0.1;
  double centred = 0.3;
  double outdented = 0.3;
  double space_above = 0.3;
  double displayed = 0.25;  // larger than the body, set off above, before an indented paragraph: all three at once
  double displayed_size = 1.07;
  double style = 0.45;
  double before_table = 0.2;
  double dated = 0.5;  // "2024-03-05 09:10 first progress note"
  double at_top = 0.3;
  double witness = 0.5;
  double chapter = 0.7;
  double numbered = 0.35;
  double decimal = 0.55;
  double series = 0.8;  // of numbered lines on a scan, where size and space leave 0.36 to 0.63
  double no_follower = -0.4;
  double in_list = -0.8;
  double goes_on = -1.0;
  double fills_line = -0.7;
  double long_text = -0.5;
  double inner_colon = -0.6;
  double before_fields_only = -0.2;
};
constexpr HeadingWeights kWeights;
constexpr std::size_t kLongest = 40;  // code points; English headings are longer
constexpr std::size_t kLongestLatin = 90;
constexpr std::size_t kLong = 22;

bool ends_sentence(const std::u32string& text) {
  constexpr std::u32string_view kMarks = U"。；，;,、！!？…";
  return kMarks.find(text.back()) != std::u32string_view::npos;
}

bool starts_with_date(const std::u32string& text) {
  std::size_t digits = 0;
  while (digits < text.size() && base::is_digit(text[digits])) ++digits;
  constexpr std::u32string_view kMarks = U"-/.年";
  return digits == 4 && text.size() > 8 && kMarks.find(text[4]) != std::u32string_view::npos;
}

bool is_words(const std::u32string& text) {
  std::size_t letters = 0;
  std::size_t others = 0;
  for (const char32_t c : text) {
    if (base::is_space(c)) continue;
    (base::is_han(c) || base::is_latin_letter(c) ? letters : others) += 1;
  }
  return letters >= 2 && (letters * 2 >= others || (letters >= 4 && starts_with_date(text)));
}

bool is_latin(const std::u32string& text) {
  return std::none_of(text.begin(), text.end(), [](char32_t c) { return base::is_han(c); });
}

bool has_inner_colon(const std::u32string& text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == U'：' || text[i] == U':') return true;
  }
  return false;
}

// Piecewise: nothing up to the noise of a scan, a full point from a title's 1.4 on.
double size_score(double ratio, bool exact) {
  const double noise = exact ? 1.02 : 1.06;
  if (ratio < 0.93) return -0.4;
  if (ratio <= noise) return 0;
  const double slope = exact ? 3.2 : 2.6;
  return std::min(1.1, (exact ? 0.15 : 0.05) + slope * (ratio - noise));
}

double word_score(const HeadingSigns& signs) {
  double score = 0;
  if (is_section_word(signs.text)) {
    score += kWeights.section_word;
  } else if (has_section_ending(signs.text)) {
    score += kWeights.section_ending;
  }
  if (starts_with_date(signs.text) && has_report_title_ending(signs.text)) score += kWeights.dated;
  const bool prominent = signs.size_ratio > 1.1 || signs.is_centred || signs.is_bold;
  if (prominent && has_report_title_ending(signs.text)) score += kWeights.title_ending;
  if (prominent && is_hospital_name(signs.text)) score += kWeights.hospital;
  const Numbering numbering = numbering_of(signs.text);
  switch (numbering.kind) {
    case NumberKind::kChapter:
      score += kWeights.chapter;
      break;
    case NumberKind::kChinese:
      score += kWeights.chapter;
      break;
    case NumberKind::kChineseBracket:
      score += kWeights.numbered;
      break;
    case NumberKind::kArabic:
      score += numbering.depth > 1 ? kWeights.decimal : numbering.has_mark ? 0 : kWeights.numbered;
      break;
    default:
      break;
  }
  return score;
}

double place_score(const HeadingSigns& signs) {
  double score = 0;
  if (signs.is_centred) score += kWeights.centred;
  if (signs.is_style) score += kWeights.style;
  if (signs.before_table && signs.text.size() <= kLong) score += kWeights.before_table;
  if (signs.is_outdented) score += kWeights.outdented;
  if (signs.is_at_top && (signs.is_centred || signs.size_ratio > 1.1)) score += kWeights.at_top;
  if (signs.space_above > 0.9 && signs.space_above > signs.space_below) score += kWeights.space_above;
  if (signs.is_outdented && signs.space_above > 0.9 && signs.size_ratio > kWeights.displayed_size) {
    score += kWeights.displayed;
  }
  if (signs.fills_line) score += kWeights.fills_line;
  if (!signs.is_followed && !(signs.is_at_top && signs.size_ratio > 1.1)) score += kWeights.no_follower;
  if (signs.in_list) score += kWeights.in_list;
  if (signs.in_series) score += kWeights.series;
  if (signs.goes_on) score += kWeights.goes_on;
  if (signs.before_fields && signs.size_ratio < 1.1 && !signs.is_bold && !signs.is_centred)
    score += kWeights.before_fields_only;
  return score;
}

}  // namespace

double heading_score(const HeadingSigns& signs) {
  if (signs.text.empty() || ends_sentence(signs.text) || !is_words(signs.text)) return 0;
  const bool latin = is_latin(signs.text);
  if (signs.text.size() > (latin ? kLongestLatin : kLongest)) return 0;
  double score = size_score(signs.size_ratio, signs.size_is_exact) + word_score(signs) + place_score(signs);
  if (signs.is_bold) score += signs.body_is_bold ? kWeights.bold_in_bold : kWeights.bold;
  score += kWeights.witness * signs.witness;
  if (!latin && signs.text.size() > kLong && signs.size_ratio < 1.25) score += kWeights.long_text;
  if (has_inner_colon(signs.text) && !starts_with_date(signs.text)) score += kWeights.inner_colon;
  return score;
}

}  // namespace medmark::structure
