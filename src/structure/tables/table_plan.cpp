#include "structure/tables/table_plan.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "structure/tables/cell_text.hpp"
#include "structure/tables/placed_entries.hpp"

namespace medmark::structure {
namespace {

constexpr double kOverBorder = 0.4;    // em that a word may reach over a border of its cell without being cut there
constexpr double kInterpolated = 1.5;  // em by which interpolated character positions may be off

std::size_t interval_at(const std::vector<double>& borders, double at) {
  const auto above = std::upper_bound(borders.begin(), borders.end(), at);
  const auto index = above == borders.begin() ? 0 : above - borders.begin() - 1;
  return std::min(static_cast<std::size_t>(index), borders.size() - 2);
}

// Puts words into the cells of a ruled grid.
class GridFiller {
 public:
  GridFiller(const document::PageEvidence& page, const RuledGrid& grid, std::vector<PlannedCell>& cells)
      : page_(page),
        grid_(grid),
        cells_(cells),
        owner_(static_cast<std::size_t>(grid.row_count() * grid.column_count())) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const GridCell& place = cells[i].place;
      for (int row = place.row; row < place.row + place.row_span; ++row) {
        for (int column = place.column; column < place.column + place.column_span; ++column) {
          owner_[static_cast<std::size_t>(row * grid.column_count() + column)] = i;
        }
      }
    }
  }

  void put(Word word) {
    const double y = word.bbox.center_y();
    double from = word.bbox.x0;  // where the rest of the word begins at the earliest
    while (!word.is_vertical && word.end - word.begin >= 2) {
      const double slack = kOverBorder * word.em;
      const std::size_t cell = cell_at(std::min(from + slack, word.bbox.center_x()), y);
      const double border = cells_[cell].bbox.x1;
      if (word.bbox.x1 - border <= slack || border >= grid_.xs.back()) break;
      const double reach = word.is_exact ? 0 : kInterpolated * word.em;
      const document::TextLine& line = page_.lines[word.line];
      const std::size_t cut = best_cut(line, word, border, reach, CutRule::kNearestEdge);
      cells_[cell].words.push_back(word_of(line, word.line, word.begin, cut));
      word = word_of(line, word.line, cut, word.end);
      from = std::max(word.bbox.x0, border);
    }
    cells_[cell_at(std::max(from, word.bbox.center_x()), y)].words.push_back(word);
  }

 private:
  [[nodiscard]] std::size_t cell_at(double x, double y) const {
    const std::size_t column = interval_at(grid_.xs, x);
    const std::size_t row = interval_at(grid_.ys, y);
    return owner_[row * static_cast<std::size_t>(grid_.column_count()) + column];
  }

  const document::PageEvidence& page_;
  const RuledGrid& grid_;
  std::vector<PlannedCell>& cells_;
  std::vector<std::size_t> owner_;
};

class Occupancy {
 public:
  Occupancy(int rows, int columns) : columns_(columns), taken_(static_cast<std::size_t>(rows * columns), 0) {}

  [[nodiscard]] bool is_free(int row, int column, int row_span, int column_span) const {
    for (int r = row; r < row + row_span; ++r) {
      for (int c = column; c < column + column_span; ++c) {
        if (taken_[index(r, c)] != 0) return false;
      }
    }
    return true;
  }
  void take(const GridCell& cell) {
    for (int r = cell.row; r < cell.row + cell.row_span; ++r) {
      for (int c = cell.column; c < cell.column + cell.column_span; ++c) taken_[index(r, c)] = 1;
    }
  }

 private:
  [[nodiscard]] std::size_t index(int row, int column) const {
    return static_cast<std::size_t>(row * columns_ + column);
  }
  int columns_;
  std::vector<char> taken_;
};

void sort_row_major(std::vector<PlannedCell>& cells) {
  std::sort(cells.begin(), cells.end(), [](const PlannedCell& a, const PlannedCell& b) {
    return a.place.row != b.place.row ? a.place.row < b.place.row : a.place.column < b.place.column;
  });
}

}  // namespace

