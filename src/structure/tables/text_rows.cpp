#include "structure/tables/text_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/median.hpp"
#include "structure/tables/aligned_rows.hpp"
#include "structure/tables/entry_text.hpp"

namespace medmark::structure {
namespace {

enum class Belongs { kItself, kPrevious, kNext };

class RowJudge {
 public:
  RowJudge(const document::PageEvidence& page, std::span<const PlacedBand> bands, std::span<const TextColumn> columns,
           const RowThresholds& thresholds)
      : page_(page), bands_(bands), columns_(columns), thresholds_(thresholds), starters_(bands.size(), false) {
    find_starters();
    find_key_columns();
    find_pitch();
    find_ruled();
  }

  RowAssignment judge() {
    std::vector<Belongs> belongs(bands_.size(), Belongs::kItself);
    for (std::size_t i = 0; i < bands_.size(); ++i) belongs[i] = where(i, belongs);
    RowAssignment rows;
    int row = -1;
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      const bool joins = i > 0 && (belongs[i] == Belongs::kPrevious || belongs[i - 1] == Belongs::kNext);
      if (!joins) ++row;
      rows.row_of_band.push_back(row);
    }
    rows.row_count = row + 1;
    rows.doubtful = doubtful_;
    return rows;
  }

 private:
  void find_starters() {
    std::vector<double> counts;
    for (const PlacedBand& band : bands_) {
      if (band.filled() >= 2) counts.push_back(static_cast<double>(band.filled()));
    }
    const auto typical = static_cast<std::size_t>(base::median(counts));
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      const std::size_t filled = bands_[i].filled();
      starters_[i] = (bands_[i].fills(0) && filled >= 2) || filled >= std::max<std::size_t>(2, (typical + 1) / 2);
    }
  }

