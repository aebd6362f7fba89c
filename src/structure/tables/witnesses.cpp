#include "structure/tables/witnesses.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace medmark::structure {
namespace {

struct WitnessThresholds {
  double unsure = 0.85;           // confidence below which the model is asked
  double same_place = 0.5;        // intersection over union of the two tables' boxes
  double agreement = 0.05;        // confidence that an equal grid adds
  double disagreement = 0.75;     // factor for another grid
  double model_confidence = 0.6;  // of a grid that only the model saw, at most
  double filled = 0.3;            // share of the model's cells that must hold text
};
constexpr WitnessThresholds kThresholds;

// Borders between rows (columns), from where the cells that begin and end there stand; evenly filled where none does.
std::vector<double> borders_of(const document::TableHypothesis& hypothesis, bool of_rows) {
  const int count = of_rows ? hypothesis.row_count : hypothesis.column_count;
  const double low = of_rows ? hypothesis.bbox.y0 : hypothesis.bbox.x0;
  const double high = of_rows ? hypothesis.bbox.y1 : hypothesis.bbox.x1;
  std::vector<double> sum(static_cast<std::size_t>(count) + 1, 0);
  std::vector<double> number(sum.size(), 0);
  const auto note = [&](int border, double at) {
    if (border <= 0 || border >= count) return;
    sum[static_cast<std::size_t>(border)] += at;
    number[static_cast<std::size_t>(border)] += 1;
  };
  for (const document::TableCell& cell : hypothesis.cells) {
    const int begin = of_rows ? cell.row : cell.column;
    const int end = begin + (of_rows ? cell.row_span : cell.column_span);
    note(begin, of_rows ? cell.bbox.y0 : cell.bbox.x0);
    note(end, of_rows ? cell.bbox.y1 : cell.bbox.x1);
  }
  std::vector<double> borders{low};
  for (int i = 1; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const double even = borders.back() + (high - borders.back()) / static_cast<double>(count - i + 1);
    borders.push_back(number[at] > 0 ? std::max(sum[at] / number[at], borders.back() + 0.1) : even);
  }
  borders.push_back(std::max(high, borders.back() + 0.1));
  return borders;
}

double distance_to(const base::Rect& box, double x, double y) {
  const double dx = std::max({box.x0 - x, 0.0, x - box.x1});
  const double dy = std::max({box.y0 - y, 0.0, y - box.y1});
  return std::hypot(dx, dy);
}

}  // namespace

bool is_unsure(const TablePlan& plan) { return plan.confidence < kThresholds.unsure; }

const document::TableHypothesis* hypothesis_at(const document::PageEvidence& page, const base::Rect& box) {
  const document::TableHypothesis* best = nullptr;
  double most = kThresholds.same_place;
  for (const document::TableHypothesis& hypothesis : page.tables) {
    const double overlap = intersection_over_union(hypothesis.bbox, box);
    if (overlap >= most) {
      most = overlap;
      best = &hypothesis;
    }
  }
  return best;
}

void weigh(TablePlan& plan, const document::TableHypothesis& hypothesis) {
  const bool agrees = plan.row_count == hypothesis.row_count && plan.column_count == hypothesis.column_count;
  if (agrees) {
    plan.confidence = std::min(1.0, plan.confidence + kThresholds.agreement);
    return;
  }
  plan.confidence *= kThresholds.disagreement;
  plan.needs_review = true;
}

std::optional<TablePlan> plan_of_model(const TableSearch& search, const document::TableHypothesis& hypothesis) {
  if (hypothesis.row_count < 2 || hypothesis.column_count < 2 || hypothesis.cells.empty()) return std::nullopt;
  TablePlan plan;
  plan.kind = TableKind::kModel;
  plan.bbox = hypothesis.bbox;
  plan.row_count = hypothesis.row_count;
  plan.column_count = hypothesis.column_count;
  for (const document::TableCell& cell : hypothesis.cells) {
    if (cell.row < 0 || cell.column < 0 || cell.row >= plan.row_count || cell.column >= plan.column_count) continue;
    const bool twice = std::any_of(plan.cells.begin(), plan.cells.end(), [&](const PlannedCell& other) {
      return other.place.row == cell.row && other.place.column == cell.column;
    });
    if (twice) continue;
    plan.cells.push_back(
        {{cell.row, cell.column, std::max(1, cell.row_span), std::max(1, cell.column_span)}, cell.bbox, {}});
  }
  if (plan.cells.empty()) return std::nullopt;
  for (const std::size_t index : search.free_words_in(hypothesis.bbox)) {
    const Word& word = search.words[index];
    const auto nearest =
        std::min_element(plan.cells.begin(), plan.cells.end(), [&](const PlannedCell& a, const PlannedCell& b) {
          return distance_to(a.bbox, word.bbox.center_x(), word.bbox.center_y()) <
                 distance_to(b.bbox, word.bbox.center_x(), word.bbox.center_y());
        });
    nearest->words.push_back(word);
  }
  // A cell that begins with the colon of a label says that the model's border runs through a field.
  const bool cuts_field = std::any_of(plan.cells.begin(), plan.cells.end(), [&](const PlannedCell& cell) {
    const std::u32string text = cell.words.empty() ? U"" : code_points_of(search.page, cell.words.front());
    return text.starts_with(U':') || text.starts_with(U'：');
  });
  if (cuts_field) return std::nullopt;
  const auto filled = static_cast<double>(
      std::count_if(plan.cells.begin(), plan.cells.end(), [](const PlannedCell& cell) { return !cell.words.empty(); }));
  if (filled < kThresholds.filled * static_cast<double>(plan.cells.size())) return std::nullopt;
  complete(plan, borders_of(hypothesis, false), borders_of(hypothesis, true));
  plan.score = hypothesis.confidence * std::max(0.5, search.layout_support(hypothesis.bbox));
  plan.confidence = std::min(kThresholds.model_confidence, hypothesis.confidence);
  plan.needs_review = true;
  return plan;
}

}  // namespace medmark::structure
