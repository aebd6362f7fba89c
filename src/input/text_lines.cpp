#include "input/text_lines.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <set>

#include "base/median.hpp"
#include "base/text.hpp"
#include "input/line_segments.hpp"

namespace medmark::input {
namespace {

using base::Point;
using base::Rect;
using document::Character;
using document::RulingLine;
using document::TextLine;

// Share of the em above the baseline that a character's box gets; Chinese fonts hang 0.12 to 0.14 below it.
constexpr double kAscent = 0.86;
constexpr double kDescent = 0.14;

// Turns the page so that text of one reading direction runs to the right.
class Frame {
 public:
  explicit Frame(double degrees_clockwise)
      : cos_(std::cos(degrees_clockwise * std::numbers::pi / 180)),
        sin_(std::sin(degrees_clockwise * std::numbers::pi / 180)),
        axis_aligned_(std::fmod(degrees_clockwise, 90) == 0) {
    if (axis_aligned_) {
      cos_ = std::round(cos_);
      sin_ = std::round(sin_);
    }
  }
  [[nodiscard]] bool axis_aligned() const { return axis_aligned_; }
  [[nodiscard]] Point to_local(Point p) const { return {p.x * cos_ + p.y * sin_, -p.x * sin_ + p.y * cos_}; }
  [[nodiscard]] Point to_page(Point p) const { return {p.x * cos_ - p.y * sin_, p.x * sin_ + p.y * cos_}; }
  [[nodiscard]] Rect to_local(const Rect& r) const {
    const Point a = to_local(Point{r.x0, r.y0});
    const Point b = to_local(Point{r.x1, r.y1});
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
  }
  [[nodiscard]] base::Quad quad_to_page(const Rect& r) const {
    base::Quad quad = base::quad_of(r);
    for (Point& p : quad) p = to_page(p);
    return quad;
  }

 private:
  double cos_;
  double sin_;
  bool axis_aligned_;
};

Glyph make_glyph(const PlacedCharacter& c, const Frame& frame) {
  Glyph g{.code = c.code, .is_space = base::is_space(c.code), .is_bold = c.is_bold, .text_object = c.text_object};
  const Point origin = frame.to_local(c.origin);
  g.size = c.font_size;
  g.baseline = origin.y;
  if (!frame.axis_aligned()) {
    g.x0 = g.ink_x0 = origin.x;
    g.x1 = g.ink_x1 = origin.x + g.size * (base::is_full_width(c.code) ? 1 : 0.55);
    return g;
  }
  const Rect ink = frame.to_local(c.ink);
  const Rect cell = frame.to_local(c.cell);
  const bool cell_is_sane =
      cell.width() > 0.05 * g.size && cell.width() < 3 * g.size && std::abs(cell.x0 - origin.x) < 0.6 * g.size;
  const Rect& box = cell_is_sane || ink.empty() ? cell : ink;
  g.x0 = box.x0;
  g.x1 = std::max(box.x0, box.x1);
  g.ink_x0 = ink.empty() ? g.x0 : ink.x0;
  g.ink_x1 = ink.empty() ? g.x1 : ink.x1;
  return g;
}

// Removes second prints of the same character at nearly the same place, and takes them for bold.
void remove_duplicates(std::vector<Glyph>& glyphs, const LineGrouping& grouping) {
  std::vector<std::size_t> order(glyphs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(glyphs[a].code, glyphs[a].x0) < std::pair(glyphs[b].code, glyphs[b].x0);
  });
  std::vector<bool> drop(glyphs.size(), false);
  for (std::size_t i = 0; i < order.size(); ++i) {
    Glyph& first = glyphs[order[i]];
    if (drop[order[i]]) continue;
    const double reach = std::min(grouping.duplicate_distance * first.size, 0.45 * (first.x1 - first.x0));
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const Glyph& second = glyphs[order[j]];
      if (second.code != first.code || second.x0 - first.x0 > reach) break;
      if (std::abs(second.baseline - first.baseline) > grouping.duplicate_distance * first.size) continue;
      if (std::abs(second.size - first.size) > 0.1 * first.size) continue;
      drop[order[j]] = true;
      if (!first.is_space) first.is_bold = true;
    }
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    if (!drop[i]) glyphs[kept++] = glyphs[i];
  }
  glyphs.resize(kept);
}

bool steps_down(const Glyph& above, const Glyph& below, double most) {
  const double size = std::max(above.size, below.size);
  const double step = below.baseline - above.baseline;
  return std::abs(above.center() - below.center()) < 0.15 * size && step > 0.7 * size && step < most * size;
}

// Takes text objects that write downwards out of `glyphs`: every character below the one before it, about an em apart.
std::vector<Segment> take_downward_objects(std::vector<Glyph>& glyphs) {
  std::map<int, Segment> objects;
  for (const Glyph& glyph : glyphs) {
    if (glyph.text_object >= 0) objects[glyph.text_object].push_back(glyph);
  }
  std::vector<Segment> runs;
  std::set<int> taken;
  for (auto& [number, object] : objects) {
    std::stable_sort(object.begin(), object.end(),
                     [](const Glyph& a, const Glyph& b) { return a.baseline < b.baseline; });
    bool is_downward = object.size() >= 2;
    for (std::size_t i = 1; i < object.size() && is_downward; ++i)
      is_downward = steps_down(object[i - 1], object[i], 2);
    if (!is_downward) continue;
    taken.insert(number);
    runs.push_back(std::move(object));
  }
  if (!taken.empty()) std::erase_if(glyphs, [&](const Glyph& glyph) { return taken.contains(glyph.text_object); });
  return runs;
}

