// The picture objects of a PDF page: their boxes as figures, their resolution, and whether their pixels hold text.
//
// PDFium is confined to one thread of the process. Coordinates as displayed, points.
#pragma once

#include <span>
#include <vector>

#include "base/geometry.hpp"
#include "input/pdf/drawings.hpp"

namespace medmark::input::pdf {

// Pictures and vector drawings as figures: strips of one picture joined, bullets left out.
[[nodiscard]] std::vector<base::Rect> picture_boxes(const Drawings& drawings, const DrawingLimits& limits = {});

// Pixels per 72 points of the finest picture of a page that is covered by at least one; 0 where none covers half of
// `page`. Scans come as one picture, as strips, or as a coarse ground with a fine mask of the text on it.
[[nodiscard]] double scan_dpi(std::span<const PictureObject> pictures, const base::Rect& page);

// Those of `pictures` whose pixels look like lines of text: pasted scans, screenshots, letterheads. The page is
// rendered once, small, and `characters` (what the file's own text covers) are painted out before.
[[nodiscard]] std::vector<base::Rect> pictures_with_text(FPDF_PAGE page, const PageGeometry& geometry,
                                                         std::span<const base::Rect> pictures,
                                                         std::span<const base::Rect> characters);

}  // namespace medmark::input::pdf
