// Pictures of a page: which of them are figures of the report, and what text is printed in them.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "document/page_evidence.hpp"
#include "structure/page/fragments.hpp"

namespace medmark::structure {

enum class FigureKind {
  kFigure,
  kSmall,  // a logo, a code, a signature: kept out of the running text
  kSeal,   // a stamp printed over text that is not its own
};

struct Figure {
  FigureKind kind = FigureKind::kFigure;
  base::Rect bbox;
  double confidence = 1;
  std::vector<std::size_t> fragments;  // text printed in it: labels, numbers of an axis; never a field or a sentence
};

// The pictures among `regions` without backgrounds, doubles and what lies in tables. A drawing is widened to the axes
// it stands at.
[[nodiscard]] std::vector<Figure> figures_of(const document::PageEvidence& page,
                                             std::span<const document::Region> regions,
                                             std::span<const Fragment> fragments, std::span<const base::Rect> tables,
                                             double em);

}  // namespace medmark::structure
