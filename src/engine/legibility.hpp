// Whether a scanned page can be expected to be read: the size of its characters and how they stand out.
//
// A pure function, thread-safe. It asks no model, so it can warn before a parse is started.
#pragma once

#include <opencv2/core.hpp>
#include <string_view>

namespace medmark::engine {

struct Legibility {
  int characters = 0;    // pieces of ink of a character's shape
  double height = 0;     // their median height, pixels
  double contrast = 0;   // between ink and the paper around it, 0..255
  double sharpness = 0;  // the steepest step across an edge as a share of the contrast, 0..1
};

// `picture` is 8-bit BGR at the resolution it would be read at.
[[nodiscard]] Legibility measure_legibility(const cv::Mat& picture);

// "low_resolution", "pale" or "blurred" where the page is probably too poor to be read; else empty.
[[nodiscard]] std::string_view legibility_warning(const cv::Mat& picture);

}  // namespace medmark::engine
