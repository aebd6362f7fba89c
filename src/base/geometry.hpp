// Points, rectangles and quadrilaterals.
//
// The origin is the top left, y grows downwards. Units are those of the holder: PDF points in the document model and
// the structure room, pixels in the image and vision rooms; every holder says which. Values, thread-safe.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

namespace medmark::base {

struct Point {
  double x = 0;
  double y = 0;

  friend bool operator==(const Point&, const Point&) = default;
};

// An axis-aligned rectangle, x0 <= x1 and y0 <= y1 where it is not empty.
struct Rect {
  double x0 = 0;
  double y0 = 0;
  double x1 = 0;
  double y1 = 0;

  [[nodiscard]] double width() const { return x1 - x0; }
  [[nodiscard]] double height() const { return y1 - y0; }
  [[nodiscard]] double center_x() const { return (x0 + x1) / 2; }
  [[nodiscard]] double center_y() const { return (y0 + y1) / 2; }
  [[nodiscard]] bool empty() const { return x1 <= x0 || y1 <= y0; }
  [[nodiscard]] double area() const { return empty() ? 0 : width() * height(); }
  [[nodiscard]] bool contains(Point p) const { return p.x >= x0 && p.x <= x1 && p.y >= y0 && p.y <= y1; }

  friend bool operator==(const Rect&, const Rect&) = default;
};

[[nodiscard]] inline Rect intersection(const Rect& a, const Rect& b) {
  return {std::max(a.x0, b.x0), std::max(a.y0, b.y0), std::min(a.x1, b.x1), std::min(a.y1, b.y1)};
}

// The smallest rectangle around both; an empty one (no area in both directions) does not count.
[[nodiscard]] inline Rect united(const Rect& a, const Rect& b) {
  if (a == Rect{}) return b;
  if (b == Rect{}) return a;
  return {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
}

// Length of the overlap of two intervals on the x (y) axis; 0 where they do not meet.
[[nodiscard]] inline double overlap_x(const Rect& a, const Rect& b) {
  return std::max(0.0, std::min(a.x1, b.x1) - std::max(a.x0, b.x0));
}
[[nodiscard]] inline double overlap_y(const Rect& a, const Rect& b) {
  return std::max(0.0, std::min(a.y1, b.y1) - std::max(a.y0, b.y0));
}

[[nodiscard]] inline double intersection_over_union(const Rect& a, const Rect& b) {
  const double shared = intersection(a, b).area();
  const double whole = a.area() + b.area() - shared;
  return whole > 0 ? shared / whole : 0;
}

// Share of `inner` that lies in `outer`, 0..1.
[[nodiscard]] inline double covered_share(const Rect& inner, const Rect& outer) {
  return inner.area() > 0 ? intersection(inner, outer).area() / inner.area() : 0;
}

[[nodiscard]] inline Rect inflated(const Rect& r, double by_x, double by_y) {
  return {r.x0 - by_x, r.y0 - by_y, r.x1 + by_x, r.y1 + by_y};
}

// Four corners in reading direction: top left, top right, bottom right, bottom left of the text as it is read.
using Quad = std::array<Point, 4>;

[[nodiscard]] inline Rect bounding_box(const Quad& quad) {
  Rect r{quad[0].x, quad[0].y, quad[0].x, quad[0].y};
  for (const Point& p : quad) {
    r.x0 = std::min(r.x0, p.x);
    r.y0 = std::min(r.y0, p.y);
    r.x1 = std::max(r.x1, p.x);
    r.y1 = std::max(r.y1, p.y);
  }
  return r;
}

[[nodiscard]] inline Quad quad_of(const Rect& r) {
  return {Point{r.x0, r.y0}, Point{r.x1, r.y0}, Point{r.x1, r.y1}, Point{r.x0, r.y1}};
}

}  // namespace medmark::base
