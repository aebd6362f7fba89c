// Pieces that were read too unsurely to count as text, looked at once more in another crop: what reads the same twice
// is print, and leaving it out would lose a value; a watermark's letter, a stamp's stroke or a speck reads otherwise.
//
// Page pixels. Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <span>

#include "vision/text_recognition.hpp"
#include "vision/text_strip.hpp"

namespace medmark::vision {

// Measured on the synthetic samples: fax pages lost 44, 23-36 and 氯, all read rightly at 0.40 to 0.45; what bad scans
// read at under 0.3 was never print.
struct SecondLookOptions {
  double least_confidence = 0.3;
  // Of a piece's height over the page's median one, and its slant in radians (5 degrees): watermarks are larger and
  // turned.
  double least_height = 0.7;
  double largest_height = 1.4;
  double most_slant = 0.09;
  double inset = 4;  // strip pixels taken off above and below
};

// The median height of strips on the page; 0 without strips.
[[nodiscard]] double median_height(std::span<const TextStrip> strips);

// The strip cut anew, closer around its print; none where it is not the size and slant of the page's print.
[[nodiscard]] std::optional<TextStrip> second_crop(const cv::Mat& page_bgr, const TextStrip& strip,
                                                   double median_height, const SecondLookOptions& options);

// Both hold the same characters, and any; spaces do not count.
[[nodiscard]] bool read_the_same(const Reading& first, const Reading& second);

}  // namespace medmark::vision
