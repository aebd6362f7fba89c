// A table on its way from a grid to a block: cells with the words that stand in them.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <vector>

#include "document/page_evidence.hpp"
#include "structure/tables/page_words.hpp"
#include "structure/tables/ruled_grid.hpp"
#include "structure/tables/tables.hpp"
#include "structure/tables/text_grid.hpp"

namespace medmark::structure {

struct PlannedCell {
  GridCell place;
  base::Rect bbox;
  std::vector<Word> words;
};

enum class TableKind { kRuled, kRuleStack, kBorderless, kModel };

struct TablePlan {
  TableKind kind = TableKind::kRuled;
  base::Rect bbox;
  int row_count = 0;
  int column_count = 0;
  int header_rows = 0;
  std::vector<PlannedCell> cells;  // only those with text or a span, until completed()
  double score = 0;                // 0..1 that it is a table, against the detection threshold
  double confidence = 1;           // 0..1 that its cells are right
  bool needs_review = false;
};

// The plan of a ruled grid filled with `words` (whole lines; they are cut at the borders of cells).
[[nodiscard]] TablePlan plan_of(const document::PageEvidence& page, const RuledGrid& grid,
                                const std::vector<Word>& words);

[[nodiscard]] TablePlan plan_of(const TextGrid& grid, TableKind kind);

// Shrinks spans that collide and adds empty cells, so that every grid position is in exactly one cell; row-major.
void complete(TablePlan& plan, const std::vector<double>& xs, const std::vector<double>& ys);

// The block, with its cells' text composed.
[[nodiscard]] FoundTable realised(const document::PageEvidence& page, const TablePlan& plan);

}  // namespace medmark::structure
