// The ways in which a page's tables are found, each a list of plans with scores; find_tables chooses among them.
//
// Points of the flat page. Pure functions over the page in `TableSearch`, thread-safe.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "document/page_evidence.hpp"
#include "structure/tables/page_words.hpp"
#include "structure/tables/ruling_set.hpp"
#include "structure/tables/table_plan.hpp"

namespace medmark::structure {

// What the searches share: the page, its words, its lines, and which of the words a table has taken already. Refers to
// the page, which must outlive it.
struct TableSearch {
  const document::PageEvidence& page;
  std::vector<Word> words;
  RulingSet rulings;
  RulingTolerance tolerance;
  std::vector<bool> taken;              // beside words
  std::vector<base::Rect> taken_boxes;  // of the tables found so far

  explicit TableSearch(const document::PageEvidence& evidence);
  // Words not taken yet whose lines lie (by the larger part) in `box`.
  [[nodiscard]] std::vector<std::size_t> free_words_in(const base::Rect& box) const;
  [[nodiscard]] std::vector<std::size_t> free_words() const;
  // Share of `box` that pictures cover.
  [[nodiscard]] double pictured_share(const base::Rect& box) const;
  // Confidence of the surest table region a layout model saw at `box`, by overlap; 0 for none.
  [[nodiscard]] double layout_support(const base::Rect& box) const;
  void take(const TablePlan& plan);
};

// The text of an entry of the page's words, with a space between words.
[[nodiscard]] std::u32string text_of(const TableSearch& search, const Entry& entry);

// Grids of drawn lines.
[[nodiscard]] std::vector<TablePlan> ruled_tables(const TableSearch& search);

// Text between horizontal lines of one width, without vertical ones: three-line tables and lists with a line a row.
[[nodiscard]] std::vector<TablePlan> rule_stack_tables(const TableSearch& search);

// Aligned text without lines.
[[nodiscard]] std::vector<TablePlan> borderless_tables(const TableSearch& search);

}  // namespace medmark::structure
