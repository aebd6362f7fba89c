// Figures of a document that is to be de-identified: what is written inside their pictures, and covering it.
//
// The pictures are PNG files of our own making. Thread-safe for different documents.
#pragma once

#include <vector>

#include "base/geometry.hpp"
#include "document/document.hpp"
#include "vision/vision.hpp"

namespace medmark::pipeline {

// Reads the text inside every figure into its asset's `lines`. A picture that cannot be read is left without its
// pixels: nobody knows what it shows.
void read_figures(document::Document& document, const vision::Vision& vision);

// Covers `figure_places` (beside document.assets, pixels) in the figures, and forgets their lines.
void cover_figures(document::Document& document, const std::vector<std::vector<base::Rect>>& figure_places);

}  // namespace medmark::pipeline
