#include "structure/text/line_text.hpp"

#include <algorithm>
#include <span>

#include "base/text.hpp"
#include "structure/text/notations.hpp"
#include "structure/text/punctuation.hpp"
#include "structure/text/scripts.hpp"
#include "structure/text/units.hpp"

namespace medmark::structure {
namespace {

using document::Character;
using document::TextLine;
using document::TextRun;
using document::TextSource;

bool is_lower_case(char32_t c) { return c >= U'a' && c <= U'z'; }

bool is_wordly(char32_t c) { return base::is_latin_letter(c) || base::is_digit(c) || c == U'-'; }

// A word broken at the line's end: "hyper-" + "tension". A compound ("hs-" + "cTn", "non-" + "ST") keeps its hyphen.
bool is_broken_word(const std::u32string& before, const std::u32string& after) {
  if (before.size() < 3 || after.size() < 2) return false;
  const char32_t last = before.back();
  if (last != U'-' && last != U'\u00AD' && last != U'\u2010') return false;
  std::size_t begin = before.size() - 1;
  while (begin > 0 && is_lower_case(before[begin - 1])) --begin;
  const bool starts_word = begin == 0 || !is_wordly(before[begin - 1]) || before.size() - begin > 3;
  return starts_word && before.size() - 1 - begin >= 2 && is_lower_case(after[0]) && is_lower_case(after[1]);
}

void remove_last_code_point(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) text.pop_back();
  if (!text.empty()) text.pop_back();
}

void undo_hyphen(RunText& out) {
  remove_last_code_point(out.text);
  if (out.runs.empty()) return;
  TextRun& run = out.runs.back();
  if (run.end <= out.text.size()) return;
  run.end = out.text.size();
  if (!run.character_edges.empty()) run.character_edges.pop_back();
  if (!run.character_confidences.empty()) run.character_confidences.pop_back();
}

// The last few code points of UTF-8 text.
std::u32string tail_of(const std::string& text) {
  constexpr std::size_t kTailBytes = 64;
  std::size_t begin = text.size() > kTailBytes ? text.size() - kTailBytes : 0;
  while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) ++begin;
  return base::decode_utf8(std::string_view(text).substr(begin));
}

// Pieces of one expression that a line break went through: "CD4/" + "CD8", "2021-" + "05".
bool holds_on(char32_t before, char32_t after) {
  return before == U'-' || before == U'/' || before == U'~' || before == U'(' || after == U')' || after == U'/' ||
         after == U',' || after == U';' || after == U'.' || after == U'%';
}

void append_joint(RunText& out, const std::u32string& next, Join join) {
  if (out.text.empty() || next.empty() || join == Join::kDirect) return;
  if (join == Join::kSpace) {
    out.text += ' ';
    return;
  }
  const std::u32string before = tail_of(out.text);
  if (is_broken_word(before, next)) {
    undo_hyphen(out);
  } else if (!holds_on(before.back(), next.front()) && base::joins_with_space(before.back(), next.front())) {
    out.text += ' ';
  }
}

std::vector<Glyph> written(std::span<const Character> characters, TextSource source) {
  std::vector<Glyph> glyphs = with_scripts_written(characters);
  for (Glyph& glyph : glyphs) {
    if (base::is_space(glyph.code)) glyph.code = U' ';
    // The recogniser knows the wave dash as U+301C too; Chinese print has U+FF5E.
    if (source == TextSource::kOcr && glyph.code == U'\u301C') glyph.code = U'\uFF5E';
  }
  if (source != TextSource::kNative) {
    make_spaces_consistent(glyphs);
    part_flag(glyphs);
    make_punctuation_consistent(glyphs);
    make_units_consistent(glyphs);
    make_notations_consistent(glyphs);
  }
  while (!glyphs.empty() && glyphs.back().code == U' ') glyphs.pop_back();
  const auto first = std::find_if(glyphs.begin(), glyphs.end(), [](const Glyph& g) { return g.code != U' '; });
  glyphs.erase(glyphs.begin(), first);
  return glyphs;
}

std::u32string codes_of(const std::vector<Glyph>& glyphs) {
  std::u32string codes;
  codes.reserve(glyphs.size());
  for (const Glyph& glyph : glyphs) codes.push_back(glyph.code);
  return codes;
}

// Edges never run backwards: overlapping boxes meet in the middle of nothing, so the left edge of each character
// counts.
std::vector<double> edges_of(const std::vector<Glyph>& glyphs) {
  std::vector<double> edges;
  edges.reserve(glyphs.size() + 1);
  for (const Glyph& glyph : glyphs) edges.push_back(edges.empty() ? glyph.left : std::max(edges.back(), glyph.left));
  edges.push_back(std::max(edges.back(), glyphs.back().right));
  return edges;
}

