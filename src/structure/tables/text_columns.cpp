#include "structure/tables/text_columns.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/median.hpp"

namespace medmark::structure {
namespace {

constexpr double kLineStep = 0.5;       // em between the middles of words on different lines
constexpr std::size_t kLeastHeads = 3;  // names of columns that make a band their head

struct Interval {
  double from = 0;
  double to = 0;
  std::size_t band = 0;
  double gap_before = 0;   // ems to the entry on its left
  bool is_header = false;  // a word that heads a column
};

// A stretch of the x axis with the number of bands that have text there.
struct Coverage {
  double from = 0;
  double to = 0;
  int bands = 0;
};

std::vector<Coverage> coverage_of(const std::vector<Interval>& intervals) {
  std::vector<std::pair<double, int>> events;
  for (const Interval& interval : intervals) {
    events.emplace_back(interval.from, 1);
    events.emplace_back(interval.to, -1);
  }
  std::sort(events.begin(), events.end());
  std::vector<Coverage> coverage;
  int depth = 0;
  for (std::size_t i = 0; i + 1 < events.size(); ++i) {
    depth += events[i].second;
    if (events[i + 1].first > events[i].first) coverage.push_back({events[i].first, events[i + 1].first, depth});
  }
  return coverage;
}

// Cuts the x axis into groups where at most `allowed` bands have text, recursively with growing tolerance for overlong
// entries.
class Splitter {
 public:
  Splitter(const std::vector<Coverage>& coverage, double em, int most_crossing, const ColumnThresholds& thresholds)
      : coverage_(coverage), em_(em), most_crossing_(most_crossing), thresholds_(thresholds) {}

  std::vector<double> cuts() {
    split(0, coverage_.size(), 0);
    std::sort(cuts_.begin(), cuts_.end());
    return cuts_;
  }

 private:
  void split(std::size_t begin, std::size_t end, int allowed) {
    if (begin >= end || allowed > most_crossing_) return;
    std::vector<std::pair<std::size_t, std::size_t>> valleys;
    for (std::size_t i = begin; i < end;) {
      if (coverage_[i].bands > allowed) {
        ++i;
        continue;
      }
      std::size_t last = i;
      while (last + 1 < end && coverage_[last + 1].bands <= allowed) ++last;
      if (is_gutter(begin, i, last, end, allowed)) valleys.emplace_back(i, last);
      i = last + 1;
    }
    std::size_t start = begin;
    for (const auto& [first, last] : valleys) {
      cuts_.push_back((coverage_[first].from + coverage_[last].to) / 2);
      split(start, first, allowed + 1);
      start = last + 1;
    }
    split(start, end, allowed + 1);
  }

  [[nodiscard]] int peak(std::size_t begin, std::size_t end) const {
    int most = 0;
    for (std::size_t i = begin; i < end; ++i) most = std::max(most, coverage_[i].bands);
    return most;
  }

  [[nodiscard]] bool is_gutter(std::size_t begin, std::size_t first, std::size_t last, std::size_t end,
                               int allowed) const {
    const double width = coverage_[last].to - coverage_[first].from;
    if (width < thresholds_.narrow_gutter * em_) return false;
    const int needed = 3 * allowed + 1;
    return peak(begin, first) >= needed && peak(last + 1, end) >= needed;
  }

