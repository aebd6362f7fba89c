// Cuts the pictures of figures (and of formulas kept as pictures) out of the page's original picture.
//
// Pure, thread-safe.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "document/document.hpp"
#include "structure/page.hpp"

namespace medmark::pipeline {

// Whether a block of the page wants a picture of itself.
[[nodiscard]] bool wants_figures(const structure::PageBlocks& page);

// PNG files of the page's figures, named "page_3_figure_1.png"; sets `image_name` of their blocks. `picture` (BGR) at
// `dpi` pixels per 72 points shows the flat page where the blocks have flat boxes, else the page as displayed.
[[nodiscard]] std::vector<document::Asset> cut_figures(structure::PageBlocks& page, const cv::Mat& picture, double dpi);

}  // namespace medmark::pipeline
