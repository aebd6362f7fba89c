// Seals and stamps in coloured ink, told from the print under them.
//
// A seal is recognised by its shape (a ring, an oval or a rectangular frame of one hue with paper showing inside),
// never by colour alone: red headings and red abnormal values stay where they are. Pictures are 8-bit BGR (8-bit grey
// is accepted and has no seals) of an upright page in pixels; boxes are points of that page (pixel * 72 / dpi), origin
// top left. Pure functions: no state, inputs are not changed, thread-safe. They do not fail; a page without colour
// costs about 3 ms.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "document/page_evidence.hpp"

namespace medmark::image {

struct SealSeparation {
  cv::Mat without_seals;                // BGR; shares pixels with the input where nothing was found
  std::vector<document::Region> seals;  // RegionKind::kSeal, without text, largest first
  std::vector<cv::Mat> pictures;        // BGR, one per seal: its ink alone on white, for reading it
};

// Finds seals and takes their ink away; black print under a seal stays, with its contrast restored. `dpi` > 0.
[[nodiscard]] SealSeparation separate_seals(const cv::Mat& flat_bgr, double dpi);

}  // namespace medmark::image
