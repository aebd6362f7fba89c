#include "input/pdf/shape_groups.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace medmark::input::pdf {
namespace {

using base::Rect;
using document::RulingLine;

// One direction's lines as (position across, from, to, width).
struct Piece {
  double across = 0;
  double from = 0;
  double to = 0;
  double width = 0;
};

std::vector<Piece> joined_pieces(std::vector<Piece> pieces, double gap) {
  std::sort(pieces.begin(), pieces.end(),
            [](const Piece& a, const Piece& b) { return std::pair(a.across, a.from) < std::pair(b.across, b.from); });
  std::vector<Piece> joined;
  std::size_t begin = 0;
  while (begin < pieces.size()) {
    // Pieces of one line differ across by rounding only; parallel lines of a double rule stand 1 pt and more apart.
    std::size_t end = begin + 1;
    while (end < pieces.size() && pieces[end].across - pieces[begin].across <= 0.6) ++end;
    const auto first = pieces.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = pieces.begin() + static_cast<std::ptrdiff_t>(end);
    std::sort(first, last, [](const Piece& a, const Piece& b) { return a.from < b.from; });
    for (auto it = first; it != last; ++it) {
      if (it != first && it->from <= joined.back().to + gap) {
        joined.back().to = std::max(joined.back().to, it->to);
        joined.back().width = std::max(joined.back().width, it->width);
      } else {
        joined.push_back(*it);
      }
    }
    begin = end;
  }
  return joined;
}

class DisjointSets {
 public:
  explicit DisjointSets(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[root(a)] = root(b); }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace

std::vector<RulingLine> joined_rulings(std::vector<RulingLine> pieces, double gap, double least_length) {
  std::vector<Piece> across;
  std::vector<Piece> down;
  for (const RulingLine& r : pieces) {
    if (r.is_horizontal()) {
      across.push_back({r.a.y, r.a.x, r.b.x, r.width});
    } else {
      down.push_back({r.a.x, r.a.y, r.b.y, r.width});
    }
  }
  std::vector<RulingLine> result;
  for (const Piece& p : joined_pieces(std::move(across), gap)) {
    if (p.to - p.from >= least_length) result.push_back({{p.from, p.across}, {p.to, p.across}, p.width});
  }
  for (const Piece& p : joined_pieces(std::move(down), gap)) {
    if (p.to - p.from >= least_length) result.push_back({{p.across, p.from}, {p.across, p.to}, p.width});
  }
  return result;
}

std::vector<ShapeGroup> grouped_shapes(std::span<const Shape> shapes, double gap) {
  DisjointSets sets(shapes.size());
  std::map<std::pair<int, int>, std::size_t> owner_of_cell;
  const auto cell = [&](double v) { return static_cast<int>(std::floor(std::clamp(v, -1e5, 1e5) / gap)); };
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const Rect box = base::inflated(shapes[i].box, gap / 2, gap / 2);
    for (int y = cell(box.y0); y <= cell(box.y1); ++y) {
      // Only the outline of a large box: what lies inside it joins through the box's own cells in the other direction.
      const bool is_edge = y == cell(box.y0) || y == cell(box.y1);
      const int step = is_edge ? 1 : std::max(1, cell(box.x1) - cell(box.x0));
      for (int x = cell(box.x0); x <= cell(box.x1); x += step) {
        const auto [it, is_new] = owner_of_cell.try_emplace({x, y}, i);
        if (!is_new) sets.join(i, it->second);
      }
    }
  }
  std::map<std::size_t, ShapeGroup> groups;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const auto [it, is_new] = groups.try_emplace(sets.root(i), ShapeGroup{shapes[i].box, 0});
    it->second.box = {std::min(it->second.box.x0, shapes[i].box.x0), std::min(it->second.box.y0, shapes[i].box.y0),
                      std::max(it->second.box.x1, shapes[i].box.x1), std::max(it->second.box.y1, shapes[i].box.y1)};
    it->second.weight += shapes[i].weight;
  }
  std::vector<ShapeGroup> result;
  for (const auto& [root, group] : groups) result.push_back(group);
  std::sort(result.begin(), result.end(), [](const ShapeGroup& a, const ShapeGroup& b) {
    return std::pair(a.box.y0, a.box.x0) < std::pair(b.box.y0, b.box.x0);
  });
  return result;
}

double covered_share(std::span<const Rect> boxes, const Rect& page) {
  constexpr int kCells = 100;
  if (page.empty()) return 0;
  std::vector<bool> covered(kCells * kCells, false);
  for (const Rect& box : boxes) {
    for (int y = 0; y < kCells; ++y) {
      const double py = page.y0 + (y + 0.5) * page.height() / kCells;
      if (py < box.y0 || py > box.y1) continue;
      for (int x = 0; x < kCells; ++x) {
        const double px = page.x0 + (x + 0.5) * page.width() / kCells;
        if (px >= box.x0 && px <= box.x1) covered[static_cast<std::size_t>(y * kCells + x)] = true;
      }
    }
  }
  return static_cast<double>(std::count(covered.begin(), covered.end(), true)) / (kCells * kCells);
}

}  // namespace medmark::input::pdf
