// What a pen drew in black on the print of a scan: rings around print, strokes through it, ticks beside it.
//
// No colour tells them from print, so each must have a form that print does not have (vision/pen_forms): a thin closed
// ring with print of its own inside, one thin bent line that crosses all gaps of a number and goes on at both sides, a
// stroke down and a longer one up that stands off its row. Words written by hand are not told from print here. Boxes
// are points of the flat page. Pure function, thread-safe, no failures.
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <vector>

#include "base/geometry.hpp"
#include "document/page_evidence.hpp"

namespace medmark::vision {

struct BlackMarks {
  std::vector<document::Region> handwriting;  // RegionKind::kHandwriting
  std::vector<base::Rect> touched;            // print that a mark stands on: what is read there is in doubt
  cv::Mat without;                            // the page without those that meet no print; may share pixels with it
  std::vector<std::size_t> lines;             // of the page, that hold ink which is gone: to be read again
};

// The marks on a page that was read at `page.lines`. Nothing is found in regions of `page` (seals, pictures,
// handwriting known before). `dpi` > 0.
[[nodiscard]] BlackMarks find_black_marks(const cv::Mat& clean_bgr, double dpi, const document::PageEvidence& page);

}  // namespace medmark::vision
