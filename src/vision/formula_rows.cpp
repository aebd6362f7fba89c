#include "vision/formula_rows.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "base/median.hpp"
#include "base/text.hpp"
#include "image/pixel_rect.hpp"

namespace medmark::vision {
namespace {

using document::FormulaHypothesis;
using document::FormulaSign;

// In sizes of the row's signs.
struct RowLimits {
  double same_baseline = 0.16;
  double same_size = 0.2;
  double gap = 1.1;
  double around = 0.12;       // ink kept around a sign's box
  double beside = 0.04;       // painted over around signs of other rows
  double margin = 0.35;       // paper around the row that is read
  double least_named = 0.15;  // probability from which on a sign is as sure as the recogniser that names it too
  double on_bar = 0.08;       // half of a bar's thickness, painted over
};
constexpr RowLimits kLimits;

bool is_text(char32_t code) { return code != U'√' && code != U'∛'; }

bool follows(const FormulaSign& sign, const FormulaSign& before) {
  const double size = std::max(sign.size, before.size);
  return std::abs(sign.baseline - before.baseline) < kLimits.same_baseline * size &&
         std::abs(sign.size - before.size) < kLimits.same_size * size &&
         sign.bbox.x0 - before.bbox.x1 < kLimits.gap * size;
}

cv::Rect within(const base::Rect& box, const cv::Mat& picture) {
  return image::touched_pixels(box, 1) & cv::Rect({0, 0}, picture.size());
}

// The row alone on paper: nothing of the bar under it or of scripts beside it.
cv::Mat row_alone(const FormulaHypothesis& formula, const std::vector<std::size_t>& row, const cv::Mat& grey) {
  base::Rect box;
  double size = 0;
  for (const std::size_t i : row) {
    box = base::united(box, formula.signs[i].bbox);
    size = std::max(size, formula.signs[i].size);
  }
  const cv::Mat alone(grey.size(), CV_8U, cv::Scalar(255));
  for (const std::size_t i : row) {
    const base::Rect reach = base::inflated(formula.signs[i].bbox, kLimits.around * size, kLimits.around * size);
    const cv::Rect part = within(reach, grey);
    if (!part.empty()) grey(part).copyTo(alone(part));
  }
  for (std::size_t i = 0; i < formula.signs.size(); ++i) {
    const FormulaSign& other = formula.signs[i];
    if (other.code == U'√' || std::find(row.begin(), row.end(), i) != row.end()) continue;
    const cv::Rect part = within(base::inflated(other.bbox, kLimits.beside * size, kLimits.beside * size), grey);
    if (!part.empty()) alone(part).setTo(255);
  }
  for (const document::RulingLine& bar : formula.bars) {
    const cv::Rect part =
        within({bar.a.x, bar.a.y - kLimits.on_bar * size, bar.b.x, bar.b.y + kLimits.on_bar * size}, grey);
    if (!part.empty()) alone(part).setTo(255);
  }
  const cv::Rect part = within(base::inflated(box, kLimits.margin * size, kLimits.margin * size), grey);
  return part.empty() ? cv::Mat{} : alone(part).clone();
}

// Letters whose small form is the large one made smaller: a lone one's case only its size on the page tells.
bool has_one_form(char32_t letter) {
  constexpr std::u32string_view kLetters = U"cosuvwxzCOSUVWXZ";
  return kLetters.find(letter) != std::u32string_view::npos;
}

// Names the row's signs as the recogniser does, where both mean the same: Chinese characters, the case of letters.
void take_names(FormulaHypothesis& formula, const std::vector<std::size_t>& row, std::u32string_view text) {
  std::u32string names;
  for (const char32_t c : base::folded_to_half_width(text)) {
    if (!essence_of(std::u32string_view(&c, 1)).empty()) names.push_back(c);
  }
  std::size_t next = 0;
  for (const std::size_t i : row) {
    char32_t& code = formula.signs[i].code;
    if (essence_of(std::u32string_view(&code, 1)).empty() || next >= names.size()) continue;
    const char32_t name = names[next++];
    const bool is_letter = base::is_latin_letter(code) && !(row.size() == 1 && has_one_form(code));
    if (base::is_han(code) || is_letter) code = name;
  }
}

// One baseline and one size for all signs of a row.
void straighten(FormulaHypothesis& formula, const std::vector<std::size_t>& row) {
  std::vector<double> baselines;
  std::vector<double> sizes;
  for (const std::size_t i : row) {
    baselines.push_back(formula.signs[i].baseline);
    sizes.push_back(formula.signs[i].size);
  }
  for (const std::size_t i : row) {
    formula.signs[i].baseline = base::median(baselines);
    formula.signs[i].size = base::median(sizes);
  }
}

}  // namespace

std::vector<std::vector<std::size_t>> rows_of(const FormulaHypothesis& formula) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < formula.signs.size(); ++i) {
    if (is_text(formula.signs[i].code)) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return formula.signs[a].bbox.x0 < formula.signs[b].bbox.x0; });
  std::vector<std::vector<std::size_t>> rows;
  for (const std::size_t i : order) {
    const auto home = std::find_if(rows.rbegin(), rows.rend(), [&](const std::vector<std::size_t>& row) {
      return follows(formula.signs[i], formula.signs[row.back()]);
    });
    if (home == rows.rend()) {
      rows.push_back({i});
    } else {
      home->push_back(i);
    }
  }
  return rows;
}

