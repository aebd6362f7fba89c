#include "structure/tables/grid_header.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.hpp"
#include "structure/tables/entry_text.hpp"
#include "structure/tables/staggered_bands.hpp"

namespace medmark::structure {
namespace {

constexpr double kCentredMiss = 2.0;  // em between the middle of a spanning header and of the columns it heads
constexpr double kAligned = 0.6;      // em between what is set below each other
constexpr double kUnheaded = 1.0;     // em that a column without a header of the upper level costs
constexpr std::size_t kMostUpperHeaders = 6;
constexpr int kMostHeaderBands = 4;
constexpr double kHalfWay = StaggerThresholds{}.farthest;  // em

// Whether an entry of the band is a value, with its unit and range maybe.
bool has_results(const document::PageEvidence& page, const PlacedBand& band) {
  return std::any_of(band.entries.begin(), band.entries.end(), [&](const PlacedEntry& entry) {
    const std::u32string text = text_of(page, entry.words);
    return is_numeric(text) || starts_with_value(text);
  });
}

int header_hits(const document::PageEvidence& page, const PlacedBand& band) {
  int hits = 0;
  for (const PlacedEntry& entry : band.entries) hits += is_header_word(text_of(page, entry.words)) ? 1 : 0;
  return hits;
}

// The band with the most entries, the lowest of several: the last level of a head, without labels that stand half way.
std::span<const PlacedBand> fullest_of(std::span<const PlacedBand> bands) {
  std::size_t fullest = 0;
  for (std::size_t i = 1; i < bands.size(); ++i) {
    if (bands[i].entries.size() >= bands[fullest].entries.size()) fullest = i;
  }
  return bands.subspan(fullest, 1);
}

// Where the middle of columns is taken: their text is set in the middle, to the left (they end where the next begins)
// or to the right, or has unequal widths (half way through the gutters).
enum class MiddleOf { kText, kLeftSet, kRightSet, kGutters };

// How far an entry stands from the middle of the columns [first, last].
double off_middle(const PlacedEntry& entry, std::size_t first, std::size_t last, std::span<const TextColumn> columns,
                  MiddleOf middle_of) {
  double from = columns[first].text_from;
  double to = columns[last].text_to;
  if (middle_of == MiddleOf::kGutters) {
    from = columns[first].from;
    to = columns[last].to;
  } else if (middle_of == MiddleOf::kLeftSet) {
    to = last + 1 < columns.size() ? columns[last + 1].text_from : columns[last].to;
  } else if (middle_of == MiddleOf::kRightSet) {
    from = first > 0 ? columns[first - 1].text_to : columns[first].from;
  }
  return std::abs((from + to) / 2 - entry.bbox.center_x());
}

// Gives the headers of an upper level the columns of the level below that they stand in the middle of: the assignment
// with the least misses, where a column left without a header above it costs kUnheaded.
class HeaderSpans {
 public:
  HeaderSpans(PlacedBand& upper, const PlacedBand& lower, std::span<const TextColumn> columns)
      : upper_(upper), columns_(columns) {
    for (const PlacedEntry& entry : lower.entries) {
      if (!entry.spans()) lower_.push_back(entry.first);
    }
  }

  void assign() {
    if (lower_.size() < 2) return;
    Choice best;
    for (const MiddleOf way : {MiddleOf::kText, MiddleOf::kLeftSet, MiddleOf::kRightSet, MiddleOf::kGutters}) {
      middle_of_ = way;
      Choice choice = best_from(0, 0);
      if (choice.cost < best.cost) best = std::move(choice);
    }
    if (best.ranges.size() != upper_.entries.size()) return;
    for (std::size_t i = 0; i < best.ranges.size(); ++i) {
      const auto [begin, end] = best.ranges[i];
      if (end - begin < 2 || upper_.entries[i].spans()) continue;
      upper_.entries[i].first = lower_[begin];
      upper_.entries[i].last = lower_[end - 1];
    }
  }

 private:
  struct Choice {
    double cost = std::numeric_limits<double>::max();
    std::vector<std::pair<std::size_t, std::size_t>> ranges;  // of lower_, one for each upper entry; may be empty
  };

