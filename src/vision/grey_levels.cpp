#include "vision/grey_levels.hpp"

#include <cstddef>

namespace medmark::vision {

GreyLevels::GreyLevels(const cv::Mat& grey) : total_(grey.rows * grey.cols) {
  for (int y = 0; y < grey.rows; ++y) {
    const auto* row = grey.ptr<unsigned char>(y);
    for (int x = 0; x < grey.cols; ++x) ++counts_[row[x]];
  }
}

int GreyLevels::at(double share) const {
  int seen = 0;
  for (std::size_t level = 0; level < counts_.size(); ++level) {
    seen += counts_[level];
    if (seen > share * total_) return static_cast<int>(level);
  }
  return 255;
}

}  // namespace medmark::vision
