// Projecting ink along a direction: the measure under skew, quarter turns and curl.
//
// Text lines seen along their own direction fall into full and empty rows; the sharper the rows, the better the
// direction. Positions are pixels of the ink map, relative to the centre handed in. Values and pure functions,
// thread-safe.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace medmark::image {

enum class ProjectionAxis {
  kRows,     // text lines run across
  kColumns,  // text lines run down
};

struct InkPoint {
  float along = 0;   // along the text line
  float across = 0;  // across it
};

// The ink of a mask, thinned out evenly to about `most_points`, relative to the middle of the mask.
[[nodiscard]] std::vector<InkPoint> ink_points(const cv::Mat& ink, ProjectionAxis axis, int most_points);

// Sum of the squared differences of neighbouring rows of `bin` pixels, divided by what evenly strewn ink would give
// (so 1 means no rows at all). `rows` is working memory. Lines turned clockwise by `degrees` are level in it.
[[nodiscard]] double row_sharpness(const std::vector<InkPoint>& points, double degrees, double bin,
                                   std::vector<float>& rows);

}  // namespace medmark::image
