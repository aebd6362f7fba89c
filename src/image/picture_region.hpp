// Pictures on a scanned page: photographs, ultrasound and endoscopy frames, charts, curves and line drawings.
//
// Two ways to find them: patches of tones wider than any print (photographs), and large connected drawings that are not
// a grid of ruling lines (charts, tracings). Not pictures: text, tables, shaded cells, title bars, seals and watermarks
// (which are best taken away before). Pictures are 8-bit BGR or grey, upright, in pixels; boxes are points of the page
// (pixel * 72 / dpi), origin top left. Pure functions, thread-safe, they do not fail.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "document/page_evidence.hpp"

namespace medmark::image {

// RegionKind::kPicture, top to bottom; boxes do not overlap. `dpi` > 0.
[[nodiscard]] std::vector<document::Region> find_picture_regions(const cv::Mat& flat, double dpi);

}  // namespace medmark::image
