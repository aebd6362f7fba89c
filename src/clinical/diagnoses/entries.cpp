#include "clinical/diagnoses/entries.hpp"

#include <string>

#include "base/text.hpp"
#include "clinical/text/labels.hpp"

namespace medmark::clinical {
namespace {

// A Han character, a letter or a Roman number ("Ⅱ型呼吸衰竭").
bool starts_word(char32_t c) { return base::is_han(c) || base::is_latin_letter(c) || (c >= U'Ⅰ' && c <= U'Ⅻ'); }

// "2." before "2型糖尿病": a number of the list, though a digit follows its dot, where it is the next one to come.
std::size_t next_number(const FoldedText& text, std::size_t i, int expected) {
  const std::string digits = std::to_string(expected);
  for (std::size_t k = 0; k < digits.size(); ++k) {
    if (i + k >= text.size() || text.characters[i + k] != static_cast<char32_t>(digits[k])) return 0;
  }
  const std::size_t dot = i + digits.size();
  const auto at = [&](std::size_t k) { return k < text.size() ? text.characters[k] : U'\0'; };
  return at(dot) == U'.' && base::is_digit(at(dot + 1)) && base::is_han(at(dot + 2)) ? digits.size() + 1 : 0;
}

// Length of the number of a list that stands at `i`; 0 for "3级" and "2型".
std::size_t entry_number(const FoldedText& text, std::size_t i, std::size_t begin, int expected) {
  std::size_t length = numbering_length(text.characters, i);
  if (length == 0) length = next_number(text, i, expected);
  if (length == 0) return 0;
  if (i == begin || text.new_line[i] != 0 || text.gap[i] > 0) return length;
  const bool behind_mark = base::is_one_of(text.characters[i - 1], U";。,、)");
  const bool circled = length == 1;
  // "…阑尾炎(2)局限性腹膜炎": the next number of the list in its brackets
  const bool bracketed = text.characters[i] == U'(' && length == 3 &&
                         text.characters[i + 1] == U'0' + static_cast<char32_t>(expected) && expected > 1;
  // "…性心脏病2.高血压", "…加重期2.Ⅱ型呼吸衰竭": a number right behind a word counts where a dot and a word follow it
  const bool between_words = (base::is_han(text.characters[i - 1]) || text.characters[i - 1] == U')') &&
                             base::is_digit(text.characters[i]) && i + length < text.size() &&
                             starts_word(text.characters[i + length]);
  return behind_mark || circled || bracketed || between_words ? length : 0;
}

// Whether what stands behind a semicolon, up to the next mark, only grades the finding before it: "活动性(+)",
// "Hp(++)".
bool is_grade(const FoldedText& text, std::size_t from, std::size_t end) {
  constexpr std::size_t kLongestWord = 8;
  std::size_t open = from;
  while (open < end && starts_word(text.characters[open]) && text.new_line[open] == 0) ++open;
  if (open == from || open - from > kLongestWord || open >= end || text.characters[open] != U'(') return false;
  std::size_t close = open + 1;
  while (close < end && base::is_one_of(text.characters[close], U"+-±")) ++close;
  return close > open + 1 && close < end && text.characters[close] == U')';
}

}  // namespace

void trim_entry(const FoldedText& text, Entry& entry) {
  while (entry.begin < entry.end && base::is_one_of(text.characters[entry.begin], U":;,.。、_")) ++entry.begin;
  while (entry.end > entry.begin && base::is_one_of(text.characters[entry.end - 1], U":;,.。、_")) --entry.end;
}

std::vector<Entry> split_entries(const FoldedText& text, std::size_t begin, std::size_t end) {
  std::vector<Entry> entries;
  std::size_t from = begin;
  const bool digit_first = begin < end && base::is_digit(text.characters[begin]);
  // A line of a numbered list that has no number goes on with the entry above it: the paper or the cell was too narrow.
  const bool is_numbered = begin < end && entry_number(text, begin, begin, 1) > 0;
  int expected = digit_first ? static_cast<int>(text.characters[begin] - U'0') : 1;
  const auto finish = [&](std::size_t to) {
    Entry entry{from, to};
    trim_entry(text, entry);
    if (entry.begin < entry.end) entries.push_back(entry);
  };
  for (std::size_t i = begin; i < end;) {
    const std::size_t number = entry_number(text, i, begin, expected);
    if (number > 0) {
      ++expected;
      finish(i);
      i += number;
      from = i;
      continue;
    }
    const bool breaks = text.new_line[i] != 0 && i > from && !is_numbered;
    if (breaks) {
      finish(i);
      from = i;
    }
    const bool goes_on = text.characters[i] == U';' && i > from && is_grade(text, i + 1, end);
    if (base::is_one_of(text.characters[i], U";。") && !goes_on) {
      finish(i);
      from = i + 1;
    }
    ++i;
  }
  finish(end);
  return entries;
}

}  // namespace medmark::clinical
