#include "vision/table_structure.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "vision/tensor_input.hpp"

namespace medmark::vision {
namespace {

constexpr int kInputSide = 488;
constexpr int kLargestSpan = 20;  // the vocabulary's own

// The number in ` colspan="3"`; 1 where there is none.
int span_of(std::string_view token) {
  const std::size_t quote = token.find('"');
  int value = 1;
  if (quote != std::string_view::npos) std::from_chars(token.data() + quote + 1, token.data() + token.size(), value);
  return std::clamp(value, 1, kLargestSpan);
}

base::Rect box_of(const std::array<float, 8>& corners) {
  base::Quad quad;
  for (std::size_t i = 0; i < 4; ++i) {
    quad[i] = {static_cast<double>(corners[2 * i]), static_cast<double>(corners[2 * i + 1])};
  }
  return base::bounding_box(quad);
}

// Lays cells on a grid the way HTML does: each takes the next free position of its row.
class GridBuilder {
 public:
  void begin_row() {
    ++row_;
    column_ = 0;
  }

  void add(document::TableCell cell) {
    if (row_ < 0) begin_row();
    while (taken_.contains({row_, column_})) ++column_;
    cell.row = row_;
    cell.column = column_;
    // A span must not run over a cell that reaches down from a row above.
    int free_columns = 1;
    while (free_columns < cell.column_span && !taken_.contains({row_, column_ + free_columns})) ++free_columns;
    cell.column_span = free_columns;
    for (int r = 0; r < cell.row_span; ++r) {
      for (int c = 0; c < cell.column_span; ++c) taken_[{row_ + r, column_ + c}] = true;
    }
    column_ += cell.column_span;
    cells_.push_back(std::move(cell));
  }

  document::TableHypothesis finish() {
    document::TableHypothesis table;
    table.row_count = row_ + 1;
    for (document::TableCell& cell : cells_) {
      cell.row_span = std::min(cell.row_span, table.row_count - cell.row);
      table.column_count = std::max(table.column_count, cell.column + cell.column_span);
    }
    for (int r = 0; r < table.row_count; ++r) {
      for (int c = 0; c < table.column_count; ++c) {
        if (taken_.contains({r, c})) continue;
        document::TableCell empty;
        empty.row = r;
        empty.column = c;
        cells_.push_back(empty);
      }
    }
    std::stable_sort(cells_.begin(), cells_.end(), [](const auto& a, const auto& b) {
      return std::pair(a.row, a.column) < std::pair(b.row, b.column);
    });
    table.cells = std::move(cells_);
    return table;
  }

 private:
  int row_ = -1;
  int column_ = 0;
  std::map<std::pair<int, int>, bool> taken_;
  std::vector<document::TableCell> cells_;
};

}  // namespace

document::TableHypothesis table_of_tokens(std::span<const TableToken> tokens) {
  GridBuilder grid;
  document::TableCell cell;
  bool is_open = false;  // between "<td" and ">"
  bool is_header = false;
  double probability = 0;
  for (const TableToken& token : tokens) {
    probability += token.probability;
    if (token.text == "<thead>") is_header = true;
    if (token.text == "</thead>") is_header = false;
    if (token.text == "<tr>") grid.begin_row();
    if (token.text == "<td></td>" || token.text == "<td" || token.text == "<td>") {
      cell = {};
      cell.bbox = box_of(token.corners);
      cell.confidence = token.probability;
      cell.is_header = is_header;
      is_open = token.text == "<td";
      if (!is_open) grid.add(cell);
    } else if (is_open && token.text.starts_with(" colspan")) {
      cell.column_span = span_of(token.text);
    } else if (is_open && token.text.starts_with(" rowspan")) {
      cell.row_span = span_of(token.text);
    } else if (is_open && token.text == ">") {
      grid.add(cell);
      is_open = false;
    }
  }
  document::TableHypothesis table = grid.finish();
  table.confidence = tokens.empty() ? 0 : probability / static_cast<double>(tokens.size());
  table.witness = kTableWitness;
  return table;
}

base::Result<TableStructureReader> TableStructureReader::create(std::shared_ptr<const inference::Session> session) {
  const std::optional<std::string> metadata = session->metadata("character");
  if (!metadata) {
    return base::fail(base::ErrorCode::kModelCorrupt, "The table structure model carries no vocabulary.");
  }
  std::vector<std::string> vocabulary = {"sos"};
  std::string_view rest = *metadata;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    vocabulary.emplace_back(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  vocabulary.emplace_back("eos");
  return TableStructureReader(std::move(session), std::move(vocabulary));
}

base::Result<document::TableHypothesis> TableStructureReader::read(const cv::Mat& crop) const {
  if (crop.empty()) return document::TableHypothesis{};
  const int long_side = std::max(crop.cols, crop.rows);
  const double factor = static_cast<double>(kInputSide) / long_side;
  cv::Mat resized;
  const cv::Size size(std::clamp(static_cast<int>(crop.cols * factor), 1, kInputSide),
                      std::clamp(static_cast<int>(crop.rows * factor), 1, kInputSide));
  cv::resize(as_bgr(crop), resized, size, 0, 0, factor < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  std::vector<float> planes(3UL * kInputSide * kInputSide, 0.0F);
  write_planes(resized, kImageNetScaling, kInputSide, kInputSide, planes);
  auto outputs = session_->run({planes, {1, 3, kInputSide, kInputSide}});
  if (!outputs) return tl::unexpected(outputs.error());
  if (outputs->size() != 2 || (*outputs)[1].values.size() % vocabulary_.size() != 0 ||
      (*outputs)[0].values.size() / 8 != (*outputs)[1].values.size() / vocabulary_.size()) {
    return base::fail(base::ErrorCode::kInternal, "The table structure model answered with an unexpected shape.");
  }

  const std::span<const float> boxes = (*outputs)[0].values;
  const std::span<const float> beliefs = (*outputs)[1].values;
  std::vector<TableToken> tokens;
  for (std::size_t step = 0; step < boxes.size() / 8; ++step) {
    const auto row = beliefs.subspan(step * vocabulary_.size(), vocabulary_.size());
    const auto best = std::max_element(row.begin(), row.end());
    const auto index = static_cast<std::size_t>(best - row.begin());
    if (index + 1 == vocabulary_.size()) break;
    if (index == 0) continue;
    TableToken token{vocabulary_[index], {}, *best};
    std::copy_n(boxes.begin() + static_cast<std::ptrdiff_t>(step * 8), 8, token.corners.begin());
    tokens.push_back(token);
  }
  document::TableHypothesis table = table_of_tokens(tokens);
  for (document::TableCell& cell : table.cells) {
    cell.bbox = {cell.bbox.x0 * long_side, cell.bbox.y0 * long_side, cell.bbox.x1 * long_side,
                 cell.bbox.y1 * long_side};
  }
  table.bbox = {0, 0, static_cast<double>(crop.cols), static_cast<double>(crop.rows)};
  return table;
}

}  // namespace medmark::vision
