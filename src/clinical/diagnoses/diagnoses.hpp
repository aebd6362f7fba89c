// Diagnoses by kind, each without its number, with its certainty and its ICD-10 code where printed or certain.
// Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clinical/diagnoses/diagnosis_table.hpp"
#include "clinical/diagnoses/entries.hpp"
#include "clinical/report.hpp"
#include "clinical/sections/sections.hpp"

namespace medmark::clinical {

// Appends to clinical.diagnoses, with evidence. In an imaging or endoscopy report the impression is read as diagnoses
// of kind "imaging".
void extract_diagnoses(const Report& report, const std::vector<Passage>& passages, document::Clinical& clinical);

// Appends those that a table lists with their codes.
void extract_listed_diagnoses(const Report& report, const DiagnosisTables& listed, document::Clinical& clinical);

// A code of ICD-10 at the end of folded text ("…(I25.103)", "… E11.900x001"): where it and its bracket begin.
struct PrintedCode {
  std::size_t begin = 0;  // of the bracket, if any
  std::size_t code_begin = 0;
  std::size_t code_end = 0;
};
[[nodiscard]] std::optional<PrintedCode> code_at_end(std::u32string_view folded, std::size_t begin, std::size_t end);

}  // namespace medmark::clinical
