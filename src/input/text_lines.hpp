// Positioned characters of a page to text lines: baselines, gaps, spaces, scripts, duplicates.
//
// The order in which a file draws its characters plays no part. Coordinates are points, origin at the top left of the
// page as displayed. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/geometry.hpp"
#include "document/page_evidence.hpp"

namespace medmark::input {

// One character as a file places it.
struct PlacedCharacter {
  char32_t code = 0;
  base::Rect ink{};      // around the glyph's ink; empty for spaces
  base::Rect cell{};     // advance wide, ascent to descent high; may be empty where the font does not tell
  base::Point origin{};  // on the baseline, where the glyph starts
  double font_size = 0;  // points on the page
  double angle = 0;      // degrees clockwise of the reading direction, 0 for upright text read to the right
  int text_object = -1;  // characters of one drawing operator share it
  bool is_bold = false;
};

// Lengths are in ems of the larger of the two characters compared unless said otherwise.
struct LineGrouping {
  double baseline_tolerance = 0.12;  // synthetic and real PDFs: exact baselines differ by rounding only (< 0.03)
  double wide_gap = 1.2;             // a gap wider than this ends a line: a table column, a form's next field
  double space_gap = 0.17;           // narrower than a kerned Latin space (0.19 to 0.25), wider than kerning in words
  double mixed_space_gap = 0.32;     // between Chinese and Latin, which word processors set 0.125 to 0.25 apart anyway
  double chinese_space_gap = 0.45;   // between Chinese characters; justified lines stretch gaps to 0.2
  double drawn_space_gap = 0.08;     // where the file draws a space; narrower ones lie under what is drawn next
  double widest_tracking = 3;        // between the characters of a heading set with wide, even gaps
  double tracking_tolerance = 0.2;   // of the first such gap
  double least_tracked_size = 12;    // points; smaller lone characters are cells of a table
  double script_size_ratio = 0.88;   // scripts are set at 0.55 to 0.83 of the text's size
  double script_gap = 0.35;          // from the text to its script
  double script_overlap =
      0.36;  // a script inside the text's cell: fonts give a narrow letter (β) the cell of a wide one
  double duplicate_distance = 0.12;  // fake bold moves its second print by 0.01 to 0.05
  double axis_snap_degrees = 0.25;   // nearer to a quarter turn: taken as exact
};

// Lines in no particular order but a stable one (top to bottom, then left to right). `rulings` end lines: text on both
// sides of a vertical ruling is never one line. Lines that are not read to the right carry is_vertical (quarter turns
// and downward writing) and their `quad`.
[[nodiscard]] std::vector<document::TextLine> group_into_lines(std::span<const PlacedCharacter> characters,
                                                               std::span<const document::RulingLine> rulings,
                                                               const LineGrouping& grouping = {});

}  // namespace medmark::input
