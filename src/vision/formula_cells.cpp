#include "vision/formula_cells.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "vision/formula_bars.hpp"

namespace medmark::vision {
namespace {

constexpr std::size_t kPlaceCount = 6;

struct CellLimits {
  double ink = 0.75;         // probability of any sign from which a cell counts
  double same_x = 0.55;      // of the width: how far two cells of one sign may differ about its middle
  double same_y = 0.45;      // of the size: likewise about its baseline
  double least_apart = 2.2;  // pixels: for signs as narrow as a point
  double doubled = 0.6;      // share of the smaller box under another from which both are one sign
  double bar_ink = 0.5;      // probability of a bar from which a cell is one's
};
constexpr CellLimits kLimits;

struct Cell {
  std::size_t column = 0;
  const float* values = nullptr;
  double ink = 0;
  std::size_t best = 0;
  base::Rect bbox;
  double baseline = 0;
  double size = 0;
};

struct Group {
  double x = 0;
  double width = 0;
  double baseline = 0;
  double size = 0;
  std::vector<const Cell*> cells;

  [[nodiscard]] double ink() const {
    return std::accumulate(cells.begin(), cells.end(), 0.0,
                           [](double sum, const Cell* cell) { return sum + cell->ink; });
  }
};

std::vector<Cell> inked(const FormulaCells& cells) {
  const std::size_t length = cells.sign_count + kPlaceCount + 1;
  std::vector<Cell> found;
  for (std::size_t row = 0; row < cells.rows; ++row) {
    for (std::size_t column = 0; column < cells.columns; ++column) {
      const float* values = cells.values.data() + (row * cells.columns + column) * length;
      if (1 - values[0] <= kLimits.ink && values[cells.bar] <= kLimits.bar_ink) continue;
      const double x = (static_cast<double>(column) + 0.5) * cells.cell_width;
      const double y = (static_cast<double>(row) + 0.5) * cells.cell_height;
      const float* place = values + cells.sign_count;
      Cell cell;
      cell.column = column;
      cell.values = values;
      cell.ink = 1 - static_cast<double>(values[0]);
      cell.best = static_cast<std::size_t>(std::max_element(values + 1, values + cells.sign_count) - values);
      cell.bbox = {x + place[0], y + place[1], x + place[2], y + place[3]};
      cell.baseline = y + place[4];
      cell.size = place[5];
      found.push_back(cell);
    }
  }
  return found;
}

SeenSign sign_of(const Group& group, const FormulaCells& cells) {
  SeenSign sign;
  double weight = 0;
  double italic = 0;
  std::vector<double> shares(cells.sign_count, 0.0);
  sign.bbox = {};
  for (const Cell* cell : group.cells) {
    weight += cell->ink;
    sign.bbox.x0 += cell->ink * cell->bbox.x0;
    sign.bbox.y0 += cell->ink * cell->bbox.y0;
    sign.bbox.x1 += cell->ink * cell->bbox.x1;
    sign.bbox.y1 += cell->ink * cell->bbox.y1;
    sign.baseline += cell->ink * cell->baseline;
    sign.size += cell->ink * cell->size;
    italic += cell->ink * static_cast<double>(cell->values[cells.sign_count + kPlaceCount]);
    for (std::size_t k = 1; k < cells.sign_count; ++k) {
      if (k != cells.bar) shares[k] += static_cast<double>(cell->values[k]);
    }
  }
  sign.bbox = {sign.bbox.x0 / weight, sign.bbox.y0 / weight, sign.bbox.x1 / weight, sign.bbox.y1 / weight};
  sign.baseline /= weight;
  sign.size /= weight;
  sign.is_italic = italic / weight > 0.5;
  sign.sign = static_cast<std::size_t>(std::max_element(shares.begin(), shares.end()) - shares.begin());
  sign.probability = shares[sign.sign] / static_cast<double>(group.cells.size());
  return sign;
}

std::vector<SeenSign> signs_in(std::vector<const Cell*> order, const FormulaCells& cells) {
  std::stable_sort(order.begin(), order.end(), [](const Cell* a, const Cell* b) { return a->ink > b->ink; });
  std::vector<Group> groups;
  for (const Cell* cell : order) {
    const double x = cell->bbox.center_x();
    const auto home = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
      const double apart = std::max(kLimits.same_x * std::max(cell->bbox.width(), group.width), kLimits.least_apart);
      return std::abs(x - group.x) < apart &&
             std::abs(cell->baseline - group.baseline) < kLimits.same_y * std::max(cell->size, group.size);
    });
    if (home != groups.end()) {
      home->cells.push_back(cell);
    } else {
      groups.push_back({x, cell->bbox.width(), cell->baseline, cell->size, {cell}});
    }
  }
  // Two signs on the same ink are one: that of more cells.
  std::stable_sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) { return a.ink() > b.ink(); });
  std::vector<SeenSign> signs;
  for (const Group& group : groups) {
    const SeenSign sign = sign_of(group, cells);
    const bool is_double = std::any_of(signs.begin(), signs.end(), [&](const SeenSign& other) {
      const double least = std::min(sign.bbox.area(), other.bbox.area());
      return sign.sign != cells.radical && other.sign != cells.radical &&
             base::intersection(sign.bbox, other.bbox).area() > kLimits.doubled * least;
    });
    if (!is_double) signs.push_back(sign);
  }
  std::stable_sort(signs.begin(), signs.end(), [](const auto& a, const auto& b) { return a.bbox.x0 < b.bbox.x0; });
  return signs;
}

}  // namespace

SeenFormula signs_of(const FormulaCells& cells) {
  const std::vector<Cell> found = inked(cells);
  std::vector<const Cell*> of_signs;
  std::vector<BarCell> of_bars;
  for (const Cell& cell : found) {
    if (cell.best == cells.bar) {
      of_bars.push_back({cell.column, cell.bbox.center_y()});
    } else {
      of_signs.push_back(&cell);
    }
  }
  return {signs_in(std::move(of_signs), cells), bars_in(std::move(of_bars), cells.cell_width, cells.ink)};
}

}  // namespace medmark::vision
