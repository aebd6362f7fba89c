// Forms that a pen draws and print does not have, told on pixels alone.
//
// Pixels of the given picture; `em` is the height of the print around in the same pixels. Internal to this room. Pure
// functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <optional>

#include "vision/print_ink.hpp"

namespace medmark::vision {

// One thin line around a free middle: no frame with corners, no letter (whose strokes are as thick as its print).
[[nodiscard]] bool is_ring_form(const InkShape& shape, double em);

// Whether a ring meets print: print runs into its line, or stands close to its inner side. `others`: the other ink in
// its box.
[[nodiscard]] bool is_close_to_print(const InkShape& ring, const cv::Mat& others, double em);

// Down to the right, then a longer way up to the right, in one thin stroke.
[[nodiscard]] bool is_tick_form(const InkShape& shape, double em);

// The print that a pen struck out, where the shape is print and one thin line, straight or a little bent, that crosses
// it, joins it into one piece and goes on alone at both sides. The box of the crossed print, in pixels of the page.
[[nodiscard]] std::optional<cv::Rect> struck_print(const InkShape& shape, double em);

}  // namespace medmark::vision