  // The best ranges for the upper entries from `entry` on, from the lower columns from `start` on.
  Choice best_from(std::size_t entry, std::size_t start) {
    if (entry == upper_.entries.size()) {
      return {kUnheaded * upper_.em * static_cast<double>(lower_.size() - start), {}};
    }
    Choice best;
    for (std::size_t begin = start; begin <= lower_.size(); ++begin) {
      const double skipped = kUnheaded * upper_.em * static_cast<double>(begin - start);
      for (std::size_t end = begin; end <= lower_.size(); ++end) {
        const double own = cost_of(upper_.entries[entry], begin, end);
        if (skipped + own >= best.cost) continue;
        Choice rest = best_from(entry + 1, end);
        if (skipped + own + rest.cost >= best.cost) continue;
        best.cost = skipped + own + rest.cost;
        best.ranges = {{begin, end}};
        best.ranges.insert(best.ranges.end(), rest.ranges.begin(), rest.ranges.end());
      }
    }
    return best;
  }

  // Infinite where the entry cannot head the range. An entry that heads nothing stands over a column of its own.
  [[nodiscard]] double cost_of(const PlacedEntry& entry, std::size_t begin, std::size_t end) const {
    constexpr double kNever = std::numeric_limits<double>::infinity();
    if (begin == end) {
      const bool has_lower = std::find(lower_.begin(), lower_.end(), entry.first) != lower_.end();
      return has_lower ? kNever : 0;
    }
    if (lower_[end - 1] - lower_[begin] + 1 != end - begin) return kNever;
    if (entry.first < lower_[begin] || entry.last > lower_[end - 1]) return kNever;
    const double miss = off_middle(entry, lower_[begin], lower_[end - 1], columns_, middle_of_);
    return miss <= kCentredMiss * upper_.em || end - begin == 1 ? miss : kNever;
  }

