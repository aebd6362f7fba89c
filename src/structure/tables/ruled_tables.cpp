// Grids of drawn lines: which of them are tables, and rows inside their bands that no line separates.
#include <algorithm>
#include <cmath>
#include <map>

#include "structure/tables/entry_text.hpp"
#include "structure/tables/placed_entries.hpp"
#include "structure/tables/sliver_rows.hpp"
#include "structure/tables/table_finder.hpp"
#include "structure/tables/text_rows.hpp"

namespace medmark::structure {
namespace {

// Measured on forms, lab sheets and figures of our own making: tables score 0.55 to 0.95, charts, frames around
// text and empty boxes below 0.25.
struct RuledScore {
  double base = 0.5;
  double two_ways = 0.2;       // at least two rows and two columns
  double filled = 0.15;        // half of the cells hold text
  double closed = 0.1;         // most of the outer border is drawn
  double one_row = -0.1;       // boxes side by side
  double empty = -0.4;         // hardly a cell holds text: a chart, squared paper
  double running = -0.5;       // few cells full of running text: frames of a page's parts
  double pictured = -0.9;      // a picture covers it: the frame of a figure
  double over_picture = -0.2;  // the same where most cells hold text: tones taken for a picture
};

constexpr std::size_t kRunningText = 120;  // characters of a cell that reads like a page's text
constexpr int kReleasedBands = 6;          // lines of a full-width cell that is text of the page, not of the table
constexpr int kNestedBands = 3;            // lines with columns of their own in a full-width cell: another table
constexpr int kFewDrawnRows = 3;           // with more lines across, a row without one is wrapped text
constexpr double kSameColumn = 3.0;        // pt between the borders of grids of one table
constexpr double kGroupHeight = 3.5;       // em of the highest row that holds the name of a group
constexpr double kUnparted = 1.5;          // em between entries of one cell that are columns of their own
constexpr double kWidestGutter = 18;       // pt between boxes that are drawn beside or below each other
constexpr double kShortCell = 0.6;         // of the column's width: text that was not wrapped

std::vector<Word> words_at(const TableSearch& search, const std::vector<std::size_t>& indices) {
  std::vector<Word> words;
  for (const std::size_t index : indices) words.push_back(search.words[index]);
  return words;
}

double score_of(const TableSearch& search, const TablePlan& plan, double drawn_share) {
  static constexpr RuledScore kScore;
  std::size_t filled = 0;
  std::size_t running = 0;
  for (const PlannedCell& cell : plan.cells) {
    std::size_t characters = 0;
    for (const Word& word : cell.words) characters += word.end - word.begin;
    filled += characters > 0 ? 1 : 0;
    running += characters >= kRunningText ? 1 : 0;
  }
  if (plan.column_count < 2 || plan.cells.size() < 2 || filled < 2) return 0;
  const double fill = static_cast<double>(filled) / static_cast<double>(plan.cells.size());
  double score = kScore.base;
  if (plan.row_count >= 2) score += kScore.two_ways;
  if (fill >= 0.5) score += kScore.filled;
  if (drawn_share >= 0.7) score += kScore.closed;
  if (plan.row_count == 1) score += kScore.one_row;
  if (fill < 0.15 && filled < 2 * static_cast<std::size_t>(plan.column_count)) score += kScore.empty;
  if (running * 2 >= filled && filled <= 4) score += kScore.running;
  const bool is_full = fill >= 0.6 && filled >= 6;
  if (search.pictured_share(plan.bbox) > 0.6) score += is_full ? kScore.over_picture : kScore.pictured;
  return std::clamp(score, 0.0, 1.0);
}

// Whether a cell that takes its row alone holds text of the page rather than of the table.
bool holds_page_text(const TableSearch& search, const base::Rect& box) {
  const std::vector<std::size_t> inside = search.free_words_in(box);
  if (search.pictured_share(box) > 0.25) return true;
  const std::vector<Band> bands = bands_of(search.words, inside);
  if (static_cast<int>(bands.size()) >= kReleasedBands) return true;
  const auto with_columns = std::count_if(bands.begin(), bands.end(), [&](const Band& band) {
    const std::vector<Entry> entries = entries_of(search.words, band, 1.0);
    const auto labelled = std::count_if(entries.begin(), entries.end(), [&](const Entry& entry) {
      return is_labelled(text_of(search.page, words_at(search, entry.words)));
    });
    return entries.size() >= 3 && labelled * 2 < static_cast<std::ptrdiff_t>(entries.size());
  });
  return with_columns >= kNestedBands;
}

// A grid without its rows [first, last).
RuledGrid rows_of(const RuledGrid& grid, int first, int last) {
  RuledGrid part = grid;
  part.ys.assign(grid.ys.begin() + first, grid.ys.begin() + last + 1);
  part.cells.clear();
  for (GridCell cell : grid.cells) {
    if (cell.row < first || cell.row >= last) continue;
    cell.row -= first;
    part.cells.push_back(cell);
  }
  return part;
}

// A grid without its columns [.., first) and [last, ..).
RuledGrid columns_of(const RuledGrid& grid, int first, int last) {
  RuledGrid part = grid;
  part.xs.assign(grid.xs.begin() + first, grid.xs.begin() + last + 1);
  part.cells.clear();
  for (GridCell cell : grid.cells) {
    if (cell.column < first || cell.column >= last) continue;
    cell.column -= first;
    part.cells.push_back(cell);
  }
  return part;
}

// Whether a narrow empty cell reaches from side to side of the grid at `row`: the gap between boxes drawn below each
// other, whose sides look like one line.
bool is_gutter_row(const TableSearch& search, const RuledGrid& grid, int row) {
  const double height = grid.ys[static_cast<std::size_t>(row) + 1] - grid.ys[static_cast<std::size_t>(row)];
  if (row == 0 || row + 1 == grid.row_count() || height > kWidestGutter) return false;
  return std::any_of(grid.cells.begin(), grid.cells.end(), [&](const GridCell& cell) {
    return cell.row == row && cell.row_span == 1 && cell.column_span == grid.column_count() &&
           search.free_words_in(grid.box_of(cell)).empty();
  });
}

// The same for boxes beside each other.
bool is_gutter_column(const TableSearch& search, const RuledGrid& grid, int column) {
  const double width = grid.xs[static_cast<std::size_t>(column) + 1] - grid.xs[static_cast<std::size_t>(column)];
  if (column == 0 || column + 1 == grid.column_count() || width > kWidestGutter) return false;
  return std::any_of(grid.cells.begin(), grid.cells.end(), [&](const GridCell& cell) {
    return cell.column == column && cell.column_span == 1 && cell.row_span == grid.row_count() &&
           search.free_words_in(grid.box_of(cell)).empty();
  });
}

// The boxes that only narrow gaps part, each by itself.
std::vector<RuledGrid> parted_at_gutters(const TableSearch& search, const RuledGrid& grid) {
  std::vector<RuledGrid> rows;
  int first = 0;
  for (int row = 0; row <= grid.row_count(); ++row) {
    if (row < grid.row_count() && !is_gutter_row(search, grid, row)) continue;
    if (row > first) rows.push_back(rows_of(grid, first, row));
    first = row + 1;
  }
  std::vector<RuledGrid> parts;
  for (const RuledGrid& part : rows) {
    first = 0;
    for (int column = 0; column <= part.column_count(); ++column) {
      if (column < part.column_count() && !is_gutter_column(search, part, column)) continue;
      if (column > first) parts.push_back(columns_of(part, first, column));
      first = column + 1;
    }
  }
  return parts;
}

// Whether the rows at both sides of `row` have borders of their own: two tables below each other, not one.
bool parts_other_columns(const RuledGrid& grid, int row) {
  std::vector<int> above;
  std::vector<int> below;
  for (const GridCell& cell : grid.cells) {
    if (cell.column == 0) continue;
    if (cell.row < row && cell.row + cell.row_span == row) above.push_back(cell.column);
    if (cell.row == row + 1) below.push_back(cell.column);
  }
  if (above.empty() || below.empty()) return false;
  const auto shared = std::count_if(above.begin(), above.end(), [&](int border) {
    return std::find(below.begin(), below.end(), border) != below.end();
  });
  return static_cast<std::size_t>(shared) * 2 < std::max(above.size(), below.size());
}

// The grid cut at full-width cells that hold text of the page, or nothing between different columns.
std::vector<RuledGrid> without_page_text(const TableSearch& search, const RuledGrid& grid) {
  std::vector<RuledGrid> parts;
  int first = 0;
  const auto close = [&](int last) {
    if (last > first) parts.push_back(rows_of(grid, first, last));
  };
  for (const GridCell& cell : grid.cells) {
    if (cell.column_span < grid.column_count()) continue;
    const base::Rect box = grid.box_of(cell);
    const bool is_gap = search.free_words_in(box).empty() && parts_other_columns(grid, cell.row);
    if (!is_gap && !holds_page_text(search, box)) continue;
    close(cell.row);
    first = cell.row + cell.row_span;
  }
  close(grid.row_count());
  return parts;
}

// Takes away borders that no cell begins or ends at.
void drop_unused_columns(RuledGrid& grid) {
  for (int border = grid.column_count() - 1; border > 0; --border) {
    const bool used = std::any_of(grid.cells.begin(), grid.cells.end(), [&](const GridCell& cell) {
      return cell.column == border || cell.column + cell.column_span == border;
    });
    if (used) continue;
    grid.xs.erase(grid.xs.begin() + border);
    for (GridCell& cell : grid.cells) {
      if (cell.column > border) {
        --cell.column;
      } else if (cell.column + cell.column_span > border) {
        --cell.column_span;
      }
    }
  }
}

std::vector<TextColumn> columns_of(const RuledGrid& grid) {
  std::vector<TextColumn> columns;
  for (std::size_t i = 0; i + 1 < grid.xs.size(); ++i) {
    columns.push_back({grid.xs[i], grid.xs[i + 1], grid.xs[i], grid.xs[i + 1], 0});
  }
  return columns;
}

// Whether in the bands of one row values stand below each other, in two columns or with names beside them: two rows at
// least, which must never become one.
bool holds_several_values(const document::PageEvidence& page, const std::vector<PlacedBand>& bands,
                          std::size_t column_count) {
  std::size_t named = 0;
  std::vector<std::size_t> values(column_count, 0);
  for (const PlacedBand& band : bands) {
    bool has_value = false;
    for (const PlacedEntry& entry : band.entries) {
      if (entry.spans() || entry.first == 0 || !is_numeric(text_of(page, entry.words))) continue;
      ++values[entry.first];
      has_value = true;
    }
    named += has_value && band.fills(0) ? 1 : 0;
  }
  const auto repeated = std::count_if(values.begin(), values.end(), [](std::size_t count) { return count >= 2; });
  return named >= 2 && repeated >= 2;
}

// Whether the bands of a row of the grid are rows that no line separates: most fill several columns, and in some column
// what stands there is short or a number each time.
bool are_rows(const document::PageEvidence& page, const std::vector<PlacedBand>& bands,
              const std::vector<TextColumn>& columns) {
  if (bands.size() < 2) return false;
  if (holds_several_values(page, bands, columns.size())) return true;
  const auto several = static_cast<std::size_t>(
      std::count_if(bands.begin(), bands.end(), [](const PlacedBand& band) { return band.filled() >= 2; }));
  if (several < 3 || several * 2 < bands.size()) return false;
  std::size_t short_columns = 0;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    std::size_t filled = 0;
    std::size_t brief = 0;
    const double width = columns[column].to - columns[column].from;
    for (const PlacedBand& band : bands) {
      for (const PlacedEntry& entry : band.entries) {
        if (entry.first != column || entry.spans()) continue;
        ++filled;
        if (entry.bbox.width() < kShortCell * width || is_numeric(text_of(page, entry.words))) ++brief;
      }
    }
    if (filled * 2 >= bands.size() && brief * 5 >= filled * 4) ++short_columns;
  }
  return short_columns >= 2;
}

bool has_number(const document::PageEvidence& page, const PlacedBand& band) {
  return std::any_of(band.entries.begin(), band.entries.end(),
                     [&](const PlacedEntry& entry) { return is_numeric(text_of(page, entry.words)); });
}

// Whether no inner vertical line is drawn beside the band: cells merged across the table.
bool interrupts_verticals(const TableSearch& search, const base::Rect& band, const RuledGrid& grid) {
  return std::none_of(search.rulings.verticals.begin(), search.rulings.verticals.end(), [&](const AxisLine& line) {
    const bool is_inner = line.position > grid.xs.front() + kSameColumn && line.position < grid.xs.back() - kSameColumn;
    return is_inner && line.from < band.center_y() && line.to > band.center_y();
  });
}

// Cuts rows of the grid into the rows of text that stand in them, where few lines are drawn across.
RuledGrid with_text_rows(const TableSearch& search, const RuledGrid& grid) {
  if (grid.drawn_rows > kFewDrawnRows) return grid;
  const std::vector<TextColumn> columns = columns_of(grid);
  RuledGrid cut = grid;
  cut.ys = {grid.ys.front()};
  cut.cells.clear();
  for (int row = 0; row < grid.row_count(); ++row) {
    const auto at = static_cast<std::size_t>(row);
    const bool simple = std::all_of(grid.cells.begin(), grid.cells.end(), [&](const GridCell& cell) {
      const bool here = cell.row <= row && row < cell.row + cell.row_span;
      return !here || (cell.row_span == 1 && cell.column_span == 1);
    });
    const base::Rect box{grid.xs.front(), grid.ys[at], grid.xs.back(), grid.ys[at + 1]};
    std::vector<PlacedBand> bands;
    if (simple) {
      for (const Band& band : bands_of(search.words, search.free_words_in(box))) {
        bands.push_back({band.bbox, band.center, median_em(search.words, band.words),
                         placed_entries(search.page, search.words, band, columns), false});
      }
    }
    const int first = static_cast<int>(cut.ys.size()) - 1;
    if (!simple || !are_rows(search.page, bands, columns)) {
      cut.ys.push_back(grid.ys[at + 1]);
      for (GridCell cell : grid.cells) {
        if (cell.row != row) continue;
        cell.row = first;
        cut.cells.push_back(cell);
      }
      continue;
    }
    const RowAssignment rows = assigned_rows(search.page, bands, columns);
    for (std::size_t i = 1; i < bands.size(); ++i) {
      if (rows.row_of_band[i] != rows.row_of_band[i - 1])
        cut.ys.push_back((bands[i - 1].bbox.y1 + bands[i].bbox.y0) / 2);
    }
    cut.ys.push_back(grid.ys[at + 1]);
    std::vector<bool> is_group(static_cast<std::size_t>(rows.row_count), true);
    for (std::size_t i = 0; i < bands.size(); ++i) {
      const bool alone = bands[i].entries.size() == 1 && (bands[i].spans() || bands[i].entries.front().first > 0 ||
                                                          interrupts_verticals(search, bands[i].bbox, grid));
      if (!alone || has_number(search.page, bands[i])) is_group[static_cast<std::size_t>(rows.row_of_band[i])] = false;
    }
    for (int r = 0; r < rows.row_count; ++r) {
      if (is_group[static_cast<std::size_t>(r)]) {
        cut.cells.push_back({first + r, 0, 1, grid.column_count()});
        continue;
      }
      for (int column = 0; column < grid.column_count(); ++column) cut.cells.push_back({first + r, column, 1, 1});
    }
  }
  return cut;
}

// Whether most cells of a column hold entries apart, as columns do whose lines were not found: the grid is none then.
bool lacks_columns(const TableSearch& search, const RuledGrid& grid) {
  if (grid.drawn_rows < kFewDrawnRows) return false;
  std::map<int, std::pair<int, int>> rows;  // by column: with entries apart, filled
  for (const GridCell& cell : grid.cells) {
    if (cell.column_span > 1 || cell.row_span > 1) continue;
    const std::vector<Band> bands = bands_of(search.words, search.free_words_in(grid.box_of(cell)));
    if (bands.size() != 1) continue;
    const std::vector<Entry> entries = entries_of(search.words, bands.front(), kUnparted);
    const bool is_labelled_entry = std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
      return is_labelled(text_of(search.page, words_at(search, entry.words)));
    });
    auto& [apart, filled] = rows[cell.column];
    ++filled;
    apart += entries.size() >= 2 && !is_labelled_entry ? 1 : 0;
  }
  return std::any_of(rows.begin(), rows.end(), [](const auto& column) {
    const auto& [apart, filled] = column.second;
    return apart >= kFewDrawnRows && apart * 5 >= filled * 4;
  });
}

