// A table of an Office file as a block's table: cells with text, every place of the grid covered. Pure, thread-safe.
#pragma once

#include "document/block.hpp"
#include "document/office_page.hpp"

namespace medmark::structure {

struct PlacedTable {
  document::Table table;
  base::Rect bbox;
  double font_size = 0;
};

// `place` gives left, right and top; where it has a height, rows share it. Cells that go on in the part of the next
// page keep a row_span beyond the last row; settle_office_pages joins or cuts them.
[[nodiscard]] PlacedTable table_block(const document::OfficeTable& table, int page, const base::Rect& place);

}  // namespace medmark::structure
