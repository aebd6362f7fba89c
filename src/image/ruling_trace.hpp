// Follows thin dark lines through a page picture: the first half of detect_rulings (ruling.hpp).
//
// A line runs "along" one axis and has a position "across". A page is reduced along the lines (noise, dots and dashes
// even out) and kept whole across them. Pixels of the page, pixel i covering i..i+1. Pure functions, thread-safe.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace medmark::image {

enum class RulingDirection { kHorizontal, kVertical };

// A stretch of line as it was followed, before it is judged against the other lines.
struct RulingTrace {
  double begin = 0;     // along
  double end = 0;       // along
  double position = 0;  // across, middle of the line at `begin`
  double slope = 0;     // change of position per pixel along
  double thickness = 0;
  double contrast = 0;      // darkness of the line against its surroundings, 0..255
  double coverage = 0;      // share of the stretch in which the line was seen
  double clear_both = 0;    // share of the seen line with clear paper on both sides
  double clear_either = 0;  // ... on one side at least

  [[nodiscard]] double length() const { return end - begin; }
  [[nodiscard]] double position_at(double along) const { return position + slope * (along - begin); }
};

// All stretches of 2.5 mm and more. `grey` is 8-bit, one channel.
[[nodiscard]] std::vector<RulingTrace> trace_rulings(const cv::Mat& grey, double dpi, RulingDirection direction);

}  // namespace medmark::image
