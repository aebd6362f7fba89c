#include "structure/tables/cell_lines.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "structure/tables/entry_text.hpp"

namespace medmark::structure {
namespace {

// Width of the beginning that a line break cannot part: one Han character, or letters up to a space or behind a hyphen.
double width_of_token(const document::PageEvidence& page, const Word& word) {
  const auto& characters = page.lines[word.line].characters;
  std::size_t end = word.begin + 1;
  if (!base::is_han(characters[word.begin].code)) {
    while (end < word.end && !base::is_han(characters[end].code) && !is_range_dash(characters[end - 1].code)) ++end;
  }
  return characters[end - 1].bbox.x1 - characters[word.begin].bbox.x0;
}

}  // namespace

std::vector<CellLine> cell_lines_of(const document::PageEvidence& page, const PlacedBand& band) {
  std::vector<CellLine> lines;
  std::vector<Word> words;
  for (std::size_t i = 0; i < band.entries.size(); ++i) {
    const PlacedEntry& entry = band.entries[i];
    words.insert(words.end(), entry.words.begin(), entry.words.end());
    const bool goes_on = i + 1 < band.entries.size() && band.entries[i + 1].first == entry.first;
    if (goes_on) continue;
    CellLine line;
    line.column = entry.first;
    line.y = entry.bbox.center_y();
    line.width = words.back().bbox.x1 - words.front().bbox.x0;
    line.em = std::max(1.0, words.front().em);
    line.first_token = width_of_token(page, words.front());
    line.is_exact = words.front().is_exact;
    line.text = text_of(page, words);
    lines.push_back(std::move(line));
    words.clear();
  }
  return lines;
}

bool is_range_dash(char32_t c) { return base::is_one_of(c, U"-~—–－～"); }

bool is_opening_bracket(char32_t c) { return base::is_one_of(c, U"[【(（"); }

bool is_whole_value(const std::u32string& text) {
  static constexpr std::u32string_view kStops = U"-~—–－～(（[,，、/<>≤≥:：";
  return (is_numeric(text) || starts_with_value(text)) && !base::is_one_of(text.back(), kStops) &&
         !leaves_bracket_open(text);
}

bool is_hyphenated(const std::u32string& text) {
  return text.size() >= 2 && text.back() == U'-' && base::is_latin_letter(text[text.size() - 2]);
}

bool is_bracketed(const std::u32string& text) {
  return text.size() >= 3 && is_opening_bracket(text.front()) && base::is_one_of(text.back(), U"]】)）");
}

bool names_group(const std::u32string& text) {
  return starts_with_enumerator(text) || text.front() == U'【' || text.back() == U'：' || text.back() == U':';
}

}  // namespace medmark::structure
