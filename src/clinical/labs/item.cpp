#include "clinical/labs/item.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "clinical/text/folded_text.hpp"

namespace medmark::clinical {
namespace {

// A name without the marks before it ("*白细胞", "★", "1.") and without its last brackets.
std::u32string bare_name(std::u32string text) {
  std::size_t from = 0;
  while (from < text.size() && (text[from] == U'*' || text[from] == U'★' || text[from] == U'☆' || text[from] == U'△' ||
                                text[from] == U'▲' || text[from] == U'#')) {
    ++from;
  }
  text = text.substr(from);
  if (!text.empty() && text.back() == U')') {
    const std::size_t open = text.rfind(U'(');
    if (open != std::u32string::npos && open > 0) text = text.substr(0, open);
  }
  return text;
}

// The Chinese half of a bilingual name ("谷丙转氨酶 Alanine aminotransferase"); "" where the name is not one of those.
std::u32string chinese_half(const std::u32string& text) {
  constexpr std::size_t kShortestWord = 4;
  std::size_t end = text.size();
  while (end > 0 && !base::is_han(text[end - 1])) --end;
  const bool latin = text.size() - end >= kShortestWord && base::is_latin_letter(text[std::min(end, text.size() - 1)]);
  return end >= 2 && latin ? text.substr(0, end) : std::u32string();
}

// The Chinese name behind a code of the lexicon ("ALT 谷丙转氨酶"); "" where the text does not open with one.
std::u32string behind_code(const std::u32string& text, const LabItemLexicon& lexicon) {
  const auto han = std::find_if(text.begin(), text.end(), base::is_han);
  if (han == text.begin() || han == text.end()) return {};
  return lexicon.by_code.contains(std::u32string(text.begin(), han)) ? std::u32string(han, text.end())
                                                                     : std::u32string();
}

bool is_code(std::u32string_view text) {
  const bool letter = std::any_of(text.begin(), text.end(), base::is_latin_letter);
  return letter && text.size() <= 16 && std::none_of(text.begin(), text.end(), base::is_han);
}

bool lists_unit(const std::vector<std::string>& units, const std::optional<int>& unit, const UnitLexicon& lexicon) {
  return unit &&
         std::any_of(units.begin(), units.end(), [&](const std::string& name) { return lexicon.find(name) == unit; });
}

bool is_blood(const std::string& specimen) {
  return specimen == "blood" || specimen == "serum" || specimen == "plasma" || specimen == "arterial";
}

struct Candidate {
  int item = -1;
  int score = 0;
};

void add(std::vector<Candidate>& candidates, const std::map<std::u32string, std::vector<int>>& table,
         const std::u32string& key, int score) {
  if (key.empty()) return;
  const auto found = table.find(key);
  if (found == table.end()) return;
  for (const int item : found->second) {
    const auto known =
        std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& c) { return c.item == item; });
    if (known == candidates.end()) {
      candidates.push_back({item, score});
    } else {
      known->score += score;
    }
  }
}

}  // namespace

bool is_known_whole(std::string_view name, const LabItemLexicon& lexicon) {
  const std::u32string whole = folded_key(name);
  const std::u32string bare = bare_name(whole);
  const std::u32string code = folded_key(code_in_name(name));
  return lexicon.by_name.contains(whole) || lexicon.by_name.contains(bare) || lexicon.by_code.contains(whole) ||
         lexicon.by_code.contains(bare) || (!code.empty() && lexicon.by_code.contains(code));
}

bool is_known_item(std::string_view name, const LabItemLexicon& lexicon) {
  const std::u32string bare = bare_name(folded_key(name));
  return is_known_whole(name, lexicon) || lexicon.by_name.contains(chinese_half(bare)) ||
         lexicon.by_name.contains(behind_code(bare, lexicon));
}

bool is_nearly_known(std::string_view name, const LabItemLexicon& lexicon) {
  constexpr std::size_t kShortest = 2;
  const std::u32string bare = bare_name(folded_key(name));
  if (bare.size() < kShortest || lexicon.by_name.contains(bare)) return false;
  return std::any_of(lexicon.by_name.begin(), lexicon.by_name.end(), [&](const auto& known) {
    if (known.first.size() != bare.size()) return false;
    std::size_t different = 0;
    for (std::size_t i = 0; i < bare.size() && different < 2; ++i) {
      if (bare[i] == known.first[i]) continue;
      different += base::is_han(bare[i]) && base::is_han(known.first[i]) ? 1 : 2;
    }
    return different == 1;
  });
}

