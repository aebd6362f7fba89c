#include "structure/whole/running.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"

namespace medmark::structure {
namespace {

using document::Block;
using document::BlockType;

struct RunningLimits {
  double same_height = 0.025;  // of the page's height
  std::size_t at_top = 12;     // blocks; a row of fields is several
  std::size_t at_bottom = 4;
  std::size_t longest = 60;  // code points of a running line
  double foot_from = 0.5;    // of the page's height: above it nothing is a foot
};
constexpr RunningLimits kLimits;

// Text to compare; runs of digits count as one so that page numbers agree.
std::u32string comparable(const Block& block, bool digits_count) {
  std::u32string out;
  for (const char32_t c : folded_key(base::decode_utf8(block.text))) {
    if (!digits_count && base::is_digit(c)) {
      if (out.empty() || out.back() != U'#') out.push_back(U'#');
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::vector<std::size_t> body_blocks(const PageBlocks& page) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < page.blocks.size(); ++i) {
    if (!document::is_furniture(page.blocks[i].type)) indices.push_back(i);
  }
  return indices;
}

bool at_same_place(const PageBlocks& a, const Block& in_a, const PageBlocks& b, const Block& in_b) {
  const double height = std::max(a.height, b.height);
  return std::abs(in_a.bbox.y0 - in_b.bbox.y0) < kLimits.same_height * height;
}

std::string key_of(const Block& block) { return block.text.substr(0, block.key_size); }

bool may_run(const Block& block) {
  const bool kind = block.type == BlockType::kTitle || block.type == BlockType::kParagraph ||
                    block.type == BlockType::kKeyValue || block.type == BlockType::kListItem;
  return kind && !block.text.empty() && base::decode_utf8(block.text).size() <= kLimits.longest;
}

// Blocks at the head of `page` that repeat those of `first`.
std::vector<std::size_t> repeated_head(const PageBlocks& first, const PageBlocks& page) {
  const std::vector<std::size_t> a = body_blocks(first);
  const std::vector<std::size_t> b = body_blocks(page);
  std::vector<std::size_t> repeated;
  for (std::size_t i = 0; i < std::min({a.size(), b.size(), kLimits.at_top}); ++i) {
    const Block& one = first.blocks[a[i]];
    const Block& other = page.blocks[b[i]];
    if (!may_run(one) || !may_run(other) || !at_same_place(first, one, page, other)) break;
    if (comparable(one, true) != comparable(other, true)) {
      const bool same_field =
          one.type == BlockType::kKeyValue && other.type == BlockType::kKeyValue && key_of(one) == key_of(other);
      if (same_field) return {};  // another patient or sample: another report
      break;
    }
    repeated.push_back(b[i]);
  }
  return repeated;
}

void mark_heads(std::vector<PageBlocks>& pages) {
  std::vector<std::vector<std::size_t>> repeated(pages.size());
  for (std::size_t p = 1; p < pages.size(); ++p) repeated[p] = repeated_head(pages[p - 1], pages[p]);
  for (std::size_t p = 1; p < pages.size(); ++p) {
    for (const std::size_t i : repeated[p]) pages[p].blocks[i].type = BlockType::kHeader;
  }
  // The first print of a plain running line is furniture as well; a title or a field is content.
  for (std::size_t p = 1; p < pages.size(); ++p) {
    for (const std::size_t i : repeated[p]) {
      for (Block& before : pages[p - 1].blocks) {
        const bool same = comparable(before, true) == comparable(pages[p].blocks[i], true) &&
                          at_same_place(pages[p - 1], before, pages[p], pages[p].blocks[i]);
        if (same && before.type == BlockType::kParagraph) before.type = BlockType::kHeader;
      }
    }
  }
}

std::vector<std::u32string> numbers_of(const Block& block) {
  std::vector<std::u32string> numbers;
  bool is_in_number = false;
  for (const char32_t c : folded_key(base::decode_utf8(block.text))) {
    if (base::is_digit(c)) {
      if (!is_in_number) numbers.emplace_back();
      numbers.back().push_back(c);
    }
    is_in_number = base::is_digit(c);
  }
  return numbers;
}

// One more than `number`, "9" to "10".
std::u32string next_number(std::u32string number) {
  std::size_t i = number.size();
  while (i > 0 && number[i - 1] == U'9') number[--i] = U'0';
  if (i > 0) {
    ++number[i - 1];
  } else {
    number.insert(number.begin(), U'1');
  }
  return number;
}

// Whether the numbers of a line are those of the line on the page before, or count the pages; a pulse or a result that
// stands at the foot of two pages is content.
bool numbers_run_on(const Block& before, const Block& after) {
  const auto a = numbers_of(before);
  const auto b = numbers_of(after);
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& one, const auto& other) { return one == other || next_number(one) == other; });
}

bool is_in_lower_part(const PageBlocks& page, const Block& block) {
  return block.bbox.y0 >= kLimits.foot_from * page.height;
}

std::optional<std::size_t> repeated_at_foot(const PageBlocks& page, const Block& block) {
  const std::vector<std::size_t> body = body_blocks(page);
  for (std::size_t k = 0; k < std::min(body.size(), kLimits.at_bottom); ++k) {
    const std::size_t index = body[body.size() - 1 - k];
    const Block& other = page.blocks[index];
    const bool same = may_run(other) && other.type == block.type && is_in_lower_part(page, other) &&
                      comparable(other, false) == comparable(block, false);
    if (same && (block.type == BlockType::kKeyValue || numbers_run_on(block, other))) return index;
  }
  return std::nullopt;
}

// A field at the foot of every page (the reviewer) is kept where it stands last.
void mark_feet(std::vector<PageBlocks>& pages) {
  std::vector<std::pair<std::size_t, std::size_t>> footers;
  for (std::size_t p = 0; p + 1 < pages.size(); ++p) {
    const std::vector<std::size_t> body = body_blocks(pages[p]);
    for (std::size_t k = 0; k < std::min(body.size(), kLimits.at_bottom); ++k) {
      const std::size_t index = body[body.size() - 1 - k];
      const Block& block = pages[p].blocks[index];
      if (!may_run(block) || block.type == BlockType::kTitle || !is_in_lower_part(pages[p], block)) break;
      const std::optional<std::size_t> next = repeated_at_foot(pages[p + 1], block);
      if (!next.has_value()) break;
      const Block& other = pages[p + 1].blocks[*next];
      if (block.type == BlockType::kKeyValue) {
        if (comparable(block, true) == comparable(other, true)) footers.emplace_back(p, index);
        continue;
      }
      footers.emplace_back(p, index);
      footers.emplace_back(p + 1, *next);
    }
  }
  for (const auto& [p, index] : footers) pages[p].blocks[index].type = BlockType::kFooter;
}

}  // namespace

void mark_running_lines(std::vector<PageBlocks>& pages) {
  mark_heads(pages);
  mark_feet(pages);
}

}  // namespace medmark::structure