  // Bands that fill far less than others are wrapped text as often as rows: they have no say.
  void find_key_columns() {
    std::vector<double> counts;
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      if (starters_[i]) counts.push_back(static_cast<double>(bands_[i].filled()));
    }
    const double least = thresholds_.rich_share * base::median(counts);
    const auto is_rich = [&](std::size_t i) {
      return starters_[i] && static_cast<double>(bands_[i].filled()) >= least;
    };
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      double total = 0;
      double filled = 0;
      for (std::size_t i = 0; i < bands_.size(); ++i) {
        total += is_rich(i) ? 1 : 0;
        filled += is_rich(i) && bands_[i].fills(column) ? 1 : 0;
      }
      if (total > 0 && filled >= thresholds_.key_share * total) key_columns_.push_back(column);
    }
  }

  // The usual distance of rows: between bands that both fill the key columns. The upper half counts, because wrapped
  // lines that look like rows are nearer.
  void find_pitch() {
    std::vector<double> distances;
    for (std::size_t i = 1; i < bands_.size(); ++i) {
      if (has_keys(i) && has_keys(i - 1)) distances.push_back(distance(i));
    }
    if (distances.empty()) {
      for (std::size_t i = 1; i < bands_.size(); ++i) {
        if (starters_[i] && starters_[i - 1]) distances.push_back(distance(i));
      }
    }
    std::erase(distances, std::numeric_limits<double>::max());
    std::sort(distances.begin(), distances.end());
    if (!distances.empty()) pitch_ = distances[distances.size() * 5 / 8];
  }

  // Whether a line is drawn below every row: then bands without one between them are one row.
  void find_ruled() {
    int pairs = 0;
    int ruled = 0;
    for (std::size_t i = 1; i < bands_.size(); ++i) {
      if (!has_keys(i) || !has_keys(i - 1)) continue;
      ++pairs;
      ruled += bands_[i].below_rule ? 1 : 0;
    }
    is_ruled_ = pairs >= thresholds_.least_ruled && ruled == pairs;
  }

  [[nodiscard]] bool has_keys(std::size_t i) const {
    return starters_[i] && std::all_of(key_columns_.begin(), key_columns_.end(),
                                       [&](std::size_t column) { return bands_[i].fills(column); });
  }

  // From the band above.
  [[nodiscard]] double distance(std::size_t i) const {
    if (i == 0 || i >= bands_.size() || bands_[i].below_rule) return std::numeric_limits<double>::max();
    return bands_[i].center - bands_[i - 1].center;
  }

  [[nodiscard]] bool is_tight(double distance, double em) const {
    return distance < (pitch_ > 0 ? thresholds_.tight * pitch_ : thresholds_.line_distance * em);
  }

  [[nodiscard]] bool overlaps_previous(std::size_t i) const {
    if (i == 0 || bands_[i].below_rule) return false;
    const PlacedBand& above = bands_[i - 1];
    const PlacedBand& band = bands_[i];
    const double least = std::min(above.bbox.height(), band.bbox.height());
    if (overlap_y(above.bbox, band.bbox) < thresholds_.overlap * least) return false;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      if (above.fills(column) && band.fills(column)) return false;
    }
    return true;
  }

  // A number or a range that does not stop in the middle.
  static bool is_complete_value(const std::u32string& text) {
    static constexpr std::u32string_view kStops = U"-~—–－～(（,，、/<>≤≥:：";
    return is_numeric(text) && kStops.find(text.back()) == std::u32string_view::npos;
  }

  // Whether the entry is a value below another value of its column: never wrapped text.
  [[nodiscard]] bool is_next_value(std::size_t i, const PlacedEntry& entry) const {
    if (i == 0 || !is_numeric(text_of(page_, entry.words))) return false;
    return std::any_of(bands_[i - 1].entries.begin(), bands_[i - 1].entries.end(), [&](const PlacedEntry& above) {
      return above.first == entry.first && is_complete_value(text_of(page_, above.words));
    });
  }

  // Whether the nearest text above in `column` looks as if it had to be wrapped.
  [[nodiscard]] bool wraps_above(std::size_t i, std::size_t column) const {
    for (std::size_t above = i; above-- > 0;) {
      for (const PlacedEntry& entry : bands_[above].entries) {
        if (entry.first > column || entry.last < column) continue;
        const std::u32string text = text_of(page_, entry.words);
        if (leaves_bracket_open(text)) return true;
        if (is_complete_value(text)) return false;
        const double em = bands_[above].em;
        return entry.bbox.width() >= thresholds_.wrapped_width * em &&
               entry.bbox.x1 >= columns_[column].text_to - thresholds_.full_reach * em;
      }
      if (bands_[above].below_rule || starters_[above]) break;
    }
    return false;
  }

  // One entry in the middle of the table: the name of a group.
  [[nodiscard]] bool is_centred(const PlacedBand& band) const {
    if (band.entries.size() != 1) return false;
    const double middle = (columns_.front().text_from + columns_.back().text_to) / 2;
    return std::abs(band.bbox.center_x() - middle) <= thresholds_.centred * band.em;
  }

  // A numbered name in the first column: a group, whatever stands above it.
  [[nodiscard]] bool is_entry(const PlacedBand& band) const {
    return band.entries.size() == 1 && band.fills(0) &&
           starts_with_enumerator(text_of(page_, band.entries.front().words));
  }

  // A band that does not fill what a row fills and stands as far from its neighbours as rows do.
  Belongs where_loose(std::size_t i) {
    const PlacedBand& band = bands_[i];
    if (i == 0 || band.spans() || band.below_rule) return Belongs::kItself;
    const std::size_t first = band.entries.front().first;
    const bool is_far = pitch_ > 0 && distance(i) > thresholds_.wrapped_distance * pitch_;
    if (is_entry(band)) return Belongs::kItself;
    if (wraps_above(i, first) && !is_far) return Belongs::kPrevious;
    if (band.fills(0) || bands_[i - 1].spans() || is_centred(band)) return Belongs::kItself;
    ++doubtful_;
    const std::u32string text = text_of(page_, band.entries.front().words);
    const bool lists_on = (is_numeric(text) || is_labelled(text)) && !is_next_value(i, band.entries.front());
    return lists_on && bands_[i - 1].fills(first) && band.filled() == 1 ? Belongs::kPrevious : Belongs::kItself;
  }

  Belongs where(std::size_t i, const std::vector<Belongs>& belongs) {
    const PlacedBand& band = bands_[i];
    if (overlaps_previous(i)) return Belongs::kPrevious;
    if (is_ruled_ && i > 0 && !band.below_rule) return Belongs::kPrevious;
    if (has_keys(i) || (starters_[i] && key_columns_.empty())) return Belongs::kItself;
    const double above = distance(i);
    const double below = distance(i + 1);
    const bool title_above = i > 0 && bands_[i - 1].spans() && bands_[i - 1].filled() == 1;
    const bool tight_above = i > 0 && !title_above && is_tight(above, band.em);
    if (band.spans() && band.filled() == 1 && !tight_above) return Belongs::kItself;
    if (is_tight(below, band.em) && below < 0.85 * above && belongs_to_next(i)) return Belongs::kNext;
    if (starters_[i]) return i > 0 && goes_on(i, tight_above) ? Belongs::kPrevious : Belongs::kItself;
    if (tight_above && belongs[i - 1] != Belongs::kNext && !has_next_value(i)) return Belongs::kPrevious;
    return where_loose(i);
  }

  [[nodiscard]] bool has_next_value(std::size_t i) const {
    return std::any_of(bands_[i].entries.begin(), bands_[i].entries.end(),
                       [&](const PlacedEntry& entry) { return is_next_value(i, entry); });
  }

  // Whether a band that fills the first column but few of those that every row fills is wrapped text of several cells.
  [[nodiscard]] bool goes_on(std::size_t i, bool is_tight_above) const {
    const auto missing = std::count_if(key_columns_.begin(), key_columns_.end(),
                                       [&](std::size_t column) { return !bands_[i].fills(column); });
    if (missing == 0 || missing * 2 < static_cast<std::ptrdiff_t>(key_columns_.size())) return false;
    if (bands_[i].below_rule || has_next_value(i)) return false;
    std::ptrdiff_t wrapped = 0;
    for (const PlacedEntry& entry : bands_[i].entries) {
      if (entry.spans() || !bands_[i - 1].fills(entry.first)) return false;
      wrapped += wraps_above(i, entry.first) ? 1 : 0;
    }
    if (is_tight_above) return wrapped > 0;
    return wrapped * 2 >= static_cast<std::ptrdiff_t>(bands_[i].entries.size()) &&
           wraps_above(i, bands_[i].entries.front().first);
  }

  // Text above the row it belongs to (cells aligned at the bottom or the middle): the next band fills what it does not.
  [[nodiscard]] bool belongs_to_next(std::size_t i) const {
    return i + 1 < bands_.size() && !starters_[i] && bands_[i + 1].filled() > bands_[i].filled() && !bands_[i].spans();
  }

  const document::PageEvidence& page_;
  std::span<const PlacedBand> bands_;
  std::span<const TextColumn> columns_;
  const RowThresholds& thresholds_;
  std::vector<bool> starters_;
  std::vector<std::size_t> key_columns_;
  double pitch_ = 0;
  bool is_ruled_ = false;
  int doubtful_ = 0;
};

}  // namespace

bool PlacedBand::fills(std::size_t column) const {
  return std::any_of(entries.begin(), entries.end(),
                     [&](const PlacedEntry& entry) { return entry.first <= column && column <= entry.last; });
}

std::size_t PlacedBand::filled() const {
  std::size_t count = 0;
  std::size_t past = 0;
  for (const PlacedEntry& entry : entries) {
    if (entry.first >= past || count == 0) ++count;
    past = entry.last + 1;
  }
  return count;
}

bool PlacedBand::spans() const {
  return std::any_of(entries.begin(), entries.end(), [](const PlacedEntry& entry) { return entry.spans(); });
}

RowAssignment assigned_rows(const document::PageEvidence& page, std::span<const PlacedBand> bands,
                            std::span<const TextColumn> columns, const RowThresholds& thresholds) {
  if (bands.empty()) return {};
  return aligned_rows(page, bands, columns, RowJudge(page, bands, columns, thresholds).judge());
}

}  // namespace medmark::structure
