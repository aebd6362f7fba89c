// What a PDF page draws besides text: ruling lines, picture objects, vector drawings; through form XObjects.
//
// PDFium is confined to one thread of the process. Coordinates as displayed, points.
#pragma once

#include <fpdfview.h>

#include <vector>

#include "document/page_evidence.hpp"
#include "input/pdf/page_geometry.hpp"

namespace medmark::input::pdf {

struct PictureObject {
  base::Rect box;                    // clipped to the page
  Matrix to_display;                 // of the picture's unit square, y upwards
  FPDF_PAGEOBJECT object = nullptr;  // valid while the page is open
};

struct Drawings {
  std::vector<document::RulingLine> rulings;
  std::vector<PictureObject> pictures;  // as drawn: scanners cut a page into strips
  std::vector<base::Rect> vector_drawings;
  int glyph_like_shapes = 0;  // small filled shapes with curves: text that was turned into outlines
  bool has_any = false;       // anything is drawn at all
};

struct DrawingLimits {
  double thin = 3;                 // a filled rectangle at most this thick (points) is a line
  double least_length = 5;         // of a ruling line
  double join_gap = 1.5;           // between pieces of one dashed or cell-wise drawn line
  double least_picture_side = 6;   // smaller pictures are bullets and tick marks
  double drawing_gap = 6;          // strokes nearer than this belong to one drawing
  double least_drawing_side = 30;  // of a vector drawing that counts as a picture
  int least_drawing_strokes = 12;  // curves and slanted strokes in it
  int ground_weight = 10;          // a dark filled ground under a drawing counts as so many strokes
  double glyph_least = 3;          // height of an outlined glyph
  double glyph_most = 40;
};

[[nodiscard]] Drawings read_drawings(FPDF_PAGE page, const PageGeometry& geometry, const DrawingLimits& limits = {});

}  // namespace medmark::input::pdf
