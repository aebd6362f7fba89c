// From detected boxes to the strips that are read: wide gaps part a box, long lines are cut, vertical lines are turned.
//
// Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "vision/text_detection.hpp"
#include "vision/text_strip.hpp"

namespace medmark::vision {

struct PieceOptions {
  int least_gap = 72;       // columns without ink that part a strip
  int margin = 8;           // columns kept around the ink of a part
  int widest_piece = 1600;  // wider ones are cut at a gap
};

// Where [0, ink.cols) is to be parted: one span per piece with its margins; none where there is no ink. A strip with a
// single run of ink stays whole, margins included, as the detector drew it.
[[nodiscard]] std::vector<Span> part_at_gaps(const cv::Mat& ink, const PieceOptions& options);

// Cuts of a span that is wider than `widest_piece`: each where the ink is thinnest in the last third of a full piece.
[[nodiscard]] std::vector<Span> cut_long(const cv::Mat& ink, Span span, int widest_piece);

}  // namespace medmark::vision
