#include "structure/page/figures.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"
#include "structure/page/captions.hpp"

namespace medmark::structure {
namespace {

using base::Rect;
using document::Region;
using document::RegionKind;

struct FigureLimits {
  double background = 0.7;     // share of the page from which on a picture with text over it is its background
  double text_share = 0.25;    // a picture whose area is text to this share is a patch of the page
  std::size_t long_lines = 3;  // as is one with so many lines that are not labels
  double small_side = 42;      // points; logos and codes stay below, the smallest endoscopy prints are 80
  double in_table = 0.7;
  double inside = 0.7;     // share of a line in the picture that makes it the picture's own
  std::size_t label = 20;  // code points of a label at most
  double seal_least = 55;  // points; official seals are 38 to 45 mm wide, names' seals less
  double seal_most = 170;
  double seal_aspect = 0.75;
  double seal_overlap = 0.15;  // share of a line of text under the seal
  double corner = 3;           // points between the ends of two axes that meet
  double axis = 12;            // ems; an axis may be this long beside a flat curve
  double axis_reach = 6;       // ems from a drawing to the axes it stands at
};
constexpr FigureLimits kLimits;

bool is_label(const Fragment& fragment) {
  if (fragment.text.size() > kLimits.label || caption_label(fragment.text).has_value()) return false;
  constexpr std::u32string_view kProse = U"。；，：:;";
  return std::none_of(fragment.text.begin(), fragment.text.end(),
                      [&](char32_t c) { return kProse.find(c) != std::u32string_view::npos; });
}

bool is_covered(const Rect& box, std::span<const Rect> boxes, double share) {
  return std::any_of(boxes.begin(), boxes.end(),
                     [&](const Rect& other) { return base::covered_share(box, other) >= share; });
}

class FigureSorter {
 public:
  FigureSorter(const document::PageEvidence& page, std::span<const Fragment> fragments, std::span<const Rect> tables,
               double em)
      : page_(page), fragments_(fragments), tables_(tables), em_(em) {}

  // Nothing where the region is no picture of its own.
  std::vector<Figure> figure_of(const Region& region) const {
    Figure figure;
    figure.bbox = base::intersection(region.bbox, {0, 0, page_.width, page_.height});
    figure.confidence = region.confidence;
    if (figure.bbox.empty() || is_covered(figure.bbox, tables_, kLimits.in_table)) return {};
    if (is_seal(figure.bbox)) {
      figure.kind = FigureKind::kSeal;
      return {figure};
    }
    cut_at_caption(figure.bbox);
    if (is_patch_of_text(figure.bbox)) return {};
    if (std::min(figure.bbox.width(), figure.bbox.height()) < kLimits.small_side) {
      figure.kind = FigureKind::kSmall;
      return {figure};
    }
    if (page_.source == document::TextSource::kNative) widen_to_axes(figure.bbox);
    for (std::size_t i = 0; i < fragments_.size(); ++i) {
      if (base::covered_share(fragments_[i].bbox, figure.bbox) >= kLimits.inside && is_label(fragments_[i])) {
        figure.fragments.push_back(i);
      }
    }
    return {figure};
  }

 private:
  bool is_seal(const Rect& box) const {
    const double aspect = box.width() / box.height();
    if (aspect < kLimits.seal_aspect || aspect > 1 / kLimits.seal_aspect) return false;
    if (box.width() < kLimits.seal_least || box.width() > kLimits.seal_most) return false;
    return std::any_of(fragments_.begin(), fragments_.end(), [&](const Fragment& fragment) {
      return base::covered_share(fragment.bbox, box) > kLimits.seal_overlap &&
             !caption_label(fragment.text).has_value() && fragment.text.size() >= 4;
    });
  }

  // Where the file's picture reaches over its caption (drawings that are grouped with a seal below them).
  void cut_at_caption(Rect& box) const {
    for (const Fragment& fragment : fragments_) {
      if (base::covered_share(fragment.bbox, box) < 0.5 || caption_label(fragment.text) != CaptionKind::kFigure)
        continue;
      if (fragment.bbox.y0 > box.center_y()) box.y1 = std::min(box.y1, fragment.bbox.y0);
    }
  }

  bool is_patch_of_text(const Rect& box) const {
    double text_area = 0;
    std::size_t long_lines = 0;
    std::size_t characters = 0;
    for (const Fragment& fragment : fragments_) {
      if (base::covered_share(fragment.bbox, box) < kLimits.inside) continue;
      text_area += fragment.bbox.area();
      characters += fragment.text.size();
      if (!is_label(fragment)) ++long_lines;
    }
    const bool background = box.area() > kLimits.background * page_.width * page_.height && characters > 20;
    return background || text_area > kLimits.text_share * box.area() || long_lines >= kLimits.long_lines;
  }

  // Axes: a horizontal and a vertical rule that meet in the corner below and left of the drawing.
  void widen_to_axes(Rect& box) const {
    const Rect reach = base::inflated(box, kLimits.axis_reach * em_, kLimits.axis_reach * em_);
    for (const document::RulingLine& horizontal : page_.rulings) {
      if (!horizontal.is_horizontal() || horizontal.b.x - horizontal.a.x > 1.5 * box.width()) continue;
      if (horizontal.a.y < box.center_y() || !reach.contains(horizontal.a) || is_in_table(horizontal.a)) continue;
      for (const document::RulingLine& vertical : page_.rulings) {
        if (vertical.is_horizontal() || vertical.b.y - vertical.a.y > std::max(1.5 * box.height(), kLimits.axis * em_))
          continue;
        const bool meet = std::abs(vertical.b.x - horizontal.a.x) < kLimits.corner &&
                          std::abs(vertical.b.y - horizontal.a.y) < kLimits.corner;
        if (!meet) continue;
        box = base::united(box, {vertical.a.x, vertical.a.y, horizontal.b.x, horizontal.b.y});
        return;
      }
    }
  }

  bool is_in_table(base::Point point) const {
    return std::any_of(tables_.begin(), tables_.end(),
                       [&](const Rect& table) { return base::inflated(table, 3, 3).contains(point); });
  }

  const document::PageEvidence& page_;
  std::span<const Fragment> fragments_;
  std::span<const Rect> tables_;
  double em_;
};

}  // namespace

std::vector<Figure> figures_of(const document::PageEvidence& page, std::span<const Region> regions,
                               std::span<const Fragment> fragments, std::span<const Rect> tables, double em) {
  const FigureSorter sorter(page, fragments, tables, em);
  std::vector<Figure> figures;
  for (const Region& region : regions) {
    if (region.kind != RegionKind::kPicture) continue;
    for (Figure& figure : sorter.figure_of(region)) figures.push_back(std::move(figure));
  }
  std::stable_sort(figures.begin(), figures.end(),
                   [](const Figure& a, const Figure& b) { return a.bbox.area() > b.bbox.area(); });
  std::vector<Figure> kept;
  for (Figure& figure : figures) {
    const bool seen = std::any_of(kept.begin(), kept.end(), [&](const Figure& other) {
      return base::covered_share(figure.bbox, other.bbox) > 0.6;
    });
    if (!seen) kept.push_back(std::move(figure));
  }
  return kept;
}

}  // namespace medmark::structure
