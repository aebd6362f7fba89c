#include "vision/mark_cells.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace medmark::vision {
namespace {

constexpr double kMarkCellWidth = 4;
constexpr double kMarkCellHeight = 8;

struct MarkCellLimits {
  double ink = 0.5;           // belief in anything at all from which a column counts
  double least_share = 0.34;  // of the widest sign's weight in the box: narrower ones are the seam of two signs
};

struct CellRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The cells that [low, high) touches, one at least.
CellRange touched_cells(double low, double high, double cell, std::size_t most) {
  const auto clamped = [&](double at) {
    return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(most)));
  };
  const std::size_t begin = std::min(clamped(std::floor(low / cell)), most - 1);
  return {begin, std::max(clamped(std::ceil(high / cell)), begin + 1)};
}

struct SignRun {
  std::size_t sign = 0;
  double belief = 0;
  double weight = 0;
};

// What the cells of a column believe in most, together; none where they see nothing.
std::optional<SignRun> sign_of_column(const MarkCells& cells, const CellRange& rows, std::size_t column,
                                      double least_ink) {
  std::vector<double> beliefs(cells.signs.size(), 0.0);
  double most = 0;
  SignRun run;
  for (std::size_t row = rows.begin; row < rows.end; ++row) {
    const float* values = cells.values.data() + (row * cells.columns + column) * cells.signs.size();
    const double ink = 1 - static_cast<double>(values[0]);
    most = std::max(most, ink);
    run.weight += ink;
    for (std::size_t k = 1; k < beliefs.size(); ++k) beliefs[k] += static_cast<double>(values[k]);
  }
  if (most < least_ink) return std::nullopt;
  run.sign = static_cast<std::size_t>(std::max_element(beliefs.begin() + 1, beliefs.end()) - beliefs.begin());
  run.belief = beliefs[run.sign];
  return run;
}

}  // namespace

std::vector<SeenMark> marks_in(const MarkCells& cells, const cv::Rect2d& box) {
  const MarkCellLimits limits;
  const CellRange columns = touched_cells(box.x, box.x + box.width, kMarkCellWidth, cells.columns);
  const CellRange rows = touched_cells(box.y, box.y + box.height, kMarkCellHeight, cells.rows);
  std::vector<SignRun> runs;
  bool is_open = false;
  for (std::size_t column = columns.begin; column < columns.end; ++column) {
    const std::optional<SignRun> here = sign_of_column(cells, rows, column, limits.ink);
    if (here && is_open && runs.back().sign == here->sign) {
      runs.back().belief += here->belief;
      runs.back().weight += here->weight;
    } else if (here) {
      runs.push_back(*here);
    }
    is_open = here.has_value();
  }
  double widest = 0;
  for (const SignRun& run : runs) widest = std::max(widest, run.weight);
  std::vector<SeenMark> marks;
  for (const SignRun& run : runs) {
    if (run.weight >= limits.least_share * widest) marks.push_back({cells.signs[run.sign], run.belief / run.weight});
  }
  return marks;
}

}  // namespace medmark::vision
