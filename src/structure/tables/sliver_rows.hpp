// Rows of a drawn grid that no line of text fits in: a stroke of print or a second edge of a thick line taken for a
// border, as faxes have them.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include "structure/tables/ruled_grid.hpp"
#include "structure/tables/table_finder.hpp"

namespace medmark::structure {

// Takes away rows that are lower than the print in the grid is high and hold no word of their own. At the grid's edge
// the row is cut off; elsewhere its height goes to the row below. Two rows are always left.
void drop_sliver_rows(const TableSearch& search, RuledGrid& grid);

}  // namespace medmark::structure
