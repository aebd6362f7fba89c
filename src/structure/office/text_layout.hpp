// Where the words of an Office paragraph stand, estimated: a full-width character is one em wide, others half an em,
// lines are 1.3 em apart and break where the column ends. Good enough to point at a value on its page; not what a word
// processor would draw. Points of the page. Pure functions, thread-safe.
#pragma once

#include <string>
#include <vector>

#include "document/office_page.hpp"
#include "document/page_evidence.hpp"

namespace medmark::structure {

// One line of a paragraph as its author broke it.
struct LaidLine {
  document::TextLine line;  // with the box of every character
  bool is_wrapped = false;  // it takes several printed lines
};

struct LaidText {
  std::vector<LaidLine> lines;
  base::Rect bbox;
  double font_size = 0;  // of most characters
  bool is_bold = false;  // all of it
};

// `column` gives left, right and top. The paragraph's label stands in front of its first line. Empty lines are left
// out.
[[nodiscard]] LaidText laid_out(const document::OfficeParagraph& paragraph, const base::Rect& column);

}  // namespace medmark::structure
