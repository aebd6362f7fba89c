// The plane of a page on its way to flat: a chain of turns, each found on the picture as the ones before leave it, kept
// as one map so that the pixels are resampled only once.
//
// Pixels are the source picture's, continuous: pixel i covers [i, i+1). Values and pure functions, thread-safe.
#pragma once

#include <opencv2/core.hpp>

#include "image/sheet.hpp"
#include "image/warp.hpp"

namespace medmark::image {

struct Plane {
  cv::Size2d size;        // in pixels of the source
  cv::Matx33d to_source;  // plane pixels to source pixels
  cv::Mat curl = {};      // as DisplacementField::down, in pixels of the plane
};

// The picture itself.
[[nodiscard]] Plane picture_plane(cv::Size size);

// A sheet seen from straight above.
[[nodiscard]] Plane sheet_plane(const Sheet& sheet);

// `plane` standing upright, where its content is turned clockwise by `turned` degrees (0, 90, 180, 270).
[[nodiscard]] Plane turned_upright(const Plane& plane, int turned);

// `plane` with lines level that run clockwise by `degrees`; large enough for all of the old one.
[[nodiscard]] Plane deskewed(const Plane& plane, double degrees);

// `source` as it lies on `plane`, with a long side of at most `long_side` pixels (never enlarged).
[[nodiscard]] cv::Mat reduced_onto(const Plane& plane, const cv::Mat& source, int long_side);

// A mask of one plane (any scale) as it lies on another of the same source, at the same scale.
[[nodiscard]] cv::Mat mask_moved(const cv::Mat& mask, const Plane& from, const Plane& to);

// The resampling of `plane` at `scale` flat pixels per plane pixel.
[[nodiscard]] FlatteningMap flattening_map(const Plane& plane, double scale);

}  // namespace medmark::image
