// The ink of a page without its ruling lines, for telling strokes of a pen from print by their form alone.
//
// Pixels of the page. Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "document/page_evidence.hpp"

namespace medmark::vision {

// CV_8U of the picture's size: 255 where a cleaned page is darker than `below` (grey level; print is black on white).
[[nodiscard]] cv::Mat dark_ink(const cv::Mat& clean_bgr, int below);

// CV_8U of the page's size: 255 on dark marks. Ruling lines are left out, what crosses them stays. `dpi` > 0.
[[nodiscard]] cv::Mat ink_without_rulings(const cv::Mat& clean_bgr, double dpi,
                                          std::span<const document::RulingLine> rulings);

// One connected piece of ink with its own pixels.
struct InkShape {
  cv::Rect box;
  cv::Mat mask;  // CV_8U of the box: 255 on the piece
  int area = 0;  // pixels of the mask
};

// Middle thickness of the strokes of a mask.
[[nodiscard]] double thickness_of(const cv::Mat& mask);

// The pieces of `ink` whose sides keep within the two, larger one `least`..`most` pixels.
[[nodiscard]] std::vector<InkShape> shapes_of(const cv::Mat& ink, double least, double most);

}  // namespace medmark::vision
