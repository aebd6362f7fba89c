// The text lines of a page that take part in its running text, cleaned of doubles, and the visual rows they stand in.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "document/page_evidence.hpp"
#include "structure/text/line_text.hpp"

namespace medmark::structure {

// One text line with its text written out.
struct Fragment {
  std::size_t line = 0;  // index into PageEvidence::lines
  base::Rect bbox;
  double size = 0;  // points
  bool is_bold = false;
  double confidence = 1;
  document::TextSource source = document::TextSource::kNative;
  RunText content;
  std::u32string text;  // of `content`
};

// Fragments of the lines not marked in `taken`; empty lines and second readings of the same place are left out.
[[nodiscard]] std::vector<Fragment> fragments_of(const document::PageEvidence& page, const std::vector<bool>& taken);

// Fragments on one baseline, from left to right. Indices into the page's fragments.
struct Row {
  std::vector<std::size_t> fragments;
  base::Rect bbox;
  double size = 0;  // of the longest fragment
};

// Groups the fragments at `indices` into rows, from top to bottom. A neighbour's height decides, not the row's, so that
// a slight slant or curl does not break rows.
[[nodiscard]] std::vector<Row> rows_of(std::span<const Fragment> fragments, std::span<const std::size_t> indices);

// A title and the small print beside it on its line (报告单    编号：0881) as rows of their own, the larger first; the
// row alone where its print is of one size.
[[nodiscard]] std::vector<Row> parted_by_size(std::span<const Fragment> fragments, Row row);

// The row's fragments as one text: a space where they stand clearly apart.
[[nodiscard]] RunText row_text(std::span<const Fragment> fragments, const Row& row);

// Sizes of native text, larger than the body's, in which nothing is printed but short lines without fields or
// sentences: the sizes that a document sets its headings in.
[[nodiscard]] std::vector<double> heading_sizes_of(std::span<const Fragment> fragments, double body_size);
[[nodiscard]] bool is_heading_size(std::span<const double> sizes, double size);

// Size of most of the text in points, counted in characters; 10 where there is none.
[[nodiscard]] double body_size_of(std::span<const Fragment> fragments);

}  // namespace medmark::structure
