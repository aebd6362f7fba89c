#include "structure/page/paragraphs.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"

namespace medmark::structure {
namespace {

// In ems of the line's own text. First lines are indented by two ems; detection boxes are off by up to half an em at
// either end.
struct ParagraphLimits {
  double indent = 1.1;
  double end_slack = 1.6;   // full lines of Chinese end within one character of the column, punctuation hanging
  double long_line = 0.55;  // share of the column
  double least_inset = 0.8;
  double inset_width = 15;
  double set_line = 0.6;           // share of the column that a line set to its edges fills
  double white_gap = 0.75;         // more white between lines than usual by this much begins a new paragraph
  double exact_size_change = 0.1;  // share
  double size_change = 0.25;       // share; recognised sizes are off by 8 % each
  double hanging_least = 0.8;
  double hanging_most = 3.4;
};
constexpr ParagraphLimits kLimits;

bool is_opening_mark(char32_t c) {
  constexpr std::u32string_view kMarks = U"（(【[《“‘";
  return kMarks.find(c) != std::u32string_view::npos;
}

bool is_closing_mark(char32_t c) {
  constexpr std::u32string_view kMarks = U"）)】]》”’，。；：、！？,;:%";
  return kMarks.find(c) != std::u32string_view::npos;
}

bool is_arrow(char32_t c) { return c == U'↑' || c == U'↓'; }

// Width in ems of a full-width character with the opening marks before and the closing marks behind it, which no line
// break parts.
double unbreakable_marks(std::u32string_view text) {
  std::size_t end = 0;
  while (end < text.size() && is_opening_mark(text[end])) ++end;
  if (end < text.size()) ++end;
  while (end < text.size() && is_closing_mark(text[end])) ++end;
  double width = 0;
  for (std::size_t i = 0; i < end; ++i) width += base::is_full_width(text[i]) ? 1.0 : 0.5;
  return std::max(width, 1.0);
}

// Width in ems of what must fit for the next line's beginning to stand on the line before: a word, or a character with
// the mark that must not begin a line.
double first_word_width(std::u32string_view text) {
  std::size_t letters = 0;
  while (letters < text.size() && !base::is_space(text[letters]) && !base::is_full_width(text[letters])) ++letters;
  if (letters == 0) return unbreakable_marks(text);
  double marks = 0;  // "132μmol/L↑。": marks that no line may begin with go with the word
  for (std::size_t i = letters; i < text.size() && (is_closing_mark(text[i]) || is_arrow(text[i])); ++i) marks += 1;
  return 0.5 * static_cast<double>(std::min<std::size_t>(letters, 24)) + 0.3 + marks;
}

std::size_t colon_in(std::u32string_view text, std::size_t within) {
  for (std::size_t i = 0; i < text.size() && i <= within; ++i) {
    if (text[i] == U'：' || text[i] == U':') return i;
  }
  return std::u32string_view::npos;
}

bool starts_label(std::u32string_view text) {
  if (text.empty()) return false;
  if (text.front() == U'【' || text.front() == U'〖') return true;
  const std::size_t colon = colon_in(text, 14);
  if (colon == std::u32string_view::npos || colon == 0) return false;
  const std::u32string_view label = text.substr(0, colon);
  return is_section_word(label) || is_field_name(label);
}

// "出院带药：…" opens a section wherever the line before ends; "诊断：" may be the end of "入院诊断：", broken over two
// lines.
bool starts_section(std::u32string_view text) {
  constexpr std::size_t kShortest = 3;
  const std::size_t colon = colon_in(text, 14);
  return colon != std::u32string_view::npos && colon >= kShortest && is_section_word(text.substr(0, colon));
}

bool starts_list_item(std::u32string_view text) {
  const Numbering numbering = numbering_of(text);
  return numbering.kind != NumberKind::kNone && numbering.has_mark;
}

// A line that cannot be a paragraph's last unless its sentence ends with it.
bool is_long(const ProseLine& line, const ProseColumn& column) {
  return line.bbox.width() > kLimits.long_line * (column.right - column.left);
}

}  // namespace

ProseColumn column_of(std::span<const ProseLine> lines, double column_x0, double column_x1, double em) {
  ProseColumn column{column_x0, column_x1, em, 0.5 * em};
  if (lines.empty()) return column;
  double left = lines.front().bbox.x0;
  double right = lines.front().bbox.x1;
  for (const ProseLine& line : lines) {
    left = std::min(left, line.bbox.x0);
    right = std::max(right, line.bbox.x1);
  }
  // Lines set to a common right edge: most of the long ones, not two that happen to end alike.
  const auto is_set = [&](const ProseLine& line) { return line.bbox.width() > kLimits.set_line * (right - left); };
  const auto set_lines = std::count_if(lines.begin(), lines.end(), is_set);
  const auto ends_at_right = std::count_if(
      lines.begin(), lines.end(), [&](const ProseLine& line) { return line.bbox.x1 > right - em && is_set(line); });
  column.left = left - column_x0 < kLimits.indent * em || lines.size() < 3 ? std::min(left, column_x0) : left;
  column.right = ends_at_right >= 2 && 2 * ends_at_right >= set_lines ? right : std::max(right, column_x1);
  std::vector<double> gaps;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const double gap = lines[i].bbox.y0 - lines[i - 1].bbox.y1;
    if (gap > -0.5 * em && gap < 1.5 * em) gaps.push_back(gap);
  }
  if (!gaps.empty()) {
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>((gaps.size() - 1) / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    column.line_gap = *middle;
  }
  return column;
}

bool is_full(const ProseLine& line, const ProseLine* next, const ProseColumn& column) {
  double room = column.right - line.bbox.x1;
  // A paragraph set in from both sides by as much: an abstract, a quotation.
  const double inset = next != nullptr ? next->bbox.x0 - column.left : 0;
  if (inset > kLimits.least_inset * column.em && next->bbox.x0 < line.bbox.x0 + 0.5 * column.em &&
      line.bbox.width() > kLimits.inset_width * column.em) {
    room -= std::min(inset, room);
  }
  const double needed = next != nullptr ? first_word_width(next->text) : 1.0;
  return room < std::max(kLimits.end_slack, needed + 0.6) * column.em;
}

bool is_indented(const ProseLine& line, const ProseColumn& column) {
  return line.bbox.x0 - column.left > kLimits.indent * column.em;
}

bool starts_entry(std::u32string_view text) { return starts_label(text) || starts_list_item(text); }

bool closes_sentence(std::u32string_view text) {
  if (text.empty()) return false;
  constexpr std::u32string_view kMarks = U"。！？!?；;：:";
  return kMarks.find(text.back()) != std::u32string_view::npos;
}

bool goes_on(std::span<const ProseLine> paragraph, const ProseLine& next, const ProseColumn& column) {
  const ProseLine& first = paragraph.front();
  const ProseLine& last = paragraph.back();
  const double change = std::abs(next.size - last.size) / std::max(last.size, 1e-6);
  if (change > (next.size_is_exact ? kLimits.exact_size_change : kLimits.size_change)) return false;
  const double white = next.bbox.y0 - last.bbox.y1;
  if (white > column.line_gap + kLimits.white_gap * column.em) return false;
  const bool full = is_full(last, &next, column);
  const bool ended = closes_sentence(last.text);
  if (!full && !(is_indented(first, column) && !is_indented(next, column) && !ended && is_long(last, column)))
    return false;
  if (starts_list_item(next.text) && (ended || starts_list_item(first.text))) return false;
  if (starts_label(next.text) && (ended || next.text.front() == U'【' || starts_section(next.text))) return false;
  if (!is_indented(next, column) || next.bbox.x0 < last.bbox.x0 - 0.5 * column.em) return true;
  const double from_first = (next.bbox.x0 - first.bbox.x0) / column.em;
  if (starts_list_item(first.text) && from_first > kLimits.hanging_least && from_first < kLimits.hanging_most)
    return true;
  const bool below_last = std::abs(next.bbox.x0 - last.bbox.x0) < 0.5 * column.em;
  return below_last && (paragraph.size() > 1 || !ended);
}

}  // namespace medmark::structure
