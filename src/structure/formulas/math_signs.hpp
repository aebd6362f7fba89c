// What tells a stretch of text as a part of a formula. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <string>

namespace medmark::structure {

struct MathSigns {
  std::size_t characters = 0;  // spaces do not count
  std::size_t han = 0;
  std::size_t operators = 0;
  std::size_t math_letters = 0;  // of Unicode's mathematical alphabets
  bool has_equals = false;
  bool has_sentence_mark = false;
};

[[nodiscard]] bool is_equals(char32_t code);
[[nodiscard]] MathSigns signs_of(const std::u32string& text);
// Whether the text may be a formula or a term of one: short, no sentence, hardly any Han.
[[nodiscard]] bool is_math_like(const std::u32string& text);
// Whether the text ends so that a term must follow: "x =", "x = a -".
[[nodiscard]] bool awaits_a_term(const std::u32string& text);

}  // namespace medmark::structure
