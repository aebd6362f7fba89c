#include "structure/formulas/formulas.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "structure/formulas/fraction_bars.hpp"
#include "structure/formulas/latex.hpp"
#include "structure/formulas/math_signs.hpp"
#include "structure/formulas/model_formula.hpp"
#include "structure/formulas/symbols.hpp"
#include "structure/lexicon/lexicon.hpp"

namespace medmark::structure {
namespace {

using base::Rect;
using document::BlockType;
using document::Character;
using document::TextLine;
using document::TextSource;

// In ems of the formula's text unless said otherwise.
struct FinderLimits {
  double indent = 1.5;     // from the left edge of the page's text
  double row_gap = 3.0;    // to the next piece on the same line
  double bar_reach = 1.9;  // from a bar to the lines of its terms
  // Text or ink this near to a formula that it does not hold belongs to it: what is written would be another formula.
  double orphan_gap = 0.3;
  double orphan_margin = 0.4;
  double on_bar = 0.35;       // from a bar to the ink of it
  double same_formula = 0.8;  // share of a formula's box that a view of the model covers to be of it
  double witness = 0.45;      // confidence of the layout model that finds a formula by itself
};
constexpr FinderLimits kLimits;

bool is_equation_number(const std::u32string& text) {
  const std::u32string key = folded_key(text);
  return key.size() >= 3 && key.size() <= 6 && key.front() == U'(' && key.back() == U')' &&
         std::all_of(key.begin() + 1, key.end() - 1,
                     [](char32_t c) { return base::is_digit(c) || c == U'.' || c == U'-'; });
}

class FormulaFinder {
 public:
  FormulaFinder(const document::PageEvidence& page, std::span<const Fragment> fragments, const std::vector<bool>& free,
                std::span<const document::FormulaHypothesis> seen)
      : page_(page), fragments_(fragments), seen_(seen), free_(free), bars_(fraction_bars_of(page, fragments, free)) {
    text_left_ = page.width;
    for (const Fragment& fragment : fragments) text_left_ = std::min(text_left_, fragment.bbox.x0);
  }

  std::vector<FoundFormula> run() {
    std::vector<FoundFormula> found;
    for (std::size_t i = 0; i < fragments_.size(); ++i) {
      if (!free_[i] || !signs_of(fragments_[i].text).has_equals || !may_begin(fragments_[i])) continue;
      Cluster cluster = grown(i);
      if (!is_formula(cluster)) continue;
      for (const std::size_t used : cluster.fragments) free_[used] = false;
      found.push_back(formula_of(cluster));
    }
    return found;
  }

 private:
  struct Cluster {
    std::vector<std::size_t> fragments;
    std::vector<FormulaBar> bars;
    std::optional<std::size_t> number;
    Rect bbox;
    double em = 10;
  };

  bool may_begin(const Fragment& fragment) const {
    if (!is_math_like(fragment.text) || numbering_of(fragment.text).has_mark) return false;
    return fragment.bbox.x0 - text_left_ > kLimits.indent * fragment.size || has_witness(fragment.bbox);
  }

  bool has_witness(const Rect& box) const {
    return std::any_of(page_.layout.begin(), page_.layout.end(), [&](const document::LayoutRegion& region) {
      return region.type == BlockType::kFormula && region.confidence >= kLimits.witness &&
             base::covered_share(box, region.bbox) > 0.5;
    });
  }

  bool touches(const Cluster& cluster, const FormulaBar& bar) const {
    const double em = cluster.em;
    if (bar.y < cluster.bbox.y0 - 0.6 * em || bar.y > cluster.bbox.y1 + 0.6 * em) return false;
    return bar.x0 < cluster.bbox.x1 + kLimits.row_gap * em && bar.x1 > cluster.bbox.x0 - kLimits.row_gap * em;
  }

  // A bar with a term right above and one right below it; a rule of a table or an underline has not both.
  bool is_fraction_bar(const FormulaBar& bar, double em) const {
    bool above = false;
    bool below = false;
    for (std::size_t i = 0; i < fragments_.size(); ++i) {
      const Rect& box = fragments_[i].bbox;
      if (!free_[i] || !in_terms_of(bar, box, em)) continue;
      (box.center_y() < bar.y ? above : below) = true;
    }
    return above && below;
  }

  static bool in_terms_of(const FormulaBar& bar, const Rect& box, double em) {
    const double center = box.center_x();
    if (box.width() > bar.x1 - bar.x0 + em) return false;
    return center > bar.x0 - 0.3 * em && center < bar.x1 + 0.3 * em &&
           std::abs(box.center_y() - bar.y) < kLimits.bar_reach * em;
  }

