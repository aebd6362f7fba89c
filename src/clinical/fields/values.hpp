// Which part of the text behind a label is the field's value, by how values of its kind are written.
//
// Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "clinical/lexicon/lexicons.hpp"
#include "clinical/text/text_unit.hpp"

namespace medmark::clinical {

struct FieldValue {
  std::size_t begin = 0;  // folded characters of the unit
  std::size_t end = 0;
  std::string normalised;  // ISO date, "" where there is no other form
  double factor = 1;       // what is left of the reading's confidence; below 1 where the form is doubtful
  // Of a date with a year of two digits, which other dates must bear out; see text/dates.hpp.
  bool is_short_year = false;
  int other_year = 0;
};

// The value of a field of `kind` in folded characters [begin, end) of the unit; nothing where none is printed there.
[[nodiscard]] std::optional<FieldValue> find_value(FieldKind kind, const TextUnit& unit, std::size_t begin,
                                                   std::size_t end, const LabelLexicon& lexicon);

}  // namespace medmark::clinical
