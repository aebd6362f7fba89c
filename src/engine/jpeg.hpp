// Page pictures of our own making to JPEG files, for the page that shows them. A pure function, thread-safe.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

namespace medmark::engine {

// `picture` is 8-bit BGR. Empty where it cannot be written (no memory, a side above 65,500 pixels).
[[nodiscard]] std::vector<std::uint8_t> encode_jpeg(const cv::Mat& picture);

}  // namespace medmark::engine
