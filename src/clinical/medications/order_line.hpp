// One order in running text: "阿司匹林肠溶片 100mg po qd", "呋塞米20mg qd". Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <optional>

#include "clinical/lexicon/lexicons.hpp"
#include "clinical/text/text_unit.hpp"
#include "document/clinical.hpp"

namespace medmark::clinical {

struct OrderMatch {
  document::Medication medication;
  std::size_t begin = 0;  // folded characters
  std::size_t end = 0;
  bool has_details = false;  // a strength, dose, frequency or route follows
  // Of orders of drugs that the lexicon does not know:
  std::size_t name_end = 0;
  bool has_form = false;  // the name ends in a form ("片"), so that it names a drug
};

// The order whose drug's name starts at `at`, not reading beyond `limit`.
[[nodiscard]] std::optional<OrderMatch> read_order(const TextUnit& unit, std::size_t at, std::size_t limit,
                                                   const MedicationLexicon& lexicon);

// The order of a drug that the lexicon does not know, whose name opens an entry of a list at `at`. It must tell an
// amount and how often or by which way it is taken.
[[nodiscard]] std::optional<OrderMatch> read_strange_order(const TextUnit& unit, std::size_t at, std::size_t limit,
                                                           const MedicationLexicon& lexicon);

// Fills strength, dose, frequency and route from folded characters [begin, end) where they are still empty. Returns
// where the details end, `begin` where there are none.
std::size_t read_details(const TextUnit& unit, std::size_t begin, std::size_t end, const MedicationLexicon& lexicon,
                         document::Medication& medication);

}  // namespace medmark::clinical
