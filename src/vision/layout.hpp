// Regions of a page as the PicoDet-CDLA layout model sees them; one witness among others.
//
// Immutable after creation, thread-safe. Fails as the session does.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "base/error.hpp"
#include "document/page_evidence.hpp"
#include "inference/session.hpp"

namespace medmark::vision {

struct LayoutOptions {
  // Regions below are not reported. Low on purpose: the rules that use a witness weigh its confidence, and
  // --table_detection_threshold goes down to what a table scores here.
  double least_confidence = 0.25;
  double overlap = 0.5;  // of non-maximum suppression per class
};

inline constexpr const char* kLayoutWitness = "picodet-cdla";

// One level of the detector's pyramid, one row per cell in row-major order: scores of the classes, and four
// distributions over 8 distances (left, top, right, bottom).
struct LayoutLevel {
  int stride = 0;
  std::span<const float> scores;     // cells * 10
  std::span<const float> distances;  // cells * 32
};

// Regions in fractions of the page (0..1), most certain first. Exposed for tests.
[[nodiscard]] std::vector<document::LayoutRegion> decode_layout(std::span<const LayoutLevel> levels,
                                                                const LayoutOptions& options);

class LayoutDetector {
 public:
  LayoutDetector(std::shared_ptr<const inference::Session> session, LayoutOptions options)
      : session_(std::move(session)), options_(options) {}

  // `bgr`: 8-bit picture of the flat page; regions in points of it (pixel * 72 / dpi), `dpi` > 0.
  [[nodiscard]] base::Result<std::vector<document::LayoutRegion>> find(const cv::Mat& bgr, double dpi) const;

 private:
  std::shared_ptr<const inference::Session> session_;
  LayoutOptions options_;
};

}  // namespace medmark::vision
