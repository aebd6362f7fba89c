// From a picture to the tensor a model takes. Internal to this room. Pure; thread-safe.
#pragma once

#include <array>
#include <opencv2/core.hpp>
#include <span>
#include <vector>

namespace medmark::vision {

// Per channel in the picture's own (BGR) order: value * scale + offset.
struct ChannelScaling {
  std::array<float, 3> scale;
  std::array<float, 3> offset;
};

// x / 127.5 - 1: text detection and recognition.
inline constexpr ChannelScaling kCenteredScaling = {{1 / 127.5F, 1 / 127.5F, 1 / 127.5F}, {-1, -1, -1}};

// (x / 255 - mean) / deviation with the ImageNet figures (0.485, 0.456, 0.406; 0.229, 0.224, 0.225) laid on the
// channels in BGR order, which is how the layout, table and orientation models were trained.
inline constexpr ChannelScaling kImageNetScaling = {{1 / (255 * 0.229F), 1 / (255 * 0.224F), 1 / (255 * 0.225F)},
                                                    {-0.485F / 0.229F, -0.456F / 0.224F, -0.406F / 0.225F}};

// Writes `bgr` (CV_8UC3) as three planes of rows x cols into `planes`, whose rows are `plane_width` >= cols values long
// and whose planes are `plane_width * plane_height` values apart. Values outside of the picture are left as they are.
void write_planes(const cv::Mat& bgr, const ChannelScaling& scaling, int plane_width, int plane_height,
                  std::span<float> planes);

// Ink 1, paper 0 (from -0.2 to 1.2), by the picture's own darkest level and its paper: formula signs and marks. Writes
// `grey` (CV_8U) into rows of `plane_width` >= cols values, its first row at `top`. Values outside of the picture are
// left as they are.
void write_ink(const cv::Mat& grey, int plane_width, int top, std::span<float> plane);

// The picture as 8-bit BGR (grey and BGRA are converted; BGR shares its pixels).
[[nodiscard]] cv::Mat as_bgr(const cv::Mat& picture);

}  // namespace medmark::vision
