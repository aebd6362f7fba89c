#include "structure/formulas/formulas.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "structure/formulas/latex.hpp"
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
  double han_share = 0.35;    // of the characters: variables may have Chinese names, sentences are more
  std::size_t longest = 160;  // code points
  double indent = 1.5;        // from the left edge of the page's text
  double row_gap = 3.0;       // to the next piece on the same line
  double bar_width = 0.6;     // most, share of the page's width
  double bar_reach = 1.9;     // from a bar to the lines of its terms
  // A bar that was not found on a scan: its terms stand above each other, this near ...
  double lost_bar_gap = 0.45;
  double lost_bar_centre = 0.6;  // ... middle over middle, in the middle of a line that awaits a term ...
  double lost_bar_level = 0.45;  // ... that ends this near to its left
  double lost_bar_left = 2.0;
  double witness = 0.45;  // confidence of the layout model that finds a formula by itself
};
constexpr FinderLimits kLimits;

bool is_equals(char32_t c) { return c == U'=' || c == U'＝' || c == U'≈'; }

bool is_operator(char32_t c) {
  constexpr std::u32string_view kOperators = U"×÷+−-–/·⋅√^∑∫±*＋／";
  return kOperators.find(c) != std::u32string_view::npos;
}

struct MathSigns {
  std::size_t characters = 0;
  std::size_t han = 0;
  std::size_t operators = 0;
  std::size_t math_letters = 0;
  bool has_equals = false;
  bool has_sentence_mark = false;
};

MathSigns signs_of(const std::u32string& text) {
  MathSigns signs;
  constexpr std::u32string_view kSentence = U"。；，：;:？?！、";
  for (const char32_t c : text) {
    if (base::is_space(c)) continue;
    ++signs.characters;
    if (base::is_han(c)) ++signs.han;
    if (is_operator(c)) ++signs.operators;
    if (is_mathematical_letter(c)) ++signs.math_letters;
    signs.has_equals = signs.has_equals || is_equals(c);
    signs.has_sentence_mark = signs.has_sentence_mark || kSentence.find(c) != std::u32string_view::npos;
  }
  return signs;
}

bool is_math_like(const std::u32string& text) {
  const MathSigns signs = signs_of(text);
  return signs.characters > 0 && text.size() <= kLimits.longest && !signs.has_sentence_mark &&
         static_cast<double>(signs.han) <= kLimits.han_share * static_cast<double>(signs.characters);
}

bool is_equation_number(const std::u32string& text) {
  const std::u32string key = folded_key(text);
  return key.size() >= 3 && key.size() <= 6 && key.front() == U'(' && key.back() == U')' &&
         std::all_of(key.begin() + 1, key.end() - 1,
                     [](char32_t c) { return base::is_digit(c) || c == U'.' || c == U'-'; });
}

class FormulaFinder {
 public:
  FormulaFinder(const document::PageEvidence& page, std::span<const Fragment> fragments, const std::vector<bool>& free)
      : page_(page), fragments_(fragments), free_(free) {
    text_left_ = page.width;
    for (const Fragment& fragment : fragments) text_left_ = std::min(text_left_, fragment.bbox.x0);
    for (const document::RulingLine& ruling : page.rulings) {
      const double width = ruling.b.x - ruling.a.x;
      if (ruling.is_horizontal() && width < kLimits.bar_width * page.width && width > 3) {
        bars_.push_back({ruling.a.x, ruling.b.x, (ruling.a.y + ruling.b.y) / 2});
      }
    }
    if (page.source != TextSource::kNative) find_lost_bars();
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

  // A short bar between letters is easily lost on a scan; a term below another behind an equals sign tells it. Without
  // it the lower term would be lost to the formula, which is another formula.
  void find_lost_bars() {
    std::vector<FormulaBar> lost;
    for (std::size_t i = 0; i < fragments_.size(); ++i) {
      for (std::size_t j = 0; j < fragments_.size(); ++j) {
        if (i == j || !free_[i] || !free_[j]) continue;
        const std::optional<FormulaBar> bar = lost_bar(fragments_[i], fragments_[j]);
        if (bar && !is_drawn(*bar, fragments_[i], fragments_[j])) lost.push_back(*bar);
      }
    }
    bars_.insert(bars_.end(), lost.begin(), lost.end());
  }

  // "x =", "x = a -": what follows is part of the formula.
  static bool awaits_a_term(const std::u32string& text) {
    if (text.empty() || !is_math_like(text)) return false;
    return is_equals(text.back()) ||
           (signs_of(text).has_equals && std::u32string_view(U"+-−–×·").find(text.back()) != std::u32string_view::npos);
  }

  [[nodiscard]] std::optional<FormulaBar> lost_bar(const Fragment& above, const Fragment& below) const {
    const double em = above.size;
    const double gap = below.bbox.y0 - above.bbox.y1;
    if (gap < -kLimits.lost_bar_gap * em || gap > kLimits.lost_bar_gap * em) return std::nullopt;
    if (below.bbox.center_y() - above.bbox.center_y() < 0.6 * em) return std::nullopt;
    if (std::abs(below.bbox.center_x() - above.bbox.center_x()) > kLimits.lost_bar_centre * em) return std::nullopt;
    for (const Fragment* term : {&above, &below}) {
      if (!is_math_like(term->text) || signs_of(term->text).has_equals) return std::nullopt;
    }
    const double level = (above.bbox.y1 + below.bbox.y0) / 2;
    const FormulaBar bar{std::min(above.bbox.x0, below.bbox.x0), std::max(above.bbox.x1, below.bbox.x1), level};
    const bool has_equals = std::any_of(fragments_.begin(), fragments_.end(), [&](const Fragment& left) {
      const double distance = bar.x0 - left.bbox.x1;
      return awaits_a_term(left.text) && distance > -0.3 * em && distance < kLimits.lost_bar_left * em &&
             std::abs(left.bbox.center_y() - level) < kLimits.lost_bar_level * em;
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
    const std::optional<std::string> latex = latex_of(characters_of(cluster), cluster.bars);
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
  std::vector<bool> free_;
  std::vector<FormulaBar> bars_;
  double text_left_ = 0;
};

}  // namespace

std::vector<FoundFormula> find_formulas(const document::PageEvidence& page, std::span<const Fragment> fragments,
                                        const std::vector<bool>& free) {
  return FormulaFinder(page, fragments, free).run();
}

}  // namespace medmark::structure
