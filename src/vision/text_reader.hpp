// All text of a page picture: detection, cutting, recognition, and lines of characters out of them.
//
// Pictures are 8-bit BGR of the flat page; lines come back in points of it (pixel * 72 / dpi), origin top left.
// Immutable after creation, thread-safe. Fails as the sessions do.
#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "base/error.hpp"
#include "document/page_evidence.hpp"
#include "vision/arrow_marks.hpp"
#include "vision/mark_witness.hpp"
#include "vision/scripts.hpp"
#include "vision/text_detection.hpp"
#include "vision/text_recognition.hpp"

namespace medmark::vision {

struct TextReaderOptions {
  // A gap without ink wider than this many strip heights parts two lines: about 2.5 em of 10 point print.
  double least_gap = 1.5;
  // A piece wider than this is cut at its widest gap, so that memory stays bounded; in strip pixels, about 45 Chinese
  // characters.
  int widest_piece = 1600;
  // A box this much taller than wide may hold vertical text.
  double vertical_ratio = 2.0;
  // Pieces with a mean confidence below this hold no text (specks, parts of pictures).
  double least_confidence = 0.5;
  // What the detector did not see must be read this surely.
  double least_stray_confidence = 0.85;
  // An asterisk that stands alone in a column is read again among the marks it could be.
  double least_asterisk_confidence = 0.6;
};

class TextReader {
 public:
  TextReader(TextDetector detector, TextRecogniser recogniser, MarkWitness marks, TextReaderOptions options)
      : detector_(std::move(detector)),
        recogniser_(std::move(recogniser)),
        script_recogniser_(recogniser_.restricted_to(script_alphabet(), kScriptWidth)),
        arrow_recogniser_(recogniser_.restricted_to(arrow_alphabet(), kScriptWidth)),
        mark_recogniser_(recogniser_.restricted_to(U"*★+-±.·°:;'oxX", kScriptWidth)),
        mark_witness_(std::move(marks)),
        options_(options) {}

  // Lines in rows from the top, then from the left. `dpi` > 0.
  [[nodiscard]] base::Result<std::vector<document::TextLine>> read(const cv::Mat& bgr, double dpi) const;

 private:
  // Dashes and asterisks that stand alone in columns, as lines of one character.
  [[nodiscard]] base::Result<std::vector<document::TextLine>> column_marks(const cv::Mat& bgr,
                                                                           std::span<const TextBox> boxes,
                                                                           double points_per_pixel) const;

  static constexpr int kScriptWidth = 64;  // strip pixels that an arrow or a script of two digits is padded to

  TextDetector detector_;
  TextRecogniser recogniser_;
  TextRecogniser script_recogniser_;
  TextRecogniser arrow_recogniser_;
  TextRecogniser mark_recogniser_;
  MarkWitness mark_witness_;
  TextReaderOptions options_;
};

}  // namespace medmark::vision
