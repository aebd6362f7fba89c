// One report as the extractors see it: the units of text of its blocks with the labels found in them.
//
// Made once per report of a file; refers to the document and the lexicons, which must outlive it. Const and
// thread-safe.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "clinical/lexicon/lexicons.hpp"
#include "clinical/text/labels.hpp"
#include "clinical/text/text_unit.hpp"
#include "document/document.hpp"

namespace medmark::clinical {

struct Report {
  const document::Document* document = nullptr;
  const Lexicons* lexicons = nullptr;
  std::size_t first_block = 0;  // blocks [first_block, last_block) of the document
  std::size_t last_block = 0;
  std::vector<TextUnit> units;              // in reading order
  std::vector<std::vector<LabelHit>> hits;  // beside units

  [[nodiscard]] const document::Block& block(std::size_t index) const { return document->blocks[index]; }
};

[[nodiscard]] Report make_report(const document::Document& document, const Lexicons& lexicons, std::size_t first_block,
                                 std::size_t last_block);

// Puts a value's evidence under its key ("patient.name"). What `factor` takes from the reading's own confidence is the
// doubt of the rule that found it; below kSureConfidence the value is marked for review.
void put_evidence(document::Clinical& clinical, const std::string& key, document::Evidence evidence, double factor);

// Values at or above this confidence are claimed to be right; the rest is for a person to look at.
inline constexpr double kSureConfidence = 0.9;

}  // namespace medmark::clinical
