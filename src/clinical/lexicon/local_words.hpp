// Words of a hospital's own that recognition misreads again and again ("血红旦白" for "血红蛋白"), as a person approved
// them.
//
// Only recognised text is repaired; native and Office text is exact. Neither side of a repair may hold a digit, and
// what is read has at least two characters: a single one stands for too much. Letters count as whole words. Pure
// functions, thread-safe.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "document/document.hpp"

namespace medmark::clinical {

using LocalWords = std::map<std::string, std::string>;  // as recognition reads them -> as they are

// Whether a repair may be used at all.
[[nodiscard]] bool is_repair(std::string_view read, std::string_view right);

// `text` with its words repaired; what already reads as it should is left alone.
[[nodiscard]] std::string repaired(std::string_view text, const LocalWords& words);

// Repairs blocks and cells in place; runs, key and value keep their places.
void repair_words(document::Document& document, const LocalWords& words);

// What `engine.lexicons` says of them: the version is a hash of the words.
[[nodiscard]] document::NamedVersion version_of(const LocalWords& words);

}  // namespace medmark::clinical
