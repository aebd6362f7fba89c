// How much a grid that only its text holds together looks like a table.
//
// Pure function, thread-safe.
#pragma once

#include "document/page_evidence.hpp"
#include "structure/tables/table_finder.hpp"
#include "structure/tables/text_grid.hpp"

namespace medmark::structure {

// What stands around a text grid.
struct GridSurroundings {
  bool has_outer_rules = false;  // lines above and below
  bool has_header_rule = false;
  double layout_support = 0;  // confidence of a layout model's table region at the place
  double pictured_share = 0;  // of the box
};

struct TextScore {
  double score = 0;       // 0..1 that it is a table
  double confidence = 0;  // 0..1 that its rows and columns are right
};

[[nodiscard]] TextScore text_score(const document::PageEvidence& page, const TextGrid& grid,
                                   const GridSurroundings& surroundings);

// Scores the plan that was made of `grid`; the surroundings that its place on the page tells are filled in here.
void score_plan(const TableSearch& search, const TextGrid& grid, GridSurroundings surroundings, TablePlan& plan);

}  // namespace medmark::structure
