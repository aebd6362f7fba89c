#include "input/upright.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace medmark::input {
namespace {

using base::Point;
using base::Rect;

// Of the characters that must agree; below, a page with sideways labels beside its text would be turned over.
constexpr double kMajority = 0.7;

// Clockwise quarter turns of a line's reading direction from "to the right".
int quarter_of(const document::TextLine& line) {
  const double x = line.quad[1].x - line.quad[0].x;
  const double y = line.quad[1].y - line.quad[0].y;
  if (std::abs(x) >= std::abs(y)) return x >= 0 ? 0 : 2;
  return y >= 0 ? 1 : 3;
}

// Where a point of a page of the given size comes to stand when the page is turned clockwise.
Point turned_point(Point p, double width, double height, int quarters) {
  switch (quarters) {
    case 1:
      return {height - p.y, p.x};
    case 2:
      return {width - p.x, height - p.y};
    case 3:
      return {p.y, width - p.x};
    default:
      return p;
  }
}

class Turner {
 public:
  Turner(double width, double height, int quarters) : width_(width), height_(height), quarters_(quarters) {}

  [[nodiscard]] Point operator()(Point p) const { return turned_point(p, width_, height_, quarters_); }
  [[nodiscard]] Rect operator()(const Rect& r) const {
    const Point a = (*this)(Point{r.x0, r.y0});
    const Point b = (*this)(Point{r.x1, r.y1});
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
  }

 private:
  double width_;
  double height_;
  int quarters_;
};

int quarters_of(int degrees) { return (degrees % 360 + 360) % 360 / 90; }

}  // namespace

int upright_rotation(const NativePage& page) {
  std::array<double, 4> votes{};
  for (const document::TextLine& line : page.lines) {
    const int quarter = quarter_of(line);
    if (line.is_vertical && quarter == 0) continue;  // written downwards
    votes[static_cast<std::size_t>(quarter)] += static_cast<double>(line.characters.size());
  }
  const auto winner = std::max_element(votes.begin(), votes.end());
  const double all = votes[0] + votes[1] + votes[2] + votes[3];
  if (all == 0 || *winner < kMajority * all) return 0;
  return static_cast<int>((4 - (winner - votes.begin())) % 4) * 90;
}

NativePage turned(const NativePage& page, int degrees) {
  const int quarters = quarters_of(degrees);
  if (quarters == 0) return page;
  const Turner turn(page.width, page.height, quarters);
  NativePage result = page;
  if (quarters % 2 == 1) std::swap(result.width, result.height);
  for (document::TextLine& line : result.lines) {
    const bool is_downwards = line.is_vertical && quarter_of(line) % 2 == 0;
    line.bbox = turn(line.bbox);
    for (Point& corner : line.quad) corner = turn(corner);
    for (document::Character& character : line.characters) character.bbox = turn(character.bbox);
    line.is_vertical = is_downwards || quarter_of(line) % 2 == 1;
  }
  for (document::RulingLine& ruling : result.rulings) {
    const Rect r = turn(Rect{ruling.a.x, ruling.a.y, ruling.b.x, ruling.b.y});
    ruling.a = {r.x0, r.y0};
    ruling.b = {r.x1, r.y1};
  }
  for (Rect& picture : result.pictures) picture = turn(picture);
  for (Rect& region : result.recognise) region = turn(region);
  return result;
}

document::PageMapping mapping_of_turn(double displayed_width, double displayed_height, int degrees) {
  const int quarters = quarters_of(degrees);
  if (quarters == 0) return {};
  const bool is_swapped = quarters % 2 == 1;
  const double width = is_swapped ? displayed_height : displayed_width;
  const double height = is_swapped ? displayed_width : displayed_height;
  const Turner back(width, height, 4 - quarters);
  document::PageMapping mapping{.columns = 2, .rows = 2, .domain = {0, 0, width, height}, .nodes = {}};
  for (const Point corner : {Point{0, 0}, Point{width, 0}, Point{0, height}, Point{width, height}}) {
    mapping.nodes.push_back(back(corner));
  }
  return mapping;
}

}  // namespace medmark::input