  bool belongs(const Cluster& cluster, const Fragment& fragment) const {
    const double em = cluster.em;
    for (const FormulaBar& bar : cluster.bars) {
      if (in_terms_of(bar, fragment.bbox, em) && is_math_like(fragment.text)) return true;
    }
    const double gap = std::max(fragment.bbox.x0 - cluster.bbox.x1, cluster.bbox.x0 - fragment.bbox.x1);
    const bool on_row = base::overlap_y(fragment.bbox, main_row(cluster)) > 0.5 * std::min(fragment.bbox.height(), em);
    return on_row && gap < kLimits.row_gap * em && is_math_like(fragment.text);
  }

  Rect main_row(const Cluster& cluster) const { return fragments_[cluster.fragments.front()].bbox; }

  Cluster grown(std::size_t seed) const {
    Cluster cluster;
    cluster.fragments = {seed};
    cluster.bbox = fragments_[seed].bbox;
    cluster.em = fragments_[seed].size;
    for (bool changed = true; changed;) {
      changed = false;
      for (const FormulaBar& bar : bars_) {
        const bool known = std::any_of(cluster.bars.begin(), cluster.bars.end(),
                                       [&](const FormulaBar& b) { return b.y == bar.y && b.x0 == bar.x0; });
        if (known || !touches(cluster, bar) || !is_fraction_bar(bar, cluster.em)) continue;
        cluster.bars.push_back(bar);
        cluster.bbox = base::united(cluster.bbox, {bar.x0, bar.y - 0.5, bar.x1, bar.y + 0.5});
        changed = true;
      }
      for (std::size_t i = 0; i < fragments_.size(); ++i) {
        const bool known = std::find(cluster.fragments.begin(), cluster.fragments.end(), i) != cluster.fragments.end();
        if (!free_[i] || known || is_equation_number(fragments_[i].text) || !belongs(cluster, fragments_[i])) continue;
        cluster.fragments.push_back(i);
        cluster.bbox = base::united(cluster.bbox, fragments_[i].bbox);
        changed = true;
      }
    }
    find_number(cluster);
    return cluster;
  }

  void find_number(Cluster& cluster) const {
    for (std::size_t i = 0; i < fragments_.size(); ++i) {
      if (!free_[i] || !is_equation_number(fragments_[i].text)) continue;
      if (base::overlap_y(fragments_[i].bbox, cluster.bbox) > 0 && fragments_[i].bbox.x0 > cluster.bbox.x1)
        cluster.number = i;
    }
  }

  // Nothing but the formula on its lines, and an operation in it.
  bool is_formula(const Cluster& cluster) const {
    MathSigns all;
    for (const std::size_t i : cluster.fragments) {
      const MathSigns signs = signs_of(fragments_[i].text);
      all.operators += signs.operators;
      all.math_letters += signs.math_letters;
    }
    if (all.operators == 0 && all.math_letters == 0 && cluster.bars.empty()) return false;
    for (std::size_t i = 0; i < fragments_.size(); ++i) {
      const bool inside = std::find(cluster.fragments.begin(), cluster.fragments.end(), i) != cluster.fragments.end();
      if (inside || i == cluster.number) continue;
      const Rect& box = fragments_[i].bbox;
      const bool beside = base::overlap_y(box, main_row(cluster)) > 0.5 * box.height();
      const double gap = std::max(box.x0 - cluster.bbox.x1, cluster.bbox.x0 - box.x1);
      if (beside && gap < 6 * cluster.em) return false;
    }
    return true;
  }

  // Text that stands over, under or in the formula and that it does not hold: a term whose bar was not understood.
  [[nodiscard]] std::vector<std::size_t> orphans_of(const Cluster& cluster) const {
    std::vector<std::size_t> orphans;
    for (std::size_t i = 0; i < fragments_.size(); ++i) {
      const bool inside = std::find(cluster.fragments.begin(), cluster.fragments.end(), i) != cluster.fragments.end();
      if (inside || i == cluster.number || !free_[i] || !is_math_like(fragments_[i].text)) continue;
      const MathSigns signs = signs_of(fragments_[i].text);
      if (signs.has_equals || signs.han > 0) continue;
      const Rect& box = fragments_[i].bbox;
      const double gap = std::max(box.y0 - cluster.bbox.y1, cluster.bbox.y0 - box.y1);
      const bool is_within = base::overlap_x(box, cluster.bbox) > 0.5 * box.width();
      if (is_within && gap < kLimits.orphan_gap * cluster.em) orphans.push_back(i);
    }
    return orphans;
  }

