// Results that contradict the reference range printed in their row and carry no mark: 1121 beside 115-150, which may be
// 112↓.
//
// Only where to look again is told here, never what to write: a range proves nothing, for a patient's value may be
// anything. Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace medmark::vision {

// A line of the page as it was read.
struct PlacedText {
  cv::Rect frame;  // page pixels
  std::u32string text;
};

// Beside each line: the index in its text of the last digit that is to be looked at, if any.
[[nodiscard]] std::vector<std::optional<std::size_t>> contradicted_ends(std::span<const PlacedText> lines);

}  // namespace medmark::vision
