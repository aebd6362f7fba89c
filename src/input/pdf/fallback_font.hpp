// The font that PDFium draws Chinese text with where a file embeds none. Handed in as bytes: the process may open no
// files.
//
// Global state of PDFium's: one registration a process, on PDFium's thread.
#pragma once

#include <cstdint>
#include <span>

namespace medmark::input::pdf {

// Starts PDFium (once) with `font` as its only system font. The bytes must live as long as the process uses PDFium. The
// 14 standard fonts are built into PDFium.
void start_pdfium(std::span<const std::uint8_t> font);

}  // namespace medmark::input::pdf
