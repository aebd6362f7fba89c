#include "structure/formulas/math_signs.hpp"

#include <string_view>

#include "base/text.hpp"
#include "structure/formulas/symbols.hpp"

namespace medmark::structure {
namespace {

struct MathLimits {
  double han_share = 0.35;    // of the characters: variables may have Chinese names, sentences are more
  std::size_t longest = 160;  // code points
};
constexpr MathLimits kLimits;

bool is_operator(char32_t c) {
  constexpr std::u32string_view kOperatorSigns = U"×÷+−-–/·⋅√^∑∫±*＋／";
  return kOperatorSigns.find(c) != std::u32string_view::npos;
}

}  // namespace

bool is_equals(char32_t c) { return c == U'=' || c == U'＝' || c == U'≈'; }

MathSigns signs_of(const std::u32string& text) {
  MathSigns signs;
  constexpr std::u32string_view kSentence = U"。；，：;:？?！、";
  for (const char32_t c : text) {
    if (base::is_space(c)) continue;
    ++signs.characters;
    if (base::is_han(c)) ++signs.han;
    if (is_operator(c)) ++signs.operators;
    if (is_mathematical_letter(c)) ++signs.math_letters;
    signs.has_equals = signs.has_equals || is_equals(c);
    signs.has_sentence_mark = signs.has_sentence_mark || kSentence.find(c) != std::u32string_view::npos;
  }
  return signs;
}

bool is_math_like(const std::u32string& text) {
  const MathSigns signs = signs_of(text);
  return signs.characters > 0 && text.size() <= kLimits.longest && !signs.has_sentence_mark &&
         static_cast<double>(signs.han) <= kLimits.han_share * static_cast<double>(signs.characters);
}

bool awaits_a_term(const std::u32string& text) {
  if (text.empty() || !is_math_like(text)) return false;
  return is_equals(text.back()) ||
         (signs_of(text).has_equals && std::u32string_view(U"+-−–×·").find(text.back()) != std::u32string_view::npos);
}

}  // namespace medmark::structure
