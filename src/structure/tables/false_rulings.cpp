#include "structure/tables/false_rulings.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace medmark::structure {
namespace {

using document::RulingLine;

// Seen on scans at 130 to 200 DPI: stems of the first digits of two to four rows, joined through the gaps between them,
// have 0.45 to 0.7 of their length in characters and end in one. A rule of a table may touch the boxes of all
// characters beside it, but it ends on another rule.
struct FalseRulingThresholds {
  double edge = 0.012;         // of the page's larger side: nearer to its edge a line is the edge of the sheet
  double inside = 0.12;        // of a character's box, on each side, that does not count as inside
  double bracket_reach = 1.2;  // pt around the box of a bracket, whose stem stands at its edge
  double least_share = 0.4;    // of a line's length in characters, for it to be strokes of them
  double meets = 3;            // pt between a line's end and the line that it ends on
};
constexpr FalseRulingThresholds kThresholds;

bool lies_on_edge(const RulingLine& ruling, const document::PageEvidence& page) {
  const double reach = kThresholds.edge * std::max(page.width, page.height);
  const auto near_edge = [&](double a, double b, double size) {
    return std::max(a, b) < reach || std::min(a, b) > size - reach;
  };
  return ruling.is_horizontal() ? near_edge(ruling.a.y, ruling.b.y, page.height)
                                : near_edge(ruling.a.x, ruling.b.x, page.width);
}

bool is_bracket(char32_t code) {
  return std::u32string_view(U"[]［］【】「」|｜").find(code) != std::u32string_view::npos;
}

// Length of the line, along its way from `from` to `to`, that lies within the character.
double length_within(const document::Character& character, const RulingLine& ruling) {
  const base::Rect& box = character.bbox;
  const bool is_horizontal = ruling.is_horizontal();
  const double position = is_horizontal ? (ruling.a.y + ruling.b.y) / 2 : (ruling.a.x + ruling.b.x) / 2;
  const double low = is_horizontal ? box.y0 : box.x0;
  const double high = is_horizontal ? box.y1 : box.x1;
  const bool is_stem = !is_horizontal && is_bracket(character.code);
  const double margin = is_stem ? -kThresholds.bracket_reach : kThresholds.inside * (high - low);
  if (position < low + margin || position > high - margin) return 0;
  const double from = is_horizontal ? std::max(box.x0, ruling.a.x) : std::max(box.y0, ruling.a.y);
  const double to = is_horizontal ? std::min(box.x1, ruling.b.x) : std::min(box.y1, ruling.b.y);
  return std::max(0.0, to - from);
}

// Whether another line crosses or meets this one at `end`.
bool ends_on_line(const RulingLine& ruling, base::Point end, const document::PageEvidence& page) {
  return std::any_of(page.rulings.begin(), page.rulings.end(), [&](const RulingLine& other) {
    if (other.is_horizontal() == ruling.is_horizontal()) return false;
    const base::Rect reach{
        std::min(other.a.x, other.b.x) - kThresholds.meets, std::min(other.a.y, other.b.y) - kThresholds.meets,
        std::max(other.a.x, other.b.x) + kThresholds.meets, std::max(other.a.y, other.b.y) + kThresholds.meets};
    return reach.contains(end);
  });
}

// Whether the line is made of strokes of characters: much of it lies within some, and an end of it stands in one.
bool is_strokes_of_print(const RulingLine& ruling, const document::PageEvidence& page) {
  const double length = std::max(std::abs(ruling.b.x - ruling.a.x), std::abs(ruling.b.y - ruling.a.y));
  double within = 0;
  bool begins_in_print = false;
  bool ends_in_print = false;
  for (const document::TextLine& line : page.lines) {
    for (const document::Character& character : line.characters) {
      if (character.code == U' ') continue;
      within += length_within(character, ruling);
      const base::Rect box = base::inflated(character.bbox, 1, 1);
      begins_in_print = begins_in_print || box.contains(ruling.a);
      ends_in_print = ends_in_print || box.contains(ruling.b);
    }
  }
  if (within < kThresholds.least_share * length) return false;
  return (begins_in_print && !ends_on_line(ruling, ruling.a, page)) ||
         (ends_in_print && !ends_on_line(ruling, ruling.b, page));
}

}  // namespace

std::vector<RulingLine> rulings_of_tables(const document::PageEvidence& page) {
  std::vector<RulingLine> rulings = page.rulings;
  if (page.source == document::TextSource::kNative) return rulings;
  std::erase_if(rulings, [&](const RulingLine& ruling) {
    return lies_on_edge(ruling, page) || is_strokes_of_print(ruling, page);
  });
  return rulings;
}

}  // namespace medmark::structure