std::u32string essence_of(std::u32string_view text) {
  std::u32string essence;
  for (char32_t c : base::folded_to_half_width(text)) {
    if (c == U'−' || c == U'–' || c == U'—' || c == U'一') c = U'-';
    if (c == U'。') c = U'.';
    if (c == U'，') c = U',';
    if (c == U'x' || c == U'X' || c == U'*') c = U'×';
    if (c >= U'A' && c <= U'Z') c = c - U'A' + U'a';
    if (base::is_han(c)) c = kSomeHan;
    constexpr std::u32string_view kSigns = U".,-+=/<>×()[]";
    if (base::is_digit(c) || kSigns.find(c) != std::u32string_view::npos || (c >= U'a' && c <= U'z') || c == kSomeHan) {
      essence.push_back(c);
    }
  }
  return essence;
}

base::Result<void> confirm_rows(FormulaHypothesis& formula, const cv::Mat& grey, const ReadWord& read_word) {
  for (FormulaSign& sign : formula.signs) sign.is_confirmed = !is_text(sign.code);
  for (const std::vector<std::size_t>& row : rows_of(formula)) {
    straighten(formula, row);
    std::u32string named;
    for (const std::size_t i : row) named.push_back(formula.signs[i].code);
    const std::u32string essence = essence_of(named);
    bool is_confirmed = essence.find_first_not_of(U"-+=/<>×()[]") == std::u32string::npos;  // no text to read
    if (!is_confirmed) {
      const cv::Mat alone = row_alone(formula, row, grey);
      if (alone.empty()) continue;
      auto reading = read_word(alone);
      if (!reading) return tl::unexpected(reading.error());
      const std::u32string text = base::decode_utf8(reading->text);
      is_confirmed = essence_of(text) == essence;
      if (is_confirmed) take_names(formula, row, text);
      for (const std::size_t i : row) {
        FormulaSign& sign = formula.signs[i];
        const bool is_named = is_confirmed && !essence_of(std::u32string_view(&sign.code, 1)).empty();
        if (is_named && sign.confidence > kLimits.least_named) sign.confidence = reading->confidence;
      }
    }
    for (const std::size_t i : row) formula.signs[i].is_confirmed = is_confirmed;
    if (!is_confirmed) break;  // one row in doubt leaves the formula to others
  }
  return {};
}

}  // namespace medmark::vision
