// Full text of Chinese and other scripts as terms that an index of words can hold.
//
// A run of Chinese characters becomes its overlapping pairs (with its last character once more on its own), so that a
// word of two characters is found wherever it stands; any other word is one term. Half width and lower case throughout.
// Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/search.hpp"

namespace medmark::store {

// Half width, lower case, no white space: the form names and words are compared in.
[[nodiscard]] std::string folded(std::string_view text);
// The name of a laboratory item without marks before it and brackets behind it, folded.
[[nodiscard]] std::string folded_item(std::string_view name);

// The terms of a text, parted by spaces.
[[nodiscard]] std::string index_terms(std::string_view text);

// What a person typed, as an FTS5 expression: every word must occur, a Chinese word as the phrase of its pairs. Empty
// where nothing can be looked for.
[[nodiscard]] std::string match_expression(std::string_view query);

// The words of a query as they are to be found in a text, folded.
[[nodiscard]] std::vector<std::u32string> query_words(std::string_view query);

struct SnippetSettings {
  int max_snippets = 3;
  int context = 24;  // code points to each side of a hit
};

// Pieces of the text around the first places where words stand.
[[nodiscard]] std::vector<Snippet> snippets(std::string_view text, const std::vector<std::u32string>& words,
                                            const SnippetSettings& settings);

}  // namespace medmark::store
