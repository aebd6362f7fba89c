// Aligned text without lines around it: runs of bands whose entries stand below each other.
#include <algorithm>
#include <cmath>

#include "base/median.hpp"
#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"
#include "structure/tables/entry_text.hpp"
#include "structure/tables/placed_entries.hpp"
#include "structure/tables/staggered_bands.hpp"
#include "structure/tables/table_finder.hpp"
#include "structure/tables/text_score.hpp"

namespace medmark::structure {
namespace {

struct RunThresholds {
  double entry_gap = 0.8;         // em between entries of different columns
  double farthest = 4.0;          // em between the middles of neighbouring bands of a table
  double farthest_pitch = 1.9;    // the same in usual distances of the table's bands
  double farthest_known = 1.35;   // the same in the largest distance so far: rows of several wrapped lines
  int most_single = 5;            // bands in a row with one entry: wrapped cells, names of groups ...
  double single_reach = 6.0;      // ... and ems from the tabular band above to the end of them
  double compatible = 0.5;        // share of a band's entries that must stand below entries of the run
  std::size_t looked_back = 6;    // bands of the run that are compared
  double outer_line = 1.1;        // of the least distance of bands: a line of the first or last row outside of them
  double widest_column = 0.6;     // of the table's width that one column takes
  double prose_share = 0.3;       // of the page's width: an entry as wide is a line of running text
  std::size_t prose_length = 16;  // characters of such an entry
};
constexpr RunThresholds kThresholds;

enum class BandKind { kTabular, kSingle, kOther };

struct SearchBand {
  Band band;
  std::vector<Entry> entries;
  BandKind kind = BandKind::kOther;
  std::size_t headers = 0;
  bool is_prose = false;  // lines of running text
  double em = 10;
};

using Run = std::vector<std::size_t>;  // indices of bands, ascending

// "姓名 石某春", a form's field without its colon.
bool names_field(std::u32string_view text) {
  constexpr std::size_t kShortest = 2;
  const std::size_t length = field_name_at_start(text);
  return length >= kShortest && length + 1 < text.size() && base::is_space(text[length]);
}

SearchBand search_band(const TableSearch& search, Band band) {
  SearchBand result;
  result.entries = entries_of(search.words, band, kThresholds.entry_gap);
  result.em = median_em(search.words, band.words);
  std::size_t labelled = 0;
  std::size_t prose = 0;
  bool aside = false;
  bool starts_labelled = false;
  for (const Entry& entry : result.entries) {
    const std::u32string text = text_of(search, entry);
    const bool is_pair = is_labelled(text) || names_field(text);
    labelled += is_pair ? 1 : 0;
    starts_labelled |= &entry == &result.entries.front() && is_pair;
    aside |= starts_caption(text) || starts_note(text);
    result.headers += is_header_word(text) ? 1 : 0;
    const bool wide = entry.bbox.width() >= kThresholds.prose_share * search.page.width;
    prose += wide && text.size() >= kThresholds.prose_length && !starts_with_value(text) ? 1 : 0;
  }
  const std::size_t count = result.entries.size();
  result.is_prose = prose * 2 >= count;
  const bool is_form = labelled * 2 >= count && (starts_labelled || labelled == count);
  if (is_form || aside || result.is_prose) {
    result.kind = count == 1 && labelled == 0 && !aside ? BandKind::kSingle : BandKind::kOther;
  } else {
    result.kind = count >= 2 ? BandKind::kTabular : BandKind::kSingle;
  }
  result.band = std::move(band);
  return result;
}

// Share of the band's entries that stand below (or above) exactly one place of the run.
double compatibility(const std::vector<SearchBand>& bands, const Run& run, const SearchBand& band) {
  std::size_t fitting = 0;
  for (const Entry& entry : band.entries) {
    bool meets = false;
    bool bridges = false;
    const std::size_t from = run.size() > kThresholds.looked_back ? run.size() - kThresholds.looked_back : 0;
    for (std::size_t i = from; i < run.size(); ++i) {
      std::size_t touched = 0;
      for (const Entry& other : bands[run[i]].entries) touched += overlap_x(entry.bbox, other.bbox) > 0 ? 1 : 0;
      meets |= touched >= 1;
      bridges |= touched >= 2;
    }
    fitting += meets && !bridges ? 1 : 0;
  }
  return static_cast<double>(fitting) / static_cast<double>(band.entries.size());
}

base::Rect extent_of(const std::vector<SearchBand>& bands, const Run& run) {
  base::Rect box;
  for (const std::size_t index : run) box = united(box, bands[index].band.bbox);
  return box;
}

std::vector<double> distances_of(const std::vector<SearchBand>& bands, const Run& run) {
  std::vector<double> distances;
  for (std::size_t i = 1; i < run.size(); ++i) {
    distances.push_back(bands[run[i]].band.center - bands[run[i - 1]].band.center);
  }
  return distances;
}

bool is_near(const std::vector<SearchBand>& bands, const Run& run, const SearchBand& band) {
  const double distance = band.band.center - bands[run.back()].band.center;
  const std::vector<double> known = distances_of(bands, run);
  const double usual = base::median(known);
  const double largest = known.empty() ? 0 : *std::max_element(known.begin(), known.end());
  return distance <= std::max({kThresholds.farthest * band.em, kThresholds.farthest_pitch * usual,
                               kThresholds.farthest_known * largest});
}

bool is_head(const SearchBand& band) { return band.headers >= 2 && band.headers * 2 >= band.entries.size(); }

// Whether a band with one entry may be a part of the run: wrapped text below (or above) one of its columns, or the name
// of a group.
bool may_go_on(const std::vector<SearchBand>& bands, const Run& run, const SearchBand& band) {
  if (band.entries.size() != 1) return false;
  const base::Rect extent = extent_of(bands, run);
  const base::Rect& box = band.band.bbox;
  if (band.is_prose) {  // unless it is a long name in one column
    return box.width() <= kThresholds.widest_column * extent.width() && compatibility(bands, run, band) > 0;
  }
  if (band.kind == BandKind::kOther && box.x0 <= extent.x0 + 3 * band.em) return false;
  if (box.x0 >= extent.x0 - band.em) return true;
  return compatibility(bands, run, band) > 0;
}

// A line right above the head of a table, no farther from it than from the text above, is that table's heading.
bool heads_next_table(const std::vector<SearchBand>& bands, std::size_t index) {
  if (index == 0 || index + 1 >= bands.size() || !is_head(bands[index + 1])) return false;
  const base::Rect& box = bands[index].band.bbox;
  return bands[index + 1].band.bbox.y0 - box.y1 <= box.y0 - bands[index - 1].band.bbox.y1;
}

// The least distance of bands of the run; and whether bands with one entry stand among the others: wrapped text, or
// groups.
double least_distance(const std::vector<SearchBand>& bands, const Run& run) {
  const std::vector<double> distances = distances_of(bands, run);
  return distances.empty() ? 0 : *std::min_element(distances.begin(), distances.end());
}

bool has_singles(const std::vector<SearchBand>& bands, const Run& run) {
  return std::any_of(run.begin(), run.end(), [&](std::size_t i) { return bands[i].kind == BandKind::kSingle; });
}

// Whether the band before or behind a run is a line of its outermost row, as others among its rows are: as near as
// lines stand, where its first entries begin, and farther from what is not the run's.
bool is_outer_line(const std::vector<SearchBand>& bands, const Run& run, std::size_t index, std::size_t beyond) {
  if (bands[index].kind != BandKind::kSingle || bands[index].is_prose || !has_singles(bands, run)) return false;
  const bool is_above = index < run.front();
  const SearchBand& edge = bands[is_above ? run.front() : run.back()];
  const double distance = std::abs(edge.band.center - bands[index].band.center);
  if (distance > kThresholds.outer_line * least_distance(bands, run)) return false;
  if (beyond < bands.size() && std::abs(bands[beyond].band.center - bands[index].band.center) < 1.2 * distance)
    return false;
  return compatibility(bands, run, bands[index]) > 0 &&
         overlap_x(bands[index].band.bbox, edge.entries.front().bbox) > 0;
}

// Adds lines of the outermost rows that stand outside of the tabular bands.
void widen(const std::vector<SearchBand>& bands, std::size_t from, Run& run) {
  const std::size_t behind = run.back() + 1;
  if (behind < bands.size() && is_outer_line(bands, run, behind, behind + 1)) run.push_back(behind);
  if (run.front() == from) return;
  const std::size_t before = run.front() - 1;
  const std::size_t beyond = before > 0 ? before - 1 : bands.size();
  if (!is_head(bands[run.front()]) && is_outer_line(bands, run, before, beyond)) run.insert(run.begin(), before);
}

// Grows a run from the tabular band `first`; ends with a tabular band or with wrapped text of its last row.
Run run_from(const std::vector<SearchBand>& bands, std::size_t first) {
  Run run{first};
  std::size_t sure = 1;  // bands up to the last tabular one
  int singles = 0;
  for (std::size_t i = first + 1; i < bands.size(); ++i) {
    const SearchBand& band = bands[i];
    if (!is_near(bands, run, band)) break;
    if (band.kind != BandKind::kTabular) {
      if (!may_go_on(bands, run, band) || ++singles > kThresholds.most_single) break;
      if (band.band.center - bands[run[sure - 1]].band.center > kThresholds.single_reach * band.em) break;
      run.push_back(i);
      continue;
    }
    if (compatibility(bands, run, band) < kThresholds.compatible) break;
    if (is_head(band) && run.size() >= 2 && !is_head(bands[run[run.size() - 1]])) break;  // another table
    run.push_back(i);
    sure = run.size();
    singles = 0;
  }
  // Wrapped text of the last row stands nearer than the next row would.
  const Run tabular(run.begin(), run.begin() + static_cast<std::ptrdiff_t>(sure));
  const double usual = base::median(distances_of(bands, tabular));
  while (sure < run.size() && sure >= 2 && !heads_next_table(bands, run[sure]) &&
         bands[run[sure]].band.center - bands[run[sure - 1]].band.center < 0.82 * usual) {
    ++sure;
  }
  run.resize(sure);
  return run;
}

RegionRules rules_in(const TableSearch& search, const base::Rect& box, const std::vector<SearchBand>& bands,
                     const Run& run) {
  RegionRules rules;
  for (const AxisLine& line : search.rulings.horizontals) {
    const double shared = std::min(line.to, box.x1) - std::max(line.from, box.x0);
    if (line.position > box.y0 && line.position < box.y1 && shared >= 0.5 * box.width()) rules.across.push_back(line);
  }
  for (std::size_t i = 0; i + 1 < run.size() && i < 3; ++i) {
    for (const AxisLine& line : rules.across) {
      const bool below_head =
          line.position > bands[run[i]].band.center && line.position < bands[run[i + 1]].band.center;
      if (below_head && bands[run[i]].headers >= 2) rules.header_rule = line.position;
    }
  }
  return rules;
}

TablePlan plan_of_run(const TableSearch& search, const std::vector<SearchBand>& bands, const Run& run) {
  const base::Rect box = extent_of(bands, run);
  std::vector<std::size_t> words;
  for (const std::size_t index : run) {
    words.insert(words.end(), bands[index].band.words.begin(), bands[index].band.words.end());
  }
  const RegionRules rules = rules_in(search, box, bands, run);
  const TextGrid grid = text_grid(search.page, search.words, words, rules);
  if (grid.columns.size() < 2 || grid.row_count() < 2) return {};
  TablePlan plan = plan_of(grid, TableKind::kBorderless);
  score_plan(search, grid, {.has_header_rule = rules.header_rule.has_value()}, plan);
  return plan;
}

}  // namespace

std::vector<TablePlan> borderless_tables(const TableSearch& search) {
  const std::vector<std::size_t> free = search.free_words();
  std::vector<SearchBand> bands;
  for (Band& band : joined_staggered(search.page, search.words, bands_of(search.words, free))) {
    bands.push_back(search_band(search, std::move(band)));
  }
  std::vector<TablePlan> plans;
  std::size_t free_from = 0;  // the first band that no run has
  for (std::size_t first = 0; first < bands.size(); ++first) {
    if (bands[first].kind != BandKind::kTabular) continue;
    Run run = run_from(bands, first);
    widen(bands, free_from, run);
    free_from = run.back() + 1;
    if (run.size() >= 2) {
      TablePlan plan = plan_of_run(search, bands, run);
      if (plan.column_count >= 2) plans.push_back(std::move(plan));
    }
    first = std::max(first, run.back());
  }
  return plans;
}

}  // namespace medmark::structure
