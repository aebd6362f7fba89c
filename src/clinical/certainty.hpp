// Whether a finding is claimed, doubted or denied by the words around it: 否认糖尿病, 肺炎可能, 待排. Pure functions,
// thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "clinical/lexicon/lexicons.hpp"

namespace medmark::clinical {

// Certainty of the words [begin, end) in folded text: "confirmed", "possible", "excluded" or "history".
[[nodiscard]] std::string certainty_of(std::u32string_view folded, std::size_t begin, std::size_t end,
                                       const CertaintyLexicon& lexicon);
// Certainty of an entry of a list of diagnoses, which says it in itself: "肺炎？", "肺癌待排", "双肺未见结节". Its
// first clause decides.
[[nodiscard]] std::string certainty_of_entry(std::u32string_view folded, const CertaintyLexicon& lexicon);
// The parts [from, to) of an entry between the commas at which it turns from claiming to denying or back:
// "右肺结节，未见 胸腔积液" has two, "肺癌，待排" one.
[[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> split_by_denial(std::u32string_view folded,
                                                                               std::size_t begin, std::size_t end,
                                                                               const CertaintyLexicon& lexicon);

}  // namespace medmark::clinical
