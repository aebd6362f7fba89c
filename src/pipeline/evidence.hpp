// Gathers the evidence of a page: from the file's own characters, from its picture, or from both.
//
// Thread-safe for different pages. Failures of single steps are added to `errors` and the rest goes on.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "base/error.hpp"
#include "document/page_evidence.hpp"
#include "input/page.hpp"
#include "pipeline/options.hpp"
#include "pipeline/stage_timer.hpp"
#include "vision/vision.hpp"

namespace medmark::pipeline {

// Lasts beyond the picture it was gathered from.
struct GatheredEvidence {
  document::PageEvidence page;
  cv::Mat picture;  // BGR, of the flat page, original colours: figures are cut from it. Empty where none was needed
  cv::Mat clean;    // BGR, of the flat page, for the table model. Empty where none was needed
  double picture_dpi = 0;  // pixels of both per 72 points of the flat page
  int rotation = 0;
  double skew_deg = 0;
  std::vector<base::Error> errors;
};

// A page whose text stands in the file.
[[nodiscard]] GatheredEvidence native_evidence(const input::NativePage& page);

// A page to be read from its picture.
[[nodiscard]] GatheredEvidence scanned_evidence(const input::NativePage& page, const input::Picture& picture,
                                                const vision::Vision& vision, StageTimer& timer);

// A native page with regions that must be read from its picture.
[[nodiscard]] GatheredEvidence mixed_evidence(const input::NativePage& page, const input::Picture& picture,
                                              const vision::Vision& vision, StageTimer& timer);

}  // namespace medmark::pipeline
