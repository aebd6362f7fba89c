#include "vision/tensor_input.hpp"

#include <algorithm>
#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "vision/grey_levels.hpp"

namespace medmark::vision {
namespace {

// Grey levels between paper and ink below which faint print is not stretched any further; as
// training/common/scanning.py.
constexpr double kLeastContrast = 48;

}  // namespace

void write_planes(const cv::Mat& bgr, const ChannelScaling& scaling, int plane_width, int plane_height,
                  std::span<float> planes) {
  CV_Assert(bgr.type() == CV_8UC3 && bgr.cols <= plane_width && bgr.rows <= plane_height);
  const std::size_t plane = static_cast<std::size_t>(plane_width) * static_cast<std::size_t>(plane_height);
  CV_Assert(planes.size() >= 3 * plane);
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* row = bgr.ptr<unsigned char>(y);
    float* out = planes.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(plane_width);
    for (std::size_t channel = 0; channel < 3; ++channel) {
      const float scale = scaling.scale[channel];
      const float offset = scaling.offset[channel];
      float* target = out + channel * plane;
      for (int x = 0; x < bgr.cols; ++x) {
        target[x] = static_cast<float>(row[3 * static_cast<std::size_t>(x) + channel]) * scale + offset;
      }
    }
  }
}

void write_ink(const cv::Mat& grey, int plane_width, int top, std::span<float> plane) {
  CV_Assert(grey.type() == CV_8U && grey.cols <= plane_width && top >= 0);
  CV_Assert(plane.size() >= static_cast<std::size_t>(top + grey.rows) * static_cast<std::size_t>(plane_width));
  const GreyLevels levels(grey);
  const double darkest = levels.at(0.01);
  const double paper = levels.at(0.6);
  const double range = std::max(paper - darkest, kLeastContrast);
  for (int y = 0; y < grey.rows; ++y) {
    const auto* row = grey.ptr<std::uint8_t>(y);
    float* out = plane.data() + static_cast<std::size_t>(top + y) * static_cast<std::size_t>(plane_width);
    for (int x = 0; x < grey.cols; ++x) {
      out[x] = static_cast<float>(std::clamp((paper - row[x]) / range, -0.2, 1.2));
    }
  }
}

cv::Mat as_bgr(const cv::Mat& picture) {
  if (picture.channels() == 3) return picture;
  cv::Mat bgr;
  cv::cvtColor(picture, bgr, picture.channels() == 1 ? cv::COLOR_GRAY2BGR : cv::COLOR_BGRA2BGR);
  return bgr;
}

}  // namespace medmark::vision
