#include "clinical/labs/name_repair.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "clinical/labs/item.hpp"
#include "clinical/text/folded_text.hpp"
#include "clinical/text/rewrite.hpp"

namespace medmark::clinical {
namespace {

// The one known name of the same shape.
std::optional<std::string> known_of_shape(std::string_view printed, const LabItemLexicon& lexicon) {
  const std::u32string key = folded_key(printed);
  if (std::none_of(key.begin(), key.end(), base::is_han) || is_known_item(printed, lexicon)) return std::nullopt;
  const auto found = lexicon.by_shape.find(shape_key(printed));
  if (found == lexicon.by_shape.end()) return std::nullopt;
  const std::set<std::string> names(found->second.begin(), found->second.end());
  if (names.size() != 1) return std::nullopt;
  return *names.begin();
}

std::vector<Replacement> repairs(std::string_view printed, const std::string& known) {
  const FoldedText seen = fold(printed);
  const FoldedText right = fold(known);
  std::vector<Replacement> replacements;
  for (std::size_t i = 0; i < std::min(seen.size(), right.size()); ++i) {
    if (seen.characters[i] == right.characters[i]) continue;
    replacements.push_back({seen.begin[i], seen.end[i], known.substr(right.begin[i], right.end[i] - right.begin[i])});
  }
  return replacements;
}

// "氯(C1)", "嗜酸性粒细胞百分比(E0%)": the code in the brackets has the shape of the one code that the named item has.
std::vector<Replacement> code_repairs(std::string_view printed, const LabItemLexicon& lexicon) {
  const std::string code = code_in_name(printed);
  if (code.empty() || lexicon.by_code.contains(folded_key(code)) || !printed.ends_with(code + ")")) return {};
  const std::size_t begin = printed.size() - code.size() - 1;
  const std::u32string name = folded_key(printed.substr(0, begin - 1));
  const auto items = lexicon.by_name.find(name);
  if (items == lexicon.by_name.end()) return {};
  std::map<std::u32string, std::string> known;  // Cl and CL are one code
  for (const int item : items->second) {
    for (const std::string& candidate : lexicon.items[static_cast<std::size_t>(item)].codes) {
      if (shape_key(candidate) == shape_key(code)) known.emplace(folded_key(candidate), candidate);
    }
  }
  if (known.size() != 1) return {};
  std::vector<Replacement> replacements = repairs(code, known.begin()->second);
  for (Replacement& replacement : replacements) {
    replacement.begin += begin;
    replacement.end += begin;
  }
  return replacements;
}

bool is_small_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_small_letter(c) || (c >= 'A' && c <= 'Z'); }

// "A1bumin", "g1obulin": a digit before three small letters of one word and behind a letter is none; nor is one at the
// end of a long word before another word ("glutamy1 transferase").
std::vector<Replacement> letters_in_words(std::string_view printed) {
  constexpr std::size_t kTail = 3;
  std::vector<Replacement> replacements;
  for (std::size_t i = 1; i + kTail < printed.size(); ++i) {
    const bool tail =
        is_small_letter(printed[i + 1]) && is_small_letter(printed[i + 2]) && is_small_letter(printed[i + 3]);
    const bool word_end = i >= 4 && printed[i + 1] == ' ' && is_small_letter(printed[i + 2]) &&
                          std::all_of(printed.begin() + static_cast<std::ptrdiff_t>(i - 4),
                                      printed.begin() + static_cast<std::ptrdiff_t>(i), is_small_letter);
    if ((!tail && !word_end) || !is_letter(printed[i - 1])) continue;
    if (printed[i] == '1') replacements.push_back({i, i + 1, "l"});
    if (printed[i] == '0') replacements.push_back({i, i + 1, "o"});
  }
  // "HbAlc", "haemoglobin Alc": no word ends so but the haemoglobin's fraction.
  for (std::size_t i = printed.find("Alc"); i != std::string_view::npos; i = printed.find("Alc", i + 1)) {
    if (i + 3 == printed.size() || !is_letter(printed[i + 3])) replacements.push_back({i + 1, i + 2, "1"});
  }
  return replacements;
}

std::vector<Replacement> repairs_of(std::string_view printed, const LabItemLexicon& lexicon) {
  const auto known = known_of_shape(printed, lexicon);
  if (known) return repairs(printed, *known);
  std::vector<Replacement> code = code_repairs(printed, lexicon);
  return code.empty() ? letters_in_words(printed) : code;
}

}  // namespace

std::optional<std::string> repaired_name(std::string_view printed, const LabItemLexicon& lexicon) {
  const std::vector<Replacement> found = repairs_of(printed, lexicon);
  if (found.empty()) return std::nullopt;
  return replaced(printed, found);
}

void repair_item_names(document::Document& document, const Lexicons& lexicons) {
  for (document::Block& block : document.blocks) {
    const bool recognised = document::is_recognised(block.source);
    if (!recognised || !block.table.has_value()) continue;
    for (document::TableCell& cell : block.table->cells) {
      rewrite(cell.text, cell.runs, repairs_of(cell.text, lexicons.lab_items));
    }
  }
}

}  // namespace medmark::clinical
