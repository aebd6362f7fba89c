// A page picture becomes upright, flat and clean.
//
// Pixels: 8-bit BGR, origin at the top left. Points: 1/72 inch of the page as displayed. Pure apart from the classifier
// handed in (called from the calling thread); several pages may be prepared at once. Never fails: a picture in which
// nothing is recognised comes back as it is, with the identity mapping.
#pragma once

#include <opencv2/core.hpp>

#include "document/page_evidence.hpp"
#include "image/orientation.hpp"

namespace medmark::image {

struct PrepareOptions {
  bool find_sheet = true;        // look for a sheet photographed on a background
  bool find_orientation = true;  // quarter turns
  bool find_skew = true;
  bool find_curl = true;
  int longest_side = 3600;   // pixels; larger pictures are reduced to it
  int enlarge_below = 1500;  // pixels; smaller pictures are enlarged to it, at most twofold: their text is too small
};

struct PreparedPage {
  cv::Mat flat;    // BGR, the original's colours: upright and flattened. Figures are cut from it
  cv::Mat clean;   // BGR, same geometry: light evened, contrast stretched, noise removed. For recognition
  double dpi = 0;  // pixels of `flat` per 72 points of the flat page
  document::PageMapping flat_to_page;  // points of the flat page to points of the page as displayed
  int rotation = 0;                // the picture was turned clockwise by this much to stand upright: 0, 90, 180, 270
  double rotation_confidence = 0;  // 0..1
  double skew_deg = 0;             // clockwise degrees by which the upright page's text lines were turned
  bool is_photograph = false;      // a sheet was found on a background
  bool is_bilevel = false;         // black and white only: fax, 1-bit scan
  bool is_curled = false;          // bent lines were straightened
};

// `bgr` (not empty) is the page as displayed at `dpi` pixels per 72 points.
[[nodiscard]] PreparedPage prepare(const cv::Mat& bgr, double dpi, const OrientationClassifier& classify,
                                   const PrepareOptions& options = {});

}  // namespace medmark::image
