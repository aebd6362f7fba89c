// Chooses among what the searches found: drawn grids first, then text between lines, then aligned text, then the model.
#include <algorithm>

#include "structure/tables/table_finder.hpp"
#include "structure/tables/tables.hpp"
#include "structure/tables/witnesses.hpp"

namespace medmark::structure {
namespace {

constexpr double kInside = 0.8;       // share of a table's box in another's for it to stand inside
constexpr double kMostOfOuter = 0.4;  // of the outer table's area: the inner one is the table, the outer one its frame
constexpr double kModelMargin = 4;    // pt around a region for the model

// Drops plans that stand in others: frames around a real table, or boxes inside a cell.
void drop_nested(std::vector<TablePlan>& plans) {
  std::sort(plans.begin(), plans.end(),
            [](const TablePlan& a, const TablePlan& b) { return a.bbox.area() > b.bbox.area(); });
  std::vector<TablePlan> kept;
  for (TablePlan& plan : plans) {
    bool inside = false;
    for (auto outer = kept.begin(); outer != kept.end() && !inside;) {
      if (covered_share(plan.bbox, outer->bbox) < kInside) {
        ++outer;
      } else if (plan.bbox.area() >= kMostOfOuter * outer->bbox.area() && plan.cells.size() > outer->cells.size()) {
        outer = kept.erase(outer);
      } else {
        inside = true;
      }
    }
    if (!inside) kept.push_back(std::move(plan));
  }
  plans = std::move(kept);
}

void accept(TableSearch& search, std::vector<TablePlan> found, double threshold, std::vector<TablePlan>& accepted) {
  std::erase_if(found, [&](const TablePlan& plan) { return plan.score <= 0 || plan.score < threshold; });
  drop_nested(found);
  for (TablePlan& plan : found) {
    search.take(plan);
    accepted.push_back(std::move(plan));
  }
}

std::vector<TablePlan> tables_by_geometry(TableSearch& search, double threshold) {
  std::vector<TablePlan> accepted;
  accept(search, ruled_tables(search), threshold, accepted);
  accept(search, rule_stack_tables(search), threshold, accepted);
  accept(search, borderless_tables(search), threshold, accepted);
  return accepted;
}

bool meets_any(const base::Rect& box, const std::vector<base::Rect>& boxes) {
  return std::any_of(boxes.begin(), boxes.end(), [&](const base::Rect& other) {
    return intersection(box, other).area() > 0.2 * std::min(box.area(), other.area());
  });
}

}  // namespace

std::vector<base::Rect> regions_for_table_model(const document::PageEvidence& page, const TableOptions& options) {
  std::vector<base::Rect> regions;
  if (options.strategy == TableStrategy::kFast) return regions;
  TableSearch search(page);
  for (const TablePlan& plan : tables_by_geometry(search, options.detection_threshold)) {
    if (is_unsure(plan)) regions.push_back(inflated(plan.bbox, kModelMargin, kModelMargin));
  }
  for (const document::LayoutRegion& region : page.layout) {
    const bool is_table =
        region.type == document::BlockType::kTable && region.confidence >= options.detection_threshold;
    if (is_table && !meets_any(region.bbox, search.taken_boxes) && !search.free_words_in(region.bbox).empty()) {
      regions.push_back(region.bbox);
    }
  }
  return regions;
}

std::vector<FoundTable> find_tables(const document::PageEvidence& page, const TableOptions& options) {
  TableSearch search(page);
  std::vector<TablePlan> plans = tables_by_geometry(search, options.detection_threshold);
  if (options.strategy == TableStrategy::kAccurate) {
    for (TablePlan& plan : plans) {
      if (const document::TableHypothesis* seen = hypothesis_at(page, plan.bbox)) weigh(plan, *seen);
    }
    for (const document::TableHypothesis& hypothesis : page.tables) {
      if (meets_any(hypothesis.bbox, search.taken_boxes)) continue;
      std::optional<TablePlan> plan = plan_of_model(search, hypothesis);
      if (!plan || plan->score < options.detection_threshold) continue;
      search.take(*plan);
      plans.push_back(std::move(*plan));
    }
  }
  std::sort(plans.begin(), plans.end(), [](const TablePlan& a, const TablePlan& b) {
    return a.bbox.y0 != b.bbox.y0 ? a.bbox.y0 < b.bbox.y0 : a.bbox.x0 < b.bbox.x0;
  });
  std::vector<FoundTable> tables;
  for (const TablePlan& plan : plans) tables.push_back(realised(page, plan));
  return tables;
}

}  // namespace medmark::structure
