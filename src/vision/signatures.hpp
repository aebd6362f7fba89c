// Names written by hand behind the label they sign ("医师签名："), in ink of any colour, so in black and on a fax too.
//
// What tells them from print without colour: strokes that hang together over more than a character's width or height,
// in the free place behind such a label. Rings, strikes and ticks in black: vision/black_marks.
// Boxes are points of the flat page. Pure function, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "document/page_evidence.hpp"

namespace medmark::vision {

// Whether the text ends with the label of a place to sign, its value still to come.
[[nodiscard]] bool ends_with_signing_label(std::u32string_view text);

// The signatures of the page as regions of handwriting; what was read out of them is taken from `lines`. `known`:
// seals, pictures and handwriting that was found before. `dpi` > 0.
[[nodiscard]] std::vector<document::Region> take_signatures(const cv::Mat& flat_bgr, double dpi,
                                                            std::span<const document::Region> known,
                                                            std::vector<document::TextLine>& lines);

}  // namespace medmark::vision
