#include "structure/tables/page_words.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "base/median.hpp"
#include "base/text.hpp"
#include "structure/tables/entry_text.hpp"

namespace medmark::structure {
namespace {

using document::BlockType;
using document::TextLine;

constexpr double kWordGap = 0.45;  // em: gaps of characters whose boxes are exact; letter-spaced print stays below
constexpr double kDetectorMargin = 0.7;   // em by which text detection widens two boxes that it tells apart
constexpr double kInterpolatedGap = 0.6;  // em: a space of recognised text, whose place is interpolated
constexpr double kBlankHalf = 0.5;        // em: of a full-width mark, which belongs to the text
constexpr double kBandTolerance = 0.42;   // em between the middles of words of one band; wrapped lines are 1 em apart
constexpr double kHeightToEm = 0.85;  // of a line's box: ink of Chinese text is 0.92 em high, detectors add a margin
constexpr double kSteepest = 0.12;    // slope of a line of a table; more is a watermark or a stamp

Word started_word(const TextLine& line, std::size_t index) {
  Word word;
  word.line = index;
  word.em = em_of(line);
  word.is_vertical = line.is_vertical;
  word.is_exact = line.source != document::TextSource::kOcr;
  return word;
}

void append_words(const TextLine& line, std::size_t index, std::vector<Word>& words) {
  const auto& characters = line.characters;
  std::size_t begin = 0;
  while (begin < characters.size()) {
    if (base::is_space(characters[begin].code)) {
      ++begin;
      continue;
    }
    std::size_t end = begin + 1;
    const double widest = kWordGap * em_of(line);
    while (end < characters.size() && !base::is_space(characters[end].code)) {
      const double gap = characters[end].bbox.x0 - characters[end - 1].bbox.x1;
      if (!line.is_vertical && gap > widest) break;
      ++end;
    }
    words.push_back(word_of(line, index, begin, end));
    begin = end;
  }
}

// Whether a gap of `least` ems or more stands between two neighbouring words. A name of a column that ends with its
// unit ends before the next name, however near that stands: "MIC(μg/mL) KB(mm)".
bool is_apart(const Word& before, const Word& after, double least) {
  if (before.is_header && before.ends_bracket) return true;
  const bool interpolated = before.line == after.line && !after.is_exact;
  return gap_between(before, after) > (interpolated ? std::max(least, kInterpolatedGap) : least);
}

// The entries of a band of several lines: words of one line that are not apart, and what stands below them.
std::vector<Entry> entries_of_lines(std::span<const Word> words, const Band& band, double gap) {
  std::vector<Entry> entries;
  std::vector<std::map<int, std::vector<std::size_t>>> levels;  // of each entry
  for (std::size_t i = 0; i < band.words.size(); ++i) {
    const Word& word = words[band.words[i]];
    bool goes_on = false;
    if (!entries.empty()) {
      const std::vector<std::size_t>& line = levels.back()[band.levels[i]];
      goes_on = word.bbox.x0 < entries.back().bbox.x1 || (!line.empty() && !is_apart(words[line.back()], word, gap));
    }
    if (!goes_on) {
      entries.emplace_back();
      levels.emplace_back();
    }
    entries.back().bbox = united(entries.back().bbox, word.bbox);
    levels.back()[band.levels[i]].push_back(band.words[i]);
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    for (const auto& [level, line] : levels[i]) {
      entries[i].words.insert(entries[i].words.end(), line.begin(), line.end());
    }
  }
  return entries;
}

}  // namespace

bool may_stand_in_table(const TextLine& line) {
  if (line.characters.empty()) return false;
  if (line.hint == BlockType::kSeal || line.hint == BlockType::kWatermark || line.hint == BlockType::kHandwriting) {
    return false;
  }
  if (line.is_vertical) return true;
  const base::Point& left = line.quad[0];
  const base::Point& right = line.quad[1];
  const double across = std::abs(right.x - left.x);
  return across < 1 || std::abs(right.y - left.y) <= kSteepest * across;
}

double em_of(const TextLine& line) {
  if (line.font_size > 0) return line.font_size;
  const double height = line.is_vertical ? line.bbox.width() : line.bbox.height();
  return std::max(1.0, height * kHeightToEm);
}

Word word_of(const TextLine& line, std::size_t line_index, std::size_t begin, std::size_t end) {
  Word word = started_word(line, line_index);
  word.begin = begin;
  word.end = end;
  for (std::size_t i = begin; i < end; ++i) word.bbox = united(word.bbox, line.characters[i].bbox);
  if (!line.is_vertical) {
    word.bbox.y0 = line.bbox.y0;
    word.bbox.y1 = line.bbox.y1;
  }
  constexpr std::u32string_view kClosing = U"，。、；：！？）】”’》";
  constexpr std::u32string_view kOpening = U"（【“‘《";
  if (begin < end) {
    word.ends_bracket = line.characters[end - 1].code == U')' || line.characters[end - 1].code == U'）';
    word.ends_blank = kClosing.find(line.characters[end - 1].code) != std::u32string_view::npos;
    word.begins_blank = kOpening.find(line.characters[begin].code) != std::u32string_view::npos;
  }
  return word;
}

std::vector<Word> words_of(const document::PageEvidence& page) {
  std::vector<Word> words;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (may_stand_in_table(page.lines[i])) append_words(page.lines[i], i, words);
  }
  for (Word& word : words) word.is_header = is_header_word(code_points_of(page, word));
  return words;
}

