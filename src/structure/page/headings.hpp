// Whether a row is a heading: evidence of size, weight, place, spacing, words, numbering and the layout model, added
// up.
//
// No single sign decides: on scans the size is off by up to 8 %, the weight is unknown and the layout model misses most
// headings of degraded pages. Levels are given later, over the whole document. Pure functions, thread-safe.
#pragma once

#include <string>

namespace medmark::structure {

struct HeadingSigns {
  std::u32string text;
  double size_ratio = 1;  // to the body's text
  bool is_bold = false;
  bool body_is_bold = false;
  bool size_is_exact = false;  // native text
  bool is_centred = false;     // in its column, with wide margins on both sides
  bool fills_line = false;     // reaches the end of its column
  bool is_outdented = false;   // starts left of the first line below it
  bool is_indented = false;    // starts right of its column's edge without being centred
  bool is_followed = false;    // by text, a table or a figure
  bool is_at_top = false;      // nothing of the running text above it
  bool goes_on = false;        // the line before is full and ends no sentence
  bool in_list = false;        // a neighbouring row is numbered alike
  bool in_series = false;      // see numbered_series_of
  bool before_fields = false;  // a row of fields follows
  bool before_table = false;   // a table stands right below
  bool is_style = false;       // every line of exactly this larger size stands alone and is short
  double space_above = 0;      // ems of white space; 0 where unknown
  double space_below = 0;
  double witness = 0;  // 0..1 confidence of a layout model that it is a title
};

// The threshold is 1.
[[nodiscard]] double heading_score(const HeadingSigns& signs);

}  // namespace medmark::structure
