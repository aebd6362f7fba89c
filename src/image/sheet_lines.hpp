// Long straight edges of a picture: the candidates for the sides of a sheet.
//
// Pixels of the picture given, continuous, origin top left. Values and pure functions, thread-safe.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace medmark::image {

// n . p = offset, with n of unit length.
struct SheetLine {
  cv::Point2d normal;
  double offset = 0;
  double votes = 0;
  bool is_frame = false;  // the edge of the picture, not an edge in it
};

// Where two lines that are not parallel meet.
[[nodiscard]] cv::Point2d crossing(const SheetLine& a, const SheetLine& b);

struct SheetLines {
  std::vector<SheetLine> across;  // tops and bottoms
  std::vector<SheetLine> down;    // left and right sides
};

// The strongest lines of either direction among the edges of `lab` (CV_8UC3, text closed), and the four edges of the
// picture itself.
[[nodiscard]] SheetLines find_sheet_lines(const cv::Mat& lab);

}  // namespace medmark::image
