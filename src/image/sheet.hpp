// A sheet of paper photographed on a background: its four corners, so that the perspective can be undone.
//
// Corners are pixels of the picture given (continuous: pixel i covers [i, i+1)), origin top left. Pure functions,
// thread-safe.
#pragma once

#include <opencv2/core.hpp>
#include <optional>

#include "base/geometry.hpp"

namespace medmark::image {

struct Sheet {
  base::Quad corners{};  // top left, top right, bottom right, bottom left as the picture lies
  double support = 0;    // 0..1: share of the outline along which paper meets something else
};

// The sheet in an 8-bit BGR or grey picture; empty where the picture is the page itself (a scan, a sheet that fills the
// frame) or where the evidence is not strong: three sides at least must be seen against the background, a fourth may be
// cut off by the frame.
[[nodiscard]] std::optional<Sheet> find_sheet(const cv::Mat& picture);

// Width and height in pixels that the sheet has when seen from straight above. Near the proportions of ISO paper
// (within 15 %) those are taken.
[[nodiscard]] cv::Size2d flat_sheet_size(const base::Quad& corners);

}  // namespace medmark::image