  PlacedBand& upper_;
  std::span<const TextColumn> columns_;
  std::vector<std::size_t> lower_;
  MiddleOf middle_of_ = MiddleOf::kText;
};

bool has_han(std::u32string_view text) { return std::any_of(text.begin(), text.end(), base::is_han); }

// Whether `other` is set below `entry`, by its left edge or its middle.
bool is_set_below(const PlacedEntry& entry, const PlacedEntry& other, double em) {
  return std::abs(entry.bbox.x0 - other.bbox.x0) <= kAligned * em ||
         std::abs(entry.bbox.center_x() - other.bbox.center_x()) <= kAligned * em;
}

// Whether each entry of `upper` is Chinese with its translation below it: one level of a bilingual head that was
// printed on two lines. An entry that stays on one line stands half way between.
bool is_translated_below(const document::PageEvidence& page, const PlacedBand& upper,
                         std::span<const PlacedBand> below) {
  return std::all_of(upper.entries.begin(), upper.entries.end(), [&](const PlacedEntry& entry) {
    if (!has_han(text_of(page, entry.words))) return false;
    return std::any_of(below.begin(), below.end(), [&](const PlacedBand& band) {
      return std::any_of(band.entries.begin(), band.entries.end(), [&](const PlacedEntry& other) {
        return is_set_below(entry, other, upper.em) && !has_han(text_of(page, other.words));
      });
    });
  });
}

// Whether the band stands beside the one above it, half a line below: a further line of a head of which one is wrapped.
bool goes_on_half_way(const PlacedBand& above, const PlacedBand& band) {
  if (band.below_rule || band.center - above.center > kHalfWay * std::min(above.em, band.em)) return false;
  return std::none_of(band.entries.begin(), band.entries.end(),
                      [&](const PlacedEntry& entry) { return above.fills(entry.first) || above.fills(entry.last); });
}

// Whether the band holds the first lines of wrapped names that stand half a line above the others: their second lines
// stand below them, and nothing between.
bool is_first_line(const PlacedBand& band, const PlacedBand& next, std::span<const PlacedBand> below) {
  return goes_on_half_way(band, next) && std::all_of(band.entries.begin(), band.entries.end(), [&](const auto& entry) {
           return std::any_of(below.begin(), below.end(), [&](const PlacedBand& other) {
             return std::any_of(other.entries.begin(), other.entries.end(),
                                [&](const PlacedEntry& second) { return is_set_below(entry, second, band.em); });
           });
         });
}

}  // namespace

bool has_numbers(const document::PageEvidence& page, const PlacedBand& band) {
  return std::any_of(band.entries.begin(), band.entries.end(),
                     [&](const PlacedEntry& entry) { return is_numeric(text_of(page, entry.words)); });
}

std::size_t header_bands(const document::PageEvidence& page, const std::vector<PlacedBand>& bands,
                         std::optional<double> header_rule) {
  std::size_t count = 0;
  if (header_rule) {
    while (count < bands.size() && bands[count].center < *header_rule) ++count;
    return count;
  }
  for (std::size_t i = 0; i < bands.size() && i < kMostHeaderBands; ++i) {
    if (has_results(page, bands[i])) break;  // no head stands below results
    const int hits = header_hits(page, bands[i]);
    const bool heads = hits >= 2 || (hits == 1 && bands[i].entries.size() <= 2);
    if (heads) count = i + 1;
  }
  while (count > 0 && count < bands.size() && goes_on_half_way(bands[count - 1], bands[count])) ++count;
  if (count == 0 && bands.size() >= 3 && bands.front().filled() >= 2 && !has_numbers(page, bands.front())) {
    const auto numeric =
        std::count_if(bands.begin() + 1, bands.end(), [&](const PlacedBand& band) { return has_numbers(page, band); });
    if (static_cast<std::size_t>(numeric) * 3 >= (bands.size() - 1) * 2) count = 1;
  }
  return count;
}

HeaderLayout::HeaderLayout(const document::PageEvidence& page, std::vector<PlacedBand>& bands, std::size_t count,
                           std::span<const TextColumn> columns)
    : bands_(bands), count_(count) {
  for (std::size_t i = 0; i + 1 < count; ++i) {
    const std::span<const PlacedBand> below(bands.data() + i + 1, count - i - 1);
    if (bands[i].entries.size() > kMostUpperHeaders || is_translated_below(page, bands[i], below)) continue;
    if (is_first_line(bands[i], bands[i + 1], below.subspan(1))) continue;
    HeaderSpans(bands[i], fullest_of(below).front(), columns).assign();
  }
  find_levels();
}

GridCell HeaderLayout::place(const PlacedBand& band, const PlacedEntry& entry) const {
  GridCell cell{0, static_cast<int>(entry.first), 1, static_cast<int>(entry.last - entry.first) + 1};
  if (!split_) return cell;
  bool under_span = false;
  for (const PlacedEntry* span : spans_)
    under_span |= span != &entry && span->first <= entry.first && entry.last <= span->last;
  if (under_span) {
    cell.row = 1;
  } else if (!entry.spans() || band.center > *split_) {
    cell.row_span = 2;
  }
  return cell;
}

void HeaderLayout::find_levels() {
  double lowest_span = std::numeric_limits<double>::lowest();
  double highest_below = std::numeric_limits<double>::max();
  for (std::size_t i = 0; i < count_; ++i) {
    for (const PlacedEntry& entry : bands_[i].entries) {
      if (!entry.spans() || !headed_below(i, entry)) continue;
      spans_.push_back(&entry);
      lowest_span = std::max(lowest_span, entry.bbox.y1);
      highest_below = std::min(highest_below, bands_[i + 1].center);
    }
  }
  if (!spans_.empty()) split_ = std::min(std::max(lowest_span, bands_[0].center + 1), highest_below);
}

bool HeaderLayout::headed_below(std::size_t i, const PlacedEntry& span) const {
  std::size_t below = 0;
  for (std::size_t j = i + 1; j < count_; ++j) {
    for (const PlacedEntry& entry : bands_[j].entries) {
      if (!entry.spans() && span.first <= entry.first && entry.last <= span.last) ++below;
    }
  }
  return below >= 2;
}

}  // namespace medmark::structure
