// What points at a person by its form alone: identity numbers, telephone numbers, mail and street addresses, names
// before a professional title. Pure functions, thread-safe.
#pragma once

#include <string_view>
#include <vector>

#include "clinical/deidentify/identifiers.hpp"

namespace medmark::clinical {

// `printed` is the text that was folded.
[[nodiscard]] std::vector<IdentifierSpan> find_patterns(const FoldedText& text, std::string_view printed,
                                                        const IdentifierLexicon& lexicon);

}  // namespace medmark::clinical
