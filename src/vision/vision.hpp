// Everything the models see on a page picture: text, regions, tables, which way is up.
//
// Pictures are 8-bit BGR (grey is accepted) of the flat page; results are points of it (pixel * 72 / dpi), origin top
// left. One object serves any number of threads at once; the models are loaded when they are first asked for, once per
// process. Failures: `model_missing`, `model_corrupt`, `device_unavailable`, `internal`.
#pragma once

#include <array>
#include <memory>
#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "base/error.hpp"
#include "document/formula_hypothesis.hpp"
#include "document/page_evidence.hpp"
#include "inference/runtime.hpp"
#include "vision/ctc_decoder.hpp"
#include "vision/handwriting.hpp"

namespace medmark::vision {

// Which model says where the regions of a page are.
enum class LayoutWitness { kPicoDet, kPageDetector };

struct VisionOptions {
  Language language = Language::kMixed;
  int batch_size = 0;  // of text recognition; 0: what suits the device
  LayoutWitness layout = LayoutWitness::kPicoDet;
};

class Vision {
 public:
  // Loads nothing yet.
  Vision(std::shared_ptr<inference::Runtime> runtime, const VisionOptions& options);
  Vision(const Vision&) = delete;
  Vision& operator=(const Vision&) = delete;
  ~Vision();

  // Loads the models that reading a scanned page needs, so that the first page is not slower than the next.
  [[nodiscard]] base::Result<void> warm_up() const;

  // Lines of text in rows from the top, then from the left.
  [[nodiscard]] base::Result<std::vector<document::TextLine>> read_text(const cv::Mat& flat_bgr, double dpi) const;

  // Lines of text within one region of the page (points), for pages whose other text is native.
  [[nodiscard]] base::Result<std::vector<document::TextLine>> read_text(const cv::Mat& flat_bgr, double dpi,
                                                                        const base::Rect& region) const;

  // What was written by hand, and the page without it; see vision/handwriting. Reads only where a pen of another
  // colour may have written. `known`: seals and pictures.
  [[nodiscard]] base::Result<HandwritingSeparation> separate_handwriting(const cv::Mat& flat_bgr, double dpi,
                                                                         std::span<const document::Region> known) const;

  // What a pen drew in black on a page that was read (see vision/black_marks): the marks go to `page.regions`, their
  // ink, where it meets no print, off `clean` (which is copied where there are any), and the lines they stand on are
  // read again.
  [[nodiscard]] base::Result<void> take_black_marks(cv::Mat& clean, double dpi, document::PageEvidence& page) const;

  // Regions as the layout model sees them, named as witness. `clean` is the page without seals and shades;
  // medmark's own detector looks at `flat_bgr`, the page as it came, of the same size.
  [[nodiscard]] base::Result<std::vector<document::LayoutRegion>> find_layout(const cv::Mat& clean,
                                                                              const cv::Mat& flat_bgr,
                                                                              double dpi) const;

  // The cells of the table that fills `region` (points). Empty (no cells) where the model sees none.
  [[nodiscard]] base::Result<document::TableHypothesis> read_table(const cv::Mat& flat_bgr, double dpi,
                                                                   const base::Rect& region) const;

  // The signs of the formula in `region` (points), whose text is `size` points large. Empty (no signs) where the model
  // sees none.
  [[nodiscard]] base::Result<document::FormulaHypothesis> read_formula(const cv::Mat& flat_bgr, double dpi,
                                                                       const base::Rect& region, double size) const;

  // Probabilities that a crop of a page was turned clockwise by 0, 90, 180, 270 degrees.
  [[nodiscard]] base::Result<std::array<double, 4>> orientation(const cv::Mat& crop) const;

 private:
  class Models;
  std::unique_ptr<Models> models_;
};

}  // namespace medmark::vision