  const std::vector<Coverage>& coverage_;
  double em_;
  int most_crossing_;
  const ColumnThresholds& thresholds_;
  std::vector<double> cuts_;
};

double mean_deviation(const std::vector<double>& values) {
  if (values.empty()) return std::numeric_limits<double>::max();
  const double middle = base::median(values);
  double sum = 0;
  for (const double value : values) sum += std::abs(value - middle);
  return sum / static_cast<double>(values.size());
}

// What stands on both sides of a cut, band by band.
struct Sides {
  std::vector<double> gaps;    // ems, where both sides have text
  std::vector<Interval> left;  // beside the gaps: the text next to the cut
  std::vector<Interval> right;
  int left_alone = 0;
  int right_alone = 0;
};

Sides sides_of(const std::vector<Interval>& intervals, std::size_t band_count, double from, double cut, double to) {
  std::vector<const Interval*> left(band_count, nullptr);
  std::vector<const Interval*> right(band_count, nullptr);
  for (const Interval& interval : intervals) {
    const double middle = (interval.from + interval.to) / 2;
    if (middle < from || middle > to || (interval.from < cut - 1 && interval.to > cut + 1)) continue;
    const Interval*& side = middle < cut ? left[interval.band] : right[interval.band];
    if (side == nullptr || (middle < cut ? interval.to > side->to : interval.from < side->from)) side = &interval;
  }
  Sides sides;
  for (std::size_t band = 0; band < band_count; ++band) {
    if (left[band] != nullptr && right[band] != nullptr) {
      sides.gaps.push_back(right[band]->gap_before);
      sides.left.push_back(*left[band]);
      sides.right.push_back(*right[band]);
    } else if (left[band] != nullptr) {
      ++sides.left_alone;
    } else if (right[band] != nullptr) {
      ++sides.right_alone;
    }
  }
  return sides;
}

// Least mean deviation of the left edges, the right edges and the middles.
double misalignment(const std::vector<Interval>& texts) {
  std::vector<double> left;
  std::vector<double> middle;
  std::vector<double> right;
  for (const Interval& text : texts) {
    left.push_back(text.from);
    middle.push_back((text.from + text.to) / 2);
    right.push_back(text.to);
  }
  return std::min({mean_deviation(left), mean_deviation(middle), mean_deviation(right)});
}

// Whether the texts are marks (an arrow, a star), all at one place.
bool are_aligned_marks(const std::vector<Interval>& texts, double em, const ColumnThresholds& thresholds) {
  const bool narrow = std::all_of(texts.begin(), texts.end(), [&](const Interval& text) {
    return text.to - text.from <= thresholds.mark_width * em;
  });
  return narrow && texts.size() >= 2 && misalignment(texts) <= thresholds.aligned_mark * em;
}

// Marks in a column of their own, without a header, near to ragged text before them or to aligned text behind them.
// Marks right behind numbers of one length may stand in the numbers' own cells.
bool is_mark_column(const Sides& sides, double em, const ColumnThresholds& thresholds) {
  if (are_aligned_marks(sides.right, em, thresholds)) {
    std::vector<double> ends;
    for (const Interval& text : sides.left) ends.push_back(text.to);
    return mean_deviation(ends) >= thresholds.ragged * em;
  }
  return are_aligned_marks(sides.left, em, thresholds) && misalignment(sides.right) <= thresholds.aligned * em;
}

bool separates(const Sides& sides, double em, const ColumnThresholds& thresholds) {
  const std::size_t rows = sides.gaps.size();
  if (rows == 0) return sides.left_alone >= 2 && sides.right_alone >= 2;
  const auto wide =
      std::count_if(sides.gaps.begin(), sides.gaps.end(), [&](double gap) { return gap >= thresholds.column_gap; });
  if (static_cast<double>(wide) >= thresholds.gap_share * static_cast<double>(rows)) return true;
  for (std::size_t i = 0; i < rows; ++i) {
    if (sides.left[i].is_header && sides.right[i].is_header) return true;
  }
  if (is_mark_column(sides, em, thresholds)) return true;
  if (static_cast<int>(rows) < thresholds.narrow_rows) return false;
  const double left = misalignment(sides.left);
  const double right = misalignment(sides.right);
  if (std::max(left, right) <= thresholds.aligned * em) return true;
  return wide > 0 && std::min(left, right) <= thresholds.aligned * em;
}

// The words that begin farthest to the left and end farthest to the right.
std::pair<const Word*, const Word*> outer_words(std::span<const Word> words, const Entry& entry) {
  const Word* first = &words[entry.words.front()];
  const Word* last = first;
  for (const std::size_t index : entry.words) {
    if (words[index].bbox.x0 < first->bbox.x0) first = &words[index];
    if (words[index].bbox.x1 >= last->bbox.x1) last = &words[index];
  }
  return {first, last};
}

// Whether the words of the entry stand below each other.
bool is_wrapped(std::span<const Word> words, const Entry& entry) {
  const Word& first = words[entry.words.front()];
  return std::any_of(entry.words.begin(), entry.words.end(), [&](std::size_t index) {
    return std::abs(words[index].bbox.center_y() - first.bbox.center_y()) > kLineStep * first.em;
  });
}

std::vector<Interval> intervals_of(std::span<const Word> words, std::span<const Band> bands, double entry_gap) {
  std::vector<Interval> intervals;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const Word* last = nullptr;
    const std::vector<Entry> entries = entries_of(words, bands[i], entry_gap);
    const auto is_head_word = [&](const Entry& entry) {
      return entry.words.size() == 1 && words[entry.words.front()].is_header;
    };
    // Among the names of columns a wrapped entry is one too ("敏感" above "度").
    const auto heads = static_cast<std::size_t>(std::count_if(entries.begin(), entries.end(), is_head_word));
    const bool is_head = heads >= kLeastHeads && 2 * heads >= entries.size();
    for (const Entry& entry : entries) {
      const auto [first, end] = outer_words(words, entry);
      intervals.push_back({entry.bbox.x0, entry.bbox.x1, i, last == nullptr ? 0 : gap_between(*last, *first),
                           is_head_word(entry) || (is_head && is_wrapped(words, entry))});
      last = end;
    }
  }
  return intervals;
}

// Takes away cuts that do not separate, the weakest neighbourhood first from the left.
void drop_weak_cuts(std::vector<double>& cuts, const std::vector<Interval>& intervals, std::size_t band_count,
                    double em, const ColumnThresholds& thresholds) {
  for (std::size_t i = 0; i < cuts.size();) {
    const double from = i > 0 ? cuts[i - 1] : std::numeric_limits<double>::lowest();
    const double to = i + 1 < cuts.size() ? cuts[i + 1] : std::numeric_limits<double>::max();
    if (separates(sides_of(intervals, band_count, from, cuts[i], to), em, thresholds)) {
      ++i;
    } else {
      cuts.erase(cuts.begin() + static_cast<std::ptrdiff_t>(i));
      i = i > 0 ? i - 1 : 0;
    }
  }
}

std::vector<TextColumn> columns_between(const std::vector<double>& cuts, const std::vector<Interval>& intervals) {
  std::vector<TextColumn> columns(cuts.size() + 1);
  std::vector<std::vector<std::size_t>> bands(columns.size());
  for (TextColumn& column : columns) {
    column.text_from = std::numeric_limits<double>::max();
    column.text_to = std::numeric_limits<double>::lowest();
  }
  for (const Interval& interval : intervals) {
    const auto first = std::upper_bound(cuts.begin(), cuts.end(), interval.from) - cuts.begin();
    const auto last = std::lower_bound(cuts.begin(), cuts.end(), interval.to) - cuts.begin();
    if (first != last) continue;  // overlong: says nothing of its column's extent
    TextColumn& column = columns[static_cast<std::size_t>(first)];
    column.text_from = std::min(column.text_from, interval.from);
    column.text_to = std::max(column.text_to, interval.to);
    bands[static_cast<std::size_t>(first)].push_back(interval.band);
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::sort(bands[i].begin(), bands[i].end());
    columns[i].bands = static_cast<int>(std::unique(bands[i].begin(), bands[i].end()) - bands[i].begin());
    columns[i].from = i > 0 ? cuts[i - 1] : columns[i].text_from;
    columns[i].to = i < cuts.size() ? cuts[i] : columns[i].text_to;
  }
  return columns;
}

}  // namespace

std::vector<TextColumn> text_columns(std::span<const Word> words, std::span<const Band> bands,
                                     const ColumnThresholds& thresholds) {
  const std::vector<Interval> intervals = intervals_of(words, bands, thresholds.entry_gap);
  if (intervals.empty()) return {};
  std::vector<std::size_t> indices;
  for (const Band& band : bands) indices.insert(indices.end(), band.words.begin(), band.words.end());
  const double em = median_em(words, indices);
  const auto crossing = static_cast<int>(thresholds.crossing_share * static_cast<double>(bands.size()));
  const int most_crossing = std::max(1, crossing);  // the gutter test asks for four rows on both sides of one crossing
  const std::vector<Coverage> coverage = coverage_of(intervals);
  std::vector<double> cuts = Splitter(coverage, em, most_crossing, thresholds).cuts();
  drop_weak_cuts(cuts, intervals, bands.size(), em, thresholds);
  return columns_between(cuts, intervals);
}

std::size_t column_at(std::span<const TextColumn> columns, double x) {
  std::size_t column = 0;
  while (column + 1 < columns.size() && x > columns[column].to) ++column;
  return column;
}

}  // namespace medmark::structure
