// From a PDF page's own space to the page as displayed: crop box and /Rotate applied, points, origin at the top left.
// Values, thread-safe.
#pragma once

#include <fpdfview.h>

#include "base/geometry.hpp"

namespace medmark::input::pdf {

// The matrix of PDF: x' = a x + c y + e, y' = b x + d y + f.
struct Matrix {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;

  [[nodiscard]] base::Point apply(base::Point p) const { return {a * p.x + c * p.y + e, b * p.x + d * p.y + f}; }
  // The mapping that applies this one first, then `next`.
  [[nodiscard]] Matrix then(const Matrix& next) const {
    return {a * next.a + b * next.c, a * next.b + b * next.d,          c * next.a + d * next.c,
            c * next.b + d * next.d, e * next.a + f * next.c + next.e, e * next.b + f * next.d + next.f};
  }
  // Factor by which lengths grow, the geometric mean of both directions.
  [[nodiscard]] double scale() const { return std::sqrt(std::abs(a * d - b * c)); }
};

[[nodiscard]] inline Matrix matrix_of(const FS_MATRIX& m) { return {m.a, m.b, m.c, m.d, m.e, m.f}; }

// The bounding box of a rectangle's picture under a matrix.
[[nodiscard]] inline base::Rect mapped(const Matrix& matrix, const base::Rect& r) {
  base::Quad quad = base::quad_of(r);
  for (base::Point& p : quad) p = matrix.apply(p);
  return base::bounding_box(quad);
}

struct PageGeometry {
  double width = 0;   // as displayed
  double height = 0;  // as displayed
  Matrix to_display;  // of the page's own space

  [[nodiscard]] base::Rect bounds() const { return {0, 0, width, height}; }
};

// `rotation` in clockwise quarter turns, 0..3; `box` is the visible part of the page in its own space.
[[nodiscard]] inline PageGeometry page_geometry(const base::Rect& box, int rotation) {
  switch (rotation) {
    case 1:
      return {box.height(), box.width(), {0, 1, 1, 0, -box.y0, -box.x0}};
    case 2:
      return {box.width(), box.height(), {-1, 0, 0, 1, box.x1, -box.y0}};
    case 3:
      return {box.height(), box.width(), {0, -1, -1, 0, box.y1, box.x1}};
    default:
      return {box.width(), box.height(), {1, 0, 0, -1, -box.x0, box.y1}};
  }
}

}  // namespace medmark::input::pdf
