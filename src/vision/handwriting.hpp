// Handwriting on a printed page: a number corrected by hand, a ring, a tick, a signature, a note; told from print by
// its ink, its strokes and how it stands to the print around.
//
// Only a pen of another colour than the page's print is found. Print in colour stays print: a line of it stands level
// with its row, is read surely and keeps its distance from other print. Boxes are points of the flat page.
// Pure functions but for the reading that is handed in; thread-safe. Fails as that reading does.
#pragma once

#include <functional>
#include <opencv2/core.hpp>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/geometry.hpp"
#include "document/page_evidence.hpp"

namespace medmark::vision {

struct HandwritingSeparation {
  cv::Mat without;                            // BGR; shares pixels with the input where nothing was found
  std::vector<document::Region> handwriting;  // RegionKind::kHandwriting, with text where it reads as some
  std::vector<base::Rect> touched;            // where handwriting and print touch: what is read there is in doubt
};

struct WordReading {
  std::string text;       // UTF-8
  double confidence = 0;  // 0..1
};

// Reads a picture of one word or line, black on white.
using ReadWord = std::function<base::Result<WordReading>(const cv::Mat&)>;

// `known`: seals and pictures of the page, where coloured ink is something else. `dpi` > 0.
[[nodiscard]] base::Result<HandwritingSeparation> separate_handwriting(const cv::Mat& flat_bgr, double dpi,
                                                                       std::span<const document::Region> known,
                                                                       const ReadWord& read);

}  // namespace medmark::vision
