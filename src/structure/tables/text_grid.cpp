#include "structure/tables/text_grid.hpp"

#include <algorithm>
#include <map>

#include "structure/tables/entry_text.hpp"
#include "structure/tables/grid_header.hpp"
#include "structure/tables/staggered_bands.hpp"
#include "structure/tables/text_rows.hpp"

namespace medmark::structure {
namespace {

constexpr double kColumnGap = ColumnThresholds{}.column_gap;  // em

// Whether the lines of a joined band are those of one row: one of them has all cells but those that stand on several of
// the others. A header over several columns stands above them on a line of its own.
bool is_one_row(std::span<const Word> words, const Band& joined, std::span<const Band> lines) {
  std::vector<std::vector<Entry>> entries;
  for (const Band& line : lines) entries.push_back(entries_of(words, line, kColumnGap));
  const auto fullest = std::max_element(entries.begin(), entries.end(),
                                        [](const auto& a, const auto& b) { return a.size() < b.size(); });
  for (const Entry& cell : entries_of(words, joined, kColumnGap)) {
    std::size_t on_lines = 0;
    bool is_in_fullest = false;
    for (auto line = entries.begin(); line != entries.end(); ++line) {
      const auto met = std::count_if(line->begin(), line->end(),
                                     [&](const Entry& entry) { return overlap_x(entry.bbox, cell.bbox) > 0; });
      if (met > 1) return false;
      on_lines += met > 0 ? 1 : 0;
      is_in_fullest |= met > 0 && line == fullest;
    }
    if (fullest->size() > 1 && !is_in_fullest && on_lines < 2) return false;
  }
  return true;
}

// The bands that tell where columns are: those with entries beside each other, be it half a line apart.
std::vector<Band> voting_bands(const document::PageEvidence& page, std::span<const Word> words,
                               const std::vector<Band>& bands) {
  std::vector<Band> voting;
  std::size_t first = 0;
  for (const Band& joined : joined_staggered(page, words, bands)) {
    const std::span<const Band> lines = std::span(bands).subspan(first, level_count(joined));
    first += lines.size();
    if (is_one_row(words, joined, lines)) {
      if (entries_of(words, joined, kColumnGap).size() >= 2) voting.push_back(joined);
      continue;
    }
    for (const Band& line : lines) {
      if (entries_of(words, line, kColumnGap).size() >= 2) voting.push_back(line);
    }
  }
  return voting.size() >= 2 ? voting : bands;
}

std::vector<PlacedBand> placed_bands(const document::PageEvidence& page, std::span<const Word> words,
                                     const std::vector<Band>& bands, std::span<const TextColumn> columns,
                                     const RegionRules& rules) {
  std::vector<PlacedBand> placed;
  for (const Band& band : bands) {
    PlacedBand next;
    next.bbox = band.bbox;
    next.center = band.center;
    next.em = median_em(words, band.words);
    next.entries = placed_entries(page, words, band, columns);
    if (!placed.empty()) {
      const double above = placed.back().center;
      next.below_rule = std::any_of(rules.across.begin(), rules.across.end(), [&](const AxisLine& line) {
        return line.position > above && line.position < band.center;
      });
    }
    placed.push_back(std::move(next));
  }
  return placed;
}

enum class RowKind {
  kCells,
  kAlone,      // one entry
  kGroup,      // the name of a group
  kDescribed,  // an item in the first column, a description over the others
};

// Where an entry of the body stands: in one column, or over all where its row holds nothing else.
GridCell body_place(const PlacedEntry& entry, int row, RowKind kind, std::span<const TextColumn> columns) {
  const auto count = static_cast<int>(columns.size());
  if (kind == RowKind::kGroup || (kind == RowKind::kAlone && entry.spans())) return {row, 0, 1, count};
  if (kind == RowKind::kDescribed && entry.spans()) return {row, 1, 1, count - 1};
  std::size_t column = entry.first;
  if (entry.spans()) {
    double most = -1;
    for (std::size_t c = entry.first; c <= entry.last; ++c) {
      const double covered = std::min(entry.bbox.x1, columns[c].to) - std::max(entry.bbox.x0, columns[c].from);
      if (covered > most) {
        most = covered;
        column = c;
      }
    }
  }
  return {row, static_cast<int>(column), 1, 1};
}

class GridBuilder {
 public:
  void add(const GridCell& place, const std::vector<Word>& words) {
    TextCell& cell = cells_[{place.row, place.column}];
    if (cell.words.empty()) cell.place = place;
    cell.place.column_span = std::max(cell.place.column_span, place.column_span);
    cell.place.row_span = std::max(cell.place.row_span, place.row_span);
    cell.words.insert(cell.words.end(), words.begin(), words.end());
  }

  std::vector<TextCell> cells() {
    std::vector<TextCell> out;
    for (auto& [position, cell] : cells_) out.push_back(std::move(cell));
    return out;
  }

