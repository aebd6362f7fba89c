// What points at a person by its form alone: identity numbers, telephone numbers, mail and street addresses, names
// before a professional title. Pure functions, thread-safe.
#pragma once

#include <vector>

#include "clinical/deidentify/identifiers.hpp"

namespace medmark::clinical {

[[nodiscard]] std::vector<IdentifierSpan> find_patterns(const FoldedText& text, const IdentifierLexicon& lexicon);

}  // namespace medmark::clinical
