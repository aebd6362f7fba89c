// Whether a picture shows lines of text: a pasted scan, a screenshot, a letterhead; not a photograph, a chart or a bar
// code. A pure function, thread-safe.
#pragma once

#include <opencv2/core.hpp>

namespace medmark::input {

// Lengths are pixels at about 110 DPI, where a character of 10 pt is 15 pixels high.
struct PictureTextLimits {
  double least_light_share = 0.55;  // of pixels near the tone of the paper; photographs and dark images have less
  int least_paper_tone = 150;
  int ink_contrast = 55;  // darker than the paper by this much is ink
  int least_height = 3;   // of a piece of a character
  int most_height = 44;
  int most_width = 70;
  int join_gap = 13;          // between pieces of one line
  int least_line_pieces = 5;  // Chinese characters come in one to four pieces each
  double least_line_aspect = 2.5;
  double least_line_fill = 0.3;    // of the line's box by its pieces' boxes
  double most_bar_share = 0.5;     // of a line's pieces that are thin uprights: more is a bar code
  int least_lines = 4;             // of a picture that holds larger shapes too: frames, tables
  double least_cover = 0.05;       // of such a picture by its lines
  double least_plain_cover = 0.1;  // of a picture of nothing but text
};

// `grey`: 8 bits, one channel.
[[nodiscard]] bool shows_text(const cv::Mat& grey, const PictureTextLimits& limits = {});

}  // namespace medmark::input
