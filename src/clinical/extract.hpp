// The clinical meaning of a document: report type, patient, sections, diagnoses, laboratory results, medications, each
// value with its evidence. All of it rules and lexicons, nothing is invented and no printed value is changed.
//
// Pure functions of the document and the lexicons; thread-safe; they cannot fail (what is not understood is left out or
// marked for review).
#pragma once

#include "clinical/lexicon/lexicons.hpp"
#include "document/document.hpp"

namespace medmark::clinical {

// What the document says. A file of several reports has one object each in `parts`; the top level is the first.
[[nodiscard]] document::Clinical extract(const document::Document& document, const Lexicons& lexicons);

// Repairs recognised names of laboratory items (labs/name_repair.hpp), then sets document.clinical,
// document.engine.lexicons and the section of every block that stands in one.
void annotate(document::Document& document, const Lexicons& lexicons);

}  // namespace medmark::clinical
