#include "clinical/deidentify/patterns.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "clinical/fields/identity_number.hpp"

namespace medmark::clinical {
namespace {

bool is_one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }

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
  if ((length == 3 || length == 4) && is_one_of(text.at(end), U"-")) {
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
    return c < 0x80 && (base::is_latin_letter(c) || base::is_digit(c) || is_one_of(c, U"._-+"));
  };
  std::size_t begin = at_sign;
  std::size_t end = at_sign + 1;
  while (begin > 0 && is_part(text.at(begin - 1))) --begin;
  while (is_part(text.at(end))) ++end;
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
    while (base::is_digit(text.at(next)) || is_one_of(text.at(next), U"-")) ++next;
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

// "李某某主任医师查房": one or two characters of a given name between a surname and a title.
void add_titled_name(const Text& text, std::size_t i, const IdentifierLexicon& lexicon,
                     std::vector<IdentifierSpan>& spans) {
  const auto surname = lexicon.surnames.longest_at(text.folded.characters, i);
  if (!surname) return;
  const bool inside_word = i > 0 && base::is_han(text.at(i - 1)) && text.folded.gap[i] == 0 &&
                           !is_one_of(text.at(i - 1), U"由请经与和及、后日随遵据示邀");
  if (inside_word) return;
  for (std::size_t given = 1; given <= 2; ++given) {
    const std::size_t end = i + surname->length + given;
    if (!base::is_han(text.at(end - 1))) return;
    if (!lexicon.titles.longest_at(text.folded.characters, end)) continue;
    const auto word = std::u32string_view(text.folded.characters).substr(i, end - i);
    if (!lexicon.not_names.found_in(word)) spans.push_back({IdentifierKind::kPerson, i, end});
    return;
  }
}

}  // namespace

std::vector<IdentifierSpan> find_patterns(const FoldedText& folded, const IdentifierLexicon& lexicon) {
  const Text text{folded};
  std::vector<IdentifierSpan> spans;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const char32_t c = text.at(i);
    if (base::is_digit(c) && (i == 0 || !base::is_digit(text.at(i - 1)))) add_numbers(text, i, spans);
    if (c == U'@') add_mail(text, i, spans);
    if (!base::is_han(c)) continue;
    add_address(text, i, lexicon, spans);
    add_titled_name(text, i, lexicon, spans);
  }
  return spans;
}

}  // namespace medmark::clinical
