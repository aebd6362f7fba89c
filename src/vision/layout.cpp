#include "vision/layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "vision/tensor_input.hpp"

namespace medmark::vision {
namespace {

constexpr int kInputWidth = 608;
constexpr int kInputHeight = 800;
constexpr std::size_t kClassCount = 10;
constexpr std::size_t kBins = 8;
constexpr std::array<int, 4> kLayoutStrides = {8, 16, 32, 64};

// In the order of the model's classes: text, title, figure, figure_caption, table, table_caption, header, footer,
// reference, equation.
constexpr std::array<document::BlockType, kClassCount> kTypes = {
    document::BlockType::kParagraph,     document::BlockType::kTitle,  document::BlockType::kFigure,
    document::BlockType::kFigureCaption, document::BlockType::kTable,  document::BlockType::kTableCaption,
    document::BlockType::kHeader,        document::BlockType::kFooter, document::BlockType::kOther,
    document::BlockType::kFormula};

int cells_along(int side, int stride) { return (side + stride - 1) / stride; }

// The expectation of a distance given as 8 logits, in strides (Li et al., "Generalized Focal Loss", NeurIPS 2020).
double expected_distance(std::span<const float> logits) {
  const double top = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  double weighted = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const double weight = std::exp(static_cast<double>(logits[i]) - top);
    sum += weight;
    weighted += weight * static_cast<double>(i);
  }
  return weighted / sum;
}

base::Rect cell_box(const LayoutLevel& level, std::size_t cell) {
  const auto columns = static_cast<std::size_t>(cells_along(kInputWidth, level.stride));
  const std::size_t column = cell % columns;
  const std::size_t row = cell / columns;
  const double x = (static_cast<double>(column) + 0.5) * level.stride;
  const double y = (static_cast<double>(row) + 0.5) * level.stride;
  const auto distance = [&](std::size_t side) {
    return expected_distance(level.distances.subspan(cell * 4 * kBins + side * kBins, kBins)) * level.stride;
  };
  const auto clip_x = [](double v) { return std::clamp(v / kInputWidth, 0.0, 1.0); };
  const auto clip_y = [](double v) { return std::clamp(v / kInputHeight, 0.0, 1.0); };
  return {clip_x(x - distance(0)), clip_y(y - distance(1)), clip_x(x + distance(2)), clip_y(y + distance(3))};
}

}  // namespace

std::vector<document::LayoutRegion> decode_layout(std::span<const LayoutLevel> levels, const LayoutOptions& options) {
  std::vector<document::LayoutRegion> candidates;
  for (const LayoutLevel& level : levels) {
    const std::size_t cells = level.scores.size() / kClassCount;
    for (std::size_t cell = 0; cell < cells; ++cell) {
      for (std::size_t type = 0; type < kClassCount; ++type) {
        const double score = level.scores[cell * kClassCount + type];
        if (score < options.least_confidence) continue;
        candidates.push_back({kTypes[type], cell_box(level, cell), score, kLayoutWitness});
      }
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  std::vector<document::LayoutRegion> kept;
  for (const document::LayoutRegion& candidate : candidates) {
    const bool is_repeated = std::any_of(kept.begin(), kept.end(), [&](const document::LayoutRegion& other) {
      return other.type == candidate.type &&
             base::intersection_over_union(other.bbox, candidate.bbox) > options.overlap;
    });
    if (!is_repeated && !candidate.bbox.empty()) kept.push_back(candidate);
  }
  return kept;
}

base::Result<std::vector<document::LayoutRegion>> LayoutDetector::find(const cv::Mat& picture, double dpi) const {
  if (picture.empty()) return std::vector<document::LayoutRegion>{};
  cv::Mat resized;
  cv::resize(as_bgr(picture), resized, {kInputWidth, kInputHeight}, 0, 0, cv::INTER_AREA);
  std::vector<float> planes(3UL * kInputWidth * kInputHeight);
  write_planes(resized, kImageNetScaling, kInputWidth, kInputHeight, planes);
  auto outputs = session_->run({planes, {1, 3, kInputHeight, kInputWidth}});
  if (!outputs) return tl::unexpected(outputs.error());

  std::vector<LayoutLevel> levels;
  for (std::size_t i = 0; i < kLayoutStrides.size() && outputs->size() == 2 * kLayoutStrides.size(); ++i) {
    const auto cells = static_cast<std::size_t>(cells_along(kInputWidth, kLayoutStrides[i]) *
                                                cells_along(kInputHeight, kLayoutStrides[i]));
    const LayoutLevel level{kLayoutStrides[i], (*outputs)[i].values, (*outputs)[i + kLayoutStrides.size()].values};
    if (level.scores.size() == cells * kClassCount && level.distances.size() == cells * 4 * kBins)
      levels.push_back(level);
  }
  if (levels.size() != kLayoutStrides.size()) {
    return base::fail(base::ErrorCode::kInternal, "The layout model answered with an unexpected shape.");
  }
  std::vector<document::LayoutRegion> regions = decode_layout(levels, options_);
  const double width = picture.cols * 72 / dpi;
  const double height = picture.rows * 72 / dpi;
  for (document::LayoutRegion& region : regions) {
    region.bbox = {region.bbox.x0 * width, region.bbox.y0 * height, region.bbox.x1 * width, region.bbox.y1 * height};
  }
  return regions;
}

}  // namespace medmark::vision
