// From what a strip says to a line of the document: where each character stands, and how large the print is.
//
// Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "document/page_evidence.hpp"
#include "vision/text_recognition.hpp"
#include "vision/text_strip.hpp"

namespace medmark::vision {

// The place of one character in strip pixels.
struct CharacterPlace {
  double begin = 0;  // columns [begin, end); a space takes the gap between its neighbours
  double end = 0;
  Span ink_columns;  // of its ink; empty where it has none
  Span ink_rows;
};

// One place per character, left to right without overlap. The model only tells each character's centre to about 8
// pixels, so the borders between characters are drawn where the ink is thinnest between two centres.
[[nodiscard]] std::vector<CharacterPlace> place_characters(const cv::Mat& ink,
                                                           const std::vector<RecognisedCharacter>& characters);

// The em of the print in strip pixels, from the heights of characters whose share of the em is known; 0 where none is.
[[nodiscard]] double em_height(const std::vector<RecognisedCharacter>& characters,
                               const std::vector<CharacterPlace>& places);

// A line of the document in points of the page (pixel * points_per_pixel).
[[nodiscard]] document::TextLine line_of(const TextStrip& strip, const cv::Mat& ink, const Reading& reading,
                                         double points_per_pixel);

}  // namespace medmark::vision
