#include "structure/tables/staggered_bands.hpp"

#include <algorithm>
#include <numeric>

#include "structure/tables/entry_text.hpp"
#include "structure/tables/placed_entries.hpp"

namespace medmark::structure {
namespace {

constexpr double kCellGap = ColumnThresholds{}.column_gap;  // em between entries of different columns

std::vector<Entry> entries_apart(std::span<const Word> words, const Band& band) {
  return entries_of(words, band, kCellGap);
}

bool stand_beside(std::span<const Word> words, const Band& above, const Band& below) {
  const std::vector<Entry> others = entries_apart(words, above);
  const std::vector<Entry> entries = entries_apart(words, below);
  return std::none_of(entries.begin(), entries.end(), [&](const Entry& entry) {
    return std::any_of(others.begin(), others.end(),
                       [&](const Entry& other) { return overlap_x(entry.bbox, other.bbox) > 0; });
  });
}

bool is_running_text(const document::PageEvidence& page, std::span<const Word> words, const Band& band,
                     const StaggerThresholds& thresholds) {
  const std::vector<Entry> entries = entries_apart(words, band);
  return std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
    if (entry.bbox.width() < thresholds.prose_share * page.width) return false;
    std::vector<Word> own;
    for (const std::size_t index : entry.words) own.push_back(words[index]);
    const std::u32string text = text_of(page, own);
    return text.size() >= thresholds.prose_length && !starts_with_value(text);
  });
}

// One band of the bands [first, last].
Band united_bands(std::span<const Word> words, std::span<const Band> bands) {
  Band joined;
  for (std::size_t level = 0; level < bands.size(); ++level) {
    joined.bbox = united(joined.bbox, bands[level].bbox);
    joined.center += bands[level].center / static_cast<double>(bands.size());
    joined.words.insert(joined.words.end(), bands[level].words.begin(), bands[level].words.end());
    joined.levels.insert(joined.levels.end(), bands[level].words.size(), static_cast<int>(level));
  }
  std::vector<std::size_t> order(joined.words.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return words[joined.words[a]].bbox.x0 < words[joined.words[b]].bbox.x0;
  });
  Band sorted{joined.bbox, joined.center, {}, {}};
  for (const std::size_t i : order) {
    sorted.words.push_back(joined.words[i]);
    sorted.levels.push_back(joined.levels[i]);
  }
  return sorted;
}

}  // namespace

std::vector<Band> joined_staggered(const document::PageEvidence& page, std::span<const Word> words,
                                   std::vector<Band> bands, const StaggerThresholds& thresholds) {
  std::vector<Band> joined;
  for (std::size_t first = 0; first < bands.size();) {
    std::size_t end = first + 1;
    while (end < bands.size()) {
      const Band& above = bands[end - 1];
      const Band& band = bands[end];
      const double em = std::min(median_em(words, above.words), median_em(words, band.words));
      if (band.center - above.center > thresholds.farthest * em || !stand_beside(words, above, band)) break;
      if (is_running_text(page, words, above, thresholds) || is_running_text(page, words, band, thresholds)) break;
      ++end;
    }
    if (end - first == 1 || end - first > thresholds.most_bands) {
      for (std::size_t i = first; i < end; ++i) joined.push_back(std::move(bands[i]));
    } else {
      joined.push_back(united_bands(words, std::span(bands).subspan(first, end - first)));
    }
    first = end;
  }
  return joined;
}

std::size_t level_count(const Band& band) {
  if (band.levels.empty()) return 1;
  return static_cast<std::size_t>(*std::max_element(band.levels.begin(), band.levels.end())) + 1;
}

}  // namespace medmark::structure
