#include "structure/page/captions.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"

namespace medmark::structure {
namespace {

using base::Rect;

// In ems of the body's text.
struct CaptionLimits {
  double distance = 2.6;     // between caption and owner
  double free_distance = 7;  // where nothing but labels of an axis stands between
  double wrong_side = 0.8;   // figures' captions stand below, tables' above: the other side counts as further away
  double unlabelled_distance = 1.6;
  std::size_t longest = 70;  // code points
  std::size_t longest_unlabelled = 16;
};
constexpr CaptionLimits kLimits;

bool is_numeral(char32_t c) {
  constexpr std::u32string_view kChinese = U"一二三四五六七八九十";
  return base::is_digit(c) || kChinese.find(c) != std::u32string_view::npos;
}

struct LabelWord {
  std::u32string_view word;
  CaptionKind kind;
};
constexpr LabelWord kLabelWords[] = {
    {U"附图", CaptionKind::kFigure}, {U"附表", CaptionKind::kTable}, {U"续表", CaptionKind::kTable},
    {U"图", CaptionKind::kFigure},   {U"表", CaptionKind::kTable},   {U"figure", CaptionKind::kFigure},
    {U"fig.", CaptionKind::kFigure}, {U"fig", CaptionKind::kFigure}, {U"table", CaptionKind::kTable}};

// Behind "图1": a mark or a space makes a label; running text does not ("图1示左室扩大", "表1中所列").
bool ends_label(std::u32string_view text, std::size_t i) {
  if (i >= text.size()) return true;
  constexpr std::u32string_view kMarks = U"：:.．、-－—(（|";
  if (kMarks.find(text[i]) != std::u32string_view::npos || base::is_space(text[i])) return true;
  constexpr std::u32string_view kVerbs = U"示中为是可见所和与及、，,显";
  return kVerbs.find(text[i]) == std::u32string_view::npos && text.back() != U'。';
}

// Distance of a caption from its owner in ems, with the penalty of the wrong side; nothing where it does not stand at
// it.
std::optional<double> caption_distance(const Rect& caption, const Rect& owner, CaptionKind kind, double em,
                                       bool nothing_between) {
  const double center = caption.center_x();
  if (center < owner.x0 - em || center > owner.x1 + em) return std::nullopt;
  const double below = (caption.y0 - owner.y1) / em;
  const double above = (owner.y0 - caption.y1) / em;
  double distance = std::max(below, above);
  if (distance < -0.8) return std::nullopt;
  distance = std::max(distance, 0.0);
  const bool is_below = below > above;
  if (distance > kLimits.distance && !(distance < kLimits.free_distance && nothing_between)) return std::nullopt;
  return distance + (is_below == (kind == CaptionKind::kFigure) ? 0 : kLimits.wrong_side);
}

// Whether words stand between a caption and what it may belong to; the numbers of an axis do not count.
bool text_between(std::span<const Fragment> fragments, const std::vector<bool>& free, const Rect& caption,
                  const Rect& owner) {
  const double top = std::min(caption.y1, owner.y1);
  const double bottom = std::max(caption.y0, owner.y0);
  for (std::size_t i = 0; i < fragments.size(); ++i) {
    const Rect& box = fragments[i].bbox;
    if (!free[i] || box.center_y() <= top || box.center_y() >= bottom || fragments[i].text.size() < 4) continue;
    if (base::overlap_x(box, caption) > 0 || base::overlap_x(box, owner) > 0) return true;
  }
  return false;
}

bool may_be_unlabelled_caption(const Fragment& fragment, const Rect& figure, double em) {
  const double distance = fragment.bbox.y0 - figure.y1;
  if (distance < -0.4 * em || distance > kLimits.unlabelled_distance * em) return false;
  if (fragment.text.size() > kLimits.longest_unlabelled || fragment.text.size() < 2) return false;
  if (fragment.bbox.width() > figure.width() || fragment.bbox.x0 < figure.x0 - em || fragment.bbox.x1 > figure.x1 + em)
    return false;
  if (std::abs(fragment.bbox.center_x() - figure.center_x()) > 0.1 * figure.width() + 0.5 * em) return false;
  constexpr std::u32string_view kProse = U"。；，;：:";
  const bool prose = std::any_of(fragment.text.begin(), fragment.text.end(),
                                 [&](char32_t c) { return kProse.find(c) != std::u32string_view::npos; });
  return !prose && !is_section_word(fragment.text) && numbering_of(fragment.text).kind == NumberKind::kNone;
}

struct Candidate {
  double distance = 0;
  std::size_t fragment = 0;
  CaptionKind kind = CaptionKind::kFigure;
  std::size_t owner = 0;
};

std::vector<Candidate> labelled_candidates(std::span<const Fragment> fragments, const std::vector<bool>& free,
                                           std::span<const Rect> figures, std::span<const Rect> tables, double em) {
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < fragments.size(); ++i) {
    if (!free[i] || fragments[i].text.size() > kLimits.longest) continue;
    const std::optional<CaptionKind> kind = caption_label(fragments[i].text);
    if (!kind.has_value()) continue;
    const std::span<const Rect> owners = *kind == CaptionKind::kFigure ? figures : tables;
    for (std::size_t o = 0; o < owners.size(); ++o) {
      const bool nothing_between = !text_between(fragments, free, fragments[i].bbox, owners[o]);
      const auto distance = caption_distance(fragments[i].bbox, owners[o], *kind, em, nothing_between);
      if (distance.has_value()) {
        candidates.push_back({*distance, i, *kind, o});
      }
    }
  }
  return candidates;
}

// The caption's next line: right below it, centred alike and shorter, in the same size.
void add_next_line(std::span<const Fragment> fragments, const std::vector<bool>& free, Caption& caption) {
  const Fragment& last = fragments[caption.fragments.back()];
  for (std::size_t i = 0; i < fragments.size(); ++i) {
    const Fragment& next = fragments[i];
    if (!free[i] || next.bbox.y0 < last.bbox.center_y() || next.bbox.y0 - last.bbox.y1 > 0.6 * last.size) continue;
    if (std::abs(next.size - last.size) > 0.08 * last.size || caption_label(next.text).has_value()) continue;
    const bool centred = std::abs(next.bbox.center_x() - last.bbox.center_x()) < last.size;
    if (!centred || next.bbox.x0 < last.bbox.x0 + last.size) continue;
    caption.fragments.push_back(i);
    caption.bbox = base::united(caption.bbox, next.bbox);
    return;
  }
}

}  // namespace

