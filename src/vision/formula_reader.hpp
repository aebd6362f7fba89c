// Reads the picture of a display formula: which signs stand where, and whether the text recogniser agrees.
//
// The model (training/formula) sees signs and places, never a text: it cannot complete a formula that it knows. What it
// names is held against the text recogniser, which reads every row of signs again by itself, without its neighbours: a
// row is confirmed where both name the same digits, points, signs, letters and as many Chinese characters (which those
// are only the recogniser knows). Immutable, thread-safe. Fails as the sessions do; `create` with `model_corrupt`
// where the model names no signs.
#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "document/formula_hypothesis.hpp"
#include "inference/session.hpp"
#include "vision/formula_cells.hpp"
#include "vision/handwriting.hpp"

namespace medmark::vision {

class FormulaReader {
 public:
  [[nodiscard]] static base::Result<FormulaReader> create(std::shared_ptr<const inference::Session> session);

  // `crop`: grey or BGR, dark print on light paper, one formula with a little room around; `em`: the size of its text
  // in pixels, roughly. Boxes of the answer are pixels of the crop. Empty (no signs) where nothing was seen.
  [[nodiscard]] base::Result<document::FormulaHypothesis> read(const cv::Mat& crop, double em,
                                                               const ReadWord& read_word) const;

 private:
  FormulaReader(std::shared_ptr<const inference::Session> session, std::u32string signs);

  // `factor`: pixels of the model's picture per pixel of the crop.
  [[nodiscard]] base::Result<SeenFormula> look(const cv::Mat& grey, double factor) const;
  [[nodiscard]] document::FormulaHypothesis hypothesis_of(const SeenFormula& seen, const cv::Mat& crop) const;

  std::shared_ptr<const inference::Session> session_;
  std::u32string
      signs_;  // of the model's list: nothing, the bar, the radical, the 3 of a cube root, Han; then the rest
};

}  // namespace medmark::vision
