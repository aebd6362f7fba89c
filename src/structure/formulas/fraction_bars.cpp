#include "structure/formulas/fraction_bars.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

#include "structure/formulas/math_signs.hpp"

namespace medmark::structure {
namespace {

using base::Rect;

// In ems of the terms unless said otherwise.
struct BarLimits {
  double widest = 0.6;  // share of the page's width
  double shortest = 3;  // points
  // From a bar to the middles of its terms. Print directly above and below a bar: 0.5 to 0.8; a term with a subscript
  // on a warped page, whose box is slanted: 0.32; a term whose box holds the bar as well and looks as large: 0.2.
  double nearest_term = 0.18;
  double farthest_term = 1.3;
  double shared_width = 0.5;  // of bar and term, of the narrower
  // A bar that was not found on a scan: its terms stand above each other, this near ...
  double lost_gap = 0.45;
  double lost_centre = 0.6;  // ... middle over middle, in the middle of a line that awaits a term ...
  double lost_level = 0.45;  // ... that ends this near to its left
  double lost_left = 2.0;
};
constexpr BarLimits kLimits;

class BarFinder {
 public:
  BarFinder(const document::PageEvidence& page, std::span<const Fragment> fragments, const std::vector<bool>& free)
      : fragments_(fragments), free_(free) {
    for (const document::RulingLine& ruling : page.rulings) {
      const double width = ruling.b.x - ruling.a.x;
      if (ruling.is_horizontal() && width < kLimits.widest * page.width && width > kLimits.shortest) {
        bars_.push_back({ruling.a.x, ruling.b.x, (ruling.a.y + ruling.b.y) / 2});
      }
    }
    if (page.source == document::TextSource::kNative) return;
    const std::vector<FormulaBar> drawn = bars_;
    for (FormulaBar& bar : bars_) fit(bar, drawn);
    find_lost_bars();
  }

  std::vector<FormulaBar> take() { return std::move(bars_); }

 private:
  [[nodiscard]] bool is_term(std::size_t i) const {
    return free_[i] && is_math_like(fragments_[i].text) && !signs_of(fragments_[i].text).has_equals;
  }

  // Draws the ends of a bar to those of its terms, where it has one above and one below.
  void fit(FormulaBar& bar, const std::vector<FormulaBar>& drawn) const {
    std::optional<Rect> above;
    std::optional<Rect> below;
    for (std::size_t i = 0; i < fragments_.size(); ++i) {
      const Rect& box = fragments_[i].bbox;
      if (!is_term(i) || !stands_at(box, std::min(fragments_[i].size, box.height()), bar)) continue;
      const bool is_parted = std::any_of(drawn.begin(), drawn.end(), [&](const FormulaBar& other) {
        const double low = std::min(bar.y, box.center_y());
        const double high = std::max(bar.y, box.center_y());
        return other.y > low + 0.5 && other.y < high - 0.5 && other.x0 < box.x1 && other.x1 > box.x0;
      });
      if (is_parted) continue;
      std::optional<Rect>& side = box.center_y() < bar.y ? above : below;
      side = side ? base::united(*side, box) : box;
    }
    if (!above || !below) return;
    bar.x0 = std::min(above->x0, below->x0);
    bar.x1 = std::max(above->x1, below->x1);
  }

  static bool stands_at(const Rect& box, double em, const FormulaBar& bar) {
    const double distance = std::abs(box.center_y() - bar.y);
    if (distance < kLimits.nearest_term * em || distance > kLimits.farthest_term * em) return false;
    const double shared = std::min(box.x1, bar.x1) - std::max(box.x0, bar.x0);
    return shared > kLimits.shared_width * std::min(box.width(), bar.x1 - bar.x0);
  }

  // A short bar between letters is easily lost on a scan; a term below another behind an equals sign tells it. Without
  // it the lower term would be lost to the formula, which is another formula.
  void find_lost_bars() {
    std::vector<FormulaBar> lost;
    for (std::size_t i = 0; i < fragments_.size(); ++i) {
      for (std::size_t j = 0; j < fragments_.size(); ++j) {
        if (i == j || !is_term(i) || !is_term(j)) continue;
        const std::optional<FormulaBar> bar = lost_bar(fragments_[i], fragments_[j]);
        if (bar && !is_drawn(*bar, fragments_[i], fragments_[j])) lost.push_back(*bar);
      }
    }
    bars_.insert(bars_.end(), lost.begin(), lost.end());
  }

  [[nodiscard]] std::optional<FormulaBar> lost_bar(const Fragment& above, const Fragment& below) const {
    const double em = above.size;
    const double gap = below.bbox.y0 - above.bbox.y1;
    if (gap < -kLimits.lost_gap * em || gap > kLimits.lost_gap * em) return std::nullopt;
    if (below.bbox.center_y() - above.bbox.center_y() < 0.6 * em) return std::nullopt;
    if (std::abs(below.bbox.center_x() - above.bbox.center_x()) > kLimits.lost_centre * em) return std::nullopt;
    const double level = (above.bbox.y1 + below.bbox.y0) / 2;
    const FormulaBar bar{std::min(above.bbox.x0, below.bbox.x0), std::max(above.bbox.x1, below.bbox.x1), level};
    const bool has_equals = std::any_of(fragments_.begin(), fragments_.end(), [&](const Fragment& left) {
      const double distance = bar.x0 - left.bbox.x1;
      return awaits_a_term(left.text) && distance > -0.3 * em && distance < kLimits.lost_left * em &&
             std::abs(left.bbox.center_y() - level) < kLimits.lost_level * em;
    });
    return has_equals ? std::optional(bar) : std::nullopt;
  }

  // Whether a bar was found between the terms after all.
  [[nodiscard]] bool is_drawn(const FormulaBar& bar, const Fragment& above, const Fragment& below) const {
    return std::any_of(bars_.begin(), bars_.end(), [&](const FormulaBar& drawn) {
      return drawn.y > above.bbox.center_y() && drawn.y < below.bbox.center_y() && drawn.x0 < bar.x1 &&
             drawn.x1 > bar.x0;
    });
  }

  std::span<const Fragment> fragments_;
  const std::vector<bool>& free_;
  std::vector<FormulaBar> bars_;
};

}  // namespace

std::vector<FormulaBar> fraction_bars_of(const document::PageEvidence& page, std::span<const Fragment> fragments,
                                         const std::vector<bool>& free) {
  return BarFinder(page, fragments, free).take();
}

}  // namespace medmark::structure
