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
    if (is_boundary(text, i, lexicon)) before.clear();
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

std::string certainty_of_entry(std::u32string_view text, const CertaintyLexicon& lexicon) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto before = lexicon.before.longest_at(text, i);
    const auto after = lexicon.after.longest_at(text, i);
    for (const auto& match : {i == 0 ? before : std::nullopt, i > 0 ? after : std::nullopt}) {
      if (!match || is_latin_word_part(text, i, match->length)) continue;
      const std::string& certainty = lexicon.certainties[static_cast<std::size_t>(match->id)];
      if (certainty != "history") return certainty;
    }
  }
  return "confirmed";
}

}  // namespace medmark::clinical
