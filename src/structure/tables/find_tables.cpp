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

// What the table structure model may cost a page, in milliseconds of one processor core. It writes its answer token by
// token: measured 58 to 61 for a cell or two, 71 to 84 for 12 to 20 cells, 435 for 140 rows of running text.
struct ModelBudget {
  double page = 120;
  double call = 55;
  double token = 0.9;
  double tokens_of_row = 2;  // a row's begin and end; a cell is one
  double tokens_of_frame = 4;
};
constexpr ModelBudget kBudget;

// A place where the model could tell more than geometry does.
struct ModelRequest {
  base::Rect region;
  double need = 0;  // higher: less is known without it
  double cost = 0;  // milliseconds, estimated
};

double model_cost(double rows, double cells) {
  return kBudget.call + kBudget.token * (cells + kBudget.tokens_of_row * rows + kBudget.tokens_of_frame);
}

// Where the need is greatest first, as long as the page's time lasts.
std::vector<base::Rect> affordable(std::vector<ModelRequest> requests) {
  std::stable_sort(requests.begin(), requests.end(),
                   [](const ModelRequest& a, const ModelRequest& b) { return a.need > b.need; });
  std::vector<base::Rect> regions;
  double spent = 0;
  for (const ModelRequest& request : requests) {
    if (spent + request.cost > kBudget.page) continue;
    spent += request.cost;
    regions.push_back(request.region);
  }
  return regions;
}

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
  if (options.strategy == TableStrategy::kFast) return {};
  std::vector<ModelRequest> requests;
  TableSearch search(page);
  for (const TablePlan& plan : tables_by_geometry(search, options.detection_threshold)) {
    if (!is_unsure(plan)) continue;
    requests.push_back({inflated(plan.bbox, kModelMargin, kModelMargin), 1 - plan.confidence,
                        model_cost(plan.row_count, static_cast<double>(plan.row_count) * plan.column_count)});
  }
  for (const document::LayoutRegion& region : page.layout) {
    const bool is_table =
        region.type == document::BlockType::kTable && region.confidence >= options.detection_threshold;
    if (!is_table || meets_any(region.bbox, search.taken_boxes)) continue;
    const std::vector<std::size_t> words = search.free_words_in(region.bbox);
    if (words.empty()) continue;
    const std::vector<Band> bands = bands_of(search.words, words);
    // Running text that a layout model took for a table: the model would answer with one column, line by line.
    if (std::count_if(bands.begin(), bands.end(), [](const Band& band) { return band.words.size() >= 2; }) < 2)
      continue;
    requests.push_back({region.bbox, 1 + region.confidence,
                        model_cost(static_cast<double>(bands.size()), static_cast<double>(words.size()))});
  }
  return affordable(std::move(requests));
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
