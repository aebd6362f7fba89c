// Names of laboratory items that recognition misread in a character of the same shape: "肌钙蛋白1" for "肌钙蛋白I".
//
// Only a name with Chinese characters that the lexicon does not know, and that differs from exactly one name it knows
// in I, l, 1, |, !, O, 0, γ or y, is repaired, 1 or 0 inside a Latin word ("A1bumin"), and
// the l of "HbAlc". Values, ranges and units are
// never touched. Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clinical/lexicon/lexicons.hpp"
#include "document/document.hpp"

namespace medmark::clinical {

// The repaired name; nothing where there is nothing to repair.
[[nodiscard]] std::optional<std::string> repaired_name(std::string_view printed, const LabItemLexicon& lexicon);

// Repairs the cells of recognised tables in place; the text's runs keep their places.
void repair_item_names(document::Document& document, const Lexicons& lexicons);

}  // namespace medmark::clinical
