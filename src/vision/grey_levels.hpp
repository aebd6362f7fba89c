// How the grey levels of a picture are spread. Internal to this room. Immutable after construction, thread-safe.
#pragma once

#include <array>
#include <opencv2/core.hpp>

namespace medmark::vision {

class GreyLevels {
 public:
  explicit GreyLevels(const cv::Mat& grey);  // CV_8U

  // The least level, 0..255, that more than `share` (0..1) of the pixels do not exceed; 0.5 gives the median.
  [[nodiscard]] int at(double share) const;

 private:
  std::array<int, 256> counts_{};
  int total_ = 0;
};

}  // namespace medmark::vision
