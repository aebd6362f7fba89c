#include "clinical/certainty.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace medmark::clinical {
namespace {

// A denial reaches over a list ("否认高血压、糖尿病、冠心病史") but not over the end of a sentence or a turn.
constexpr std::size_t kReach = 40;

bool is_boundary(std::u32string_view text, std::size_t i, const CertaintyLexicon& lexicon) {
  return lexicon.turns.longest_at(text, i).has_value();
}

bool is_comma(char32_t c) { return c == U',' || c == U'，'; }

// Whether what stands behind the comma at `i` only goes on with a list that is denied: "否认肝炎，结核等传染病史". A
// number or a word that claims ("有手术史", "糖尿病史10年") starts anew.
bool continues_list(std::u32string_view text, std::size_t i, const CertaintyLexicon& lexicon) {
  std::size_t end = i + 1;
  while (end < text.size() && !is_comma(text[end]) && !is_boundary(text, end, lexicon)) ++end;
  const std::u32string_view clause = text.substr(i + 1, end - i - 1);
  return !clause.empty() && clause.back() == U'史' && std::none_of(clause.begin(), clause.end(), base::is_digit) &&
         clause.find(U'有') == std::u32string_view::npos;
}

bool is_latin_word_part(std::u32string_view text, std::size_t begin, std::size_t length) {
  const auto letter = [&](std::size_t i) { return i < text.size() && base::is_latin_letter(text[i]); };
  // Spaces are gone from folded text, so that only the start of the text or a mark shows where a short Latin word ends.
  return letter(begin) && length <= 3 && (letter(begin + length) || (begin > 0 && letter(begin - 1)));
}

}  // namespace

std::string certainty_of(std::u32string_view text, std::size_t begin, std::size_t end,
                         const CertaintyLexicon& lexicon) {
  const std::size_t from = begin > kReach ? begin - kReach : 0;
  std::string before;
  for (std::size_t i = from; i < begin;) {
    if (is_boundary(text, i, lexicon) || (is_comma(text[i]) && !continues_list(text, i, lexicon))) before.clear();
    const auto match = lexicon.before.longest_at(text.substr(0, begin), i);
    if (match && !is_latin_word_part(text, i, match->length)) {
      before = lexicon.certainties[static_cast<std::size_t>(match->id)];
      i += match->length;
    } else {
      ++i;
    }
  }
  std::string after;
  for (std::size_t i = end; i < std::min(text.size(), end + 8); ++i) {
    if (is_boundary(text, i, lexicon) || text[i] == U',' || text[i] == U'、') break;
    const auto match = lexicon.after.longest_at(text, i);
    if (!match) continue;
    after = lexicon.certainties[static_cast<std::size_t>(match->id)];
    break;
  }
  if (before == "excluded" || after == "excluded") return "excluded";
  if (before == "possible" || after == "possible") return "possible";
  if (before == "history" || after == "history") return "history";
  return "confirmed";
}

namespace {

// What the words of a clause [begin, end) say of it; "" where they say nothing.
std::string certainty_of_clause(std::u32string_view text, std::size_t begin, std::size_t end,
                                const CertaintyLexicon& lexicon) {
  const std::u32string_view clause = text.substr(begin, end - begin);
  const auto named = [&](int id) { return lexicon.certainties[static_cast<std::size_t>(id)]; };
  std::string said;
  for (std::size_t i = 0; i < clause.size();) {
    const auto before = lexicon.before.longest_at(clause, i);
    const bool is_word = before && !is_latin_word_part(clause, i, before->length);
    if (is_word && named(before->id) == "confirmed") {  // "无痛性", "三阴性": no denial
      i += before->length;
      continue;
    }
    if (i == 0 && is_word && named(before->id) != "history") return named(before->id);
    const auto inside = lexicon.inside.longest_at(clause, i);
    if (inside && i > 0) return named(inside->id);
    const auto after = lexicon.after.longest_at(clause, i);
    if (after && i > 0 && !is_latin_word_part(clause, i, after->length) && named(after->id) != "history") {
      const std::size_t rest = i + after->length;
      const bool ends = rest == clause.size() || clause[rest] == U')' || clause[rest] == U'(' || clause[rest] == U'?';
      if (named(after->id) == "possible") return "possible";
      if (ends) said = named(after->id);
    }
    ++i;
  }
  return said;
}

// Whether the clause holds nothing but words of certainty ("，待排", "，可能性大"), which then speak of the one before.
bool only_says_how_certain(std::u32string_view clause, const CertaintyLexicon& lexicon) {
  const auto word = lexicon.after.longest_at(clause, 0);
  return word && word->length + 2 >= clause.size();
}

std::vector<std::pair<std::size_t, std::size_t>> clauses_of(std::u32string_view text, std::size_t begin,
                                                            std::size_t end) {
  std::vector<std::pair<std::size_t, std::size_t>> clauses;
  std::size_t from = begin;
  for (std::size_t i = begin; i <= end; ++i) {
    if (i < end && !is_comma(text[i])) continue;
    if (i > from) clauses.emplace_back(from, i);
    from = i + 1;
  }
  return clauses;
}

}  // namespace

std::string certainty_of_entry(std::u32string_view text, const CertaintyLexicon& lexicon) {
  const auto clauses = clauses_of(text, 0, text.size());
  for (std::size_t c = 0; c < clauses.size(); ++c) {
    const auto [begin, end] = clauses[c];
    if (c > 0 && !only_says_how_certain(text.substr(begin, end - begin), lexicon)) break;
    // A word that stands alone behind the comma is read together with it, as one that stands behind something.
    const std::string said = certainty_of_clause(text, c > 0 ? begin - 1 : begin, end, lexicon);
    if (!said.empty()) return said;
  }
  return "confirmed";
}

std::vector<std::pair<std::size_t, std::size_t>> split_by_denial(std::u32string_view text, std::size_t begin,
                                                                 std::size_t end, const CertaintyLexicon& lexicon) {
  std::vector<std::pair<std::size_t, std::size_t>> parts;
  bool last_denied = false;
  for (const auto& [from, to] : clauses_of(text, begin, end)) {
    const bool denied = certainty_of_clause(text, from, to, lexicon) == "excluded";
    const bool stays =
        !parts.empty() && (denied == last_denied || only_says_how_certain(text.substr(from, to - from), lexicon));
    if (stays) {
      parts.back().second = to;
    } else {
      parts.emplace_back(from, to);
      last_denied = denied;
    }
  }
  return parts;
}

}  // namespace medmark::clinical
