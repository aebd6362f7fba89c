// The characters of a PDF page as PDFium places them, and how far each can be believed.
//
// PDFium is confined to one thread of the process. Coordinates as displayed, points.
#pragma once

#include <fpdfview.h>

#include <vector>

#include "input/pdf/page_geometry.hpp"
#include "input/text_lines.hpp"

namespace medmark::input::pdf {

struct PageCharacters {
  std::vector<PlacedCharacter> trusted;     // spaces included
  std::vector<PlacedCharacter> distrusted;  // drawn, but what the file says they are is missing or a lie
  std::vector<PlacedCharacter> invisible;   // render modes 3 and 7: a text layer under (or over) a scan
};

[[nodiscard]] PageCharacters read_characters(FPDF_PAGE page, const PageGeometry& geometry);

}  // namespace medmark::input::pdf
