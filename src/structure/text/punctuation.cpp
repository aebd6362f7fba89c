#include "structure/text/punctuation.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

constexpr std::u32string_view kHalfMarks = U",:;?!()";
constexpr std::u32string_view kFullMarks = U"，：；？！（）";

constexpr double kFlagGap = 0.35;  // of the flag's width; letters of a word stand 0.05 to 0.2 apart

enum class Width { kHalf, kFull, kOpen };

// What a neighbour asks for. Marks and spaces do not decide.
Width width_asked_by(char32_t c) {
  if (base::is_han(c)) return Width::kFull;
  if (base::is_digit(c) || base::is_latin_letter(c)) return Width::kHalf;
  return Width::kOpen;
}

bool is_mark(char32_t c) {
  return kHalfMarks.find(c) != std::u32string_view::npos || kFullMarks.find(c) != std::u32string_view::npos;
}

Width width_before(const std::vector<Glyph>& glyphs, std::size_t index) {
  while (index-- > 0) {
    if (const Width width = width_asked_by(glyphs[index].code); width != Width::kOpen) return width;
  }
  return Width::kOpen;
}

Width width_after(const std::vector<Glyph>& glyphs, std::size_t index) {
  for (std::size_t i = index + 1; i < glyphs.size(); ++i) {
    if (const Width width = width_asked_by(glyphs[i].code); width != Width::kOpen) return width;
  }
  return Width::kOpen;
}

bool has_han(const std::vector<Glyph>& glyphs, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    if (base::is_han(glyphs[i].code)) return true;
  }
  return false;
}

void set_width(Glyph& glyph, Width width) {
  const std::u32string_view from = width == Width::kFull ? kHalfMarks : kFullMarks;
  const std::u32string_view to = width == Width::kFull ? kFullMarks : kHalfMarks;
  if (const std::size_t at = from.find(glyph.code); at != std::u32string_view::npos) glyph.code = to[at];
}

bool is_opening(char32_t c) { return c == U'(' || c == U'（'; }
bool is_closing(char32_t c) { return c == U')' || c == U'）'; }

std::optional<std::size_t> closing_of(const std::vector<Glyph>& glyphs, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < glyphs.size(); ++i) {
    if (is_opening(glyphs[i].code)) ++depth;
    if (is_closing(glyphs[i].code) && --depth == 0) return i;
  }
  return std::nullopt;
}

// A pair agrees with itself: full width where it holds Han; elsewhere it stays as read, the opening one deciding.
void make_brackets_consistent(std::vector<Glyph>& glyphs) {
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    if (!is_opening(glyphs[i].code)) continue;
    const std::optional<std::size_t> close = closing_of(glyphs, i);
    if (!close.has_value()) continue;
    const bool full = has_han(glyphs, i, *close) || glyphs[i].code == U'（';
    set_width(glyphs[i], full ? Width::kFull : Width::kHalf);
    set_width(glyphs[*close], full ? Width::kFull : Width::kHalf);
  }
}

Width width_of_mark(const std::vector<Glyph>& glyphs, std::size_t index) {
  const Width before = width_before(glyphs, index);
  const Width after = width_after(glyphs, index);
  const char32_t code = glyphs[index].code;
  // A number's own marks: 10:11, 1,000; only where digits touch the mark on both sides.
  const bool between_digits = index > 0 && index + 1 < glyphs.size() && base::is_digit(glyphs[index - 1].code) &&
                              base::is_digit(glyphs[index + 1].code);
  if (between_digits) return (code == U'：' || code == U':') ? Width::kHalf : Width::kOpen;
  if (before == Width::kFull || after == Width::kFull) return Width::kFull;
  if (before == Width::kHalf && after == Width::kHalf) return Width::kOpen;
  return Width::kOpen;
}

}  // namespace

void make_punctuation_consistent(std::vector<Glyph>& glyphs) {
  make_brackets_consistent(glyphs);
  std::vector<Width> widths(glyphs.size(), Width::kOpen);
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    const char32_t code = glyphs[i].code;
    if (is_mark(code) && !is_opening(code) && !is_closing(code)) widths[i] = width_of_mark(glyphs, i);
  }
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    if (widths[i] != Width::kOpen) set_width(glyphs[i], widths[i]);
  }
}

void make_spaces_consistent(std::vector<Glyph>& glyphs) {
  std::size_t spaces = 0;
  std::size_t han_pairs = 0;  // Han characters with another directly behind
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    if (glyphs[i].code == U' ') ++spaces;
    if (i > 0 && base::is_han(glyphs[i].code) && base::is_han(glyphs[i - 1].code)) ++han_pairs;
  }
  const bool is_spaced_title = spaces >= 1 && han_pairs == 0 && glyphs.size() >= 3 && spaces * 2 + 1 >= glyphs.size();
  std::vector<Glyph> out;
  out.reserve(glyphs.size());
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    if (glyphs[i].code != U' ') {
      out.push_back(glyphs[i]);
      continue;
    }
    if (out.empty() || i + 1 >= glyphs.size() || out.back().code == U' ') continue;
    std::size_t next = i + 1;
    while (next + 1 < glyphs.size() && glyphs[next].code == U' ') ++next;
    if (is_spaced_title || base::joins_with_space(out.back().code, glyphs[next].code)) out.push_back(glyphs[i]);
  }
  glyphs = std::move(out);
}

void part_flag(std::vector<Glyph>& glyphs) {
  if (glyphs.size() < 2) return;
  const Glyph flag = glyphs.back();
  const Glyph& before = glyphs[glyphs.size() - 2];
  if (flag.code != U'H' && flag.code != U'L') return;
  if (before.code == U' ' || base::is_latin_letter(before.code) || before.code == U'/') return;
  if (flag.left - before.right < kFlagGap * (flag.right - flag.left)) return;
  const Glyph space{U' ', before.right, flag.left};
  glyphs.insert(glyphs.end() - 1, space);
}

}  // namespace medmark::structure
