// Columns of a table whose columns no line separates: the gutters that its entries leave free.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <span>
#include <vector>

#include "structure/tables/page_words.hpp"

namespace medmark::structure {

struct TextColumn {
  double text_from = 0;  // extent of the entries that stand in it
  double text_to = 0;
  double from = 0;  // half way to the neighbours; the outer columns end where their text does
  double to = 0;
  int bands = 0;  // in which it has an entry
};

struct ColumnThresholds {
  double entry_gap = 0.36;       // em; Latin word spaces are 0.25 to 0.33
  double column_gap = 0.8;       // em; the least gap by which a reader tells columns apart without a line
  double gap_share = 0.6;        // of the rows with text on both sides that must show such a gap
  double narrow_gutter = 0.3;    // em; a narrower gap separates only where the edges beside it are aligned ...
  int narrow_rows = 4;           // ... in so many rows or more
  double aligned = 0.3;          // em of mean deviation of an aligned edge
  double crossing_share = 0.15;  // of the rows whose overlong entries may cross a gutter
  double mark_width = 1.2;       // em of the widest mark
  double aligned_mark = 0.12;    // em of mean deviation of marks in a column of their own
  double ragged = 0.3;           // em of mean deviation of the ends of ragged text
};

// `bands` in any order; entries of the same band never share a column unless they are nearer than a column gap.
[[nodiscard]] std::vector<TextColumn> text_columns(std::span<const Word> words, std::span<const Band> bands,
                                                   const ColumnThresholds& thresholds = {});

// Index of the column in whose limits x lies; the nearest one outside.
[[nodiscard]] std::size_t column_at(std::span<const TextColumn> columns, double x);

}  // namespace medmark::structure
