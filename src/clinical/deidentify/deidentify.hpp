// A document without what points at a person: names, identity, telephone and hospital numbers, addresses masked, dates
// moved.
//
// The same person becomes the same pseudonym everywhere, all dates of a document move by the same number of days, so
// that what happened when stays readable. Text, tables, captions and the clinical object are rewritten; the places on
// the page pictures are handed back for whoever holds the pixels. Not covered: what only stands inside a picture that
// was kept as a figure. Thread-safe; cannot fail.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/geometry.hpp"
#include "clinical/lexicon/lexicons.hpp"
#include "document/document.hpp"

namespace medmark::clinical {

struct DeidentifyOptions {
  // Decides by how many days dates move, together with the file's hash. Keep it secret: who knows it can move them
  // back. Empty: a random one, so that two runs differ.
  std::string secret;
};

// A place on the page as displayed (points) that must be covered in its picture.
struct RemovedPlace {
  std::string kind;
  int page = 0;
  base::Rect bbox;
};

struct Deidentification {
  std::map<std::string, int> counts;  // by kind; never the values
  std::vector<RemovedPlace> places;
};

// Works on an annotated document. Its Markdown must be printed again afterwards. The counts also stand in
// engine.parameters["deidentified"], the file name is replaced.
Deidentification deidentify(document::Document& document, const Lexicons& lexicons, const DeidentifyOptions& options);

}  // namespace medmark::clinical
