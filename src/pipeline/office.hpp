// The stages of a page of an Office file: what the file says, the pictures in it, and OCR for those that show text.
//
// Pure but for the decoder behind `PageSource`; thread-safe for different pages.
#pragma once

#include <stop_token>

#include "pipeline/options.hpp"
#include "pipeline/page_stages.hpp"
#include "vision/vision.hpp"

namespace medmark::pipeline {

// As process_page, for a source whose document is an Office file. No model is loaded where no picture shows text.
[[nodiscard]] PageOutcome process_office_page(PageSource& source, int index, int index_in_document,
                                              const vision::Vision& vision, const ParseOptions& options,
                                              const std::stop_token& stop);

}  // namespace medmark::pipeline
