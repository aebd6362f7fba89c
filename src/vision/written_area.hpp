// The part of a page picture that holds anything but bare paper, in blocks of 32 pixels, so that a fully convolutional
// model need not look at margins and empty stretches: they cost as much as print.
//
// Pixels of the given picture, origin top left. Pure; thread-safe. Cannot fail: what is not surely bare counts as
// written.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace medmark::vision {

struct WrittenAreaOptions {
  // A pixel is bare while it is this close to the paper's level (the picture's median grey, 0..255). Paper of prepared
  // scans varies by 3 to 5; the palest print that the detector marks differs by 40.
  int paper_tolerance = 20;
  // Rows and columns of a block may hold this many other pixels and still be bare: dust and noise of a compressed
  // picture.
  int specks_in_block = 3;
};

// Whole blocks: every side is a multiple of kWrittenBlock.
inline constexpr int kWrittenBlock = 32;

struct WrittenArea {
  cv::Range columns{0, 0};
  std::vector<cv::Range> bands;  // of rows, from the top, apart from each other

  [[nodiscard]] bool empty() const { return bands.empty() || columns.empty(); }
  [[nodiscard]] cv::Size size() const;
};

// Blocks with print and their neighbours. `bgr` is CV_8UC3, its sides multiples of kWrittenBlock.
[[nodiscard]] WrittenArea written_area(const cv::Mat& bgr, const WrittenAreaOptions& options);

// The area's bands below each other.
[[nodiscard]] cv::Mat packed(const cv::Mat& picture, const WrittenArea& area);

// A map (CV_32F) of the packed area laid back on the whole picture, 0 elsewhere.
[[nodiscard]] cv::Mat unpacked(const cv::Mat& map, const WrittenArea& area, cv::Size whole);

}  // namespace medmark::vision
