#include "vision/marked_lines.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace medmark::vision {
namespace {

using document::Character;
using document::TextLine;

struct ReadingLimits {
  double around = 0.25;    // em around a line that is read again
  double inside = 0.6;     // of a new line in the old one's box, for it to be the same print
  double marked = 0.7;     // of a character in the box of a mark, for it to be read out of the mark
  double most_sure = 0.8;  // of print that a pen touches or that reads otherwise without it
};
constexpr ReadingLimits kLimits;

bool is_of_value(char32_t code) { return base::is_digit(code) || code == U'.'; }

std::u32string text_of(const std::vector<TextLine>& lines) {
  std::u32string text;
  for (const TextLine& line : lines) {
    for (const Character& character : line.characters) {
      if (!base::is_space(character.code)) text.push_back(character.code);
    }
  }
  return text;
}

// Whether `now` is `before` without some characters, of which none is a digit or point that the marks do not explain.
bool is_only_freed(const TextLine& before, std::u32string_view now, const std::vector<document::Region>& marks) {
  std::size_t at = 0;
  for (const Character& character : before.characters) {
    if (base::is_space(character.code)) continue;
    if (at < now.size() && now[at] == character.code) {
      ++at;
      continue;
    }
    const bool is_of_mark = std::any_of(marks.begin(), marks.end(), [&](const document::Region& mark) {
      return base::covered_share(character.bbox, mark.bbox) > kLimits.marked;
    });
    if (is_of_value(character.code) || !is_of_mark) return false;
  }
  return at == now.size();
}

void doubt(Character& character) { character.confidence = std::min(character.confidence, kLimits.most_sure); }

}  // namespace

base::Result<void> read_marked_lines(const BlackMarks& marks, const ReadRegion& read, std::vector<TextLine>& lines) {
  std::vector<TextLine> all;
  std::size_t next = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (next >= marks.lines.size() || marks.lines[next] != i) {
      all.push_back(std::move(lines[i]));
      continue;
    }
    ++next;
    const TextLine& old = lines[i];
    const double margin = kLimits.around * (old.font_size > 0 ? old.font_size : old.bbox.height());
    auto readings = read(marks.without, base::inflated(old.bbox, margin, margin));
    if (!readings) return tl::unexpected(readings.error());
    std::erase_if(*readings,
                  [&](const TextLine& line) { return base::covered_share(line.bbox, old.bbox) < kLimits.inside; });
    const bool is_freed = is_only_freed(old, text_of(*readings), marks.handwriting);
    for (TextLine& line : *readings) {
      if (!is_freed) std::for_each(line.characters.begin(), line.characters.end(), doubt);
      all.push_back(std::move(line));
    }
  }
  for (TextLine& line : all) {
    for (Character& character : line.characters) {
      const bool is_touched = std::any_of(marks.touched.begin(), marks.touched.end(), [&](const base::Rect& place) {
        return base::overlap_x(place, character.bbox) > 0.3 * character.bbox.width() &&
               base::overlap_y(place, character.bbox) > 0.3 * character.bbox.height();
      });
      if (is_touched) doubt(character);
    }
  }
  lines = std::move(all);
  return {};
}

}  // namespace medmark::vision
