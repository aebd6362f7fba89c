// Whether a page's own text can be taken, must be recognised from pixels, or both. A pure function, thread-safe.
//
// Points as displayed.
#pragma once

#include <vector>

#include "base/geometry.hpp"
#include "input/page.hpp"

namespace medmark::input {

struct PageFacts {
  double width = 0;
  double height = 0;
  int trusted_characters = 0;     // visible, spaces not counted
  int distrusted_characters = 0;  // visible, but the file's map of them is missing or a lie
  int glyph_like_shapes = 0;      // small filled curves: text turned into outlines
  bool draws_anything = false;
  double picture_cover = 0;                    // share of the page under picture objects, 0..1
  std::vector<base::Rect> text_pictures{};     // pictures whose pixels look like lines of text
  std::vector<base::Rect> distrusted_lines{};  // boxes around distrusted characters
};

struct PageKindLimits {
  // A scan covers the page but for its margins; figures of a typeset page stay below. From the share over sample
  // reports: scans 0.85 to 1, typeset pages with pictures up to 0.45.
  double scan_cover = 0.6;
  // A scanning app's own footer, a page stamp, a file number: native text on top of a scan.
  int stamp_characters = 60;
  // Above this share of lies, what is left is not worth trusting either.
  double distrusted_share = 0.3;
  // Outlined glyphs: fewer are icons or a logo. A line of Chinese text is some forty.
  int outlined_glyphs = 60;
};

struct PageVerdict {
  PageKind kind = PageKind::kNative;
  std::vector<base::Rect> recognise;  // for kMixed
};

[[nodiscard]] PageVerdict judge_page(const PageFacts& facts, const PageKindLimits& limits = {});

}  // namespace medmark::input
