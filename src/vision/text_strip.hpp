// A line of text cut out of the page and laid flat: the recogniser's input, and where its pixels came from.
//
// A strip is kStripHeight pixels high, text running to the right. Pure functions, thread-safe, no failures.
#pragma once

#include <cmath>
#include <opencv2/core.hpp>
#include <vector>

#include "base/geometry.hpp"

namespace medmark::vision {

inline constexpr int kStripHeight = 48;  // the recognition model's own

// Pixels [begin, end).
struct Span {
  int begin = 0;
  int end = 0;
  [[nodiscard]] int length() const { return end - begin; }
  friend bool operator==(const Span&, const Span&) = default;
};

struct TextStrip {
  cv::Mat pixels;  // BGR, kStripHeight rows
  // Where a strip pixel stands on the page: origin + x * along + y * across (page pixels).
  base::Point origin;
  base::Point along;
  base::Point across;

  [[nodiscard]] base::Point to_page(double x, double y) const {
    return {origin.x + x * along.x + y * across.x, origin.y + x * along.y + y * across.y};
  }
  [[nodiscard]] base::Quad to_page(const base::Rect& strip_rect) const;
  // Page pixels per strip pixel.
  [[nodiscard]] double scale() const { return std::hypot(across.x, across.y); }
};

// Cuts `quad` (page pixels, corners in reading order) out of `page`.
[[nodiscard]] TextStrip cut_strip(const cv::Mat& page_bgr, const base::Quad& quad);

// The columns [span) of a strip as a strip of its own.
[[nodiscard]] TextStrip cut_columns(const TextStrip& strip, Span columns);

// Dark-on-light (or light-on-dark) marks of a strip: CV_8U, 255 on ink. Long horizontal lines (a form's underline, a
// table's rule caught at the edge) and full-height vertical rules are left out. Empty strips and strips without
// contrast give all 0.
// `level`: where between paper (0) and the darkest ink (1) ink begins; lower keeps faint strokes and joins close ones.
[[nodiscard]] cv::Mat strip_ink(const cv::Mat& strip_bgr, double level = 0.5);

// A box of a strip cut out of the page alone and enlarged to the size of print, without its neighbours, on paper of its
// own colour: for reading one character again. `least_height` (strip pixels): flatter boxes are cut with paper around.
[[nodiscard]] TextStrip cut_alone(const cv::Mat& page_bgr, const TextStrip& strip, const cv::Mat& ink,
                                  const cv::Rect& box, double least_height);

// Runs of columns that hold ink, with gaps of less than `least_gap` columns closed.
[[nodiscard]] std::vector<Span> inked_columns(const cv::Mat& ink, int least_gap);
[[nodiscard]] std::vector<Span> inked_rows(const cv::Mat& ink, int least_gap);

}  // namespace medmark::vision
