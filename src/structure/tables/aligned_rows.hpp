// Rows of a table whose cells wrap, judged as a whole by how the cells of a row are set: with their middles, their
// first or their last lines level.
//
//   middle                     top                        bottom
//   甲状腺过氧化   34  mmol/L    甲状腺过氧化   34  mmol/L    甲状腺过氧化
//   物酶抗体                    物酶抗体                    物酶抗体      34  mmol/L
//
// (at the middle `34` stands half a line below the first line of its name). The bands are cut into rows at the least
// cost: what is not level in a row, what a row lacks, lines that would have fitted behind the line above, values below
// values, brackets that a border leaves open. Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <span>

#include "document/page_evidence.hpp"
#include "structure/tables/text_rows.hpp"

namespace medmark::structure {

// Costs are in units of about one clear contradiction. Set on 58 native sheets and slips of our own making
// (bench/corpus: wrapped_open, wrapped_roll, listed_ranges and blood_gas_slip; mean TEDS 0.32 to 0.83 without, 0.92
// to 1.00 with them) and held on 60 others of other seeds (0.84 without, 0.98 with them).
struct AlignmentCosts {
  double staggered = 0.75;      // of the line distance: nearer bands beside each other are one row
  double same_pitch = 1.08;     // of the least distance of lines: what counts as the same one
  double tight = 0.84;          // of the usual distance of bands: lines of a cell that stand nearer than rows
  double farthest_line = 1.45;  // of the line distance: farther lines are not of one cell
  double far = 2.0;             // of a line, for each part of the line distance beyond 1.1
  double level = 0.15;          // of the line distance that level things may stand apart
  double off_level = 2.5;       // for each line distance beyond it, 1 at most
  double lacking = 1.5;         // of a row, by the share of the columns that every row fills that it lacks
  double nameless = 0.5;        // more, where it lacks the first column
  double alone = 0.8;           // of a row that holds one entry in the first column: the name of a group
  double fitting = 0.7;         // of a line, the beginning of which would have fitted behind the line above
  double fit_exact = -0.1;      // em of room that it would have left, at least
  double fit_read = 0.8;        // the same where places of characters are interpolated
  double complete = 1.5;        // of each band more than one in a row that fills what a row fills
  double next_value = 1.5;      // of a value below a whole value in one cell
  double even_join = 1.0;      // of a line as far from the line above as rows are, that is not the only one of its band
  double even_line = 0.5;      // ... that is, behind one of several lines that reach as far as their column does
  double least_wrapped = 3.9;  // em of such a line
  double long_token = 2.5;     // em of a word that may have had to be wrapped wherever it stood
  double group = 2.0;          // of the name of a group in a cell of several lines
  double centred = 1.0;        // em between the middle of such a name and that of the table
  double open_bracket = 1.5;   // of a border between a bracket and its end
  double open_range = 1.0;     // of a border behind the dash of a range or of a name in letters
  double range_below = 0.8;    // of a border above a range in brackets where other results have it in their cell
  double near_border = 4.0;    // of a border, for each part of the line distance that it is narrower than 0.92
  double clear = 0.25;  // by which the rows must be better than the usual ones, and than those of another setting not
                        // to be doubtful
  std::size_t most_bands = 8;  // of a row
};

// The rows where they explain the bands clearly better than `usual`, else `usual`, with the doubt counted where several
// ways of setting explain them.
[[nodiscard]] RowAssignment aligned_rows(const document::PageEvidence& page, std::span<const PlacedBand> bands,
                                         std::span<const TextColumn> columns, RowAssignment usual,
                                         const AlignmentCosts& costs = {});

}  // namespace medmark::structure
