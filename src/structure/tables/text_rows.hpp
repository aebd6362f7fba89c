// Which bands of a table are rows of their own and which go on with a row (wrapped cells).
//
// Pure functions, thread-safe. Points of the flat page.
#pragma once

#include <span>
#include <vector>

#include "document/page_evidence.hpp"
#include "structure/tables/placed_entries.hpp"

namespace medmark::structure {

// A band of a table with its entries in columns.
struct PlacedBand {
  base::Rect bbox;
  double center = 0;
  double em = 0;
  std::vector<PlacedEntry> entries;
  bool below_rule = false;  // a line is drawn between it and the band above

  [[nodiscard]] bool fills(std::size_t column) const;
  [[nodiscard]] std::size_t filled() const;
  [[nodiscard]] bool spans() const;
};

struct RowAssignment {
  std::vector<int> row_of_band;  // from 0, ascending
  int row_count = 0;
  int doubtful = 0;  // bands that might as well be the other thing
};

struct RowThresholds {
  double tight = 0.82;             // of the usual distance of rows: wrapped lines stand nearer than the next row
  double line_distance = 1.7;      // em: nearer lines are wrapped text where no usual distance is known
  double wrapped_distance = 1.15;  // of the usual distance of rows: farther text was not wrapped
  double overlap = 0.3;            // of the lower height: bands that overlap more belong to one row (centred values)
  double key_share = 0.85;         // of the rows that fill a column for it to be one that every row fills
  double rich_share = 0.65;        // of the usual number of filled columns: fewer may be wrapped text
  double full_reach = 1.5;         // em between a wrapped line's end and the widest text of its column
  double wrapped_width = 5;        // em: shorter text is not wrapped
  int least_ruled = 3;   // pairs of full rows, all with a line between them, that show a table ruled row by row
  double centred = 1.0;  // em between the middle of a group's name and that of the table
};

// `bands` from the top, all below the header.
[[nodiscard]] RowAssignment assigned_rows(const document::PageEvidence& page, std::span<const PlacedBand> bands,
                                          std::span<const TextColumn> columns, const RowThresholds& thresholds = {});

}  // namespace medmark::structure
