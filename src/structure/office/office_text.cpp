#include "structure/office/office_text.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

using document::Character;

struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Behind this many spaces something new stands.
constexpr std::size_t kWideGap = 2;

std::vector<Stretch> stretches_of(const std::vector<Character>& characters) {
  std::vector<Stretch> stretches;
  std::size_t spaces = kWideGap;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (characters[i].code == U' ') {
      ++spaces;
      continue;
    }
    if (spaces >= kWideGap) stretches.push_back({i, i});
    stretches.back().end = i + 1;
    spaces = 0;
  }
  return stretches;
}

bool is_single_han(const std::vector<Character>& characters, const Stretch& stretch) {
  return stretch.end - stretch.begin == 1 && base::is_han(characters[stretch.begin].code);
}

Fragment fragment_of(const LaidLine& laid, const Stretch& stretch, int page) {
  Fragment fragment;
  const document::TextLine& line = laid.line;
  fragment.size = line.font_size;
  fragment.is_bold = true;
  for (std::size_t i = stretch.begin; i < stretch.end; ++i) {
    const Character& c = line.characters[i];
    fragment.bbox = base::united(fragment.bbox, c.bbox);
    fragment.is_bold = fragment.is_bold && (c.is_bold || c.code == U' ');
  }
  append_characters(fragment.content, line, stretch.begin, stretch.end, page);
  if (laid.is_wrapped) {
    for (document::TextRun& run : fragment.content.runs) run.character_edges.clear();
  }
  fragment.text = base::decode_utf8(fragment.content.text);
  return fragment;
}

}  // namespace

std::vector<Fragment> fragments_of(const LaidLine& line, int page) {
  const std::vector<Stretch> stretches = stretches_of(line.line.characters);
  std::vector<Fragment> fragments;
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    Fragment fragment = fragment_of(line, stretches[i], page);
    // A wide-set label: one character, a gap, one character and whatever follows it directly.
    const bool is_label = i + 1 < stretches.size() && is_single_han(line.line.characters, stretches[i]);
    const bool goes_on = is_label && base::is_han(line.line.characters[stretches[i + 1].begin].code);
    if (goes_on) {
      Fragment next = fragment_of(line, stretches[++i], page);
      append_text(fragment.content, next.content, Join::kDirect);
      fragment.text = base::decode_utf8(fragment.content.text);
      fragment.bbox = base::united(fragment.bbox, next.bbox);
      fragment.is_bold = fragment.is_bold && next.is_bold;
    }
    if (!fragment.text.empty()) fragments.push_back(std::move(fragment));
  }
  return fragments;
}

RunText joined(const std::vector<Fragment>& fragments) {
  RunText out;
  for (const Fragment& fragment : fragments) append_text(out, fragment.content, Join::kSpace);
  return out;
}

}  // namespace medmark::structure
