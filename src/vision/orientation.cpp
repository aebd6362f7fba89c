#include "vision/orientation.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "vision/tensor_input.hpp"

namespace medmark::vision {
namespace {

// The model's own figures.
constexpr int kReadShortSide = 256;
constexpr int kInputSide = 224;

}  // namespace

base::Result<std::array<double, 4>> OrientationClassifier::classify(const cv::Mat& crop) const {
  if (crop.empty()) return base::fail(base::ErrorCode::kInternal, "An empty crop has no orientation.");
  const cv::Mat bgr = as_bgr(crop);
  const double factor = static_cast<double>(kReadShortSide) / std::min(bgr.cols, bgr.rows);
  const cv::Size size(std::max(kReadShortSide, static_cast<int>(std::lround(bgr.cols * factor))),
                      std::max(kReadShortSide, static_cast<int>(std::lround(bgr.rows * factor))));
  cv::Mat resized;
  cv::resize(bgr, resized, size, 0, 0, factor < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  const cv::Mat center =
      resized({(size.width - kInputSide) / 2, (size.height - kInputSide) / 2, kInputSide, kInputSide});

  std::vector<float> planes(3UL * kInputSide * kInputSide);
  write_planes(center, kImageNetScaling, kInputSide, kInputSide, planes);
  auto outputs = session_->run({planes, {1, 3, kInputSide, kInputSide}});
  if (!outputs) return tl::unexpected(outputs.error());
  const inference::Tensor& output = outputs->front();
  if (output.values.size() != 4) {
    return base::fail(base::ErrorCode::kInternal, "The orientation model answered with an unexpected shape.");
  }
  std::array<double, 4> probabilities{};
  std::copy(output.values.begin(), output.values.end(), probabilities.begin());
  return probabilities;
}

}  // namespace medmark::vision
