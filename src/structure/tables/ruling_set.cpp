#include "structure/tables/ruling_set.hpp"

#include <algorithm>

namespace medmark::structure {
namespace {

// Joins `line` into a line of `joined` that it continues or doubles.
bool absorbed(std::vector<AxisLine>& joined, const AxisLine& line, const RulingTolerance& tolerance) {
  for (auto other = joined.rbegin(); other != joined.rend(); ++other) {
    if (line.position - other->position > tolerance.parallel) break;
    if (line.from > other->to + tolerance.gap || line.to < other->from - tolerance.gap) continue;
    const double whole = other->length() + line.length();
    if (whole > 0) other->position = (other->position * other->length() + line.position * line.length()) / whole;
    other->from = std::min(other->from, line.from);
    other->to = std::max(other->to, line.to);
    other->width = std::max(other->width, line.width);
    return true;
  }
  return false;
}

void sort_lines(std::vector<AxisLine>& lines) {
  std::sort(lines.begin(), lines.end(), [](const AxisLine& a, const AxisLine& b) {
    return a.position != b.position ? a.position < b.position : a.from < b.from;
  });
}

std::vector<AxisLine> joined_lines(std::vector<AxisLine> lines, const RulingTolerance& tolerance) {
  std::size_t before = lines.size() + 1;
  while (lines.size() < before) {
    before = lines.size();
    sort_lines(lines);
    std::vector<AxisLine> joined;
    for (const AxisLine& line : lines) {
      if (!absorbed(joined, line, tolerance)) joined.push_back(line);
    }
    lines = std::move(joined);
  }
  std::erase_if(lines, [&](const AxisLine& line) { return line.length() < tolerance.shortest; });
  sort_lines(lines);
  return lines;
}

}  // namespace

RulingTolerance ruling_tolerance(document::TextSource source) {
  RulingTolerance tolerance;
  if (source != document::TextSource::kNative) {
    tolerance.gap = 7.0;
    tolerance.touch = 5.0;
    tolerance.shortest = 9.0;
    tolerance.interruption = 2;  // one alone is a hole in the line
  }
  return tolerance;
}

RulingSet normalised_rulings(std::span<const document::RulingLine> rulings, const RulingTolerance& tolerance) {
  RulingSet set;
  for (const document::RulingLine& ruling : rulings) {
    if (ruling.is_horizontal()) {
      set.horizontals.push_back({(ruling.a.y + ruling.b.y) / 2, std::min(ruling.a.x, ruling.b.x),
                                 std::max(ruling.a.x, ruling.b.x), ruling.width});
    } else {
      set.verticals.push_back({(ruling.a.x + ruling.b.x) / 2, std::min(ruling.a.y, ruling.b.y),
                               std::max(ruling.a.y, ruling.b.y), ruling.width});
    }
  }
  set.horizontals = joined_lines(std::move(set.horizontals), tolerance);
  set.verticals = joined_lines(std::move(set.verticals), tolerance);
  return set;
}

double covered_length(std::span<const AxisLine> lines, double from, double to) {
  std::vector<AxisLine> inside;
  for (const AxisLine& line : lines) {
    const AxisLine cut{line.position, std::max(line.from, from), std::min(line.to, to), line.width};
    if (cut.to > cut.from) inside.push_back(cut);
  }
  std::sort(inside.begin(), inside.end(), [](const AxisLine& a, const AxisLine& b) { return a.from < b.from; });
  double covered = 0;
  double reached = from;
  for (const AxisLine& line : inside) {
    const double begin = std::max(line.from, reached);
    if (line.to > begin) {
      covered += line.to - begin;
      reached = line.to;
    }
  }
  return covered;
}

}  // namespace medmark::structure
