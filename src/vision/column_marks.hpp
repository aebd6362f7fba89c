// Small marks that stand alone in a column of a table and that the text detector passes over: the dash of a negative
// result, the asterisk of an abnormal one.
//
// A speck has no business in a column: a mark is one only where its row holds other text, where it stands in line with
// the text or the marks above and below it, and where it has the shape. Pixels of the given picture. Internal to this
// room. Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "base/geometry.hpp"
#include "vision/text_detection.hpp"

namespace medmark::vision {

enum class SmallMark { kDash, kAsterisk };

struct ColumnMark {
  SmallMark shape = SmallMark::kDash;
  cv::Rect ink;
  cv::Rect surroundings;  // with the height of its row, for reading it again
  int mates = 0;          // texts and marks that it is in line with
};

struct ColumnMarkOptions {
  // Shares of the em of the page's print. Dashes of four Chinese faces, printed and scanned at 130 to 200 DPI, are 0.25
  // to 0.9 em wide and 0.05 to 0.16 high; asterisks 0.25 to 0.55 either way.
  double least_dash = 0.22;
  double longest_dash = 1.1;
  double thickest_dash = 0.2;
  double least_dash_aspect = 1.8;
  double least_dash_fill = 0.7;  // of its frame: a hair or a scratch is slanted
  double least_asterisk = 0.22;
  double largest_asterisk = 0.62;
  double free_across = 0.8;  // around a mark, where no other print and hardly any ink stands
  double free_down = 0.4;
  double most_dirt = 0.25;       // of the mark's own ink
  double in_line = 0.35;         // between the edges or the middles of what stands below each other
  double farthest_mate = 40;     // down the column
  double widest_mate = 14;       // a wider text is no entry of a column
  int least_mates_of_dash = 2;   // a dash has no reading of its own to be believed by
  std::size_t least_in_row = 2;  // texts beside it
  std::size_t most = 120;        // a page with more is noise: then none is believed
};

// Candidates in reading order; an asterisk is to be read again before it is believed.
[[nodiscard]] std::vector<ColumnMark> find_column_marks(const cv::Mat& bgr, std::span<const TextBox> detected,
                                                        const ColumnMarkOptions& options);

}  // namespace medmark::vision