std::optional<ItemMatch> find_item(const ItemQuery& query, const Lexicons& lexicons) {
  constexpr int kName = 8;
  constexpr int kCode = 4;
  constexpr int kUsualUnit = 4;
  constexpr int kOtherUnit = 1;
  constexpr int kSpecimen = 2;
  const LabItemLexicon& lexicon = lexicons.lab_items;
  std::vector<Candidate> candidates;
  const std::u32string whole = folded_key(query.name);
  const std::u32string bare = bare_name(whole);
  add(candidates, lexicon.by_name, whole, kName + 1);
  if (bare != whole) add(candidates, lexicon.by_name, bare, kName);
  if (candidates.empty()) add(candidates, lexicon.by_name, chinese_half(bare), kName);
  if (candidates.empty()) add(candidates, lexicon.by_name, behind_code(bare, lexicon), kName);
  add(candidates, lexicon.by_code, folded_key(query.code), kCode);
  if (candidates.empty()) {
    add(candidates, lexicon.by_code, whole, kCode);
    if (bare != whole) add(candidates, lexicon.by_code, bare, kCode);
  }
  if (candidates.empty()) return std::nullopt;
  const std::optional<int> unit = lexicons.units.find(query.unit);
  // Letters alone that stand for an item measured in other units name another one: PR in % is no protein of urine.
  const bool by_code_alone =
      std::all_of(candidates.begin(), candidates.end(), [](const Candidate& c) { return c.score == kCode; });
  if (by_code_alone && unit) {
    std::erase_if(candidates, [&](const Candidate& c) {
      const LabItem& item = lexicon.items[static_cast<std::size_t>(c.item)];
      return !item.units.empty() && !lists_unit(item.units, unit, lexicons.units) &&
             !lists_unit(item.other_units, unit, lexicons.units);
    });
    if (candidates.empty()) return std::nullopt;
  }
  for (Candidate& c : candidates) {
    const LabItem& item = lexicon.items[static_cast<std::size_t>(c.item)];
    if (lists_unit(item.units, unit, lexicons.units)) c.score += kUsualUnit;
    if (query.unit.empty() && item.units.empty()) c.score += kUsualUnit;
    if (lists_unit(item.other_units, unit, lexicons.units)) c.score += kOtherUnit;
    const bool same = query.specimen.empty() ? is_blood(item.specimen) : item.specimen == query.specimen;
    if (same) c.score += kSpecimen;
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  const LabItem& best = lexicon.items[static_cast<std::size_t>(candidates.front().item)];
  ItemMatch match{&best, candidates.size() == 1 || candidates[0].score > candidates[1].score, false, false};
  match.unit_is_usual = lists_unit(best.units, unit, lexicons.units) || (query.unit.empty() && best.units.empty());
  match.unit_is_listed = lists_unit(best.other_units, unit, lexicons.units);
  return match;
}

std::string specimen_of(std::string_view printed) {
  const std::u32string text = folded_key(printed);
  const auto has = [&](std::u32string_view word) { return text.find(word) != std::u32string::npos; };
  if (has(U"尿") || has(U"urin")) return "urine";
  if (has(U"粪") || has(U"大便") || has(U"stool") || text == U"便") return "stool";
  if (has(U"脑脊液") || has(U"csf")) return "csf";
  if (has(U"胸水") || has(U"腹水") || has(U"积液") || has(U"穿刺液")) return "fluid";
  if (has(U"白带") || has(U"分泌物") || has(U"前列腺液")) return "secretion";
  if (has(U"精液")) return "semen";
  return "";
}

std::string code_in_name(std::string_view name) {
  const FoldedText text = fold(name);
  if (text.size() < 3) return "";
  const auto printed = [&](std::size_t from, std::size_t to) {
    return base::trimmed(name.substr(text.begin[from], text.end[to - 1] - text.begin[from]));
  };
  if (text.characters.back() == U')') {
    const std::size_t open = text.characters.rfind(U'(');
    if (open == std::u32string::npos || open == 0 || open + 2 > text.size() - 1) return "";
    const std::u32string_view inside = std::u32string_view(text.characters).substr(open + 1, text.size() - open - 2);
    const bool is_share = inside == U"%" || inside == U"‰";  // a unit, as letters in the brackets may be
    return is_code(inside) || is_share ? printed(open + 1, text.size() - 1) : "";
  }
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text.gap[i] == 0 || !base::is_han(text.characters[i - 1])) continue;
    if (is_code(std::u32string_view(text.characters).substr(i))) return printed(i, text.size());
  }
  return "";
}

}  // namespace medmark::clinical
