// Covers places of a picture with solid black, so that nothing that stood there can be got back.
//
// Used for the page pictures and figures of a de-identified document: the places are `Document::removed`. Pure,
// thread-safe; cannot fail. Places outside of the picture are ignored.
#pragma once

#include <opencv2/core.hpp>
#include <span>

#include "base/geometry.hpp"

namespace medmark::image {

// `picture` (8 bits, any number of channels) shows `shown` from edge to edge: for the picture of a whole page that is
// {0, 0, page width, page height}, in points of the page as displayed, at whatever resolution. `places` are in the same
// coordinates. Edges are rounded outwards by a pixel. Works in place; a view of another buffer (cv::Mat over its
// pixels) is written through.
void cover(cv::Mat& picture, const base::Rect& shown, std::span<const base::Rect> places);

}  // namespace medmark::image