  // Whether all print of a scanned formula was read: what is not would be lost from the LaTeX without a trace.
  [[nodiscard]] std::vector<Rect> unread_ink_of(const Cluster& cluster) const {
    const double em = cluster.em;
    const Rect reach = base::inflated(cluster.bbox, kLimits.orphan_margin * em, kLimits.orphan_gap * em);
    std::vector<Rect> unread;
    for (const Rect& ink : page_.unread_ink) {
      if (!reach.contains({ink.center_x(), ink.center_y()})) continue;
      const bool is_bar = std::any_of(cluster.bars.begin(), cluster.bars.end(), [&](const FormulaBar& bar) {
        return std::abs(ink.center_y() - bar.y) < kLimits.on_bar * em && ink.height() < 0.5 * em &&
               ink.x0 > bar.x0 - 0.5 * em && ink.x1 < bar.x1 + 0.5 * em;
      });
      if (!is_bar) unread.push_back(ink);
    }
    return unread;
  }

  // The model's view of a formula.
  [[nodiscard]] std::optional<ModelFormula> model_formula(const Cluster& cluster, const Rect& box,
                                                          const std::vector<Rect>& unread) const {
    std::u32string read;
    for (const std::size_t i : cluster.fragments) read += fragments_[i].text;
    for (const document::FormulaHypothesis& formula : seen_) {
      if (base::covered_share(box, formula.bbox) < kLimits.same_formula) continue;
      if (auto made = latex_of_hypothesis(formula, box, read, unread)) return made;
    }
    return std::nullopt;
  }

  std::vector<FormulaCharacter> characters_of(const Cluster& cluster) const {
    std::vector<FormulaCharacter> characters;
    for (const std::size_t i : cluster.fragments) {
      const TextLine& line = page_.lines[fragments_[i].line];
      bool after_space = false;
      for (const Character& c : line.characters) {
        if (base::is_space(c.code)) {
          after_space = true;
          continue;
        }
        FormulaCharacter out;
        out.code = c.code;
        out.bbox = c.bbox;
        out.is_exact = c.font_size > 0;
        out.size = out.is_exact ? c.font_size : fragments_[i].size;
        out.baseline = out.is_exact ? c.bbox.y1 - 0.14 * c.font_size : line.bbox.y1;
        out.after_space = after_space;
        after_space = false;
        characters.push_back(out);
      }
    }
    return characters;
  }

  FoundFormula formula_of(Cluster cluster) const {
    FoundFormula found;
    document::Block& block = found.block;
    block.type = BlockType::kFormula;
    block.page = page_.index;
    block.bbox = cluster.bbox;
    block.source = fragments_[cluster.fragments.front()].source;
    block.confidence = 1;
    std::optional<std::string> latex = latex_of(characters_of(cluster), cluster.bars);
    for (const std::size_t orphan : orphans_of(cluster)) {
      latex.reset();
      cluster.fragments.push_back(orphan);
      block.bbox = base::united(block.bbox, fragments_[orphan].bbox);
    }
    const std::vector<Rect> unread = unread_ink_of(cluster);
    if (!unread.empty()) latex.reset();
    if (const auto made = model_formula(cluster, block.bbox, unread)) {
      latex = made->latex;
      block.confidence = std::min(block.confidence, made->confidence);
    }
    if (latex.has_value()) block.latex = *latex;
    if (cluster.number.has_value()) {
      if (latex.has_value()) block.latex += "\\tag{" + number_text(*cluster.number) + "}";
      cluster.fragments.push_back(*cluster.number);
      block.bbox = base::united(block.bbox, fragments_[*cluster.number].bbox);
    }
    std::sort(cluster.fragments.begin(), cluster.fragments.end(),
              [&](std::size_t a, std::size_t b) { return fragments_[a].bbox.x0 < fragments_[b].bbox.x0; });
    RunText text;
    for (const std::size_t i : cluster.fragments) {
      append_text(text, fragments_[i].content, Join::kSpace);
      block.confidence = std::min(block.confidence, fragments_[i].confidence);
    }
    block.text = std::move(text.text);
    block.runs = std::move(text.runs);
    block.needs_review = block.source != TextSource::kNative || !latex.has_value();
    found.fragments = std::move(cluster.fragments);
    return found;
  }

  std::string number_text(std::size_t index) const {
    const std::u32string key = folded_key(fragments_[index].text);
    return base::encode_utf8(std::u32string_view(key).substr(1, key.size() - 2));
  }

  const document::PageEvidence& page_;
  std::span<const Fragment> fragments_;
  std::span<const document::FormulaHypothesis> seen_;
  std::vector<bool> free_;
  std::vector<FormulaBar> bars_;
  double text_left_ = 0;
};

}  // namespace

std::vector<FoundFormula> find_formulas(const document::PageEvidence& page, std::span<const Fragment> fragments,
                                        const std::vector<bool>& free,
                                        std::span<const document::FormulaHypothesis> seen) {
  return FormulaFinder(page, fragments, free, seen).run();
}

}  // namespace medmark::structure
