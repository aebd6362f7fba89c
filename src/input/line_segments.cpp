#include "input/line_segments.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "base/text.hpp"

namespace medmark::input {
namespace {

bool barrier_between(std::span<const Barrier> barriers, double left, double right, double baseline, double size) {
  auto it = std::lower_bound(barriers.begin(), barriers.end(), left,
                             [](const Barrier& barrier, double x) { return barrier.x < x; });
  const double middle = baseline - 0.35 * size;
  for (; it != barriers.end() && it->x <= right; ++it) {
    if (it->y0 <= middle && it->y1 >= middle) return true;
  }
  return false;
}

// From which gap on, in ems, there is a space between two characters.
double least_space(const Glyph& before, const Glyph& after, bool space_is_drawn, const LineGrouping& grouping) {
  if (space_is_drawn) return grouping.drawn_space_gap;
  const bool is_script = after.size < grouping.script_size_ratio * before.size &&
                         std::abs(after.baseline - before.baseline) > grouping.baseline_tolerance * after.size;
  if (is_script) return grouping.script_gap;
  const bool full_width_before = base::is_full_width(before.code);
  const bool full_width_after = base::is_full_width(after.code);
  if (full_width_before && full_width_after) return grouping.chinese_space_gap;
  return full_width_before || full_width_after ? grouping.mixed_space_gap : grouping.space_gap;
}

Glyph space_between(const Glyph& before, const Glyph& after, bool is_drawn) {
  Glyph space = before;
  space.is_drawn = is_drawn;
  space.code = U' ';
  space.is_space = true;
  space.x0 = space.ink_x0 = before.x1;
  space.x1 = space.ink_x1 = after.x0;
  return space;
}

// Whether two lone Chinese characters may belong to a heading that is set with wide, even gaps.
bool are_tracked(const Segment& left, const Segment& right, std::span<const Barrier> barriers,
                 const LineGrouping& grouping) {
  const Glyph& a = left.front();
  const Glyph& b = right.front();
  return left.size() == 1 && right.size() == 1 && base::is_han(a.code) && base::is_han(b.code) &&
         a.size >= grouping.least_tracked_size && std::abs(a.size - b.size) < 0.05 * a.size &&
         b.x0 - a.x1 <= grouping.widest_tracking * a.size &&
         !barrier_between(barriers, a.center(), b.center(), a.baseline, a.size);
}

// Joins headings that are set with wide, even gaps, as reports' titles are: three and more lone Chinese characters.
void join_tracked(std::vector<Segment>& row, std::span<const Barrier> barriers, const LineGrouping& grouping) {
  std::vector<Segment> result;
  for (std::size_t begin = 0; begin < row.size();) {
    std::size_t end = begin + 1;
    double first_gap = 0;
    while (end < row.size() && are_tracked(row[end - 1], row[end], barriers, grouping)) {
      const double gap = row[end].front().x0 - row[end - 1].front().x1;
      if (end == begin + 1) first_gap = gap;
      if (std::abs(gap - first_gap) > grouping.tracking_tolerance * first_gap) break;
      ++end;
    }
    if (end - begin < 3) end = begin + 1;
    Segment joined = std::move(row[begin]);
    for (std::size_t i = begin + 1; i < end; ++i) {
      joined.push_back(space_between(joined.back(), row[i].front(), true));
      joined.push_back(row[i].front());
    }
    result.push_back(std::move(joined));
    begin = end;
  }
  row = std::move(result);
}

// One baseline's glyphs to segments without wide gaps; spaces stand once, and only between characters.
std::vector<Segment> split_baseline(std::span<Glyph> glyphs, std::span<const Barrier> barriers,
                                    const LineGrouping& grouping) {
  std::vector<Segment> segments;
  std::stable_sort(glyphs.begin(), glyphs.end(), [](const Glyph& a, const Glyph& b) { return a.x0 < b.x0; });
  Segment current;
  bool space_pending = false;
  for (const Glyph& glyph : glyphs) {
    if (glyph.is_space) {
      space_pending = true;
      continue;
    }
    if (!current.empty()) {
      const Glyph& previous = current.back();
      const double size = std::max(previous.size, glyph.size);
      const double gap = glyph.x0 - previous.x1;
      if (gap > grouping.wide_gap * size ||
          barrier_between(barriers, previous.center(), glyph.center(), glyph.baseline, glyph.size)) {
        segments.push_back(std::move(current));
        current.clear();
      } else if (gap > least_space(previous, glyph, space_pending, grouping) * size) {
        current.push_back(space_between(previous, glyph, space_pending));
      }
    }
    current.push_back(glyph);
    space_pending = false;
  }
  if (!current.empty()) segments.push_back(std::move(current));
  join_tracked(segments, barriers, grouping);
  return segments;
}

// Segments that were joined, as one in reading order. A space that a gap suggested may have been where a script stands,
// so those are looked for anew; a drawn one stays unless something covers it.
Segment in_order(const Segment& joined, const LineGrouping& grouping) {
  Segment printed;
  Segment spaces;
  for (const Glyph& glyph : joined) {
    if (!glyph.is_space) printed.push_back(glyph);
    if (glyph.is_space && glyph.is_drawn) spaces.push_back(glyph);
  }
  std::stable_sort(printed.begin(), printed.end(), [](const Glyph& a, const Glyph& b) { return a.x0 < b.x0; });
  Segment result;
  for (const Glyph& glyph : printed) {
    if (!result.empty()) {
      const Glyph previous = result.back();
      const double size = std::max(previous.size, glyph.size);
      const bool is_drawn = std::any_of(spaces.begin(), spaces.end(), [&](const Glyph& space) {
        return space.center() >= previous.x1 && space.center() <= glyph.x0;
      });
      if (glyph.x0 - previous.x1 > least_space(previous, glyph, is_drawn, grouping) * size) {
        result.push_back(space_between(previous, glyph, is_drawn));
      }
    }
    result.push_back(glyph);
  }
  return result;
}

double segment_size(const Segment& segment) {
  double size = 0;
  for (const Glyph& glyph : segment) size = std::max(size, glyph.size);
  return size;
}

// Whether `script` stands directly behind a character of `text`, raised or lowered, with nothing of `text` over its
// place.
bool is_script_of(const Segment& script, const Segment& text, std::span<const Barrier> barriers,
                  const LineGrouping& grouping) {
  const double script_size = segment_size(script);
  const double left = script.front().x0;
  const double right = script.back().x1;
  const Glyph* before = nullptr;
  for (const Glyph& glyph : text) {
    if (glyph.is_space) continue;
    if (glyph.x0 < left && glyph.center() < left + 0.1 * glyph.size) {
      before = &glyph;
      continue;
    }
    if (glyph.x0 < right - 0.25 * script_size) return false;
    break;
  }
  if (before == nullptr || script_size > grouping.script_size_ratio * before->size) return false;
  const double gap = left - before->x1;
  if (gap < -grouping.script_overlap * before->size || gap > grouping.script_gap * before->size) return false;
  const double raised = before->baseline - script.front().baseline;
  if (raised > 0.75 * before->size || raised < -0.4 * before->size) return false;
  return !barrier_between(barriers, before->center(), script.front().center(), before->baseline, before->size);
}

}  // namespace

std::vector<Segment> split_into_segments(std::vector<Glyph>& glyphs, std::span<const Barrier> barriers,
                                         const LineGrouping& grouping) {
  std::stable_sort(glyphs.begin(), glyphs.end(),
                   [](const Glyph& a, const Glyph& b) { return a.baseline < b.baseline; });
  std::vector<Segment> segments;
  std::size_t begin = 0;
  while (begin < glyphs.size()) {
    std::size_t end = begin + 1;
    while (end < glyphs.size() && glyphs[end].baseline - glyphs[end - 1].baseline <=
                                      grouping.baseline_tolerance * std::min(glyphs[end].size, glyphs[end - 1].size)) {
      ++end;
    }
    for (Segment& segment : split_baseline(std::span(glyphs).subspan(begin, end - begin), barriers, grouping)) {
      segments.push_back(std::move(segment));
    }
    begin = end;
  }
  return segments;
}

std::vector<Segment> attach_scripts(std::vector<Segment> segments, std::span<const Barrier> barriers,
                                    const LineGrouping& grouping) {
  std::vector<std::size_t> parent(segments.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const auto root = [&](std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  double tallest = 0;
  for (const Segment& segment : segments) tallest = std::max(tallest, segment_size(segment));
  std::vector<bool> is_script(segments.size(), false);
  // Segments come sorted by baseline, so partners stand near each other in the list.
  for (std::size_t i = 0; i < segments.size(); ++i) {
    for (std::size_t j = i + 1; j < segments.size(); ++j) {
      if (segments[j].front().baseline - segments[i].front().baseline > 0.8 * tallest) break;
      if (is_script_of(segments[i], segments[j], barriers, grouping)) {
        parent[root(i)] = root(j);
        is_script[i] = true;
      } else if (is_script_of(segments[j], segments[i], barriers, grouping)) {
        parent[root(j)] = root(i);
        is_script[j] = true;
      }
    }
  }
  // Text that goes on behind a script: "10" + script + "/L" where the script was wider than a wide gap.
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!is_script[i]) continue;
    const std::size_t owner = root(i);
    for (std::size_t j = 0; j < segments.size(); ++j) {
      const Glyph& next = segments[j].front();
      const double gap = next.x0 - segments[i].back().x1;
      if (root(j) == owner || std::abs(next.baseline - segments[owner].front().baseline) > 0.12 * next.size) continue;
      if (gap > -0.3 * next.size && gap < grouping.wide_gap * next.size &&
          !barrier_between(barriers, segments[i].back().center(), next.center(), next.baseline, next.size)) {
        parent[root(j)] = owner;
      }
    }
  }
  std::map<std::size_t, Segment> joined;
  std::vector<bool> is_joined(segments.size(), false);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    Segment& target = joined[root(i)];
    if (!target.empty()) is_joined[root(i)] = true;
    target.insert(target.end(), segments[i].begin(), segments[i].end());
  }
  std::vector<Segment> result;
  for (auto& [owner, segment] : joined) {
    result.push_back(is_joined[owner] ? in_order(segment, grouping) : std::move(segment));
  }
  return result;
}

}  // namespace medmark::input
