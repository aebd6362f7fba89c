// Drawn squares of about a letter's size in the ink of a line of text, and what stands inside them.
//
// Pixels of the given mask. Internal to this room. Pure function, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace medmark::vision {

enum class SquareState { kEmpty, kMarked, kUnclear };

struct DrawnSquare {
  cv::Rect box;  // with its sides
  SquareState state = SquareState::kUnclear;
};

// `ink`: CV_8U, 255 on ink; `em`: the height of the print in pixels. From left to right; squares inside others (parts
// of characters) are left out. Characters with a square in them (口, 国) are found too: the caller knows what was read.
[[nodiscard]] std::vector<DrawnSquare> drawn_squares(const cv::Mat& ink, double em);

}  // namespace medmark::vision