bool same_columns(const RuledGrid& a, const RuledGrid& b) {
  if (a.xs.size() != b.xs.size()) return false;
  for (std::size_t i = 0; i < a.xs.size(); ++i) {
    if (std::abs(a.xs[i] - b.xs[i]) > kSameColumn) return false;
  }
  return true;
}

// Whether all that stands between two grids is the name of a group: a row that no vertical line meets.
bool is_group_between(const TableSearch& search, const RuledGrid& above, const RuledGrid& below) {
  const base::Rect gap{above.xs.front(), above.ys.back(), above.xs.back(), below.ys.front()};
  if (gap.height() <= 0) return false;
  const std::vector<Band> bands = bands_of(search.words, search.free_words_in(gap));
  if (bands.size() != 1) return false;
  const std::vector<Word> words = words_at(search, bands.front().words);
  const std::u32string text = text_of(search.page, words);
  return gap.height() <= kGroupHeight * words.front().em && !starts_caption(text) && !ends_sentence(text);
}

// Grids of one table that the names of groups part.
std::vector<RuledGrid> joined_groups(const TableSearch& search, std::vector<RuledGrid> grids) {
  std::sort(grids.begin(), grids.end(),
            [](const RuledGrid& a, const RuledGrid& b) { return a.ys.front() < b.ys.front(); });
  std::vector<RuledGrid> joined;
  for (RuledGrid& grid : grids) {
    const auto above = std::find_if(joined.begin(), joined.end(), [&](const RuledGrid& other) {
      return same_columns(other, grid) && is_group_between(search, other, grid);
    });
    if (above == joined.end()) {
      joined.push_back(std::move(grid));
      continue;
    }
    const int shift = above->row_count() + 1;
    above->cells.push_back({shift - 1, 0, 1, above->column_count()});
    above->ys.insert(above->ys.end(), grid.ys.begin(), grid.ys.end());
    for (GridCell cell : grid.cells) {
      cell.row += shift;
      above->cells.push_back(cell);
    }
    above->drawn_share = std::min(above->drawn_share, grid.drawn_share);
    above->drawn_rows += grid.drawn_rows + 1;
    above->doubtful_borders += grid.doubtful_borders;
  }
  return joined;
}

