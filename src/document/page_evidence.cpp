#include "document/page_evidence.hpp"

#include "base/text.hpp"

namespace medmark::document {

base::Point PageMapping::map(base::Point flat) const {
  if (columns < 2 || rows < 2 || nodes.size() != static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows)) {
    return flat;
  }
  const double u = (flat.x - domain.x0) / domain.width() * (columns - 1);
  const double v = (flat.y - domain.y0) / domain.height() * (rows - 1);
  // Points outside of the mesh follow its outermost patch.
  const int column = std::clamp(static_cast<int>(std::floor(u)), 0, columns - 2);
  const int row = std::clamp(static_cast<int>(std::floor(v)), 0, rows - 2);
  const double s = u - column;
  const double t = v - row;
  const auto at = [&](int c, int r) { return nodes[static_cast<std::size_t>(r * columns + c)]; };
  const base::Point a = at(column, row);
  const base::Point b = at(column + 1, row);
  const base::Point c = at(column, row + 1);
  const base::Point d = at(column + 1, row + 1);
  return {(a.x * (1 - s) + b.x * s) * (1 - t) + (c.x * (1 - s) + d.x * s) * t,
          (a.y * (1 - s) + b.y * s) * (1 - t) + (c.y * (1 - s) + d.y * s) * t};
}

base::Rect PageMapping::map(const base::Rect& flat) const {
  base::Quad corners = base::quad_of(flat);
  for (base::Point& corner : corners) corner = map(corner);
  return base::bounding_box(corners);
}

std::string TextLine::text() const {
  std::string out;
  for (const Character& character : characters) base::append_utf8(out, character.code);
  return out;
}

}  // namespace medmark::document
