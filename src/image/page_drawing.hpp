// Pages drawn for the tests of this room: rows of words, ruling lines, a desk around a sheet.
#pragma once

#include <array>
#include <opencv2/core.hpp>

namespace medmark::image::testing {

// A white BGR page with rows of Latin words and numbers in black, as a report has them: a heading, paragraphs of
// unequal lines, a table with values.
[[nodiscard]] cv::Mat drawn_page(cv::Size size = {1240, 1754});

// `page` turned clockwise by `degrees` about its middle, white where it was not.
[[nodiscard]] cv::Mat turned(const cv::Mat& page, double degrees);

// `page` bent: every column moved down by `depth` pixels times a half wave across the page.
[[nodiscard]] cv::Mat bent(const cv::Mat& page, double depth);

// `page` photographed so that its corners (top left, top right, bottom right, bottom left) lie at `corners` of a
// picture of `size` on a desk of `desk` colour, with light falling off to the right and noise.
[[nodiscard]] cv::Mat photographed(const cv::Mat& page, const std::array<cv::Point2f, 4>& corners, cv::Size size,
                                   const cv::Scalar& desk);

// Adds normal noise of `sigma` grey levels, always the same.
void add_noise(cv::Mat& picture, double sigma);

}  // namespace medmark::image::testing
