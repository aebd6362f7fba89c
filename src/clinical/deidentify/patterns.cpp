#include "clinical/deidentify/patterns.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "clinical/fields/identity_number.hpp"

namespace medmark::clinical {
namespace {

struct Text {
  const FoldedText& folded;
  [[nodiscard]] char32_t at(std::size_t i) const { return i < folded.size() ? folded.characters[i] : U'\0'; }
  [[nodiscard]] std::u32string_view from(std::size_t i) const {
    return std::u32string_view(folded.characters).substr(i);
  }
};

// Digits, and the last X of an identity number, at `i`.
std::size_t number_end(const Text& text, std::size_t i) {
  std::size_t end = i;
  while (base::is_digit(text.at(end))) ++end;
  if (end - i == 17 && text.at(end) == U'x') ++end;
  return end;
}

void add_numbers(const Text& text, std::size_t i, std::vector<IdentifierSpan>& spans) {
  const std::size_t end = number_end(text, i);
  const std::size_t length = end - i;
  const auto digits = text.from(i).substr(0, length);
  if (length == 18 || length == 15) {
    // A wrong check character may be a misread digit: it is hidden all the same.
    if (check_identity_number(digits) != IdentityCheck::kNotOne)
      spans.push_back({IdentifierKind::kIdentityNumber, i, end});
    return;
  }
  if (length == 11 && digits[0] == U'1' && digits[1] >= U'3') {
    spans.push_back({IdentifierKind::kPhone, i, end});
    return;
  }
  // 138-1234-5678, 138 1234 5678 comes folded; 010-87654321
  if ((length == 3 || length == 4) && base::is_one_of(text.at(end), U"-")) {
    const std::size_t second = number_end(text, end + 1);
    const std::size_t second_length = second - end - 1;
    if (digits[0] == U'0' && (second_length == 7 || second_length == 8))
      spans.push_back({IdentifierKind::kPhone, i, second});
    if (digits[0] == U'1' && length == 3 && second_length == 4 && text.at(second) == U'-') {
      const std::size_t third = number_end(text, second + 1);
      if (third - second - 1 == 4) spans.push_back({IdentifierKind::kPhone, i, third});
    }
  }
}

void add_mail(const Text& text, std::size_t at_sign, std::vector<IdentifierSpan>& spans) {
  const auto is_part = [&](char32_t c) {
    return c < 0x80 && (base::is_latin_letter(c) || base::is_digit(c) || base::is_one_of(c, U"._-+"));
  };
  std::size_t begin = at_sign;
  std::size_t end = at_sign + 1;
  while (begin > 0 && is_part(text.at(begin - 1)) && text.folded.gap[begin] == 0) --begin;
  while (is_part(text.at(end)) && text.folded.gap[end] == 0) ++end;
  if (begin < at_sign && text.from(at_sign).substr(0, end - at_sign).find(U'.') != std::u32string_view::npos) {
    spans.push_back({IdentifierKind::kMail, begin, end});
  }
}

// A house in a street: Han text with a place ("路", "小区") before a number with its ending ("12号", "301室").
void add_address(const Text& text, std::size_t i, const IdentifierLexicon& lexicon,
                 std::vector<IdentifierSpan>& spans) {
  const auto place = lexicon.address_places.longest_at(text.folded.characters, i);
  if (!place || !base::is_digit(text.at(i + place->length))) return;
  std::size_t end = i + place->length;
  bool house = false;
  while (end < text.folded.size()) {
    std::size_t next = end;
    while (base::is_digit(text.at(next)) || base::is_one_of(text.at(next), U"-")) ++next;
    const auto ending = next > end ? lexicon.address_endings.longest_at(text.folded.characters, next) : std::nullopt;
    if (!ending) break;
    end = next + ending->length;
    house = true;
  }
  if (!house) return;
  std::size_t begin = i;
  constexpr std::size_t kLongestStreet = 24;
  while (begin > 0 && i - begin < kLongestStreet &&
         (base::is_han(text.at(begin - 1)) || base::is_digit(text.at(begin - 1))))
    --begin;
  spans.push_back({IdentifierKind::kAddress, begin, end});
}

// "李某某/王某某查房": the name before one that was found.
void add_name_before(const Text& text, std::size_t i, const IdentifierLexicon& lexicon,
                     std::vector<IdentifierSpan>& spans) {
  if (i == 0 || !base::is_one_of(text.at(i - 1), U"/、和及与")) return;
  for (std::size_t length = 2; length <= 4 && length < i; ++length) {
    const std::size_t begin = i - 1 - length;
    const bool starts = begin == 0 || !base::is_han(text.at(begin - 1)) || text.folded.gap[begin] > 0;
    const auto surname = lexicon.surnames.longest_at(text.folded.characters, begin);
    const bool han = [&] {
      for (std::size_t k = begin; k < i - 1; ++k) {
        if (!base::is_han(text.at(k))) return false;
      }
      return true;
    }();
    if (starts && surname && han) spans.push_back({IdentifierKind::kPerson, begin, i - 1});
  }
}

// "李某某主任医师查房": one or two characters of a given name between a surname and a title.
void add_titled_name(const Text& text, std::size_t i, const IdentifierLexicon& lexicon,
                     std::vector<IdentifierSpan>& spans) {
  const auto surname = lexicon.surnames.longest_at(text.folded.characters, i);
  if (!surname) return;
  const bool inside_word = i > 0 && base::is_han(text.at(i - 1)) && text.folded.gap[i] == 0 &&
                           !base::is_one_of(text.at(i - 1), U"由请经与和及、后日随遵据示邀");
  if (inside_word) return;
  for (std::size_t given = 1; given <= 2; ++given) {
    const std::size_t end = i + surname->length + given;
    if (!base::is_han(text.at(end - 1))) return;
    if (!lexicon.titles.longest_at(text.folded.characters, end)) continue;
    const auto word = std::u32string_view(text.folded.characters).substr(i, end - i);
    if (lexicon.not_names.found_in(word)) return;
    spans.push_back({IdentifierKind::kPerson, i, end});
    add_name_before(text, i, lexicon, spans);
    return;
  }
}

// "主管医生李某某查房": a name between a title and what shows that it was one.
void add_name_behind_title(const Text& text, std::size_t i, const IdentifierLexicon& lexicon,
                           std::vector<IdentifierSpan>& spans) {
  const auto title = lexicon.titles_before.longest_at(text.folded.characters, i);
  if (!title) return;
  const std::size_t begin = i + title->length;
  const auto surname = lexicon.surnames.longest_at(text.folded.characters, begin);
  if (!surname) return;
  for (std::size_t given = 1; given <= 2; ++given) {
    const std::size_t end = begin + surname->length + given;
    if (end > text.folded.size() || !base::is_han(text.at(end - 1))) return;
    const bool ends = end == text.folded.size() || text.folded.new_line[end] != 0 ||
                      lexicon.behind_names.longest_at(text.folded.characters, end).has_value();
    const auto word = std::u32string_view(text.folded.characters).substr(begin, end - begin);
    if (!ends || lexicon.not_names.found_in(word)) continue;
    spans.push_back({IdentifierKind::kPerson, begin, end});
    return;
  }
}

// "Dr. Peter Hastings", "Mrs Marlow": the words in capitals behind a title.
void add_english_name(const Text& text, std::string_view printed, std::size_t i, const IdentifierLexicon& lexicon,
                      std::vector<IdentifierSpan>& spans) {
  constexpr int kMostWords = 3;
  const auto& folded = text.folded;
  if (i > 0 && folded.gap[i] == 0 && base::is_latin_letter(text.at(i - 1))) return;
  const auto title = lexicon.english_titles.longest_at(folded.characters, i);
  if (!title) return;
  std::size_t end = i + title->length;
  if (text.at(end) != U'.' && (end >= folded.size() || folded.gap[end] == 0)) return;
  if (text.at(end) == U'.') ++end;
  const std::size_t begin = end;
  for (int word = 0; word < kMostWords && end < folded.size(); ++word) {
    const char first = printed[folded.begin[end]];
    if (first < 'A' || first > 'Z' || (word > 0 && folded.gap[end] == 0)) break;
    const std::size_t word_begin = end;
    do {
      ++end;
    } while (end < folded.size() && folded.gap[end] == 0 &&
             (base::is_latin_letter(text.at(end)) || base::is_one_of(text.at(end), U"'-")));
    if (text.at(end) != U'.') continue;
    if (end > word_begin + 1) break;  // the end of the sentence, not that of an initial
    ++end;
  }
  while (end > begin && base::is_one_of(text.at(end - 1), U"'-.")) --end;
  if (end >= begin + 2) spans.push_back({IdentifierKind::kPerson, begin, end});
}

// "，门诊号MZ00012345，": a number behind a word for one in a sentence.
void add_named_number(const Text& text, std::size_t i, const IdentifierLexicon& lexicon,
                      std::vector<IdentifierSpan>& spans) {
  constexpr std::size_t kLeastLength = 5;
  constexpr std::size_t kLeastDigits = 4;
  constexpr std::size_t kLongestEnding = 6;
  const auto is_part = [&](std::size_t k) {
    const char32_t c = text.at(k);
    return c < 0x80 && (base::is_digit(c) || base::is_latin_letter(c) || c == U'-');
  };
  std::size_t end = i;
  std::size_t digits = 0;
  while (end < text.folded.size() && is_part(end) && (end == i || text.folded.gap[end] == 0)) {
    digits += base::is_digit(text.at(end)) ? 1 : 0;
    ++end;
  }
  if (end - i < kLeastLength || digits < kLeastDigits) return;
  std::size_t word_end = i;
  while (word_end > 0 && base::is_one_of(text.at(word_end - 1), U":.")) --word_end;
  const std::u32string_view all = text.folded.characters;
  bool named = false;
  for (std::size_t length = 1; length <= std::min(kLongestEnding, word_end); ++length) {
    const std::u32string_view word = all.substr(word_end - length, length);
    if (lexicon.not_number_labels.whole(word)) return;
    const bool behind_digit = word_end > length && base::is_digit(all[word_end - length - 1]);
    named = named || (lexicon.number_endings.whole(word).has_value() && !behind_digit);
  }
  if (named) spans.push_back({IdentifierKind::kNumber, i, end});
}

}  // namespace

std::vector<IdentifierSpan> find_patterns(const FoldedText& folded, std::string_view printed,
                                          const IdentifierLexicon& lexicon) {
  const Text text{folded};
  std::vector<IdentifierSpan> spans;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const char32_t c = text.at(i);
    if (base::is_digit(c) && (i == 0 || !base::is_digit(text.at(i - 1)))) add_numbers(text, i, spans);
    if (c == U'@') add_mail(text, i, spans);
    const bool starts_code =
        c < 0x80 && (base::is_digit(c) || base::is_latin_letter(c)) &&
        (i == 0 || folded.gap[i] > 0 || text.at(i - 1) >= 0x80 || base::is_one_of(text.at(i - 1), U":. "));
    if (starts_code) add_named_number(text, i, lexicon, spans);
    if (base::is_latin_letter(c)) add_english_name(text, printed, i, lexicon, spans);
    if (!base::is_han(c)) continue;
    add_address(text, i, lexicon, spans);
    add_titled_name(text, i, lexicon, spans);
    add_name_behind_title(text, i, lexicon, spans);
  }
  return spans;
}

}  // namespace medmark::clinical
