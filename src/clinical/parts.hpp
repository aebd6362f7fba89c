// Where one file holds several reports: which blocks belong to which. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <vector>

#include "clinical/lexicon/lexicons.hpp"
#include "document/document.hpp"

namespace medmark::clinical {

struct BlockRange {
  std::size_t first = 0;
  std::size_t last = 0;  // exclusive
};

// At least one range; together they are all blocks. A new report starts at a title that names a kind of report and
// stands at the head of a page or right above the patient's own data, unless it only repeats the title above it for the
// same patient.
[[nodiscard]] std::vector<BlockRange> split_reports(const document::Document& document, const Lexicons& lexicons);

}  // namespace medmark::clinical
