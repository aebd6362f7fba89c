#include "vision/tensor_input.hpp"

#include <opencv2/imgproc.hpp>

namespace medmark::vision {

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

cv::Mat as_bgr(const cv::Mat& picture) {
  if (picture.channels() == 3) return picture;
  cv::Mat bgr;
  cv::cvtColor(picture, bgr, picture.channels() == 1 ? cv::COLOR_GRAY2BGR : cv::COLOR_BGRA2BGR);
  return bgr;
}

}  // namespace medmark::vision
