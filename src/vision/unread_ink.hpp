// Print in and around formulas that recognition passed over.
//
// A line of text that loses a word is still read as one; a formula that loses a minus, a point or a numerator is
// another formula. So all ink near an equals sign is held against the characters that were read there: each accounts
// for what is drawn in its box and looks like one character. Points of the flat page. Pure function, thread-safe, no
// failures.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "base/geometry.hpp"
#include "document/page_evidence.hpp"

namespace medmark::vision {

// Boxes of the ink, of print's size and darkness, that neither a character nor a ruling line of `page` accounts for.
// `flat_bgr`: the cleaned flat page at `dpi`. Empty for pages without an equals sign; else 1 to 3 ms a formula.
[[nodiscard]] std::vector<base::Rect> find_unread_ink(const cv::Mat& flat_bgr, double dpi,
                                                      const document::PageEvidence& page);

}  // namespace medmark::vision
