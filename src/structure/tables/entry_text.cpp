#include "structure/tables/entry_text.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

constexpr std::array kHeaderWords = {
#define HEADER_WORD(word) std::u32string_view(U##word),
#include "structure/tables/header_words.def"
#undef HEADER_WORD
};

constexpr std::size_t kLongestCompound = 8;
constexpr std::size_t kLongestLabel = 12;

bool opens_bracket(char32_t c) { return c == U'(' || c == U'[' || c == U'【'; }

// Half-width, lower case, without spaces and without what stands in brackets behind a word.
std::u32string folded(std::u32string_view text) {
  std::u32string out;
  for (const char32_t c : base::folded_to_half_width(text)) {
    if (opens_bracket(c) && !out.empty()) break;
    if (base::is_space(c)) continue;
    out.push_back(c >= U'A' && c <= U'Z' ? c + 32 : c);
  }
  return out;
}

bool ends_with(std::u32string_view text, std::u32string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_letter(char32_t c) { return base::is_han(c) || base::is_latin_letter(c); }

}  // namespace

bool is_header_word(std::u32string_view text) {
  const std::u32string word = folded(text);
  if (word.empty()) return false;
  return std::any_of(kHeaderWords.begin(), kHeaderWords.end(), [&](std::u32string_view header) {
    if (word == header) return true;
    return base::is_han(header.front()) && word.size() <= kLongestCompound && ends_with(word, header);
  });
}

bool is_labelled(std::u32string_view text) {
  const std::u32string half = base::folded_to_half_width(text);
  const std::size_t colon = half.find(U':');
  if (colon == std::u32string::npos || colon == 0 || colon > kLongestLabel) return false;
  const char32_t before = half[colon - 1];
  return is_letter(before) || base::is_space(before) || before == U')' || before == U']';
}

bool is_numeric(std::u32string_view text) {
  static constexpr std::u32string_view kSigns = U".,-+/<>=~*%×^:()±≤≥↑↓←→−–—～ HLhlNEG";
  std::size_t digits = 0;
  std::size_t signs = 0;
  std::size_t others = 0;
  for (const char32_t c : base::folded_to_half_width(text)) {
    if (base::is_digit(c)) {
      ++digits;
    } else if (kSigns.find(c) != std::u32string_view::npos) {
      ++signs;
    } else {
      ++others;
    }
  }
  if (digits == 0) return signs > 0 && others == 0 && signs <= 5;
  return others <= digits / 2;
}

bool starts_with_value(std::u32string_view text) {
  const std::u32string half = base::folded_to_half_width(text);
  if (half.empty() || starts_with_enumerator(half) || ends_sentence(text)) return false;
  const bool is_signed = half.size() > 1 && std::u32string_view(U"<>≤≥±+-").find(half[0]) != std::u32string_view::npos;
  if (!base::is_digit(half[is_signed ? 1 : 0])) return false;
  const auto letters = std::count_if(half.begin(), half.end(), is_letter);
  return letters * 5 <= static_cast<std::ptrdiff_t>(half.size()) * 2;
}

bool starts_with_enumerator(std::u32string_view text) {
  const std::u32string half = base::folded_to_half_width(text);
  std::size_t i = 0;
  while (i < half.size() && base::is_space(half[i])) ++i;
  if (i >= half.size()) return false;
  static constexpr std::u32string_view kBullets = U"•●○■□◆◇▪·※";
  if (kBullets.find(half[i]) != std::u32string_view::npos || (half[i] >= 0x2460 && half[i] <= 0x24FF)) return true;
  const bool bracketed = half[i] == U'(';
  if (bracketed) ++i;
  const std::size_t begin = i;
  static constexpr std::u32string_view kHanNumbers = U"一二三四五六七八九十";
  while (i < half.size() && (base::is_digit(half[i]) || kHanNumbers.find(half[i]) != std::u32string_view::npos)) ++i;
  if (i == begin || i - begin > 3 || i >= half.size()) return false;
  if (half[i] == U')') return true;
  if (bracketed) return false;
  if (half[i] == U'、') return true;
  return half[i] == U'.' && (i + 1 >= half.size() || !base::is_digit(half[i + 1]));
}

bool starts_note(std::u32string_view text) {
  const std::u32string word = folded(text.substr(0, 8));
  static constexpr std::array<std::u32string_view, 9> kStarts = {U"注:",   U"注1",    U"备注:", U"说明:", U"附注:",
                                                                 U"note:", U"notes:", U"*注",   U"声明:"};
  return std::any_of(kStarts.begin(), kStarts.end(),
                     [&](std::u32string_view start) { return word.starts_with(start); });
}

bool starts_caption(std::u32string_view text) {
  const std::u32string word = folded(text.substr(0, 10));
  std::size_t at = 0;
  for (const std::u32string_view start : {U"续表", U"表", U"图", U"table", U"figure", U"fig.", U"fig"}) {
    if (word.starts_with(start)) {
      at = start.size();
      break;
    }
  }
  return at > 0 && at < word.size() && base::is_digit(word[at]);
}

bool leaves_bracket_open(std::u32string_view text) {
  int depth = 0;
  for (const char32_t c : base::folded_to_half_width(text)) {
    if (c == U'(' || c == U'[' || c == U'【') ++depth;
    if (c == U')' || c == U']' || c == U'】') --depth;
  }
  return depth > 0;
}

bool ends_sentence(std::u32string_view text) {
  return !text.empty() &&
         (text.back() == U'。' || text.back() == U'；' || text.back() == U'！' || text.back() == U'？');
}

}  // namespace medmark::structure
