#include "structure/tables/aligned_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "base/median.hpp"
#include "base/text.hpp"
#include "structure/tables/cell_lines.hpp"
#include "structure/tables/entry_text.hpp"

namespace medmark::structure {
namespace {

constexpr double kImpossible = 1e6;             // cost of what no row can be
constexpr std::array kSettings{0.5, 0.0, 1.0};  // what is level: middles, first lines, last lines (by their share)

class AlignedRows {
 public:
  AlignedRows(const document::PageEvidence& page, std::span<const PlacedBand> bands,
              std::span<const TextColumn> columns, const AlignmentCosts& costs)
      : bands_(bands),
        columns_(columns.size()),
        middle_((columns.front().text_from + columns.back().text_to) / 2),
        costs_(costs),
        widest_(columns.size(), 0) {
    for (const PlacedBand& band : bands) lines_.push_back(cell_lines_of(page, band));
    find_pitch();
    find_keys();
    find_widest();
    find_range_columns();
  }

  // Whether there is anything to tell wrapped lines by.
  [[nodiscard]] bool may_judge() const {
    if (pitch_ <= 0 || keys_.empty() || bands_.size() < 3) return false;
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      if (is_staggered(i) || !is_complete(i)) return true;
    }
    return false;
  }

  struct Answer {
    double cost = kImpossible;
    std::vector<std::size_t> starts;  // first band of each row
  };

  [[nodiscard]] Answer best(double setting) const {
    const std::size_t count = bands_.size();
    std::vector<double> cost(count + 1, std::numeric_limits<double>::max());
    std::vector<std::size_t> from(count + 1, 0);
    cost[0] = 0;
    for (std::size_t end = 1; end <= count; ++end) {
      if (end < count && is_staggered(end)) continue;
      for (std::size_t begin = end - std::min(end, costs_.most_bands); begin < end; ++begin) {
        if (begin > 0 && is_staggered(begin)) continue;
        if (cost[begin] == std::numeric_limits<double>::max()) continue;
        const double total = cost[begin] + border_cost(begin) + row_cost(begin, end, setting);
        if (total < cost[end]) {
          cost[end] = total;
          from[end] = begin;
        }
      }
    }
    Answer answer;
    answer.cost = cost[count];
    for (std::size_t end = count; end > 0; end = from[end]) answer.starts.insert(answer.starts.begin(), from[end]);
    return answer;
  }

  // Of rows that were found otherwise.
  [[nodiscard]] double cost_of(const std::vector<int>& row_of_band, double setting) const {
    double total = 0;
    for (std::size_t begin = 0; begin < bands_.size();) {
      std::size_t end = begin + 1;
      while (end < bands_.size() && row_of_band[end] == row_of_band[begin]) ++end;
      if (begin > 0 && is_staggered(begin)) total += costs_.complete;
      total += border_cost(begin) + row_cost(begin, end, setting);
      begin = end;
    }
    return total;
  }

 private:
  [[nodiscard]] const CellLine* line_in(std::size_t band, std::size_t column) const {
    for (const CellLine& line : lines_[band]) {
      if (line.column == column) return &line;
    }
    return nullptr;
  }

  // How far lines of each column reach. The longest line that stands alone may be the name of a group over all columns:
  // the next one counts.
  void find_widest() {
    for (std::size_t column = 0; column < columns_; ++column) {
      std::vector<double> widths;
      for (std::size_t i = 0; i < bands_.size(); ++i) {
        const CellLine* line = line_in(i, column);
        if (line == nullptr || bands_[i].spans()) continue;
        widths.push_back(line->width);
        if (is_complete(i)) widest_[column] = std::max(widest_[column], line->width);
      }
      if (widths.empty()) continue;
      std::sort(widths.begin(), widths.end(), std::greater<>());
      widest_[column] = std::max(widest_[column], widths[widths.size() >= 5 ? 1 : 0]);
    }
  }

