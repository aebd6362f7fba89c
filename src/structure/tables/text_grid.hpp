// Rows and cells of a table whose rows no line separates: baselines first, then which columns each of them fills.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "document/page_evidence.hpp"
#include "structure/tables/page_words.hpp"
#include "structure/tables/ruled_grid.hpp"
#include "structure/tables/ruling_set.hpp"
#include "structure/tables/text_columns.hpp"

namespace medmark::structure {

// A cell of a text grid with the words that stand in it.
struct TextCell {
  GridCell place;
  std::vector<Word> words;
};

struct TextGrid {
  std::vector<TextColumn> columns;
  std::vector<double> row_borders;  // y; one more than there are rows
  int header_rows = 0;
  std::vector<TextCell> cells;  // only those with text; no two share a position
  int doubtful_rows = 0;        // bands of which it is unsure whether they are rows or wrapped text

  [[nodiscard]] int row_count() const { return static_cast<int>(row_borders.size()) - 1; }
  [[nodiscard]] int column_count() const { return static_cast<int>(columns.size()); }
};

// What the drawn lines of the region say.
struct RegionRules {
  std::vector<AxisLine> across;       // horizontal lines between rows, from the top; those above and below the text too
  std::optional<double> header_rule;  // y of the line below the header
};

// The grid of the words at `indices`, all of which it places. Fewer than two columns: no table. `columns` where they
// are known already (ruled), else found.
[[nodiscard]] TextGrid text_grid(const document::PageEvidence& page, std::span<const Word> words,
                                 std::span<const std::size_t> indices, const RegionRules& rules,
                                 std::span<const TextColumn> columns = {});

}  // namespace medmark::structure