std::u32string code_points_of(const document::PageEvidence& page, const Word& word) {
  std::u32string text;
  const auto& characters = page.lines[word.line].characters;
  for (std::size_t i = word.begin; i < word.end; ++i) text.push_back(characters[i].code);
  return text;
}

std::vector<Band> bands_of(std::span<const Word> words, std::span<const std::size_t> indices) {
  std::vector<std::size_t> sorted(indices.begin(), indices.end());
  std::sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) {
    const double ya = words[a].bbox.center_y();
    const double yb = words[b].bbox.center_y();
    return ya != yb ? ya < yb : a < b;
  });
  std::vector<Band> bands;
  for (const std::size_t index : sorted) {
    const Word& word = words[index];
    const double middle = word.bbox.center_y();
    const bool joins = !bands.empty() && middle - bands.back().center <= kBandTolerance * word.em;
    if (!joins) bands.push_back({word.bbox, middle, {}, {}});
    Band& band = bands.back();
    const auto count = static_cast<double>(band.words.size());
    band.center = (band.center * count + middle) / (count + 1);
    band.bbox = united(band.bbox, word.bbox);
    band.words.push_back(index);
  }
  for (Band& band : bands) {
    std::sort(band.words.begin(), band.words.end(), [&](std::size_t a, std::size_t b) {
      return words[a].bbox.x0 != words[b].bbox.x0 ? words[a].bbox.x0 < words[b].bbox.x0 : a < b;
    });
  }
  return bands;
}

double gap_between(const Word& before, const Word& after) {
  double gap = (after.bbox.x0 - before.bbox.x1) / std::max(after.em, 1.0);
  if (before.line == after.line && !after.is_exact) {
    gap -= kBlankHalf * ((before.ends_blank ? 1 : 0) + (after.begins_blank ? 1 : 0));
  }
  const bool detected_apart = before.line != after.line && !(before.is_exact && after.is_exact);
  return detected_apart ? gap + kDetectorMargin : gap;
}

std::vector<Entry> entries_of(std::span<const Word> words, const Band& band, double gap) {
  if (!band.levels.empty()) return entries_of_lines(words, band, gap);
  std::vector<Entry> entries;
  for (const std::size_t index : band.words) {
    const Word& word = words[index];
    if (entries.empty() || is_apart(words[entries.back().words.back()], word, gap)) entries.emplace_back();
    entries.back().bbox = united(entries.back().bbox, word.bbox);
    entries.back().words.push_back(index);
  }
  return entries;
}

double median_em(std::span<const Word> words, std::span<const std::size_t> indices) {
  std::vector<double> sizes;
  for (const std::size_t index : indices) sizes.push_back(words[index].em);
  return sizes.empty() ? 10.0 : base::median(std::move(sizes));
}

}  // namespace medmark::structure
