// The words an administrator approved, as every parse from then on repairs them. Thread-safe; blocks for the store.
#pragma once

#include "clinical/lexicon/local_words.hpp"
#include "store/store.hpp"

namespace medmark::server {

inline constexpr const char* kSuggestionPrefix = "lexicon.";  // of the settings that hold what was decided

// Empty where the store cannot be read: a parse without them is better than none.
[[nodiscard]] clinical::LocalWords approved_words(store::Settings& settings);

}  // namespace medmark::server
