#include "structure/formulas/model_formula.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "structure/formulas/grammar.hpp"
#include "structure/formulas/latex.hpp"

namespace medmark::structure {
namespace {

using base::Rect;
using document::FormulaHypothesis;
using document::FormulaSign;

struct ModelLimits {
  double sure = 0.6;          // confidence that a sign needs: the recogniser's where it names the sign too
  double sure_radical = 0.4;  // a radical sign besides has a bar
  double margin = 0.3;        // ems around the box within which signs are the formula's
  double on_ink = 0.15;       // sizes around a sign's box within which ink is its own
  double on_bar = 0.3;
  double on_radical = 0.35;
  double word_gap = 0.3;        // sizes between letters from which a new word begins
  double full_size = 0.85;      // of the largest sign: smaller ones are scripts
  double beside = 0.3;          // height that neighbours share
  double alike = 0.9;           // sizes of neighbours that latex_of takes for no script of each other
  double off_line = 0.1;        // sizes between the baselines of such
  double script_gap = 0.5;      // sizes between a base and its scripts
  double script_overlap = 0.3;  // ... that they may stand over each other
  double stacked = 0.5;         // ems between the baselines of terms above each other
  double other_line = 0.8;      // the same that no exponent reaches
};
constexpr ModelLimits kLimits;

// The italic letter of the mathematical alphabet: how the writer knows a variable.
char32_t italic_of(char32_t code) {
  if (code == U'h') return 0x210E;
  if (code >= U'a' && code <= U'z') return 0x1D44E + (code - U'a');
  if (code >= U'A' && code <= U'Z') return 0x1D434 + (code - U'A');
  return code;
}

bool accounts_for(const FormulaSign& sign, const Rect& ink) {
  const double around = (sign.code == U'√' ? kLimits.on_radical : kLimits.on_ink) * sign.size;
  return base::inflated(sign.bbox, around, around).contains({ink.center_x(), ink.center_y()});
}

bool accounts_for(const document::RulingLine& bar, const Rect& ink, double em) {
  return std::abs(ink.center_y() - bar.a.y) < kLimits.on_bar * em && ink.x0 > bar.a.x - em && ink.x1 < bar.b.x + em &&
         ink.height() < em;
}

// Whether both are scripts of one base: what stands right before them can carry scripts, as no operator can.
bool are_scripts(const std::vector<FormulaSign>& signs, const FormulaSign& upper, const FormulaSign& lower) {
  const double x = std::min(upper.bbox.x0, lower.bbox.x0);
  const double size = std::min(upper.size, lower.size);
  return std::any_of(signs.begin(), signs.end(), [&](const FormulaSign& base) {
    const double gap = x - base.bbox.x1;
    const bool carries = base::is_latin_letter(base.code) || base::is_digit(base.code) || base.code == U')' ||
                         (base.code >= U'α' && base.code <= U'ω');
    return carries && gap > -kLimits.script_overlap * size && gap < kLimits.script_gap * size &&
           base.bbox.y0 < lower.bbox.center_y() && base.bbox.y1 > upper.bbox.center_y();
  });
}

// Above a bar, below it, or not of it.
int side_of(const FormulaSign& sign, const FormulaBar& bar) {
  if (sign.bbox.center_x() < bar.x0 || sign.bbox.center_x() > bar.x1) return 0;
  return sign.bbox.center_y() < bar.y ? 1 : 2;
}

// Whether signs above each other are terms of a fraction (a bar lies between them) or scripts of one base.
bool stand_apart(const std::vector<FormulaSign>& signs, const std::vector<FormulaBar>& bars, double em) {
  const auto is_over = [&](const FormulaSign& upper, const FormulaSign& lower) {
    const double larger = std::max(upper.size, lower.size);
    if (std::min(upper.size, lower.size) < kLimits.full_size * larger) return false;
    if (upper.baseline > lower.baseline - kLimits.stacked * larger) return false;
    if (base::overlap_x(upper.bbox, lower.bbox) <= 0.5 * std::min(upper.bbox.width(), lower.bbox.width())) return false;
    return larger >= kLimits.full_size * em || !are_scripts(signs, upper, lower);
  };
  for (const FormulaSign& upper : signs) {
    for (const FormulaSign& lower : signs) {
      if (upper.code == U'√' || lower.code == U'√' || !is_over(upper, lower)) continue;
      const bool has_bar = std::any_of(bars.begin(), bars.end(), [&](const FormulaBar& bar) {
        return side_of(upper, bar) == 1 && side_of(lower, bar) == 2;  // also: it was seen in its whole length
      });
      if (!has_bar) return false;
    }
  }
  return true;
}

// Whether it is clear of every sign if it stands on its neighbour's line or is a script of it: one as large as the
// neighbour that stands off its baseline may be either.
bool stand_clear(const std::vector<FormulaSign>& signs, const std::vector<FormulaBar>& bars) {
  constexpr std::u32string_view kTall = U"√∛()[]|";
  const auto is_beside = [&](const FormulaSign& left, const FormulaSign& sign) {
    if (kTall.find(left.code) != std::u32string_view::npos || left.bbox.x0 >= sign.bbox.x0) return false;
    const double least = std::min(left.bbox.height(), sign.bbox.height());
    return base::overlap_y(left.bbox, sign.bbox) >= kLimits.beside * least &&
           std::all_of(bars.begin(), bars.end(),
                       [&](const FormulaBar& bar) { return side_of(left, bar) == side_of(sign, bar); });
  };
  return std::all_of(signs.begin(), signs.end(), [&](const FormulaSign& sign) {
    if (kTall.find(sign.code) != std::u32string_view::npos) return true;
    const FormulaSign* left = nullptr;
    for (const FormulaSign& other : signs) {
      if (is_beside(other, sign) && (left == nullptr || other.bbox.x0 > left->bbox.x0)) left = &other;
    }
    if (left == nullptr) return true;
    const double size = std::max(sign.size, left->size);
    const bool is_alike = std::min(sign.size, left->size) > kLimits.alike * size;
    return !is_alike || std::abs(sign.baseline - left->baseline) < kLimits.off_line * size;
  });
}

std::u32string digits_of(std::u32string_view text) {
  std::u32string digits;
  for (const char32_t c : base::folded_to_half_width(text)) {
    // Scripts that recognition read as characters of their own are digits too.
    for (const char32_t form : {c, base::plain_of_raised(c), base::plain_of_lowered(c)}) {
      if (base::is_digit(form)) digits.push_back(form);
    }
  }
  std::sort(digits.begin(), digits.end());
  return digits;
}

// Whether every raised + and − that was read ("Cl⁻") stands among the small signs too.
bool names_raised_signs(const std::vector<FormulaSign>& signs, double em, const std::u32string& read) {
  const auto all_seen = [&](char32_t raised, std::u32string_view plain) {
    const auto seen = std::count_if(signs.begin(), signs.end(), [&](const FormulaSign& sign) {
      return sign.size < kLimits.full_size * em && plain.find(sign.code) != std::u32string_view::npos;
    });
    return seen >= std::count(read.begin(), read.end(), raised);
  };
  return all_seen(U'⁺', U"+") && all_seen(U'⁻', U"-−");
}

bool is_of_word(const FormulaSign& sign) { return base::is_latin_letter(sign.code) || sign.code == U'-'; }

// The letter or hyphen that the sign `next` goes on with, on the same row and without a gap.
const FormulaSign* letter_before(const std::vector<FormulaSign>& signs, const FormulaSign& next) {
  const FormulaSign* before = nullptr;
  for (const FormulaSign& sign : signs) {
    const bool is_near = sign.bbox.x0 < next.bbox.x0 && next.bbox.x0 - sign.bbox.x1 < kLimits.word_gap * next.size;
    if (is_near && sign.baseline == next.baseline && sign.size == next.size && is_of_word(sign)) {
      before = &sign;
    }
  }
  return before;
}

// The size of the text: of the largest sign that is no radical, which is as tall as what stands under it.
double text_size(const std::vector<FormulaSign>& signs) {
  double size = 0;
  for (const FormulaSign& sign : signs) size = sign.code == U'√' ? size : std::max(size, sign.size);
  return size;
}

// Whether every sign as large as the text stands on the line of the one before it, unless a bar lies between them: the
// terms of a fraction whose bar was not seen would be read as one row ("H36×0W0" for H×W over 3600).
bool keep_to_lines(const std::vector<FormulaSign>& signs, const std::vector<FormulaBar>& bars) {
  const double em = text_size(signs);
  std::vector<const FormulaSign*> large;
  for (const FormulaSign& sign : signs) {
    if (sign.code != U'√' && sign.size >= kLimits.full_size * em) large.push_back(&sign);
  }
  std::sort(large.begin(), large.end(),
            [](const FormulaSign* a, const FormulaSign* b) { return a->bbox.x0 < b->bbox.x0; });
  for (std::size_t i = 1; i < large.size(); ++i) {
    const FormulaSign& left = *large[i - 1];
    const FormulaSign& sign = *large[i];
    if (std::abs(sign.baseline - left.baseline) < kLimits.other_line * em) continue;
    const bool is_parted = std::any_of(bars.begin(), bars.end(),
                                       [&](const FormulaBar& bar) { return side_of(left, bar) != side_of(sign, bar); });
    if (!is_parted) return false;
  }
  return true;
}

// Whether small signs stand behind something that carries scripts, or in a fraction: right behind an operator they are
// the terms of a fraction whose bar was not seen ("+3^1×…" for +1/3×…).
bool scripts_have_bases(const std::vector<FormulaSign>& signs, const std::vector<FormulaBar>& bars) {
  constexpr std::u32string_view kCarryNothing = U"+-−×·=/÷<>≤≥";
  const double em = text_size(signs);
  return std::all_of(signs.begin(), signs.end(), [&](const FormulaSign& sign) {
    if (sign.size >= kLimits.full_size * em || !base::is_digit(sign.code)) return true;
    const bool in_fraction =
        std::any_of(bars.begin(), bars.end(), [&](const FormulaBar& bar) { return side_of(sign, bar) != 0; });
    const FormulaSign* left = nullptr;
    for (const FormulaSign& other : signs) {
      if (other.code == U'√' || other.bbox.center_x() >= sign.bbox.x0) continue;
      if (left == nullptr || other.bbox.x1 > left->bbox.x1) left = &other;
    }
    if (in_fraction || left == nullptr) return in_fraction;
    return left->size < kLimits.full_size * em || kCarryNothing.find(left->code) == std::u32string_view::npos;
  });
}

// Letters and hyphens of one word are all upright or all italic: most of them decide.
void settle_italics(std::vector<FormulaSign>& signs) {
  std::vector<int> word(signs.size(), -1);
  for (std::size_t i = 0; i < signs.size(); ++i) {
    if (!is_of_word(signs[i])) continue;
    const FormulaSign* before = letter_before(signs, signs[i]);
    word[i] = before == nullptr ? static_cast<int>(i) : word[static_cast<std::size_t>(before - signs.data())];
  }
  for (std::size_t first = 0; first < signs.size(); ++first) {
    if (word[first] != static_cast<int>(first)) continue;
    int italic = 0;
    int letters = 0;
    for (std::size_t i = first; i < signs.size(); ++i) {
      if (word[i] != word[first]) continue;
      ++letters;
      if (signs[i].is_italic) ++italic;
    }
    for (std::size_t i = first; i < signs.size(); ++i) {
      if (word[i] == word[first]) signs[i].is_italic = 2 * italic > letters;
    }
  }
}

std::vector<FormulaCharacter> characters_of(std::vector<FormulaSign> signs) {
  std::stable_sort(signs.begin(), signs.end(), [](const auto& a, const auto& b) { return a.bbox.x0 < b.bbox.x0; });
  settle_italics(signs);
  std::vector<FormulaCharacter> characters;
  for (const FormulaSign& sign : signs) {
    characters.push_back({.code = sign.is_italic ? italic_of(sign.code) : sign.code,
                          .bbox = sign.bbox,
                          .size = sign.size,
                          .baseline = sign.baseline,
                          .after_space = base::is_latin_letter(sign.code) && letter_before(signs, sign) == nullptr});
  }
  return characters;
}

}  // namespace

std::optional<ModelFormula> latex_of_hypothesis(const FormulaHypothesis& formula, const Rect& box,
                                                const std::u32string& read, std::span<const Rect> unread) {
  std::vector<FormulaSign> signs;
  double em = 0;
  for (const FormulaSign& sign : formula.signs) em = std::max(em, sign.size);
  const Rect reach = base::inflated(box, kLimits.margin * em, kLimits.margin * em);
  for (const FormulaSign& sign : formula.signs) {
    if (reach.contains({sign.bbox.center_x(), sign.bbox.center_y()})) signs.push_back(sign);
  }
  if (signs.empty()) return std::nullopt;
  std::u32string named;
  ModelFormula made;
  made.confidence = 1;
  for (const FormulaSign& sign : signs) {
    const double sure = sign.code == U'√' ? kLimits.sure_radical : kLimits.sure;
    if (sign.confidence < sure || !sign.is_confirmed) return std::nullopt;
    made.confidence = std::min(made.confidence, sign.confidence);
    named.push_back(sign.code == U'∛' ? U'3' : sign.code);
  }
  const std::u32string named_digits = digits_of(named);
  const std::u32string read_digits = digits_of(read);
  if (!std::includes(named_digits.begin(), named_digits.end(), read_digits.begin(), read_digits.end())) {
    return std::nullopt;
  }
  if (!names_raised_signs(signs, em, read)) return std::nullopt;
  const bool is_complete = std::all_of(unread.begin(), unread.end(), [&](const Rect& ink) {
    return std::any_of(signs.begin(), signs.end(), [&](const FormulaSign& sign) { return accounts_for(sign, ink); }) ||
           std::any_of(formula.bars.begin(), formula.bars.end(),
                       [&](const document::RulingLine& bar) { return accounts_for(bar, ink, em); });
  });
  if (!is_complete) return std::nullopt;
  std::vector<FormulaBar> bars;
  for (const document::RulingLine& bar : formula.bars) {
    if (reach.contains({(bar.a.x + bar.b.x) / 2, bar.a.y})) bars.push_back({bar.a.x, bar.b.x, bar.a.y});
  }
  if (!stand_apart(signs, bars, em) || !stand_clear(signs, bars)) return std::nullopt;
  if (!keep_to_lines(signs, bars) || !scripts_have_bases(signs, bars)) return std::nullopt;
  const std::optional<std::string> latex = latex_of(characters_of(std::move(signs)), bars);
  if (!latex.has_value() || !is_well_formed(*latex)) return std::nullopt;
  // Nobody prints a power of one: it is the numerator of a fraction whose bar was not seen.
  if (latex->find("^{1}") != std::string::npos) return std::nullopt;
  made.latex = *latex;
  return made;
}

}  // namespace medmark::structure
