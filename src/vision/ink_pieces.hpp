// The connected pieces of ink on a mask. Internal to this room. A pure function, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace medmark::vision {

struct InkPiece {
  cv::Rect box;  // pixels of the mask
  int area = 0;  // pixels of ink
};

// Pieces of `ink` (CV_8U, not 0 on ink) that touch at sides or corners, by their first pixel from the top.
[[nodiscard]] std::vector<InkPiece> ink_pieces(const cv::Mat& ink);

// The same with the pixels that are theirs.
struct LabelledInk {
  std::vector<InkPiece> pieces;
  cv::Mat labels;  // CV_32S of the mask's size: i + 1 on the i-th piece, 0 elsewhere
};
[[nodiscard]] LabelledInk labelled_ink(const cv::Mat& ink);

}  // namespace medmark::vision
