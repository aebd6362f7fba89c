// The items of an Office page in reading order, without boxes around boxes: tables that only lay out a page are taken
// apart, text boxes opened, slides put in order by where their shapes stand.
//
// Pure function, thread-safe. Points of the page.
#pragma once

#include <vector>

#include "document/office_page.hpp"

namespace medmark::structure {

// A paragraph, table or picture.
struct PageItem {
  document::OfficeItem item;
  document::OfficePlace place = document::OfficePlace::kBody;
  base::Rect frame;  // of the shape or text box it stands in; empty where none is known
  bool starts_frame = false;
};

[[nodiscard]] std::vector<PageItem> items_in_order(const document::OfficePage& page);

// Boxes in reading order: bands from top to bottom, columns from left to right, whichever white gap is wider.
[[nodiscard]] std::vector<std::size_t> reading_order_of(const std::vector<base::Rect>& boxes);

}  // namespace medmark::structure
