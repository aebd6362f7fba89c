// From the evidence of a page to its blocks, and from the blocks of all pages to the document's.
//
// Pure functions; thread-safe. Block boxes are points of the page as displayed (flat_to_page applied here, last).
#pragma once

#include <span>
#include <vector>

#include "document/block.hpp"
#include "document/formula_hypothesis.hpp"
#include "document/page_evidence.hpp"
#include "structure/tables/tables.hpp"

namespace medmark::structure {

struct StructureOptions {
  TableOptions tables;
};

// How a block's first and last printed lines stand in their column: whether a paragraph may go on from one to the
// other.
struct BlockShape {
  bool starts_indented = false;
  bool ends_full = false;  // the last line reaches the column's end
};

// What later pages need of a page: its blocks in reading order with what the document-wide steps look at. Small: the
// characters are gone, so that a file of 700 pages fits.
struct PageBlocks {
  int index = 0;
  double width = 0;  // of the page as displayed, points
  double height = 0;
  std::vector<document::Block> blocks;  // ids and order not given yet
  std::vector<double> font_sizes;       // beside each block: its text's size in points
  std::vector<BlockShape> shapes;       // beside each block
  std::vector<base::Rect> flat_boxes;   // beside each block: its box on the flat page; empty where there is none
  bool size_is_exact = false;           // sizes come from fonts, not from the height of ink
  // Of a page of an Office file (structure/office); other pages leave these as they are.
  bool is_office = false;
  bool is_slide = false;
  std::vector<int> stated_levels;  // beside each block: what the file says of a heading, see office.hpp
  int page_in_file = 0;            // from 0, whichever pages are read
  bool continues_table = false;    // the first table goes on with the last one of the file's page before
};

// `seen`: what the formula model saw of formulas that an earlier analysis of the page left without LaTeX.
[[nodiscard]] PageBlocks analyse_page(const document::PageEvidence& page, const StructureOptions& options,
                                      std::span<const document::FormulaHypothesis> seen = {});

// Document-wide: running headers and footers, heading levels, paragraphs and tables over page breaks, ids and order.
[[nodiscard]] std::vector<document::Block> assemble(std::vector<PageBlocks> pages,
                                                    const std::vector<document::OutlineEntry>& outline);

}  // namespace medmark::structure
