// Tables of one page: found, cut into cells, filled with the page's own lines of text.
//
// Pure functions over `document::PageEvidence` (points of the flat page); thread-safe; they cannot fail: what is not a
// table is left to the text around it, and a table whose witnesses disagree carries a lower confidence and
// `needs_review`.
#pragma once

#include <cstddef>
#include <vector>

#include "document/block.hpp"
#include "document/page_evidence.hpp"

namespace medmark::structure {

enum class TableStrategy { kFast, kAccurate };  // fast leaves the table structure model out

struct TableOptions {
  TableStrategy strategy = TableStrategy::kAccurate;
  double detection_threshold = 0.3;  // 0..1; lower finds more tables
};

struct FoundTable {
  document::Block block;           // type kTable, with `table` set
  std::vector<std::size_t> lines;  // indices into PageEvidence::lines whose text the table took, sorted
};

// Regions of the page where geometry alone is unsure of the cells, for a table structure model to look at (never with
// TableStrategy::kFast). Its answer goes into PageEvidence::tables before find_tables runs. Those that tell most come
// first; what would take the model longer than 120 ms a page in all is left to geometry.
[[nodiscard]] std::vector<base::Rect> regions_for_table_model(const document::PageEvidence& page,
                                                              const TableOptions& options);

[[nodiscard]] std::vector<FoundTable> find_tables(const document::PageEvidence& page, const TableOptions& options);

// Joins tables that go on over a page break, in a list of blocks in reading order whose page furniture (headers,
// footers, page numbers) stands as such. The continued table keeps its block and gets `parts`; the other part's block
// is removed.
void join_tables_across_pages(std::vector<document::Block>& blocks);

}  // namespace medmark::structure
