// The rows of one flow become titles, key-value pairs, list items and paragraphs.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <span>
#include <vector>

#include "document/page_evidence.hpp"
#include "structure/page.hpp"
#include "structure/page/fragments.hpp"
#include "structure/page/reading_order.hpp"

namespace medmark::structure {

struct PageText {
  const document::PageEvidence& page;
  std::span<const Fragment> fragments;
  std::span<const base::Rect> obstacles;
  std::span<const base::Rect> tables;
  std::vector<double> heading_sizes;  // see heading_sizes_of
  double body_size = 10;
  bool body_is_bold = false;
};

// A block with what later steps look at.
struct BuiltBlock {
  document::Block block;
  double font_size = 0;
  BlockShape shape;
};

// Blocks of the flow's text from top to bottom; its obstacles are not among them. `is_first` says that nothing of the
// running text stands before this flow.
[[nodiscard]] std::vector<BuiltBlock> blocks_of_flow(const PageText& text, const Flow& flow, bool is_first);

}  // namespace medmark::structure
