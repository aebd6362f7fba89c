// The shapes of seals in a coarse colour plane: the first half of separate_seals (seal.hpp). Pixels of the coarse
// plane.
//
// Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace medmark::image {

// A page reduced to about 66 DPI.
struct ColourPlane {
  cv::Mat chroma;           // CV_32F: (largest - smallest channel) / local paper brightness, paper tint taken out
  cv::Mat hue;              // CV_32F: degrees 0..360, meaningful where chroma is
  cv::Mat brightness;       // CV_32F: largest channel / local paper brightness
  cv::Mat paper;            // CV_32F: local paper brightness, 0..255
  cv::Vec3f tint{1, 1, 1};  // paper colour: BGR shares of the brightest channel
  double scale = 1;         // coarse pixels per page pixel
  double dpi = 66;          // of the plane
  bool is_colourless = true;
};

enum class SealShape { kRing, kFrame };

struct SealCandidate {
  SealShape shape = SealShape::kRing;
  std::vector<cv::Point> hull;  // convex outline
  cv::Rect box;
  double hue = 0;       // mean of the ink
  double coverage = 0;  // share of the outline that is drawn, 0..1
};

[[nodiscard]] ColourPlane measure_colour(const cv::Mat& bgr, double dpi);

// Seals of all hues, largest first, none inside another.
[[nodiscard]] std::vector<SealCandidate> find_seal_shapes(const ColourPlane& plane);

}  // namespace medmark::image
