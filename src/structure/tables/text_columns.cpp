#include "structure/tables/text_columns.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace medmark::structure {
namespace {

struct Interval {
  double from = 0;
  double to = 0;
  std::size_t band = 0;
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
  const double middle = median_of(values);
  double sum = 0;
  for (const double value : values) sum += std::abs(value - middle);
  return sum / static_cast<double>(values.size());
}

// What stands on both sides of a cut, band by band.
struct Sides {
  std::vector<double> gaps;         // where both sides have text
  std::vector<double> left_edges;   // of the text right of the cut
  std::vector<double> right_edges;  // of the text left of the cut
  int left_alone = 0;
  int right_alone = 0;
};

Sides sides_of(const std::vector<Interval>& intervals, std::size_t band_count, double from, double cut, double to) {
  std::vector<double> left(band_count, std::numeric_limits<double>::lowest());
  std::vector<double> right(band_count, std::numeric_limits<double>::max());
  for (const Interval& interval : intervals) {
    const double middle = (interval.from + interval.to) / 2;
    if (middle < from || middle > to || (interval.from < cut - 1 && interval.to > cut + 1)) continue;
    if (middle < cut) {
      left[interval.band] = std::max(left[interval.band], interval.to);
    } else {
      right[interval.band] = std::min(right[interval.band], interval.from);
    }
  }
  Sides sides;
  for (std::size_t band = 0; band < band_count; ++band) {
    const bool has_left = left[band] > std::numeric_limits<double>::lowest();
    const bool has_right = right[band] < std::numeric_limits<double>::max();
    if (has_left && has_right) {
      sides.gaps.push_back(right[band] - left[band]);
      sides.left_edges.push_back(right[band]);
      sides.right_edges.push_back(left[band]);
    } else if (has_left) {
      ++sides.left_alone;
    } else if (has_right) {
      ++sides.right_alone;
    }
  }
  return sides;
}

bool separates(const Sides& sides, double em, const ColumnThresholds& thresholds) {
  if (sides.gaps.empty()) return sides.left_alone >= 2 && sides.right_alone >= 2;
  const auto wide = std::count_if(sides.gaps.begin(), sides.gaps.end(),
                                  [&](double gap) { return gap >= thresholds.column_gap * em; });
  if (static_cast<double>(wide) >= thresholds.gap_share * static_cast<double>(sides.gaps.size())) return true;
  if (static_cast<int>(sides.gaps.size()) < thresholds.narrow_rows) return false;
  const double deviation = std::min(mean_deviation(sides.left_edges), mean_deviation(sides.right_edges));
  return wide > 0 && deviation <= thresholds.aligned * em;
}

std::vector<Interval> intervals_of(std::span<const Word> words, std::span<const Band> bands, double entry_gap) {
  std::vector<Interval> intervals;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    for (const Entry& entry : entries_of(words, bands[i], entry_gap)) {
      intervals.push_back({entry.bbox.x0, entry.bbox.x1, i});
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
  const auto most_crossing = static_cast<int>(thresholds.crossing_share * static_cast<double>(bands.size()));
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
