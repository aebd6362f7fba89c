// Documents for the tests of this room, written as data: {"blocks": [{"type", "text" | "pairs" | "rows", …}],
// "expected": {…}}. Only the tests use it.
#pragma once

#include <filesystem>

#include "document/document.hpp"

namespace medmark::clinical {

// A document with one printed line a block, boxes down the page, and the given confidence and source ("ocr").
[[nodiscard]] document::Document read_test_document(const std::filesystem::path& file);

}  // namespace medmark::clinical
