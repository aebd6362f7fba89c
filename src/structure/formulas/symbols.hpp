// Characters of formulas as LaTeX. Pure functions over a constant table, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace medmark::structure {

// The plain letter or digit behind a mathematical alphabet's character (U+1D400...); other characters unchanged.
[[nodiscard]] char32_t plain_letter(char32_t code);
// Whether the character comes from a mathematical alphabet.
[[nodiscard]] bool is_mathematical_letter(char32_t code);
// LaTeX of a sign, a Greek letter or a character that LaTeX reserves ("\\times"); empty where it stands for itself.
[[nodiscard]] std::string_view latex_symbol(char32_t code);
// Whether letters set upright are an operator's name (ln, log, exp).
[[nodiscard]] bool is_operator_name(std::string_view letters);

}  // namespace medmark::structure
