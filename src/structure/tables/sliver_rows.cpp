#include "structure/tables/sliver_rows.hpp"

#include <algorithm>

#include "structure/tables/page_words.hpp"

namespace medmark::structure {
namespace {

constexpr double kLowest = 0.9;  // em: printed rows are 1.3 and more, those of false borders were 0.6 to 0.75

bool is_sliver(const TableSearch& search, const RuledGrid& grid, int row, double em) {
  const auto at = static_cast<std::size_t>(row);
  if (grid.ys[at + 1] - grid.ys[at] >= kLowest * em) return false;
  return std::none_of(grid.cells.begin(), grid.cells.end(), [&](const GridCell& cell) {
    return cell.row == row && cell.row_span == 1 && !search.free_words_in(grid.box_of(cell)).empty();
  });
}

void drop_row(RuledGrid& grid, int row) {
  std::erase_if(grid.cells, [&](const GridCell& cell) { return cell.row == row && cell.row_span == 1; });
  for (GridCell& cell : grid.cells) {
    if (cell.row > row) {
      --cell.row;
    } else if (cell.row + cell.row_span > row) {
      --cell.row_span;
    }
  }
  // The border below goes, so that the row below begins where this one did; at the top the outer one goes.
  grid.ys.erase(grid.ys.begin() + (row == 0 ? 0 : row + 1));
}

}  // namespace

void drop_sliver_rows(const TableSearch& search, RuledGrid& grid) {
  const std::vector<std::size_t> words = search.free_words_in(grid.bbox());
  if (words.empty()) return;
  const double em = median_em(search.words, words);
  for (int row = grid.row_count() - 1; row >= 0 && grid.row_count() > 2; --row) {
    if (is_sliver(search, grid, row, em)) drop_row(grid, row);
  }
  std::sort(grid.cells.begin(), grid.cells.end(),
            [](const GridCell& a, const GridCell& b) { return a.row != b.row ? a.row < b.row : a.column < b.column; });
}

}  // namespace medmark::structure