TablePlan plan_of(const document::PageEvidence& page, const RuledGrid& grid, const std::vector<Word>& words) {
  TablePlan plan;
  plan.kind = TableKind::kRuled;
  plan.bbox = grid.bbox();
  plan.row_count = grid.row_count();
  plan.column_count = grid.column_count();
  for (const GridCell& cell : grid.cells) plan.cells.push_back({cell, grid.box_of(cell), {}});
  GridFiller filler(page, grid, plan.cells);
  for (const Word& word : words) filler.put(word);
  return plan;
}

TablePlan plan_of(const TextGrid& grid, TableKind kind) {
  TablePlan plan;
  plan.kind = kind;
  plan.row_count = grid.row_count();
  plan.column_count = grid.column_count();
  plan.header_rows = grid.header_rows;
  std::vector<double> xs{grid.columns.front().from};
  for (const TextColumn& column : grid.columns) xs.push_back(column.to);
  for (const TextCell& cell : grid.cells) plan.cells.push_back({cell.place, {}, cell.words});
  plan.bbox = {xs.front(), grid.row_borders.front(), xs.back(), grid.row_borders.back()};
  complete(plan, xs, grid.row_borders);
  return plan;
}

void complete(TablePlan& plan, const std::vector<double>& xs, const std::vector<double>& ys) {
  sort_row_major(plan.cells);
  Occupancy origins(plan.row_count, plan.column_count);
  for (const PlannedCell& cell : plan.cells) origins.take({cell.place.row, cell.place.column, 1, 1});
  Occupancy taken(plan.row_count, plan.column_count);
  for (PlannedCell& cell : plan.cells) {
    GridCell& place = cell.place;
    place.column_span = std::min(place.column_span, plan.column_count - place.column);
    place.row_span = std::min(place.row_span, plan.row_count - place.row);
    const auto fits = [&](const GridCell& at) {
      const bool beside = origins.is_free(at.row, at.column + 1, 1, at.column_span - 1);
      const bool below = origins.is_free(at.row + 1, at.column, at.row_span - 1, at.column_span);
      return beside && below && taken.is_free(at.row, at.column, at.row_span, at.column_span);
    };
    while (place.column_span > 1 && !fits({place.row, place.column, 1, place.column_span})) --place.column_span;
    while (place.row_span > 1 && !fits(place)) --place.row_span;
    taken.take(place);
  }
  for (int row = 0; row < plan.row_count; ++row) {
    for (int column = 0; column < plan.column_count; ++column) {
      if (taken.is_free(row, column, 1, 1)) plan.cells.push_back({{row, column, 1, 1}, {}, {}});
    }
  }
  sort_row_major(plan.cells);
  for (PlannedCell& cell : plan.cells) {
    const GridCell& place = cell.place;
    cell.bbox = {xs[static_cast<std::size_t>(place.column)], ys[static_cast<std::size_t>(place.row)],
                 xs[static_cast<std::size_t>(place.column + place.column_span)],
                 ys[static_cast<std::size_t>(place.row + place.row_span)]};
  }
}

FoundTable realised(const document::PageEvidence& page, const TablePlan& plan) {
  FoundTable found;
  document::Block& block = found.block;
  block.page = page.index;
  block.type = document::BlockType::kTable;
  block.bbox = plan.bbox;
  block.source = page.source;
  document::Table table;
  table.row_count = plan.row_count;
  table.column_count = plan.column_count;
  std::set<std::size_t> lines;
  double sum = 0;
  double filled = 0;
  for (const PlannedCell& planned : plan.cells) {
    document::TableCell cell;
    cell.row = planned.place.row;
    cell.column = planned.place.column;
    cell.row_span = planned.place.row_span;
    cell.column_span = planned.place.column_span;
    cell.page = page.index;
    cell.bbox = planned.bbox;
    cell.is_header = planned.place.row < plan.header_rows;
    if (!planned.words.empty()) {
      compose_cell_text(page, planned.words, cell);
      sum += cell.confidence;
      filled += 1;
    }
    for (const Word& word : planned.words) {
      lines.insert(word.line);
      block.bbox = united(block.bbox, word.bbox);
    }
    table.cells.push_back(std::move(cell));
  }
  block.confidence = plan.confidence * (filled > 0 ? sum / filled : 1);
  block.needs_review = plan.needs_review;
  block.table = std::move(table);
  found.lines.assign(lines.begin(), lines.end());
  return found;
}

}  // namespace medmark::structure
