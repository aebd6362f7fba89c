#include "input/page_kind.hpp"

#include <algorithm>

namespace medmark::input {
namespace {

using base::Rect;

// Boxes that overlap become one, until none do.
std::vector<Rect> merged(std::vector<Rect> boxes) {
  bool changed = true;
  while (changed) {
    changed = false;
    for (std::size_t i = 0; i < boxes.size() && !changed; ++i) {
      for (std::size_t j = i + 1; j < boxes.size() && !changed; ++j) {
        if (base::intersection(boxes[i], boxes[j]).empty()) continue;
        boxes[i] = base::united(boxes[i], boxes[j]);
        boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(j));
        changed = true;
      }
    }
  }
  return boxes;
}

}  // namespace

PageVerdict judge_page(const PageFacts& facts, const PageKindLimits& limits) {
  const int visible = facts.trusted_characters + facts.distrusted_characters;
  const bool is_outlined =
      facts.glyph_like_shapes >= limits.outlined_glyphs && facts.glyph_like_shapes > 2 * facts.trusted_characters;
  const bool covered = facts.picture_cover >= limits.scan_cover;
  if (visible == 0) return {facts.draws_anything ? PageKind::kScanned : PageKind::kNative, {}};
  if (covered && facts.trusted_characters <= limits.stamp_characters) return {PageKind::kScanned, {}};
  if (is_outlined) return {PageKind::kScanned, {}};
  if (facts.distrusted_characters > limits.distrusted_share * visible) return {PageKind::kScanned, {}};
  // Typed text over a scanned form: the form's own words are pixels, and lie between the typed ones.
  if (covered && !facts.text_pictures.empty()) return {PageKind::kScanned, {}};

  const Rect page{0, 0, facts.width, facts.height};
  std::vector<Rect> recognise = facts.text_pictures;
  for (const Rect& line : facts.distrusted_lines) recognise.push_back(base::inflated(line, 2, 2));
  for (Rect& region : recognise) region = base::intersection(region, page);
  std::erase_if(recognise, [](const Rect& region) { return region.empty(); });
  if (recognise.empty()) return {PageKind::kNative, {}};
  return {PageKind::kMixed, merged(std::move(recognise))};
}

}  // namespace medmark::input
