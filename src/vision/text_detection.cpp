#include "vision/text_detection.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "vision/tensor_input.hpp"
#include "vision/written_area.hpp"

namespace medmark::vision {
namespace {

constexpr int kStride = 32;  // the model's own
static_assert(kWrittenBlock % kStride == 0);
constexpr double kQuarterTurn = CV_PI / 2;

int stretched(int side, double ratio) {
  return std::max(kStride, static_cast<int>(std::lround(side * ratio / kStride)) * kStride);
}

// A rotated rectangle whose first axis runs within 45 degrees of the horizontal.
struct LevelRect {
  double center_x, center_y, width, height, angle;
};

LevelRect levelled(const cv::RotatedRect& rect) {
  LevelRect level{rect.center.x, rect.center.y, rect.size.width, rect.size.height, rect.angle * CV_PI / 180};
  while (level.angle > kQuarterTurn / 2) {
    level.angle -= kQuarterTurn;
    std::swap(level.width, level.height);
  }
  while (level.angle < -kQuarterTurn / 2) {
    level.angle += kQuarterTurn;
    std::swap(level.width, level.height);
  }
  return level;
}

base::Quad corners(const LevelRect& rect) {
  const double ux = std::cos(rect.angle) * rect.width / 2;
  const double uy = std::sin(rect.angle) * rect.width / 2;
  const double vx = -std::sin(rect.angle) * rect.height / 2;
  const double vy = std::cos(rect.angle) * rect.height / 2;
  return {base::Point{rect.center_x - ux - vx, rect.center_y - uy - vy},
          base::Point{rect.center_x + ux - vx, rect.center_y + uy - vy},
          base::Point{rect.center_x + ux + vx, rect.center_y + uy + vy},
          base::Point{rect.center_x - ux + vx, rect.center_y - uy + vy}};
}

double mean_inside(const cv::Mat& probability, const base::Quad& quad) {
  const base::Rect box = base::bounding_box(quad);
  const cv::Rect frame =
      cv::Rect(cv::Point(static_cast<int>(std::floor(box.x0)), static_cast<int>(std::floor(box.y0))),
               cv::Point(static_cast<int>(std::ceil(box.x1)) + 1, static_cast<int>(std::ceil(box.y1)) + 1)) &
      cv::Rect(0, 0, probability.cols, probability.rows);
  if (frame.empty()) return 0;
  std::vector<cv::Point> polygon;
  for (const base::Point& p : quad) {
    polygon.emplace_back(static_cast<int>(p.x) - frame.x, static_cast<int>(p.y) - frame.y);
  }
  cv::Mat mask = cv::Mat::zeros(frame.size(), CV_8U);
  cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{polygon}, cv::Scalar(1));
  return cv::mean(probability(frame), mask)[0];
}

// Row by row: boxes whose centres lie within half a height of each other share a row.
void sort_by_rows(std::vector<TextBox>& boxes) {
  const auto center_y = [](const TextBox& box) { return base::bounding_box(box.quad).center_y(); };
  std::stable_sort(boxes.begin(), boxes.end(),
                   [&](const TextBox& a, const TextBox& b) { return center_y(a) < center_y(b); });
  for (auto begin = boxes.begin(); begin != boxes.end();) {
    const base::Rect first = base::bounding_box(begin->quad);
    auto end = begin;
    while (end != boxes.end() && center_y(*end) - first.center_y() < first.height() / 2) ++end;
    std::stable_sort(begin, end, [](const TextBox& a, const TextBox& b) {
      return base::bounding_box(a.quad).x0 < base::bounding_box(b.quad).x0;
    });
    begin = end;
  }
}

class Permit {
 public:
  explicit Permit(std::counting_semaphore<>& semaphore) : semaphore_(semaphore) { semaphore_.acquire(); }
  Permit(const Permit&) = delete;
  Permit& operator=(const Permit&) = delete;
  ~Permit() { semaphore_.release(); }

 private:
  std::counting_semaphore<>& semaphore_;
};

}  // namespace

cv::Size detection_size(cv::Size picture, int long_side) {
  const double ratio = std::min(1.0, static_cast<double>(long_side) / std::max({1, picture.width, picture.height}));
  return {stretched(picture.width, ratio), stretched(picture.height, ratio)};
}

std::vector<TextBox> boxes_of_probability(const cv::Mat& probability, cv::Size picture,
                                          const TextDetectionOptions& options) {
  cv::Mat ink;
  cv::compare(probability, options.pixel_threshold, ink, cv::CMP_GT);
  cv::dilate(ink, ink, cv::Mat::ones(2, 2, CV_8U));
  std::vector<std::vector<cv::Point>> contours;
  std::vector<cv::Vec4i> hierarchy;
  cv::findContours(ink, contours, hierarchy, cv::RETR_CCOMP, cv::CHAIN_APPROX_SIMPLE);

  const double scale_x = static_cast<double>(picture.width) / probability.cols;
  const double scale_y = static_cast<double>(picture.height) / probability.rows;
  std::vector<TextBox> boxes;
  for (std::size_t i = 0; i < contours.size(); ++i) {
    if (hierarchy[i][3] >= 0) continue;  // the inner edge of a ring
    LevelRect rect = levelled(cv::minAreaRect(contours[i]));
    if (std::min(rect.width, rect.height) < options.least_side) continue;
    const double score = mean_inside(probability, corners(rect));
    if (score < options.box_threshold) continue;
    // The offset of the paper's formula; a rectangle grown by a disc has the same axes.
    const double distance = rect.width * rect.height * options.unclip_ratio / (2 * (rect.width + rect.height));
    rect.width += 2 * distance;
    rect.height += 2 * distance;
    if (std::min(rect.width, rect.height) < options.least_unclipped_side) continue;
    TextBox box{corners(rect), score};
    for (base::Point& p : box.quad) {
      p.x = std::clamp(p.x * scale_x, 0.0, static_cast<double>(picture.width));
      p.y = std::clamp(p.y * scale_y, 0.0, static_cast<double>(picture.height));
    }
    boxes.push_back(box);
  }
  sort_by_rows(boxes);
  return boxes;
}

base::Result<std::vector<TextBox>> TextDetector::detect(const cv::Mat& bgr) const {
  if (bgr.empty()) return std::vector<TextBox>{};
  const cv::Size size = detection_size(bgr.size(), options_.long_side);
  cv::Mat resized;
  cv::resize(as_bgr(bgr), resized, size, 0, 0, size.width < bgr.cols ? cv::INTER_AREA : cv::INTER_LINEAR);
  const WrittenArea area = written_area(resized, options_.written_area);
  if (area.empty()) return std::vector<TextBox>{};
  const cv::Size seen = area.size();

  const Permit permit(*free_runs_);
  std::vector<float> planes(3 * static_cast<std::size_t>(seen.area()));
  write_planes(packed(resized, area), kCenteredScaling, seen.width, seen.height, planes);
  resized.release();
  auto outputs = session_->run({planes, {1, 3, seen.height, seen.width}});
  if (!outputs) return tl::unexpected(outputs.error());
  const inference::Tensor& map = outputs->front();
  if (map.values.size() != static_cast<std::size_t>(seen.area())) {
    return base::fail(base::ErrorCode::kInternal, "The text detection model answered with an unexpected shape.");
  }
  // OpenCV has no read-only view; the map is not written to.
  const cv::Mat probability(seen, CV_32F, const_cast<float*>(map.values.data()));  // NOLINT
  return boxes_of_probability(unpacked(probability, area, size), bgr.size(), options_);
}

}  // namespace medmark::vision