// Rows of the head: where words of headers stand, or words above numbers.
int header_rows_of(const document::PageEvidence& page, const TablePlan& plan) {
  int hits = 0;
  int numbers_above = 0;
  int numbers_below = 0;
  int labels = 0;
  int height = 1;
  for (const PlannedCell& cell : plan.cells) {
    if (cell.words.empty()) continue;
    const std::u32string text = text_of(page, cell.words);
    const bool numeric = is_numeric(text);
    if (cell.place.row > 0) {
      numbers_below += numeric ? 1 : 0;
      continue;
    }
    hits += is_header_word(text) ? 1 : 0;
    numbers_above += numeric ? 1 : 0;
    labels += is_labelled(text) ? 1 : 0;
    height = std::max(height, cell.place.row_span);
  }
  if (numbers_above > 0 || labels > 0 || plan.row_count <= height) return 0;
  return hits >= 2 || numbers_below >= plan.row_count - height ? height : 0;
}

}  // namespace

std::vector<TablePlan> ruled_tables(const TableSearch& search) {
  std::vector<base::Rect> texts;
  for (const document::TextLine& line : search.page.lines) {
    if (may_stand_in_table(line)) texts.push_back(line.bbox);
  }
  std::vector<TablePlan> plans;
  std::vector<RuledGrid> boxes;
  for (const RuledGrid& found : joined_groups(search, ruled_grids(search.rulings, search.tolerance, texts))) {
    if (found.column_count() < 2) continue;
    for (RuledGrid& box : parted_at_gutters(search, found)) boxes.push_back(std::move(box));
  }
  for (const RuledGrid& box : boxes) {
    if (box.column_count() < 2) continue;
    for (RuledGrid& part : without_page_text(search, box)) {
      drop_unused_columns(part);
      drop_sliver_rows(search, part);
      if (part.column_count() < 2 || lacks_columns(search, part)) continue;
      const RuledGrid grid = with_text_rows(search, part);
      TablePlan plan = plan_of(search.page, grid, words_at(search, search.free_words_in(inflated(grid.bbox(), 2, 2))));
      plan.score = score_of(search, plan, grid.drawn_share);
      plan.confidence =
          std::max(0.5, 0.99 - 0.03 * grid.doubtful_borders - 0.1 * (1 - std::min(1.0, grid.drawn_share)));
      plan.header_rows = header_rows_of(search.page, plan);
      plans.push_back(std::move(plan));
    }
  }
  return plans;
}

}  // namespace medmark::structure
