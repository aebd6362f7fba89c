// The pieces of ink in a strip, and which character each belongs to.
//
// Strip pixels. Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <span>
#include <vector>

namespace medmark::vision {

// Ink that stands together: connected pixels, and whatever stands over or under them (the dot of an i, the strokes of
// ÷). Ordered by their middles. A Han character may be several glyphs side by side, and touching digits may be one.
[[nodiscard]] std::vector<cv::Rect> glyphs_of(const cv::Mat& ink);

inline constexpr std::size_t kNoGlyph = static_cast<std::size_t>(-1);

// The glyph of each character, by the characters' centres (ascending): the assignment in reading order that moves the
// centres least, several characters on one glyph only where there is nothing else near. kNoGlyph where no ink is near.
[[nodiscard]] std::vector<std::size_t> assign_glyphs(std::span<const cv::Rect> glyphs, std::span<const double> centers);

}  // namespace medmark::vision
