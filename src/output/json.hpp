// The document JSON of the contract (schema_version "1.0"). A pure function of the document, thread-safe, cannot fail.
#pragma once

#include <string>

#include "document/document.hpp"

namespace medmark::output {

// UTF-8, two spaces of indentation, members in the contract's order, a line feed at the end. Boxes are rounded to 0.01
// pt, confidences to 0.0001, so that equal documents give equal bytes.
[[nodiscard]] std::string to_json(const document::Document& document);

}  // namespace medmark::output
