// The characters of a PDF page as PDFium places them, and how far each can be believed.
//
// PDFium is confined to one thread of the process. Coordinates as displayed, points.
#pragma once

#include <fpdfview.h>

#include <vector>

#include "input/pdf/page_geometry.hpp"
#include "input/text_lines.hpp"

namespace medmark::input::pdf {

// What stands for a character that is drawn, but of which the file says nothing or lies.
inline constexpr char32_t kDistrusted = 0xFFFD;

// More are not read; a page of 4 pt text holds 40,000.
inline constexpr std::size_t kMaxCharacters = 300'000;

// The visible characters, spaces and kDistrusted included. Text that is laid invisibly under or over a scan (render
// modes 3 and 7) is left out: it is some other program's recognition.
[[nodiscard]] std::vector<PlacedCharacter> read_characters(FPDF_PAGE page, const PageGeometry& geometry);

}  // namespace medmark::input::pdf
