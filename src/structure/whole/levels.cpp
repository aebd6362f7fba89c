#include "structure/whole/levels.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/median.hpp"
#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"

namespace medmark::structure {
namespace {

using document::Block;
using document::BlockType;
using document::OutlineEntry;

// Shares of sizes. Recognised sizes are off by up to 8 % each.
struct LevelLimits {
  double main_title = 1.12;  // of the usual heading below it
  double exact_step = 0.93;  // a heading this much smaller stands one level lower
  double step = 0.8;
  double same_title = 0.88;  // another report's title is as large as the first
};
constexpr LevelLimits kLimits;

struct Heading {
  Block* block = nullptr;
  double size = 0;
  std::size_t page = 0;
  bool leads_page = false;  // only furniture and headings stand above it on its page
  bool is_exact = false;
  std::u32string text;
  Numbering numbering;
  bool is_title = false;  // of a report, or the hospital's name above it
};

std::vector<Heading> headings_of(std::vector<PageBlocks>& pages) {
  std::vector<Heading> headings;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    bool leads = true;
    for (std::size_t i = 0; i < pages[p].blocks.size(); ++i) {
      Block& block = pages[p].blocks[i];
      if (block.type == BlockType::kTitle) {
        Heading heading;
        heading.block = &block;
        heading.size = i < pages[p].font_sizes.size() ? pages[p].font_sizes[i] : 0;
        heading.page = p;
        heading.leads_page = leads;
        heading.is_exact = pages[p].size_is_exact;
        heading.text = base::decode_utf8(block.text);
        heading.numbering = numbering_of(heading.text);
        headings.push_back(std::move(heading));
      } else if (!document::is_furniture(block.type) && block.type != BlockType::kOther) {
        leads = false;
      }
    }
  }
  return headings;
}

bool can_be_title(const Heading& heading) {
  return heading.numbering.kind == NumberKind::kNone &&
         (!is_section_word(heading.text) || has_report_title_ending(heading.text));
}

double usual_section_size(const std::vector<Heading>& headings, std::size_t from) {
  std::vector<double> sizes;
  for (std::size_t i = from; i < headings.size(); ++i) sizes.push_back(headings[i].size);
  return base::median(std::move(sizes));
}

// Gives levels 1 (and 2 behind a hospital's name) to the headings that begin a report at `i`; returns how many there
// are.
std::size_t set_title(std::vector<Heading>& headings, std::size_t i) {
  Heading& first = headings[i];
  first.is_title = true;
  first.block->level = 1;
  if (i + 1 >= headings.size()) return 1;
  Heading& second = headings[i + 1];
  const bool adjacent = second.page == first.page && second.leads_page;
  if (!adjacent || !is_hospital_name(first.text) || !can_be_title(second)) return 1;
  second.is_title = true;
  second.block->level = 2;
  return 2;
}

// Titles of reports: at the head of the document, and of later pages where another report begins in the same size.
int set_titles(std::vector<Heading>& headings) {
  int deepest = 0;
  double title_size = 0;
  for (std::size_t i = 0; i < headings.size();) {
    Heading& heading = headings[i];
    bool is_title = heading.leads_page && can_be_title(heading);
    const bool named = has_report_title_ending(heading.text) || is_hospital_name(heading.text);
    if (title_size == 0) {
      const double usual = usual_section_size(headings, i + 1);
      is_title = is_title && (usual == 0 || heading.size > kLimits.main_title * usual || named);
    } else {
      is_title = is_title && named && heading.size > kLimits.same_title * title_size;
    }
    const bool starts_page = i == 0 || headings[i - 1].page != heading.page;
    if (!is_title || (!starts_page && title_size > 0)) {
      ++i;
      continue;
    }
    const std::size_t count = set_title(headings, i);
    if (title_size == 0) title_size = heading.size;
    deepest = std::max(deepest, static_cast<int>(count));
    i += count;
  }
  return deepest;
}

int rank_of(const Heading& heading) {
  switch (heading.numbering.kind) {
    case NumberKind::kChapter:
      return heading.numbering.depth;
    case NumberKind::kChinese:
      return 3;
    case NumberKind::kChineseBracket:
      return 4;
    case NumberKind::kArabic:
      return 4 + heading.numbering.depth;
    case NumberKind::kArabicBracket:
      return 20;
    case NumberKind::kCircled:
      return 21;
    case NumberKind::kNone:
    case NumberKind::kBullet:
      return 0;
  }
  return 0;
}

// The sizes of section words on scans, measured on two to five characters, scatter by half (1.12 to 1.72 times the
// body's within one style), so unnumbered section words of scans are taken for peers: each gets the middle of their
// sizes.
void level_section_words(std::vector<Heading>& headings) {
  std::vector<Heading*> peers;
  std::vector<double> sizes;
  for (Heading& heading : headings) {
    if (heading.is_title || heading.is_exact || rank_of(heading) > 0 || !is_section_word(heading.text)) continue;
    peers.push_back(&heading);
    sizes.push_back(heading.size);
  }
  if (peers.empty()) return;
  const double middle = base::median(std::move(sizes));
  for (Heading* peer : peers) peer->size = middle;
}

// Levels of unnumbered headings by their size: clusters of sizes from the largest down.
std::vector<double> size_steps(const std::vector<Heading>& headings) {
  std::vector<double> sizes;
  bool exact = true;
  for (const Heading& heading : headings) {
    if (heading.is_title) continue;
    exact = exact && heading.is_exact;
    sizes.push_back(heading.size);
  }
  std::sort(sizes.begin(), sizes.end(), std::greater<>());
  std::vector<double> steps;
  for (const double size : sizes) {
    if (steps.empty() || size < (exact ? kLimits.exact_step : kLimits.step) * steps.back()) steps.push_back(size);
  }
  return steps;
}

std::size_t step_of(double size, const std::vector<double>& steps) {
  std::size_t step = 0;
  while (step + 1 < steps.size() && size <= steps[step + 1]) ++step;
  return step;
}

void set_section_levels(std::vector<Heading>& headings, int base_level) {
  const std::vector<double> steps = size_steps(headings);
  // The largest size in which each rank of numbering is printed.
  std::map<int, std::size_t> step_of_rank;
  std::set<std::size_t> plain_steps;
  for (const Heading& heading : headings) {
    if (heading.is_title) continue;
    const std::size_t step = step_of(heading.size, steps);
    const int rank = rank_of(heading);
    if (rank == 0) {
      plain_steps.insert(step);
    } else if (const auto [it, added] = step_of_rank.emplace(rank, step); !added) {
      it->second = std::min(it->second, step);
    }
  }
  // Orders every style (size step, rank): sizes first, but a rank never stands above a lower one.
  std::map<int, int> level_of_rank;
  int level = base_level;
  std::size_t previous_step = 0;
  bool first = true;
  for (const auto& [rank, step] : step_of_rank) {
    if (first) {
      const auto larger = std::count_if(plain_steps.begin(), plain_steps.end(),
                                        [most = step](std::size_t plain) { return plain < most; });
      level += static_cast<int>(larger);
    } else {
      ++level;
    }
    first = false;
    previous_step = std::max(previous_step, step);
    level_of_rank[rank] = level;
  }
  for (Heading& heading : headings) {
    if (heading.is_title) continue;
    const int rank = rank_of(heading);
    if (rank > 0) {
      heading.block->level = level_of_rank[rank];
      continue;
    }
    const std::size_t step = step_of(heading.size, steps);
    const auto position = std::distance(plain_steps.begin(), plain_steps.find(step));
    heading.block->level = base_level + static_cast<int>(position);
  }
}

std::u32string outline_key(const std::u32string& text) { return folded_key(text); }

// Bookmarks that name headings say their levels; the least of them stands where our base level does unless it names the
// title.
void follow_outline(std::vector<Heading>& headings, const std::vector<OutlineEntry>& outline, int base_level) {
  std::map<std::u32string, int> levels;
  int least = 0;
  for (const OutlineEntry& entry : outline) {
    levels.emplace(outline_key(base::decode_utf8(entry.title)), entry.level);
    least = least == 0 ? entry.level : std::min(least, entry.level);
  }
  int offset = base_level - least;
  for (const Heading& heading : headings) {
    const auto it = levels.find(outline_key(heading.text));
    if (heading.is_title && it != levels.end()) offset = heading.block->level.value_or(1) - it->second;
  }
  for (Heading& heading : headings) {
    const auto it = levels.find(outline_key(heading.text));
    if (it != levels.end() && !heading.is_title) heading.block->level = std::clamp(it->second + offset, 1, 6);
  }
}

// A line that a bookmark of its page names is a heading.
void promote_by_outline(std::vector<PageBlocks>& pages, const std::vector<OutlineEntry>& outline) {
  for (const OutlineEntry& entry : outline) {
    const std::u32string key = outline_key(base::decode_utf8(entry.title));
    for (PageBlocks& page : pages) {
      if (page.index != entry.page || key.size() < 2) continue;
      for (Block& block : page.blocks) {
        const bool text = block.type == BlockType::kParagraph || block.type == BlockType::kListItem;
        if (text && outline_key(base::decode_utf8(block.text)) == key) block.type = BlockType::kTitle;
      }
    }
  }
}

}  // namespace

void set_heading_levels(std::vector<PageBlocks>& pages, const std::vector<OutlineEntry>& outline) {
  promote_by_outline(pages, outline);
  std::vector<Heading> headings = headings_of(pages);
  if (headings.empty()) return;
  const int titles = set_titles(headings);
  const bool has_sections = std::any_of(headings.begin(), headings.end(), [](const Heading& heading) {
    return !heading.is_title && is_section_word(heading.text);
  });
  // A report whose title is lost (another page, unreadable) still has its sections on level 2.
  const int base_level = titles > 0 ? titles + 1 : has_sections ? 2 : 1;
  level_section_words(headings);
  set_section_levels(headings, base_level);
  if (!outline.empty()) follow_outline(headings, outline, base_level);
  for (Heading& heading : headings) heading.block->level = std::clamp(heading.block->level.value_or(base_level), 1, 6);
}

}  // namespace medmark::structure
