// The grid of a Word table: spans in both directions put together, columns that only the drawing program knows left
// out. A pure function, thread-safe.
#pragma once

#include <vector>

#include "document/office_page.hpp"
#include "input/office/limits.hpp"

namespace medmark::input::office {

enum class VerticalMerge { kNone, kRestart, kContinue };

// A cell as its row names it.
struct DocxCell {
  int column = 0;
  int span = 1;
  VerticalMerge merge = VerticalMerge::kNone;
  std::vector<document::OfficeItem> items;
};
using DocxRow = std::vector<DocxCell>;

struct GridOfRows {
  document::OfficeTable table;
  bool is_cut = false;  // at the limit of columns or of cells
};

inline constexpr const char* kTableCut = "A table has more cells or columns than are read; the others were left out.";

// `column_widths` (points) may be empty.
[[nodiscard]] GridOfRows table_of_rows(std::vector<DocxRow> rows, std::vector<double> column_widths,
                                       const OfficeLimits& limits);

}  // namespace medmark::input::office
