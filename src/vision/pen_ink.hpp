// Ink of a pen on a printed page, told by its colour from the black of the print: groups of strokes, and the page
// without them.
//
// A page printed in colour as a whole has no such ink: what counts is the difference to the print around. Works on a
// reduced picture (about 100 DPI of A4); boxes are pixels of the page given. Internal to this room. Pure functions,
// thread-safe, no failures; a page without colour costs the reduction only.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace medmark::vision {

// The inks of a page, reduced.
struct PageInk {
  double scale = 1;  // reduced pixels per pixel of the page
  double em = 0;     // of the print, reduced pixels; 0 where there is hardly any
  cv::Mat share;     // CV_8UC3: pixels over local paper, 255 is paper
  cv::Mat paper;     // CV_8UC3: local paper
  cv::Mat ink;       // CV_8U: thin dark marks of any colour
  cv::Mat coloured;  // CV_8U: those in a colour that the print does not have; empty where there are none
};

[[nodiscard]] PageInk measure_page_ink(const cv::Mat& bgr);

// Strokes near each other in one colour.
struct InkGroup {
  cv::Rect box;           // reduced pixels
  cv::Mat mask;           // CV_8U of the box: 255 on the ink
  cv::Vec3f colour;       // BGR over paper, 0..1, of the ink where it covers
  double chroma = 0;      // of that colour, 0..1
  int area = 0;           // pixels of the mask
  int touching = 0;       // pixels of the mask that black print or a ruling line touches
  int covered_print = 0;  // black pixels inside its box
};

// Two groups as one, of the colour of the larger.
[[nodiscard]] InkGroup united(const InkGroup& a, const InkGroup& b);

// CV_8U of the page's reduced size: print and rules, without coloured ink.
[[nodiscard]] cv::Mat black_ink(const PageInk& page);

[[nodiscard]] std::vector<InkGroup> coloured_groups(const PageInk& page);

// Takes the ink of `groups` away from `page_bgr` (in place); print under it stays.
void take_ink_away(cv::Mat& page_bgr, const PageInk& page, const std::vector<InkGroup>& groups);

// The ink of one group alone, black on white: its box with `margin` reduced pixels around, at the page's scale.
[[nodiscard]] cv::Mat ink_alone(const cv::Mat& page_bgr, const PageInk& page, const InkGroup& group, int margin);

}  // namespace medmark::vision
