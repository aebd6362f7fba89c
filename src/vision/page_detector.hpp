// Regions of a page as medmark's own detector sees them (training/page_detector): a witness like vision/layout, five
// times as fast, trained on medical reports and on what scanners, faxes and phones do to them.
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

struct PageDetectorOptions {
  double least_confidence = 0.25;  // regions below are not reported
  double overlap = 0.5;            // of non-maximum suppression per class
};

inline constexpr const char* kPageDetectorWitness = "medmark-page-detector";

// Regions in pixels of the input, most certain first. `rows` holds, cell by cell of the grids at strides 8, 16 and 32
// (row-major) over an input of `size`, the distances of a region's left, top, right and bottom from the cell's centre
// in pixels and then a score for each of `classes`; empty where that many values are not there. Exposed for tests.
[[nodiscard]] std::vector<document::LayoutRegion> decode_page_regions(std::span<const float> rows, cv::Size size,
                                                                      std::span<const document::BlockType> classes,
                                                                      const PageDetectorOptions& options);

class PageDetector {
 public:
  // The classes stand in the model file. Fails with `internal` where it names one that there is not.
  [[nodiscard]] static base::Result<PageDetector> create(std::shared_ptr<const inference::Session> session,
                                                         PageDetectorOptions options);

  // `bgr`: 8-bit picture of the flat page, seals and all; regions in points of it (pixel * 72 / dpi), `dpi` > 0.
  [[nodiscard]] base::Result<std::vector<document::LayoutRegion>> find(const cv::Mat& bgr, double dpi) const;

 private:
  PageDetector(std::shared_ptr<const inference::Session> session, std::vector<document::BlockType> classes,
               PageDetectorOptions options)
      : session_(std::move(session)), classes_(std::move(classes)), options_(options) {}

  std::shared_ptr<const inference::Session> session_;
  std::vector<document::BlockType> classes_;
  PageDetectorOptions options_;
};

}  // namespace medmark::vision
