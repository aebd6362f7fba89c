// Replacing stretches of text together with what knows their places: runs, the key and value of a pair. Pure,
// thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "document/block.hpp"

namespace medmark::clinical {

struct Replacement {
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
  std::string text;
};

// Sorted, and without overlaps: of two that meet, the one that begins first (the longer one where both do) stays and
// grows to cover both.
[[nodiscard]] std::vector<Replacement> ordered(std::vector<Replacement> replacements);

[[nodiscard]] std::string replaced(std::string_view text, const std::vector<Replacement>& replacements);

// Where byte `offset` of the old text stands in the new one; inside a replaced stretch: its new beginning.
[[nodiscard]] std::size_t moved(std::size_t offset, const std::vector<Replacement>& replacements);

// Rewrites the text and its runs; positions of characters in changed runs are dropped.
void rewrite(std::string& text, std::vector<document::TextRun>& runs, const std::vector<Replacement>& replacements);

}  // namespace medmark::clinical
