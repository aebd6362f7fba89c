#include "vision/formula_reader.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "base/text.hpp"
#include "vision/formula_rows.hpp"
#include "vision/tensor_input.hpp"

namespace medmark::vision {
namespace {

// The model's picture, as training/formula makes it.
constexpr int kHeight = 120;
constexpr int kMostWidth = 1632;
constexpr int kWidthStep = 32;
constexpr double kEm = 28;
constexpr double kCellWidth = 4;
constexpr double kCellHeight = 8;
constexpr std::size_t kBar = 1;
constexpr std::size_t kRadical = 2;
// Measured text sizes of scans are rough: where the signs seen are this much off, a second look is taken at their size.
constexpr double kSizeOff = 0.15;

// The size of most signs that stand on a line of their own: scripts are smaller, so the upper half of the sizes.
double text_size(const SeenFormula& seen) {
  std::vector<double> sizes;
  for (const SeenSign& sign : seen.signs) sizes.push_back(sign.size);
  if (sizes.empty()) return 0;
  const auto at = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() * 3 / 4);
  std::nth_element(sizes.begin(), at, sizes.end());
  return *at;
}

}  // namespace

FormulaReader::FormulaReader(std::shared_ptr<const inference::Session> session, std::u32string signs)
    : session_(std::move(session)), signs_(std::move(signs)) {}

base::Result<FormulaReader> FormulaReader::create(std::shared_ptr<const inference::Session> session) {
  const std::optional<std::string> metadata = session->metadata("signs");
  std::u32string signs = metadata ? base::decode_utf8(*metadata) : std::u32string{};
  if (signs.size() < 5) return base::fail(base::ErrorCode::kModelCorrupt, "The formula model names no signs.");
  return FormulaReader(std::move(session), std::move(signs));
}

base::Result<SeenFormula> FormulaReader::look(const cv::Mat& grey, double factor) const {
  cv::Mat scaled;
  const cv::Size size(std::clamp(static_cast<int>(std::lround(grey.cols * factor)), 8, kMostWidth),
                      std::clamp(static_cast<int>(std::lround(grey.rows * factor)), 8, kHeight));
  cv::resize(grey, scaled, size, 0, 0, factor < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  const int width = (size.width + kWidthStep - 1) / kWidthStep * kWidthStep;
  std::vector<float> values(static_cast<std::size_t>(width) * kHeight, 0.0F);
  write_ink(scaled, width, (kHeight - scaled.rows) / 2, values);
  auto outputs = session_->run({values, {1, 1, kHeight, width}});
  if (!outputs) return tl::unexpected(outputs.error());
  const inference::Tensor& cells = outputs->front();
  const std::size_t length = signs_.size() + 7;
  if (cells.shape.size() != 3 || cells.shape[2] != static_cast<std::int64_t>(length)) {
    return base::fail(base::ErrorCode::kInternal, "The formula model answered in an unknown shape.");
  }
  SeenFormula seen = signs_of({.values = cells.values,
                               .rows = static_cast<std::size_t>(cells.shape[0]),
                               .columns = static_cast<std::size_t>(cells.shape[1]),
                               .sign_count = signs_.size(),
                               .bar = kBar,
                               .radical = kRadical,
                               .cell_width = kCellWidth,
                               .cell_height = kCellHeight,
                               .ink = {values, static_cast<std::size_t>(width)}});
  // Back to pixels of the crop.
  const double x = static_cast<double>(grey.cols) / size.width;
  const double y = static_cast<double>(grey.rows) / size.height;
  const int top = (kHeight - size.height) / 2;  // whole rows, as the picture was laid in
  for (SeenSign& sign : seen.signs) {
    sign.bbox = {sign.bbox.x0 * x, (sign.bbox.y0 - top) * y, sign.bbox.x1 * x, (sign.bbox.y1 - top) * y};
    sign.baseline = (sign.baseline - top) * y;
    sign.size *= y;
  }
  for (SeenBar& bar : seen.bars) bar = {bar.x0 * x, bar.x1 * x, (bar.y - top) * y};
  return seen;
}

document::FormulaHypothesis FormulaReader::hypothesis_of(const SeenFormula& seen, const cv::Mat& crop) const {
  document::FormulaHypothesis formula;
  formula.bbox = {0, 0, static_cast<double>(crop.cols), static_cast<double>(crop.rows)};
  for (const SeenSign& sign : seen.signs) {
    formula.signs.push_back({.code = signs_[sign.sign],
                             .bbox = sign.bbox,
                             .baseline = sign.baseline,
                             .size = sign.size,
                             .confidence = sign.probability,
                             .is_italic = sign.is_italic});
  }
  for (const SeenBar& bar : seen.bars) formula.bars.push_back({{bar.x0, bar.y}, {bar.x1, bar.y}, 0});
  return formula;
}

base::Result<document::FormulaHypothesis> FormulaReader::read(const cv::Mat& crop, double em,
                                                              const ReadWord& read_word) const {
  if (crop.empty() || em < 4) return document::FormulaHypothesis{};
  cv::Mat grey = crop;
  if (crop.channels() == 3) cv::cvtColor(crop, grey, cv::COLOR_BGR2GRAY);
  const double most = std::min(static_cast<double>(kHeight) / grey.rows, static_cast<double>(kMostWidth) / grey.cols);
  double factor = std::min(kEm / em, most);
  auto seen = look(grey, factor);
  if (!seen) return tl::unexpected(seen.error());
  const double size = text_size(*seen);
  if (size > 0 && std::abs(size * factor / kEm - 1) > kSizeOff) {
    const double better = std::min(kEm / size, most);
    if (std::abs(better / factor - 1) > kSizeOff / 2) seen = look(grey, better);
    if (!seen) return tl::unexpected(seen.error());
  }
  document::FormulaHypothesis formula = hypothesis_of(*seen, crop);
  if (auto confirmed = confirm_rows(formula, grey, read_word); !confirmed) return tl::unexpected(confirmed.error());
  return formula;
}

}  // namespace medmark::vision