 private:
  std::map<std::pair<int, int>, TextCell> cells_;
};

std::vector<double> row_borders_of(const std::vector<base::Rect>& rows) {
  std::vector<double> borders;
  borders.push_back(rows.front().y0);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const double middle = (rows[i - 1].y1 + rows[i].y0) / 2;
    borders.push_back(std::max(borders.back() + 0.1, middle));
  }
  borders.push_back(std::max(borders.back() + 0.1, rows.back().y1));
  return borders;
}

// Whether the row holds one entry, in the first column or in the middle, and rows follow it: the name of a group; with
// who examined it ("肝功能    检查医生：某某") beside it maybe.
bool is_group_row(const document::PageEvidence& page, const std::vector<std::size_t>& entry_count,
                  const PlacedBand& band, std::size_t row, std::size_t column_count) {
  if (column_count < 3 || row + 1 >= entry_count.size() || entry_count[row + 1] < 2) return false;
  if (has_numbers(page, band)) return false;
  if (entry_count[row] == 1) return true;
  return column_count >= 4 && entry_count[row] == 2 && band.entries.size() == 2 &&
         !is_labelled(text_of(page, band.entries[0].words)) && is_labelled(text_of(page, band.entries[1].words));
}

// Whether the bands of the row are an item and its description over all other columns.
bool is_described_row(std::span<const PlacedBand> body, const std::vector<int>& row_of_band, int row) {
  std::size_t items = 0;
  std::size_t others = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (row_of_band[i] != row) continue;
    for (const PlacedEntry& entry : body[i].entries) {
      const bool is_item = !entry.spans() && entry.first == 0;
      if (!is_item && (!entry.spans() || entry.first != 1)) return false;
      ++(is_item ? items : others);
    }
  }
  return items == 1 && others > 0;
}

// The outer columns reach as far as the lines that bound the table.
void widen_to_rules(std::vector<TextColumn>& columns, const RegionRules& rules) {
  for (const AxisLine& line : rules.across) {
    columns.front().from = std::min(columns.front().from, line.from);
    columns.back().to = std::max(columns.back().to, line.to);
  }
}

}  // namespace

TextGrid text_grid(const document::PageEvidence& page, std::span<const Word> words,
                   std::span<const std::size_t> indices, const RegionRules& rules,
                   std::span<const TextColumn> columns) {
  TextGrid grid;
  const std::vector<Band> bands = bands_of(words, indices);
  if (bands.empty()) return grid;
  grid.columns.assign(columns.begin(), columns.end());
  if (grid.columns.empty()) grid.columns = text_columns(words, voting_bands(page, words, bands));
  if (grid.columns.size() < 2) return grid;
  if (columns.empty()) widen_to_rules(grid.columns, rules);

  std::vector<PlacedBand> placed = placed_bands(page, words, bands, grid.columns, rules);
  const std::size_t header_count = header_bands(page, placed, rules.header_rule);
  const HeaderLayout header(page, placed, header_count, grid.columns);
  grid.header_rows = header.rows();
  const std::span<const PlacedBand> body(placed.data() + header_count, placed.size() - header_count);
  const RowAssignment rows = assigned_rows(page, body, grid.columns);
  grid.doubtful_rows = rows.doubtful;

  std::vector<base::Rect> boxes(static_cast<std::size_t>(grid.header_rows + rows.row_count));
  GridBuilder builder;
  for (std::size_t i = 0; i < header_count; ++i) {
    for (const PlacedEntry& entry : placed[i].entries) {
      const GridCell place = header.place(placed[i], entry);
      builder.add(place, entry.words);
      for (int row = place.row; row < place.row + place.row_span; ++row) {
        if (place.row_span == 1) {
          base::Rect& box = boxes[static_cast<std::size_t>(row)];
          box = united(box, entry.bbox);
        }
      }
    }
  }
  std::vector<std::size_t> entry_count(static_cast<std::size_t>(rows.row_count), 0);
  for (std::size_t i = 0; i < body.size(); ++i) {
    entry_count[static_cast<std::size_t>(rows.row_of_band[i])] += body[i].entries.size();
  }
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto row = static_cast<std::size_t>(rows.row_of_band[i]);
    RowKind kind = entry_count[row] == 1 ? RowKind::kAlone : RowKind::kCells;
    if (is_group_row(page, entry_count, body[i], row, grid.columns.size())) kind = RowKind::kGroup;
    if (is_described_row(body, rows.row_of_band, rows.row_of_band[i])) kind = RowKind::kDescribed;
    for (const PlacedEntry& entry : body[i].entries) {
      const int at = grid.header_rows + static_cast<int>(row);
      builder.add(body_place(entry, at, kind, grid.columns), entry.words);
    }
    base::Rect& box = boxes[static_cast<std::size_t>(grid.header_rows) + row];
    box = united(box, body[i].bbox);
  }
  grid.row_borders = row_borders_of(boxes);
  grid.cells = builder.cells();
  return grid;
}

}  // namespace medmark::structure
