// Which item of the lexicon a printed name stands for. Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clinical/lexicon/lexicons.hpp"

namespace medmark::clinical {

struct ItemQuery {
  std::string_view name;  // the name's cell as printed
  std::string_view code;  // the code's cell, or what stands in the name's brackets
  std::string_view unit;
  std::string_view specimen;  // "urine", "stool", "csf", …; "" for blood and what is derived from it
};

struct ItemMatch {
  const LabItem* item = nullptr;
  bool is_certain = false;      // no other item fits as well
  bool unit_is_usual = false;   // LOINC and limits of the item hold
  bool unit_is_listed = false;  // the item is measured in it, though LOINC and limits do not hold
};

// Whether any item has this name, code or name without its brackets.
[[nodiscard]] bool is_known_whole(std::string_view name, const LabItemLexicon& lexicon);
// The same, or it is a bilingual name whose Chinese half is known.
[[nodiscard]] bool is_known_item(std::string_view name, const LabItemLexicon& lexicon);
// Whether an unknown name differs from a known one in one Chinese character ("血清氣"): it may be that one, misread.
[[nodiscard]] bool is_nearly_known(std::string_view name, const LabItemLexicon& lexicon);
[[nodiscard]] std::optional<ItemMatch> find_item(const ItemQuery& query, const Lexicons& lexicons);

// The specimen of the lexicon that printed words speak of ("随机尿" -> "urine"), "" for blood or unknown.
[[nodiscard]] std::string specimen_of(std::string_view printed);

// What stands in the last brackets of a name where it looks like a code, "PRO" of "尿蛋白(PRO)"; also a code behind a
// gap.
[[nodiscard]] std::string code_in_name(std::string_view name);

}  // namespace medmark::clinical
