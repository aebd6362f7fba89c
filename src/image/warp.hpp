// The one resampling from the page as displayed to the flat page, and the mapping that leads back.
//
// Pixel coordinates are continuous: pixel i covers [i, i+1). Values and pure functions, thread-safe.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "document/page_evidence.hpp"

namespace medmark::image {

// A smooth displacement over the flat page, in units of the flat page's own pixels, on a regular mesh of nodes that
// spans it. Empty: none.
struct DisplacementField {
  cv::Mat down;  // CV_32F, >= 2x2 nodes: how much further down the ink of a flat position stands on the uncurled plane
};

// Where the pixels of the flat page come from.
struct FlatteningMap {
  cv::Size flat_size;
  cv::Matx33d flat_to_source;  // homogeneous, pixels to pixels, applied after the displacement
  DisplacementField curl;

  [[nodiscard]] cv::Point2d source_of(cv::Point2d flat) const;
  [[nodiscard]] bool is_identity() const;
  [[nodiscard]] bool is_affine() const;
};

// Resamples once (linear; cubic where the page is enlarged; after averaging where it is much reduced). What lies
// outside of the source takes the colour `paper`.
[[nodiscard]] cv::Mat resample(const cv::Mat& source, const FlatteningMap& map, const cv::Scalar& paper);

// The same map in points, sampled on a mesh: 2x2 nodes where it is affine, 33x33 otherwise.
[[nodiscard]] document::PageMapping page_mapping(const FlatteningMap& map, double flat_dpi, double source_dpi);

}  // namespace medmark::image
