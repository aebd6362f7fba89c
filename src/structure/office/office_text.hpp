// Lines of Office text as fragments of a row, the form in which fields and headings are looked for. Pure, thread-safe.
#pragma once

#include <string>
#include <vector>

#include "structure/office/text_layout.hpp"
#include "structure/page/fragments.hpp"
#include "structure/text/line_text.hpp"

namespace medmark::structure {

// The stretches of a line between tabs and wide gaps, each as a fragment; the two characters of a label that is merely
// set wide ("姓  名") stay together.
[[nodiscard]] std::vector<Fragment> fragments_of(const LaidLine& line, int page);

// The fragments as one text, gaps as one space.
[[nodiscard]] RunText joined(const std::vector<Fragment>& fragments);

}  // namespace medmark::structure
