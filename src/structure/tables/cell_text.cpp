#include "structure/tables/cell_text.hpp"

#include <algorithm>
#include <numeric>

#include "base/text.hpp"
#include "structure/tables/entry_text.hpp"
#include "structure/text/line_text.hpp"

namespace medmark::structure {
namespace {

constexpr double kDoubtfulCharacter = 0.5;  // below, a recognised character needs a person's look
constexpr double kWideSpace = 0.9;          // em: a gap in Chinese text that was meant as one
constexpr double kCutApart = 0.2;           // em: words cut out of one line at a cell's border stand nearer

// Neighbouring words of one line as one stretch of its characters.
std::vector<Word> stretches_of(const document::PageEvidence& page, const std::vector<Word>& words, const Band& band) {
  std::vector<Word> stretches;
  for (const std::size_t index : band.words) {
    const Word& word = words[index];
    if (!stretches.empty() && stretches.back().line == word.line && stretches.back().end <= word.begin) {
      Word& last = stretches.back();
      const auto& characters = page.lines[word.line].characters;
      const bool only_spaces = std::all_of(characters.begin() + static_cast<std::ptrdiff_t>(last.end),
                                           characters.begin() + static_cast<std::ptrdiff_t>(word.begin),
                                           [](const document::Character& c) { return base::is_space(c.code); });
      if (only_spaces) {
        last.end = word.end;
        last.bbox = united(last.bbox, word.bbox);
        continue;
      }
    }
    stretches.push_back(word);
  }
  return stretches;
}

Join join_beside(const document::PageEvidence& page, const Word& before, const Word& after) {
  const double gap = after.bbox.x0 - before.bbox.x1;
  if (before.line == after.line && before.end == after.begin && gap < kCutApart * after.em) return Join::kDirect;
  const char32_t last = page.lines[before.line].characters[before.end - 1].code;
  const char32_t first = page.lines[after.line].characters[after.begin].code;
  if (base::is_full_width(last) && base::is_full_width(first)) {
    const bool spread = before.end - before.begin == 1 || after.end - after.begin == 1;
    return !spread && gap > kWideSpace * after.em ? Join::kSpace : Join::kDirect;
  }
  return base::joins_with_space(last, first) || gap > kWideSpace * after.em ? Join::kSpace : Join::kDirect;
}

// Whether each band stands for an entry of its own: numbered, or a short label with its value, one a line.
std::vector<bool> list_entries(const document::PageEvidence& page, const std::vector<std::vector<Word>>& bands) {
  std::vector<bool> numbered(bands.size(), false);
  std::vector<bool> labelled(bands.size(), false);
  for (std::size_t i = 0; i < bands.size(); ++i) {
    std::u32string text;
    for (const Word& word : bands[i]) text += code_points_of(page, word);
    numbered[i] = starts_with_enumerator(text);
    labelled[i] = is_labelled(text);
  }
  if (std::count(numbered.begin(), numbered.end(), true) >= 2) return numbered;
  if (std::count(labelled.begin(), labelled.end(), true) >= 2 && labelled.front()) return labelled;
  return std::vector<bool>(bands.size(), false);
}

void describe_confidence(const document::PageEvidence& page, const std::vector<Word>& words,
                         document::TableCell& cell) {
  double sum = 0;
  double count = 0;
  for (const Word& word : words) {
    for (std::size_t i = word.begin; i < word.end; ++i) {
      sum += page.lines[word.line].characters[i].confidence;
      count += 1;
    }
  }
  cell.confidence = count > 0 ? sum / count : 1;
  cell.needs_review = std::any_of(cell.runs.begin(), cell.runs.end(),
                                  [](const document::TextRun& run) { return run.confidence < kDoubtfulCharacter; });
}

}  // namespace

void compose_cell_text(const document::PageEvidence& page, const std::vector<Word>& words, document::TableCell& cell) {
  std::vector<std::size_t> all(words.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::vector<std::vector<Word>> bands;
  for (const Band& band : bands_of(words, all)) bands.push_back(stretches_of(page, words, band));
  const std::vector<bool> listed = list_entries(page, bands);
  RunText text;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    if (i > 0 && listed[i]) text.text += '\n';
    for (std::size_t j = 0; j < bands[i].size(); ++j) {
      const Word& word = bands[i][j];
      Join join = listed[i] ? Join::kDirect : Join::kLine;
      if (j > 0) join = join_beside(page, bands[i][j - 1], word);
      append_characters(text, page.lines[word.line], word.begin, word.end, page.index, join);
    }
  }
  cell.text = std::move(text.text);
  cell.runs = std::move(text.runs);
  describe_confidence(page, words, cell);
}

}  // namespace medmark::structure
