// Pages of Office files to blocks: the same blocks as those of a printed page, with what the file states (headings,
// lists, captions, tables) taken as stated and the rest (fields, headings that are merely bold) found as on paper.
//
// Boxes: of slides as the file states them, text within its shape estimated; of Word pages a layout in one column
// within the margins, estimated, and compressed where it would leave the page. Points of the page as displayed. Pure
// functions, thread-safe.
#pragma once

#include <cstddef>
#include <vector>

#include "document/office_page.hpp"
#include "structure/page.hpp"

namespace medmark::structure {

// PageBlocks::stated_levels: 1..9 is the level that a style or outline says; kTitleLevel is the style of the document's
// title; 0 is a heading found by its looks, or no heading.
inline constexpr int kTitleLevel = -1;

// A picture of the page, and the figure block that stands for it.
struct OfficeFigure {
  std::size_t block = 0;
  document::OfficePicture picture;
};

struct OfficePageBlocks {
  PageBlocks page;
  std::vector<OfficeFigure> figures;  // in the order of their blocks
};

[[nodiscard]] OfficePageBlocks analyse_office_page(const document::OfficePage& page);

// Puts what was read in a picture behind its figure, in place of it unless the figure has a caption. `read` is in
// points of the picture's own page (OfficePicture::page_width, turned and cropped as shown). False, and nothing is
// changed, where so little was read that the picture is a logo or a figure with labels.
[[nodiscard]] bool place_picture_text(OfficePageBlocks& page, std::size_t figure, PageBlocks read);

// Document-wide, pages in order: fields of headers and footers stay where they stand first or last, tables go on over
// page breaks, headings get their levels.
void settle_office_pages(std::vector<PageBlocks>& pages);

}  // namespace medmark::structure
