// A document as the structure room leaves it, written down so that the clinical rules can be run over it again without
// reading a page anew (clinical_probe.cc). A developer's format: nothing of the product writes or reads it.
//
// Everything the clinical room looks at is kept exactly, numbers included; pictures, timings and what the clinical room
// itself adds are not. Pure functions, thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "document/document.hpp"

namespace medmark::pipeline {

// JSON in one line.
[[nodiscard]] std::string dump_document(const document::Document& document);

// Fails with corrupt_document for anything that `dump_document` of this version did not write.
[[nodiscard]] base::Result<document::Document> read_document_dump(std::string_view dump);

}  // namespace medmark::pipeline
