#include "structure/tables/text_score.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/median.hpp"
#include "structure/tables/entry_text.hpp"
#include "structure/tables/placed_entries.hpp"

namespace medmark::structure {
namespace {

// Weights of the evidence. On reports of our own making lab lists score 0.6 and more without a line; forms of labels,
// numbered lists, running text in columns and captions side by side stay below 0.15.
struct ScoreWeights {
  double three_columns = 0.15;
  double four_columns = 0.2;
  double row = 0.03;  // each, up to five
  double few_rows = -0.2;
  double three_headers = 0.4;
  double two_headers = 0.3;
  double one_header = 0.1;
  double number_column = 0.15;  // the first; a second adds a third of it
  double filled = 0.1;
  double aligned = 0.1;
  double outer_rules = 0.3;
  double header_rule = 0.15;
  double layout = 0.2;
  double labelled = -0.6;
  double running_text = -0.4;  // a quarter of the cells
  double all_running = -0.9;   // most of them
  double two_columns = -0.1;
  double enumerated = -0.4;
  double captions = -0.5;
  double leaders = -0.6;
  double pictured = -0.5;
};

constexpr std::size_t kLongText =
    22;  // characters: longer entries read like running text, unless they begin with a value
constexpr double kAlignedEdge = 0.3;  // em of mean deviation of the entries' edges (or middles) in a column

struct Counts {
  std::size_t texts = 0;
  std::size_t labelled = 0;
  std::size_t running = 0;
  std::size_t captions = 0;
  std::size_t enumerated = 0;  // in the first column
  std::size_t in_first = 0;
  std::size_t leaders = 0;
  std::size_t headers = 0;
};

struct ColumnCounts {
  std::size_t texts = 0;
  std::size_t numbers = 0;
  std::vector<double> left;
  std::vector<double> middle;
  std::vector<double> right;
};

double deviation(const std::vector<double>& values) {
  const double middle = base::median(values);
  double sum = 0;
  for (const double value : values) sum += std::abs(value - middle);
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

bool is_aligned(const ColumnCounts& column, double em) {
  return std::min({deviation(column.left), deviation(column.middle), deviation(column.right)}) <= kAlignedEdge * em;
}

bool has_leader(std::u32string_view text) {
  return text.find(U"....") != std::u32string_view::npos || text.find(U"…………") != std::u32string_view::npos ||
         text.find(U"····") != std::u32string_view::npos;
}

class Statistics {
 public:
  Statistics(const document::PageEvidence& page, const TextGrid& grid) : columns_(grid.columns.size()) {
    for (const TextCell& cell : grid.cells) count(page, grid, cell);
  }

  Counts counts;
  double em = 10;

  [[nodiscard]] std::size_t number_columns() const {
    return static_cast<std::size_t>(std::count_if(columns_.begin(), columns_.end(), [](const ColumnCounts& column) {
      return column.texts >= 2 && column.numbers * 5 >= column.texts * 3;
    }));
  }
  [[nodiscard]] double aligned_share() const {
    double aligned = 0;
    for (const ColumnCounts& column : columns_) aligned += is_aligned(column, em) ? 1 : 0;
    return aligned / static_cast<double>(std::max<std::size_t>(1, columns_.size()));
  }

 private:
  void count(const document::PageEvidence& page, const TextGrid& grid, const TextCell& cell) {
    const std::u32string text = text_of(page, cell.words);
    em = cell.words.front().em;
    ++counts.texts;
    const bool heads = cell.place.row < std::max(1, grid.header_rows);
    if (heads && is_header_word(text)) ++counts.headers;
    if (is_labelled(text)) ++counts.labelled;
    if (starts_caption(text)) ++counts.captions;
    if (has_leader(text)) ++counts.leaders;
    const bool is_value = is_numeric(text) || starts_with_value(text);
    if ((text.size() >= kLongText && !is_value) || ends_sentence(text)) ++counts.running;
    if (cell.place.column == 0) {
      ++counts.in_first;
      if (starts_with_enumerator(text)) ++counts.enumerated;
    }
    if (heads || cell.place.column_span > 1) return;
    ColumnCounts& column = columns_[static_cast<std::size_t>(cell.place.column)];
    ++column.texts;
    column.numbers += is_value ? 1 : 0;
    base::Rect box;
    for (const Word& word : cell.words) box = united(box, word.bbox);
    column.left.push_back(box.x0);
    column.middle.push_back(box.center_x());
    column.right.push_back(box.x1);
  }

  std::vector<ColumnCounts> columns_;
};

double evidence_for(const Statistics& statistics, const TextGrid& grid, const GridSurroundings& surroundings,
                    const ScoreWeights& weights) {
  double score = 0;
  const std::size_t columns = grid.columns.size();
  if (columns >= 3) score += columns >= 4 ? weights.four_columns : weights.three_columns;
  score += weights.row * std::min(5, grid.row_count());
  const std::size_t headers = statistics.counts.headers;
  if (headers >= 3) score += weights.three_headers;
  if (headers == 2) score += weights.two_headers;
  if (headers == 1) score += weights.one_header;
  const std::size_t numbers = statistics.number_columns();
  if (numbers >= 1) score += weights.number_column;
  if (numbers >= 2) score += weights.number_column / 3;
  const auto positions = static_cast<double>(columns) * grid.row_count();
  if (static_cast<double>(grid.cells.size()) >= 0.55 * positions) score += weights.filled;
  if (statistics.aligned_share() >= 0.6) score += weights.aligned;
  if (surroundings.has_outer_rules) score += weights.outer_rules;
  if (surroundings.has_header_rule) score += weights.header_rule;
  return score + weights.layout * surroundings.layout_support;
}

double evidence_against(const Statistics& statistics, const TextGrid& grid, const GridSurroundings& surroundings,
                        const ScoreWeights& weights) {
  const Counts& counts = statistics.counts;
  const bool is_headed = counts.headers >= 2 || surroundings.has_outer_rules;
  double score = 0;
  if (grid.row_count() < 3 && !is_headed) score += weights.few_rows;
  if (counts.labelled * 3 >= counts.texts) score += weights.labelled;
  if (counts.running * 5 >= counts.texts * 3) {
    score += weights.all_running;
  } else if (counts.running * 4 >= counts.texts)
    score += weights.running_text * (surroundings.has_outer_rules ? 0.5 : 1);
  if (grid.columns.size() == 2) {
    score += weights.two_columns;
    if (counts.enumerated * 2 >= counts.in_first && counts.in_first > 0) score += weights.enumerated;
  }
  if (counts.captions > 0) score += weights.captions;
  if (counts.leaders * 3 >= static_cast<std::size_t>(grid.row_count())) score += weights.leaders;
  if (surroundings.pictured_share > 0.5) score += weights.pictured;
  return score;
}

}  // namespace

TextScore text_score(const document::PageEvidence& page, const TextGrid& grid, const GridSurroundings& surroundings) {
  static constexpr ScoreWeights kWeights;
  if (grid.columns.size() < 2 || grid.row_count() < 2) return {};
  const Statistics statistics(page, grid);
  const double score = evidence_for(statistics, grid, surroundings, kWeights) +
                       evidence_against(statistics, grid, surroundings, kWeights);
  TextScore result;
  result.score = std::clamp(score, 0.0, 1.0);
  result.confidence = 0.96 - 0.04 * grid.doubtful_rows;
  if (statistics.aligned_share() < 0.6) result.confidence -= 0.08;
  if (grid.header_rows == 0) result.confidence -= 0.08;
  result.confidence = std::clamp(result.confidence, 0.3, 1.0);
  return result;
}

void score_plan(const TableSearch& search, const TextGrid& grid, GridSurroundings surroundings, TablePlan& plan) {
  surroundings.layout_support = search.layout_support(plan.bbox);
  surroundings.pictured_share = search.pictured_share(plan.bbox);
  const TextScore score = text_score(search.page, grid, surroundings);
  plan.score = score.score;
  plan.confidence = score.confidence;
}

}  // namespace medmark::structure
