// Whether LaTeX written from places reads as a formula: every operator has something on both sides.
//
// What a misread place does to a formula shows here first (an exponent on the line, a term without its sign). Pure
// function, thread-safe.
#pragma once

#include <string_view>

namespace medmark::structure {

// Of what latex_of writes: two operators of which the second is no sign, an operator at the end of a group or before a
// closing bracket, one at its beginning that is no sign, a comma or point without a number, or groups and brackets that
// cross are refused. A script may end with a + or -, the charge of an ion.
[[nodiscard]] bool is_well_formed(std::string_view latex);

}  // namespace medmark::structure