// Beside each glyph the least confidence of the characters it was written from, by where they stand; a glyph that none
// stands at (a tag, a mark of a power) is as sure as the least of all.
std::vector<float> confidences_of(const std::vector<Glyph>& glyphs, std::span<const Character> characters,
                                  double least) {
  std::vector<float> confidences;
  confidences.reserve(glyphs.size());
  std::size_t first = 0;
  for (const Glyph& glyph : glyphs) {
    while (first < characters.size() && characters[first].bbox.x1 <= glyph.left) ++first;
    double sure = 2;
    for (std::size_t i = first; i < characters.size() && characters[i].bbox.x0 < glyph.right; ++i) {
      const double middle = characters[i].bbox.center_x();
      const bool inside = middle >= glyph.left && middle <= glyph.right;
      if (inside && characters[i].code != U' ') sure = std::min(sure, characters[i].confidence);
    }
    confidences.push_back(static_cast<float>(sure > 1 && glyph.code != U' ' ? least : std::min(sure, 1.0)));
  }
  return confidences;
}

std::size_t code_points_in(const std::string& text, std::size_t begin, std::size_t end) {
  std::size_t count = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) ++count;
  }
  return count;
}

// Bytes [from, to) of a run of `text`, its box cut to them; offsets are counted from `origin`.
TextRun part_of(const TextRun& run, const std::string& text, std::size_t from, std::size_t to, std::size_t origin) {
  TextRun part = run;
  part.begin = from - origin;
  part.end = to - origin;
  const std::size_t first = code_points_in(text, run.begin, from);
  const std::size_t count = code_points_in(text, from, to);
  part.character_confidences.clear();
  if (first + count <= run.character_confidences.size()) {
    const auto begin = run.character_confidences.begin() + static_cast<std::ptrdiff_t>(first);
    part.character_confidences.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
  }
  if (run.character_edges.empty()) return part;
  const std::size_t last = std::min(first + count, run.character_edges.size() - 1);
  part.character_edges.assign(run.character_edges.begin() + static_cast<std::ptrdiff_t>(first),
                              run.character_edges.begin() + static_cast<std::ptrdiff_t>(last) + 1);
  part.bbox.x0 = part.character_edges.front();
  part.bbox.x1 = part.character_edges.back();
  return part;
}

}  // namespace

void append_characters(RunText& out, const TextLine& line, std::size_t begin, std::size_t end, int page, Join join) {
  const auto characters = std::span(line.characters).subspan(begin, end - begin);
  const std::vector<Glyph> glyphs = written(characters, line.source);
  if (glyphs.empty()) return;
  const std::u32string codes = codes_of(glyphs);
  append_joint(out, codes, join);
  TextRun run;
  run.page = page;
  run.begin = out.text.size();
  out.text += base::encode_utf8(codes);
  run.end = out.text.size();
  run.confidence = 1;
  for (const Character& c : characters) {
    if (c.code == U' ') continue;
    run.bbox = base::united(run.bbox, c.bbox);
    run.confidence = std::min(run.confidence, c.confidence);
  }
  if (!line.is_vertical) {
    run.character_edges = edges_of(glyphs);
    run.character_confidences = confidences_of(glyphs, characters, run.confidence);
  }
  out.runs.push_back(std::move(run));
}

void append_line(RunText& out, const TextLine& line, int page, Join join) {
  append_characters(out, line, 0, line.characters.size(), page, join);
}

void append_text(RunText& out, const RunText& more, Join join) {
  append_joint(out, base::decode_utf8(more.text), join);
  const std::size_t offset = out.text.size();
  out.text += more.text;
  for (TextRun run : more.runs) {
    run.begin += offset;
    run.end += offset;
    out.runs.push_back(std::move(run));
  }
}

RunText slice(const RunText& text, std::size_t begin, std::size_t end) {
  while (begin < end && text.text[begin] == ' ') ++begin;
  while (end > begin && text.text[end - 1] == ' ') --end;
  RunText out;
  out.text = text.text.substr(begin, end - begin);
  for (const TextRun& run : text.runs) {
    const std::size_t from = std::max(run.begin, begin);
    const std::size_t to = std::min(run.end, end);
    if (from < to) out.runs.push_back(part_of(run, text.text, from, to, begin));
  }
  return out;
}

std::string line_text(const TextLine& line) {
  RunText out;
  append_line(out, line, 0);
  return out.text;
}

void map_runs(std::vector<TextRun>& runs, const document::PageMapping& flat_to_page) {
  for (TextRun& run : runs) {
    const double y = run.bbox.center_y();
    const base::Point left = flat_to_page.map(base::Point{run.bbox.x0, y});
    const base::Point right = flat_to_page.map(base::Point{run.bbox.x1, y});
    const bool along_x = right.x - left.x > std::abs(right.y - left.y);
    if (!along_x) run.character_edges.clear();
    for (double& edge : run.character_edges) edge = flat_to_page.map(base::Point{edge, y}).x;
    run.bbox = flat_to_page.map(run.bbox);
  }
}

}  // namespace medmark::structure
