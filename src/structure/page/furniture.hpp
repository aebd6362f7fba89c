// What stands at the edges of a page and is no part of the report: headers, footers, page numbers.
//
// A page alone shows them by place, size, rules and words; what runs over several pages is found later, by repetition.
// Lines that carry content (a field with its value, a date, a signature) are never furniture. Points of the flat page.
// Pure, thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "document/page_evidence.hpp"
#include "structure/page/fragments.hpp"

namespace medmark::structure {

// Whether the text is a page number with words or signs around it (第 1 页 共 2 页, - 57 -, 1 / 2, Page 3 of 4).
[[nodiscard]] bool is_page_number(std::u32string_view text);

// One entry per fragment: header, footer or page number where it is one. `obstacles` are the page's tables and figures.
[[nodiscard]] std::vector<std::optional<document::BlockType>> furniture_of(const document::PageEvidence& page,
                                                                           std::span<const Fragment> fragments,
                                                                           std::span<const base::Rect> obstacles,
                                                                           double em);

}  // namespace medmark::structure
