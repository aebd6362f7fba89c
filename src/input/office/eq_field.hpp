// The EQ field of older Word files (ECMA-376 part 1, 17.16.5.18; Word's "EQ field" help): a formula written as
// switches, such as `EQ \f(a,b)` for a fraction. Its result is drawn by Word alone and stands nowhere in the file.
//
// Pure function, thread-safe; nesting is bounded.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace medmark::input::office {

// The instruction (from "EQ" on) as an oMath element with prefix "m", for latex_of_math and text_of_math: fractions,
// radicals, scripts, brackets, arrays, integrals, lists. Nothing where a switch is not known or a bracket is open.
[[nodiscard]] std::optional<std::string> math_of_eq_field(std::string_view instruction);

}  // namespace medmark::input::office
