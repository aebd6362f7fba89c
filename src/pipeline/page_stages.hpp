// The stages of one page: decode, make upright and clean, read, find structure, cut figures.
//
// Pure but for the decoder behind `PageSource`; thread-safe for different pages.
#pragma once

#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

#include "base/error.hpp"
#include "decoder/decoder.hpp"
#include "document/document.hpp"
#include "pipeline/options.hpp"
#include "pipeline/stage_timer.hpp"
#include "structure/page.hpp"
#include "vision/vision.hpp"

namespace medmark::pipeline {

// A page of an opened file. A decoder serves one thread at a time, so pages of one file take turns here (10 to 30 ms
// each, beside a second of recognition). Thread-safe.
class PageSource {
 public:
  explicit PageSource(std::unique_ptr<decoder::Decoder> decoder) : decoder_(std::move(decoder)) {}

  [[nodiscard]] const decoder::DocumentInfo& document() const { return decoder_->document(); }
  [[nodiscard]] base::Result<input::NativePage> page(int index);
  [[nodiscard]] base::Result<input::Picture> render(int index, double dpi);
  // Of Office files; see decoder::Decoder.
  [[nodiscard]] base::Result<document::OfficePage> office_page(int index);
  [[nodiscard]] base::Result<input::Picture> render_office_picture(int picture, double dpi);

 private:
  std::mutex mutex_;
  std::unique_ptr<decoder::Decoder> decoder_;
};

struct PageOutcome {
  document::Page page;
  structure::PageBlocks blocks;
  std::vector<document::Asset> figures;
};

// What stands in a picture by itself: blocks in points of the picture, as displayed.
struct PictureReading {
  structure::PageBlocks blocks;
  std::vector<document::Asset> figures;
  std::vector<base::Error> errors;
};

// Reads a picture as a scanned page is read. `page_index` goes into the blocks.
[[nodiscard]] PictureReading read_picture(const input::Picture& picture, int page_index, const vision::Vision& vision,
                                          const ParseOptions& options, StageTimer& timer);

// Page `index` of the file, which becomes page `index_in_document`. Never fails as a whole: what went wrong stands in
// `page.errors`.
[[nodiscard]] PageOutcome process_page(PageSource& source, int index, int index_in_document,
                                       const vision::Vision& vision, const ParseOptions& options,
                                       const std::stop_token& stop);

}  // namespace medmark::pipeline
