// Whether a group of coloured ink is a pen's, and what kind of mark.
//
// Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "vision/pen_ink.hpp"
#include "vision/pen_shape.hpp"

namespace medmark::vision {

enum class PenMark {
  kNone,    // print, or too little to tell
  kRing,    // around print
  kStrike,  // through print
  kSign,    // a tick, a scribble: nothing to read
  kWords,   // reads as text
};

// How a group stands to the black print of its row, in em.
struct RowFit {
  bool has_print = false;  // there is print beside it
  double above = 0;        // of the print's top that the group's stands; negative: below
  double below = 0;        // of the print's bottom
};

[[nodiscard]] RowFit fit_to_row(const PageInk& page, const cv::Mat& black, const InkGroup& group);

// By place and form alone: a ring, a strike or a tick; kNone where it must be read to tell.
[[nodiscard]] PenMark mark_by_form(const PageInk& page, const cv::Mat& black, const InkGroup& group,
                                   const StrokeShape& shape);

// A group that is no ring, strike or tick, with how surely it reads.
[[nodiscard]] PenMark mark_by_reading(const PageInk& page, const InkGroup& group, const StrokeShape& shape,
                                      const RowFit& fit, double confidence);

// A group that could not be told alone, on a page on which a pen wrote in the very same ink.
[[nodiscard]] PenMark mark_by_company(const PageInk& page, const cv::Mat& black, const InkGroup& group,
                                      const StrokeShape& shape, const RowFit& fit, double confidence);

// Whether two groups are of one ink.
[[nodiscard]] bool are_same_ink(const InkGroup& a, const InkGroup& b);

// Whether a group could be handwriting at all, by its size.
[[nodiscard]] bool has_size_of_writing(const PageInk& page, const InkGroup& group);

}  // namespace medmark::vision
