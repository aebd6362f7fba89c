// Boxes to tick on a scan: □是 ☑否. The recogniser leaves them out of lines where scans are poor (步行轮椅平车 for
// ☑步行 □轮椅 □平车), which leaves options without an answer.
//
// A drawn square of a letter's height is looked for on pixels in each line, and what stands inside is its state. Two
// witnesses must agree: a box that only one of reader and pixels saw, or that they see in different states, or that a
// pen wrote on, has a confidence below what passes unchecked. Boxes are points of the flat page. Pure function,
// thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "document/page_evidence.hpp"

namespace medmark::vision {

// Writes boxes that were not read into `lines` as □ or ☑, and lowers the confidence of those that are in doubt.
// `regions`: handwriting on the page. `dpi` > 0.
void write_check_boxes(const cv::Mat& clean_bgr, double dpi, std::span<const document::Region> regions,
                       std::vector<document::TextLine>& lines);

}  // namespace medmark::vision
