// What in a document points at a person: found by labels, by form, and wherever a value that was found once stands
// again.
//
// Built for one document, then read-only and thread-safe.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clinical/lexicon/lexicons.hpp"
#include "clinical/text/text_unit.hpp"

namespace medmark::clinical {

enum class IdentifierKind { kPerson, kIdentityNumber, kPhone, kAddress, kNumber, kMail, kDate };

[[nodiscard]] std::string_view identifier_kind_name(IdentifierKind kind);

// What a field of the contract's patient object is; nothing for those that point at nobody (sex, ward).
[[nodiscard]] std::optional<IdentifierKind> kind_of_patient_field(std::string_view field);

struct IdentifierSpan {
  IdentifierKind kind = IdentifierKind::kPerson;
  std::size_t begin = 0;  // folded characters
  std::size_t end = 0;
};

class Identifiers {
 public:
  Identifiers(const std::vector<TextUnit>& units, const document::Clinical& clinical, const Lexicons& lexicons);

  // Everything to hide in a piece of text, folded and as printed; `unit_index` as given to the constructor, -1 for text
  // that is none of the units. Spans may overlap.
  [[nodiscard]] std::vector<IdentifierSpan> find(const FoldedText& text, std::string_view printed,
                                                 int unit_index) const;
  // The same number for the same person, from 1.
  [[nodiscard]] int person_number(std::u32string_view folded_name) const;

 private:
  class Collector;

  const Lexicons* lexicons_;
  std::map<std::u32string, IdentifierKind> values_;      // folded
  std::map<std::u32string, int> persons_;                // folded name -> number
  PhraseIndex index_;                                    // of values_, ids: IdentifierKind
  std::map<int, std::vector<IdentifierSpan>> labelled_;  // by unit
};

}  // namespace medmark::clinical
