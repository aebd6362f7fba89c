// The colours of a page at a coarse scale, and the inks that stand out of its paper: for finding seals
// (seal_shape.hpp).
//
// Pixels of the coarse plane; hues are degrees 0..360. Pure functions, thread-safe, no failures.
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

[[nodiscard]] ColourPlane measure_colour(const cv::Mat& bgr, double dpi);

// The chroma from which a pixel is coloured: over the noise of the page.
[[nodiscard]] double chroma_threshold(const cv::Mat& chroma);

// Peaks of the hues of coloured pixels, strongest first.
[[nodiscard]] std::vector<double> ink_hues(const ColourPlane& plane, double threshold);

// CV_8U, 255 where a pixel is coloured in a hue near `centre_hue`.
[[nodiscard]] cv::Mat ink_mask(const ColourPlane& plane, double threshold, double centre_hue);

}  // namespace medmark::image
