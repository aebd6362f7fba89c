#include "vision/stray_marks.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "base/median.hpp"
#include "vision/ink_pieces.hpp"

namespace medmark::vision {
namespace {

// The detector's boxes are larger than the print by its unclipping; ink of Han print is this share of a box's height.
constexpr double kInkOfBox = 0.66;
constexpr int kPaperLevel = 18;  // grey levels below the surroundings that count as ink

double box_height(const TextBox& box) {
  return std::hypot(box.quad[3].x - box.quad[0].x, box.quad[3].y - box.quad[0].y);
}

}  // namespace

double median_em(std::span<const TextBox> boxes) {
  std::vector<double> heights;
  for (const TextBox& box : boxes) heights.push_back(box_height(box) * kInkOfBox);
  return base::median(std::move(heights));
}

cv::Mat uncovered_ink(const cv::Mat& bgr, std::span<const TextBox> boxes, double em) {
  cv::Mat gray;
  cv::cvtColor(bgr, gray, cv::COLOR_BGR2GRAY);
  cv::Mat ink;
  const int window = 2 * static_cast<int>(1.5 * em) + 1;
  cv::adaptiveThreshold(gray, ink, 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY_INV, window, kPaperLevel);
  for (const TextBox& box : boxes) {
    std::vector<cv::Point> corners;
    for (const base::Point& p : box.quad) {
      corners.emplace_back(static_cast<int>(std::lround(p.x)), static_cast<int>(std::lround(p.y)));
    }
    cv::fillConvexPoly(ink, corners, cv::Scalar(0));
  }
  return ink;
}

cv::Rect frame_of(const base::Quad& quad) {
  const base::Rect box = base::bounding_box(quad);
  return {static_cast<int>(box.x0), static_cast<int>(box.y0), static_cast<int>(std::ceil(box.width())),
          static_cast<int>(std::ceil(box.height()))};
}

namespace {

// Pieces of print: not specks, not rules, not parts of pictures.
std::vector<cv::Rect> print_sized(const cv::Mat& ink, double em, const StrayMarkOptions& options) {
  std::vector<cv::Rect> pieces;
  for (const auto& [box, area] : ink_pieces(ink)) {
    const int width = box.width;
    const int height = box.height;
    const bool is_small = height > options.largest_height * em || width > options.largest_height * em;
    const bool is_speck = std::max(width, height) < 0.15 * em || area < 0.01 * em * em;
    if (!is_small && !is_speck) pieces.push_back(box);
  }
  return pieces;
}

bool are_close(const cv::Rect& a, const cv::Rect& b, double gap, double em) {
  const int across = std::max(a.x, b.x) - std::min(a.x + a.width, b.x + b.width);
  const int down = std::max(a.y, b.y) - std::min(a.y + a.height, b.y + b.height);
  return across < gap * em && down < 0.15 * em;
}

std::vector<cv::Rect> grouped(std::vector<cv::Rect> pieces, double gap, double em) {
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      for (std::size_t j = i + 1; j < pieces.size();) {
        if (!are_close(pieces[i], pieces[j], gap, em)) {
          ++j;
          continue;
        }
        pieces[i] |= pieces[j];
        pieces[j] = pieces.back();
        pieces.pop_back();
        has_changed = true;
      }
    }
  }
  return pieces;
}

}  // namespace

std::vector<TextBox> find_stray_marks(const cv::Mat& bgr, std::span<const TextBox> detected,
                                      const StrayMarkOptions& options) {
  if (detected.empty()) return {};
  const double em = median_em(detected);
  if (em < 6) return {};
  std::vector<cv::Rect> frames;
  for (const TextBox& box : detected) frames.push_back(frame_of(box.quad));

  std::vector<cv::Rect> pieces = print_sized(uncovered_ink(bgr, detected, em), em, options);
  // Only what stands in the row of some text, beside it.
  std::erase_if(pieces, [&](const cv::Rect& piece) {
    const double middle = piece.y + piece.height / 2.0;
    return std::none_of(frames.begin(), frames.end(), [&](const cv::Rect& frame) {
      return frame.width > frame.height && middle > frame.y + 0.2 * frame.height &&
             middle < frame.y + 0.8 * frame.height;
    });
  });
  if (pieces.size() > 8 * options.most) return {};
  std::vector<TextBox> marks;
  for (const cv::Rect& group : grouped(std::move(pieces), options.join_gap, em)) {
    if (group.height < options.least_height * em || group.height > options.largest_height * em) continue;
    if (group.width > options.largest_width * em) continue;
    // What touches a detected box is a frayed edge of its print.
    const bool is_edge = std::any_of(frames.begin(), frames.end(), [&](const cv::Rect& frame) {
      return (frame & group).area() > 0.2 * group.area();
    });
    if (is_edge) continue;
    const double margin = options.margin * em;
    marks.push_back({base::quad_of({group.x - margin, group.y - margin, group.x + group.width + margin,
                                    group.y + group.height + margin}),
                     0});
  }
  if (marks.size() > options.most) return {};
  return marks;
}

}  // namespace medmark::vision
