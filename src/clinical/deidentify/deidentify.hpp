// A document without what points at a person: names, identity, telephone and hospital numbers, addresses masked, dates
// moved.
//
// The same person becomes the same pseudonym everywhere, all dates of a document move by the same number of days, so
// that what happened when stays readable. Text, tables, captions and the clinical object are rewritten; the places on
// the page pictures and inside the figures are handed back for whoever holds the pixels (image/cover.hpp). Thread-safe;
// cannot fail.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/geometry.hpp"
#include "clinical/lexicon/lexicons.hpp"
#include "document/document.hpp"

namespace medmark::clinical {

struct DeidentifyOptions {
  // Decides, together with the file's hash, by how many days dates move: the same secret and file always give the same
  // days. Who knows both can move the dates back, so it must not be something that the result tells.
  std::string secret;
};

// The places to cover, also put into document.removed and document.removed_counts.
struct Deidentification {
  std::map<std::string, int> counts;  // by kind; never the values
  std::vector<document::RemovedPlace> places;
  std::vector<std::vector<base::Rect>> figure_places;  // beside document.assets: pixels of each picture
};

// Works on an annotated document. Its Markdown must be printed again afterwards. The counts also stand in
// engine.parameters["deidentified"], the file name is replaced.
Deidentification deidentify(document::Document& document, const Lexicons& lexicons, const DeidentifyOptions& options);

}  // namespace medmark::clinical