  // The distance of the lines of a cell: the least of lines below each other.
  void find_pitch() {
    std::vector<double> distances;
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      for (const CellLine& line : lines_[i]) {
        for (std::size_t below = i + 1; below < bands_.size() && !bands_[below].below_rule; ++below) {
          const CellLine* other = line_in(below, line.column);
          if (other == nullptr) continue;
          if (other->y - line.y >= line.em) distances.push_back(other->y - line.y);
          break;
        }
      }
    }
    if (distances.size() < 2) return;
    const double least = *std::min_element(distances.begin(), distances.end());
    std::erase_if(distances, [&](double distance) { return distance > costs_.same_pitch * least; });
    pitch_ = base::median(distances);
    find_tightness();
  }

  // Whether the lines of a cell stand nearer than rows do, or things stand beside each other half a line apart.
  void find_tightness() {
    std::vector<double> distances;
    for (std::size_t i = 1; i < bands_.size(); ++i) {
      if (is_staggered(i)) {
        has_tight_lines_ = true;
        return;
      }
      if (!bands_[i].below_rule) distances.push_back(bands_[i].center - bands_[i - 1].center);
    }
    if (distances.empty()) return;
    std::sort(distances.begin(), distances.end());
    has_tight_lines_ = pitch_ < costs_.tight * distances[distances.size() * 7 / 10];
  }

  // Whether the band stands beside the one above it, less than a line below.
  [[nodiscard]] bool is_staggered(std::size_t i) const {
    if (i == 0 || bands_[i].below_rule) return false;
    if (bands_[i].center - bands_[i - 1].center > costs_.staggered * pitch_) return false;
    for (std::size_t column = 0; column < columns_; ++column) {
      if (bands_[i].fills(column) && bands_[i - 1].fills(column)) return false;
    }
    return true;
  }

