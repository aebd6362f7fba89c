#include "vision/page_detector.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <sstream>

#include "vision/tensor_input.hpp"

namespace medmark::vision {
namespace {

using document::BlockType;
using document::LayoutRegion;

// Of the input, for a standing page; a lying one has them the other way round.
constexpr int kShortSide = 448;
constexpr int kLongSide = 640;
constexpr std::array<int, 3> kStrides = {8, 16, 32};
constexpr ChannelScaling kUnitScaling = {{1 / 255.0F, 1 / 255.0F, 1 / 255.0F}, {0, 0, 0}};

std::optional<BlockType> block_type(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(BlockType::kOther); ++i) {
    if (document::block_type_name(static_cast<BlockType>(i)) == name) return static_cast<BlockType>(i);
  }
  return std::nullopt;
}

bool is_repeated(const LayoutRegion& candidate, std::span<const LayoutRegion> kept, double overlap) {
  return std::any_of(kept.begin(), kept.end(), [&](const LayoutRegion& other) {
    return other.type == candidate.type && base::intersection_over_union(other.bbox, candidate.bbox) > overlap;
  });
}

std::vector<LayoutRegion> surest(std::vector<LayoutRegion> candidates, double overlap) {
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
  std::vector<LayoutRegion> kept;
  for (LayoutRegion& candidate : candidates) {
    if (!candidate.bbox.empty() && !is_repeated(candidate, kept, overlap)) kept.push_back(std::move(candidate));
  }
  return kept;
}

// The page at the top left of the input, as large as it fits, on white.
cv::Mat fitted(const cv::Mat& bgr, cv::Size size, double scale) {
  cv::Mat canvas(size, CV_8UC3, cv::Scalar::all(255));
  const cv::Size inner(std::clamp(static_cast<int>(std::lround(bgr.cols * scale)), 1, size.width),
                       std::clamp(static_cast<int>(std::lround(bgr.rows * scale)), 1, size.height));
  cv::Mat resized;
  cv::resize(bgr, resized, inner, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  cv::cvtColor(resized, resized, cv::COLOR_BGR2RGB);
  resized.copyTo(canvas(cv::Rect({0, 0}, inner)));
  return canvas;
}

}  // namespace

std::vector<LayoutRegion> decode_page_regions(std::span<const float> rows, cv::Size size,
                                              std::span<const BlockType> classes, const PageDetectorOptions& options) {
  const std::size_t width = 4 + classes.size();
  std::vector<LayoutRegion> candidates;
  std::size_t row = 0;
  for (const int stride : kStrides) {
    for (int y = 0; y < size.height / stride; ++y) {
      for (int x = 0; x < size.width / stride; ++x, ++row) {
        if ((row + 1) * width > rows.size()) return {};
        const std::span<const float> cell = rows.subspan(row * width, width);
        const double center_x = (x + 0.5) * stride;
        const double center_y = (y + 0.5) * stride;
        for (std::size_t type = 0; type < classes.size(); ++type) {
          const double score = cell[4 + type];
          if (score < options.least_confidence) continue;
          const base::Rect box{std::max(0.0, center_x - cell[0]), std::max(0.0, center_y - cell[1]),
                               std::min<double>(size.width, center_x + cell[2]),
                               std::min<double>(size.height, center_y + cell[3])};
          candidates.push_back({classes[type], box, score, kPageDetectorWitness});
        }
      }
    }
  }
  if (row * width != rows.size()) return {};
  return surest(std::move(candidates), options.overlap);
}

base::Result<PageDetector> PageDetector::create(std::shared_ptr<const inference::Session> session,
                                                PageDetectorOptions options) {
  std::vector<BlockType> classes;
  std::istringstream names(session->metadata("classes").value_or(""));
  for (std::string name; std::getline(names, name);) {
    const auto type = block_type(name);
    if (!type) return base::fail(base::ErrorCode::kInternal, "The page detector names a class that there is not.");
    classes.push_back(*type);
  }
  if (classes.empty()) return base::fail(base::ErrorCode::kInternal, "The page detector names no classes.");
  return PageDetector(std::move(session), std::move(classes), options);
}

base::Result<std::vector<LayoutRegion>> PageDetector::find(const cv::Mat& picture, double dpi) const {
  if (picture.empty()) return std::vector<LayoutRegion>{};
  const cv::Size size = picture.cols > picture.rows ? cv::Size(kLongSide, kShortSide) : cv::Size(kShortSide, kLongSide);
  const double scale =
      std::min(static_cast<double>(size.width) / picture.cols, static_cast<double>(size.height) / picture.rows);
  std::vector<float> planes(3UL * kShortSide * kLongSide);
  write_planes(fitted(as_bgr(picture), size, scale), kUnitScaling, size.width, size.height, planes);
  auto outputs = session_->run({planes, {1, 3, size.height, size.width}});
  if (!outputs) return tl::unexpected(outputs.error());
  std::size_t cells = 0;
  for (const int stride : kStrides) cells += static_cast<std::size_t>((size.width / stride) * (size.height / stride));
  if (outputs->size() != 1 || outputs->front().values.size() != cells * (4 + classes_.size())) {
    return base::fail(base::ErrorCode::kInternal, "The page detector answered with an unexpected shape.");
  }
  std::vector<LayoutRegion> regions = decode_page_regions(outputs->front().values, size, classes_, options_);
  const base::Rect page{0, 0, picture.cols * 72 / dpi, picture.rows * 72 / dpi};
  const double points = 72 / dpi / scale;
  for (LayoutRegion& region : regions) {
    const base::Rect& box = region.bbox;
    region.bbox = base::intersection({box.x0 * points, box.y0 * points, box.x1 * points, box.y1 * points}, page);
  }
  std::erase_if(regions, [](const LayoutRegion& region) { return region.bbox.empty(); });
  return regions;
}

}  // namespace medmark::vision