// Takes columns of lone full-width characters, at least three and set as tightly as lines of writing are (a table's
// rows stand further apart), out of `segments`.
std::vector<Segment> take_downward_columns(std::vector<Segment>& segments) {
  constexpr double kTightPitch = 1.3;
  const auto is_lone = [](const Segment& s) { return s.size() == 1 && base::is_full_width(s.front().code); };
  std::vector<std::size_t> lone;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (is_lone(segments[i])) lone.push_back(i);
  }
  std::stable_sort(lone.begin(), lone.end(), [&](std::size_t a, std::size_t b) {
    const Glyph& first = segments[a].front();
    const Glyph& second = segments[b].front();
    return std::pair(std::round(first.center()), first.baseline) <
           std::pair(std::round(second.center()), second.baseline);
  });
  std::vector<Segment> runs;
  for (std::size_t begin = 0; begin < lone.size();) {
    std::size_t end = begin + 1;
    while (end < lone.size() && steps_down(segments[lone[end - 1]].front(), segments[lone[end]].front(), kTightPitch)) {
      ++end;
    }
    if (end - begin >= 3) {
      Segment run;
      for (std::size_t i = begin; i < end; ++i) {
        run.push_back(segments[lone[i]].front());
        segments[lone[i]].clear();
      }
      runs.push_back(std::move(run));
    }
    begin = end;
  }
  std::erase_if(segments, [](const Segment& s) { return s.empty(); });
  return runs;
}

double median_size(const Segment& segment) {
  std::vector<double> sizes;
  for (const Glyph& glyph : segment) sizes.push_back(glyph.size);
  return base::median(std::move(sizes));
}

bool mostly_bold(const Segment& segment) {
  std::size_t bold = 0;
  std::size_t all = 0;
  for (const Glyph& glyph : segment) {
    if (glyph.is_space) continue;
    ++all;
    bold += glyph.is_bold ? 1 : 0;
  }
  return all > 0 && bold * 10 >= all * 8;
}

TextLine make_line(const Segment& segment, const Frame& frame, bool downwards) {
  TextLine line;
  line.font_size = median_size(segment);
  line.is_bold = mostly_bold(segment);
  Rect local;
  for (const Glyph& glyph : segment) {
    const double top = glyph.baseline - kAscent * glyph.size;
    const double bottom = glyph.baseline + kDescent * glyph.size;
    const Rect box{glyph.x0, top, std::max(glyph.x1, glyph.x0), bottom};
    line.characters.push_back(Character{.code = glyph.is_space ? U' ' : glyph.code,
                                        .bbox = base::bounding_box(frame.quad_to_page(box)),
                                        .font_size = glyph.size,
                                        .is_bold = glyph.is_bold});
    local = base::united(local, Rect{glyph.ink_x0, top, std::max(glyph.ink_x1, glyph.ink_x0 + 0.01), bottom});
  }
  line.quad = frame.quad_to_page(local);
  line.bbox = base::bounding_box(line.quad);
  const Point direction{line.quad[1].x - line.quad[0].x, line.quad[1].y - line.quad[0].y};
  line.is_vertical = downwards || std::abs(direction.y) > std::abs(direction.x);
  return line;
}

std::vector<Barrier> barriers_of(std::span<const RulingLine> rulings, const Frame& frame) {
  std::vector<Barrier> barriers;
  if (!frame.axis_aligned()) return barriers;
  for (const RulingLine& ruling : rulings) {
    const Rect r = frame.to_local(Rect{ruling.a.x, ruling.a.y, ruling.b.x, ruling.b.y});
    if (r.height() > r.width()) barriers.push_back({r.center_x(), r.y0, r.y1});
  }
  std::sort(barriers.begin(), barriers.end(), [](const Barrier& a, const Barrier& b) { return a.x < b.x; });
  return barriers;
}

double snapped_angle(double angle, double snap) {
  angle = std::fmod(std::fmod(angle, 360) + 360, 360);
  const double quarter = std::round(angle / 90) * 90;
  if (std::abs(angle - quarter) <= snap) return std::fmod(quarter, 360);
  return std::fmod(std::round(angle * 2) / 2, 360);
}

}  // namespace

std::vector<TextLine> group_into_lines(std::span<const PlacedCharacter> characters, std::span<const RulingLine> rulings,
                                       const LineGrouping& grouping) {
  std::map<double, std::vector<const PlacedCharacter*>> by_angle;
  for (const PlacedCharacter& c : characters) {
    if (c.font_size > 0) by_angle[snapped_angle(c.angle, grouping.axis_snap_degrees)].push_back(&c);
  }
  std::vector<TextLine> lines;
  for (const auto& [angle, group] : by_angle) {
    const Frame frame(angle);
    std::vector<Glyph> glyphs;
    glyphs.reserve(group.size());
    for (const PlacedCharacter* c : group) glyphs.push_back(make_glyph(*c, frame));
    remove_duplicates(glyphs, grouping);
    for (const Segment& run : take_downward_objects(glyphs)) lines.push_back(make_line(run, frame, true));
    const std::vector<Barrier> barriers = barriers_of(rulings, frame);
    std::vector<Segment> segments = split_into_segments(glyphs, barriers, grouping);
    for (const Segment& run : take_downward_columns(segments)) lines.push_back(make_line(run, frame, true));
    for (const Segment& segment : attach_scripts(std::move(segments), barriers, grouping)) {
      lines.push_back(make_line(segment, frame, false));
    }
  }
  std::stable_sort(lines.begin(), lines.end(), [](const TextLine& a, const TextLine& b) {
    return std::pair(a.bbox.y0, a.bbox.x0) < std::pair(b.bbox.y0, b.bbox.x0);
  });
  return lines;
}

}  // namespace medmark::input
