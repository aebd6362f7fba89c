// What an input file says of a page by itself, before any model looks: characters, lines, pictures, and a rendering.
//
// Coordinates are PDF points, origin at the top left of the page as displayed (crop box and /Rotate applied; for a
// picture file, EXIF orientation applied and 72/dpi points a pixel). Values; pixels are owned. Thread-safe as values
// are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/geometry.hpp"
#include "document/page_evidence.hpp"

namespace medmark::input {

// How much of a page's text can be taken from the file itself.
enum class PageKind {
  kNative,   // all of it
  kScanned,  // none of it: recognise the whole picture
  kMixed,    // native text stands, but `recognise` regions must be read from the picture
};

struct NativePage {
  int index = 0;
  double width = 0;
  double height = 0;
  PageKind kind = PageKind::kNative;
  // Resolution of the page's own pixels, per 72 points: of a picture file, or of the picture that covers a scanned
  // page. 0 where the page has none; rendering above it adds nothing.
  double source_dpi = 0;
  std::vector<document::TextLine> lines;      // characters grouped on baselines, TextSource::kNative
  std::vector<document::RulingLine> rulings;  // strokes and thin filled rectangles
  std::vector<base::Rect> pictures;           // picture objects and dense vector drawings
  std::vector<base::Rect> recognise;          // mixed pages: where text must be read from pixels
  std::vector<base::Error> errors;            // what of the page could not be read
};

// 8-bit BGR pixels, row-major, no padding.
struct Picture {
  int width = 0;
  int height = 0;
  double dpi = 0;  // pixels per 72 points of the page as displayed
  std::vector<std::uint8_t> bgr;
  std::vector<base::Error> errors;  // what of the pixels could not be read (they are white or grey then)
};

}  // namespace medmark::input