  // The columns that every row fills, seen on the bands (staggered ones together) that fill most.
  void find_keys() {
    std::vector<std::vector<bool>> filled;
    std::vector<double> counts;
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      if (!is_staggered(i)) filled.emplace_back(columns_, false);
      for (std::size_t column = 0; column < columns_; ++column) {
        if (bands_[i].fills(column)) filled.back()[column] = true;
      }
    }
    const auto count_of = [](const std::vector<bool>& row) {
      return static_cast<double>(std::count(row.begin(), row.end(), true));
    };
    for (const auto& row : filled) {
      if (count_of(row) >= 2) counts.push_back(count_of(row));
    }
    const double least = std::max(2.0, 0.65 * base::median(counts));
    for (std::size_t column = 0; column < columns_; ++column) {
      double rows = 0;
      double with = 0;
      for (const auto& row : filled) {
        if (count_of(row) < least) continue;
        rows += 1;
        with += row[column] ? 1 : 0;
      }
      if (rows > 0 && with >= 0.8 * rows) keys_.push_back(column);
    }
    if (keys_.size() < 2) keys_.clear();
  }

  // The columns in which a result and its range in brackets stand on one line somewhere.
  void find_range_columns() {
    has_ranges_.assign(columns_, false);
    for (const auto& band : lines_) {
      for (const CellLine& line : band) {
        const auto bracket = std::find_if(line.text.begin(), line.text.end(), is_opening_bracket);
        if (starts_with_value(line.text) && bracket != line.text.end()) has_ranges_[line.column] = true;
      }
    }
    for (std::size_t i = 2; i < bands_.size(); ++i) {
      if (!is_staggered(i) || !is_staggered(i - 1)) continue;
      for (const CellLine& line : lines_[i]) {
        const CellLine* above = line_in(i - 2, line.column);
        if (above != nullptr && is_bracketed(line.text) && !is_opening_bracket(above->text.front()))
          has_ranges_[line.column] = true;
      }
    }
  }

  // Whether the band is the name of a group over several columns, or at the middle of all.
  [[nodiscard]] bool is_title(std::size_t i) const {
    if (bands_[i].spans()) return bands_[i].filled() == 1;
    if (lines_[i].size() != 1 || bands_[i].fills(0) || is_staggered(i)) return false;
    if (i + 1 < bands_.size() && is_staggered(i + 1)) return false;
    const CellLine& line = lines_[i].front();
    return !is_numeric(line.text) && std::abs(bands_[i].bbox.center_x() - middle_) <= costs_.centred * line.em;
  }

  [[nodiscard]] bool is_complete(std::size_t band) const {
    return std::all_of(keys_.begin(), keys_.end(), [&](std::size_t column) { return bands_[band].fills(column); });
  }

  // Cost of the border above the band that begins a row.
  [[nodiscard]] double border_cost(std::size_t begin) const {
    if (begin == 0 || bands_[begin].below_rule) return 0;
    double cost = 0;
    const double distance = (bands_[begin].center - bands_[begin - 1].center) / pitch_;
    cost += costs_.near_border * std::max(0.0, 0.92 - distance);
    for (const CellLine& line : lines_[begin]) {
      const CellLine* above = nullptr;
      for (std::size_t i = begin; i-- > 0 && above == nullptr && begin - i <= 3;) above = line_in(i, line.column);
      if (above != nullptr) cost += parting_cost(*above, line);
    }
    return cost;
  }

  // Cost of parting two lines below each other.
  [[nodiscard]] double parting_cost(const CellLine& above, const CellLine& line) const {
    if (leaves_bracket_open(above.text) && base::is_one_of(line.text.back(), U"]】)）")) return costs_.open_bracket;
    if (is_range_dash(above.text.back()) && is_numeric(above.text) && is_numeric(line.text)) return costs_.open_range;
    if (is_hyphenated(above.text) && base::is_latin_letter(line.text.front())) return costs_.open_range;
    const bool hangs = is_bracketed(line.text) && !is_opening_bracket(above.text.front());
    return hangs && has_ranges_[line.column] ? costs_.range_below : 0;
  }

  [[nodiscard]] double row_cost(std::size_t begin, std::size_t end, double setting) const {
    double cost = 0;
    for (std::size_t i = begin + 1; i < end; ++i) {
      if (bands_[i].below_rule) return kImpossible;
    }
    for (std::size_t i = begin; i < end; ++i) {
      if (end - begin > 1 && is_title(i)) cost += costs_.group;
    }
    cost += lack_of(begin, end) + fullness_of(begin, end);
    std::vector<double> anchors;
    for (std::size_t column = 0; column < columns_; ++column) {
      double first = 0;
      const CellLine* last = nullptr;
      bool is_only_one = false;  // of its band, the last line
      for (std::size_t i = begin; i < end; ++i) {
        const CellLine* line = line_in(i, column);
        if (line == nullptr) continue;
        if (last == nullptr) {
          first = line->y;
        } else {
          cost += join_cost(*last, *line, is_only_one || lines_[i].size() == 1);
        }
        last = line;
        is_only_one = lines_[i].size() == 1;
      }
      if (last != nullptr) anchors.push_back(first + setting * (last->y - first));
    }
    return cost + unevenness_of(anchors);
  }

  // Cost of joining two lines below each other into a cell.
  [[nodiscard]] double join_cost(const CellLine& above, const CellLine& line, bool is_only_one) const {
    const double distance = (line.y - above.y) / pitch_;
    if (distance > costs_.farthest_line) return kImpossible;
    double cost = costs_.far * std::max(0.0, distance - 1.1);
    if (parting_cost(above, line) > 0) return cost;
    if (names_group(above.text) || names_group(line.text)) cost += costs_.group;
    const double margin = (line.is_exact ? costs_.fit_exact : costs_.fit_read) * line.em;
    const bool is_listed = is_labelled(line.text);  // "女：3.5-5.0", on a line of its own
    if (!is_listed && above.width + line.first_token + margin < widest_[line.column]) cost += costs_.fitting;
    if (!is_listed && is_whole_value(above.text) && is_numeric(line.text)) cost += costs_.next_value;
    if (!has_tight_lines_) cost += is_only_one && is_wrapped_before(above, line) ? costs_.even_line : costs_.even_join;
    return cost;
  }

  // Whether a line looks as if it had to be wrapped: one of several that reach as far as any line of their column,
  // as rows without a further line do too, or before a long word.
  [[nodiscard]] bool is_wrapped_before(const CellLine& above, const CellLine& line) const {
    if (above.width < costs_.least_wrapped * above.em) return false;
    if (line.first_token >= costs_.long_token * line.em) return true;
    const double least = widest_[above.column] - 2 * above.em;
    int others = 0;
    bool is_reached = false;  // by a line of a row that needs no other
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      const CellLine* other = line_in(i, above.column);
      if (other == nullptr) continue;
      others += std::abs(other->width - above.width) <= 1.1 * above.em ? 1 : 0;
      is_reached |= is_complete(i) && other->width >= least;
    }
    return others >= 2 && is_reached && above.width >= least;
  }

  [[nodiscard]] double lack_of(std::size_t begin, std::size_t end) const {
    std::size_t lacking = 0;
    std::size_t entries = 0;
    bool has_first = false;
    for (std::size_t i = begin; i < end; ++i) {
      entries += lines_[i].size();
      has_first |= bands_[i].fills(0);
    }
    for (const std::size_t column : keys_) {
      bool fills = false;
      for (std::size_t i = begin; i < end; ++i) fills |= bands_[i].fills(column);
      lacking += fills ? 0 : 1;
    }
    if (lacking == 0) return 0;
    if (entries == 1 && (has_first || is_title(begin))) return costs_.alone;
    const double share = static_cast<double>(lacking) / static_cast<double>(keys_.size());
    return costs_.lacking * share + (has_first ? 0 : costs_.nameless);
  }

  // Cost of several bands that are each as full as a row; those that a bracket or a dash ties together cost nothing.
  [[nodiscard]] double fullness_of(std::size_t begin, std::size_t end) const {
    double cost = 0;
    std::optional<std::size_t> full;
    for (std::size_t i = begin; i < end; ++i) {
      if (!is_complete(i)) continue;
      if (full) {
        bool is_tied = false;
        for (const CellLine& line : lines_[i]) {
          const CellLine* above = line_in(*full, line.column);
          is_tied |= above != nullptr && parting_cost(*above, line) > 0;
        }
        if (!is_tied) cost += costs_.complete;
      }
      full = i;
    }
    return cost;
  }

  // How far the cells of a row are from being level, against the one that most of them are level with.
  [[nodiscard]] double unevenness_of(const std::vector<double>& anchors) const {
    double least = anchors.empty() ? 0 : kImpossible;
    for (const double level : anchors) {
      double cost = 0;
      for (const double anchor : anchors) {
        const double off = std::abs(anchor - level) / pitch_ - costs_.level;
        cost += std::min(1.0, costs_.off_level * std::max(0.0, off));
      }
      least = std::min(least, cost);
    }
    return least;
  }

  std::span<const PlacedBand> bands_;
  std::size_t columns_;
  double middle_;  // of the table
  const AlignmentCosts& costs_;
  std::vector<double> widest_;                // by column
  std::vector<std::vector<CellLine>> lines_;  // by band
  std::vector<std::size_t> keys_;
  std::vector<bool> has_ranges_;  // by column
  double pitch_ = 0;
  bool has_tight_lines_ = false;
};

