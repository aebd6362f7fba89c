// Where text stands on a page picture: PP-OCRv6 detection and the boxes drawn from its probability map (DB
// post-processing, Liao et al., "Real-time Scene Text Detection with Differentiable Binarization", AAAI 2020).
//
// Pixels of the given picture, origin top left. Immutable after creation, thread-safe. Fails as the session does.
#pragma once

#include <cstddef>
#include <memory>
#include <opencv2/core.hpp>
#include <semaphore>
#include <vector>

#include "base/error.hpp"
#include "base/geometry.hpp"
#include "inference/session.hpp"
#include "vision/written_area.hpp"

namespace medmark::vision {

struct TextBox {
  base::Quad quad{};  // its first side runs within 45 degrees of the horizontal
  double score = 0;   // mean probability inside, 0..1
};

struct TextDetectionOptions {
  // Long side given to the model. 1280 for an A4 sheet at 200 DPI: error 1.11 % at 960, 1.11 % at 1280, 1.24 % at full
  // size on clean pages, 1.76/1.71/1.94 % on degraded ones, and the fewest missed pieces at 1280.
  int long_side = 1280;
  // The figures that the model was published with.
  double pixel_threshold = 0.3;
  double box_threshold = 0.5;
  double unclip_ratio = 1.6;
  double least_side = 3;  // of the shrunken box, in pixels of the map
  double least_unclipped_side = 5;
  WrittenAreaOptions written_area;  // the model sees no more of the page
  // Detections that may run at once. One takes about 290 MB for a moment (1280 x 896), more than all else of a page
  // together; a page spends a quarter of its time there, so that half as many as threads costs nothing measurable.
  // >= 1.
  std::ptrdiff_t concurrent_runs = 1;
};

// The size a picture is stretched to for the model: long side at most `long_side` (never enlarged), sides multiples
// of 32.
[[nodiscard]] cv::Size detection_size(cv::Size picture, int long_side);

// The boxes of a probability map (CV_32F, 0..1), in pixels of a picture of size `picture` that was stretched to the
// map's. Ordered by rows from the top, then from the left.
[[nodiscard]] std::vector<TextBox> boxes_of_probability(const cv::Mat& probability, cv::Size picture,
                                                        const TextDetectionOptions& options);

class TextDetector {
 public:
  TextDetector(std::shared_ptr<const inference::Session> session, TextDetectionOptions options)
      : session_(std::move(session)),
        options_(options),
        free_runs_(std::make_shared<std::counting_semaphore<>>(options.concurrent_runs)) {}

  [[nodiscard]] base::Result<std::vector<TextBox>> detect(const cv::Mat& bgr) const;

 private:
  std::shared_ptr<const inference::Session> session_;
  TextDetectionOptions options_;
  std::shared_ptr<std::counting_semaphore<>> free_runs_;
};

}  // namespace medmark::vision
