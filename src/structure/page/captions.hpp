// Captions of figures and tables, told by their printed labels and by where they stand.
//
// Points of the flat page. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"
#include "structure/page/fragments.hpp"

namespace medmark::structure {

enum class CaptionKind { kFigure, kTable };

// What a printed label at the start of the text announces (图1：, 表2 , Fig. 3, Table 4); nothing for other text, and
// for a sentence that merely begins with such a reference.
[[nodiscard]] std::optional<CaptionKind> caption_label(std::u32string_view text);

// A caption's fragments (several where it goes on on the next line), and what it stands at: index into the figures or
// tables.
struct Caption {
  CaptionKind kind = CaptionKind::kFigure;
  std::vector<std::size_t> fragments;
  std::optional<std::size_t> owner;
  base::Rect bbox;
};

// `free` marks the fragments that may be captions. At most one caption an owner.
[[nodiscard]] std::vector<Caption> captions_of(std::span<const Fragment> fragments, const std::vector<bool>& free,
                                               std::span<const base::Rect> figures, std::span<const base::Rect> tables,
                                               double em);

}  // namespace medmark::structure