std::optional<CaptionKind> caption_label(std::u32string_view text) {
  std::size_t begin = 0;
  while (begin < text.size() && (base::is_space(text[begin]) || text[begin] == U'【' || text[begin] == U'[')) ++begin;
  for (const LabelWord& label : kLabelWords) {
    if (text.size() < begin + label.word.size() + 1) continue;
    if (folded_key(text.substr(begin, label.word.size())) != label.word) continue;
    std::size_t i = begin + label.word.size();
    while (i < text.size() && base::is_space(text[i])) ++i;
    const std::size_t number = i;
    while (i < text.size() && (is_numeral(text[i]) || (i > number && i + 1 < text.size() && is_numeral(text[i + 1]) &&
                                                       (text[i] == U'-' || text[i] == U'.' || text[i] == U'－')))) {
      ++i;
    }
    if (i == number || i - number > 5) return std::nullopt;
    if (i + 1 == text.size() && base::is_latin_letter(text[i])) ++i;  // 图1a
    return ends_label(text, i) ? std::optional(label.kind) : std::nullopt;
  }
  return std::nullopt;
}

std::vector<Caption> captions_of(std::span<const Fragment> fragments, const std::vector<bool>& free,
                                 std::span<const Rect> figures, std::span<const Rect> tables, double em) {
  std::vector<Candidate> candidates = labelled_candidates(fragments, free, figures, tables, em);
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(a.distance, a.fragment, a.owner) < std::tie(b.distance, b.fragment, b.owner);
  });
  std::vector<Caption> captions;
  std::vector<bool> unused = free;
  std::vector<bool> figure_done(figures.size(), false);
  std::vector<bool> table_done(tables.size(), false);
  for (const Candidate& candidate : candidates) {
    std::vector<bool>& done = candidate.kind == CaptionKind::kFigure ? figure_done : table_done;
    if (!unused[candidate.fragment] || done[candidate.owner]) continue;
    done[candidate.owner] = true;
    unused[candidate.fragment] = false;
    captions.push_back({candidate.kind, {candidate.fragment}, candidate.owner, fragments[candidate.fragment].bbox});
  }
  for (std::size_t f = 0; f < figures.size(); ++f) {
    if (figure_done[f]) continue;
    for (std::size_t i = 0; i < fragments.size(); ++i) {
      if (!unused[i] || !may_be_unlabelled_caption(fragments[i], figures[f], em)) continue;
      unused[i] = false;
      captions.push_back({CaptionKind::kFigure, {i}, f, fragments[i].bbox});
      break;
    }
  }
  for (Caption& caption : captions) {
    add_next_line(fragments, unused, caption);
    for (const std::size_t used : caption.fragments) unused[used] = false;
  }
  return captions;
}

}  // namespace medmark::structure