std::vector<int> rows_of(const std::vector<std::size_t>& starts, std::size_t band_count) {
  std::vector<int> rows(band_count, 0);
  for (std::size_t row = 0; row < starts.size(); ++row) {
    std::fill(rows.begin() + static_cast<std::ptrdiff_t>(starts[row]), rows.end(), static_cast<int>(row));
  }
  return rows;
}

}  // namespace

RowAssignment aligned_rows(const document::PageEvidence& page, std::span<const PlacedBand> bands,
                           std::span<const TextColumn> columns, RowAssignment usual, const AlignmentCosts& costs) {
  const AlignedRows judge(page, bands, columns, costs);
  if (!judge.may_judge()) return usual;
  AlignedRows::Answer best;
  double usual_cost = kImpossible;
  double second = kImpossible;  // of other rows that another way of setting gives
  for (const double setting : kSettings) {
    AlignedRows::Answer answer = judge.best(setting);
    usual_cost = std::min(usual_cost, judge.cost_of(usual.row_of_band, setting));
    if (answer.cost < best.cost) {
      if (answer.starts != best.starts) second = best.cost;
      best = std::move(answer);
    } else if (answer.starts != best.starts) {
      second = std::min(second, answer.cost);
    }
  }
  if (best.cost >= kImpossible) return usual;
  const std::vector<int> rows = rows_of(best.starts, bands.size());
  if (rows == usual.row_of_band || best.cost + costs.clear > usual_cost) return usual;
  const bool is_clear = best.cost + costs.clear <= second;
  return {rows, static_cast<int>(best.starts.size()), is_clear ? 0 : 1};
}

}  // namespace medmark::structure
