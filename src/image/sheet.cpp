#include "image/sheet.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "base/median.hpp"
#include "image/ink_map.hpp"
#include "image/sheet_lines.hpp"

namespace medmark::image {
namespace {

struct SheetThresholds {
  int working_side = 480;    // pixels: edges are sharp enough, text is gone after closing
  double text_size = 0.028;  // of the long side; marks thinner than this are closed
  int side_samples = 48;
  double band = 0.014;         // of the long side: how far inside and outside of the edge the two colours are taken
  double least_contrast = 11;  // Lab units between inside and outside (8-bit scale)
  double least_step = 7;       // the same for a white sheet on a white table, which the ink then has to bear out
  // Of the ink, the share that may lie outside of such a sheet.
  double most_ink_outside = 0.01;
  int least_ink = 400;  // pixels at 100 DPI: one line of text
  double least_side_support = 0.62;
  double least_support = 0.78;
  double least_area = 0.22;  // of the picture
  double most_area = 0.985;
  double least_corner_angle = 55;  // degrees
  double cut_by_frame_penalty = 0.06;
  double area_weight = 0.12;
  // Of the picture outside of the sheet, the share that may look like the sheet's own paper. Above it the "sheet" is a
  // box printed on a page.
  double most_paper_outside = 0.35;
  double refine_reach = 0.012;  // of the long side
  double iso_ratio = std::numbers::sqrt2;
  double iso_tolerance = 0.15;
};
constexpr SheetThresholds kThresholds;

struct WorkingPicture {
  cv::Mat lab;       // CV_8UC3, text closed
  double scale = 1;  // of the original's pixels
};

WorkingPicture working_picture(const cv::Mat& picture) {
  WorkingPicture working;
  const int longest = std::max(picture.cols, picture.rows);
  working.scale = std::min(1.0, static_cast<double>(kThresholds.working_side) / longest);
  cv::Mat small;
  cv::resize(picture, small,
             {std::max(1, static_cast<int>(std::lround(picture.cols * working.scale))),
              std::max(1, static_cast<int>(std::lround(picture.rows * working.scale)))},
             0, 0, cv::INTER_AREA);
  if (small.channels() == 1) cv::cvtColor(small, small, cv::COLOR_GRAY2BGR);
  cv::cvtColor(small, small, cv::COLOR_BGR2Lab);
  std::vector<cv::Mat> channels;
  cv::split(small, channels);
  const int side = static_cast<int>(std::lround(std::max(small.cols, small.rows) * kThresholds.text_size)) | 1;
  cv::morphologyEx(channels[0], channels[0], cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {side, side}));
  cv::GaussianBlur(channels[0], channels[0], {3, 3}, 0);
  cv::medianBlur(channels[1], channels[1], 5);
  cv::medianBlur(channels[2], channels[2], 5);
  cv::merge(channels, working.lab);
  return working;
}

// What counts as the edge of a sheet.
enum class EdgeKind {
  kPaperOnDarker,  // paper inside, outside something darker or of another colour
  kAnyStep,        // a white sheet on a white table: any step, to either side
};

class QuadScorer {
 public:
  QuadScorer(const cv::Mat& lab, EdgeKind kind)
      : lab_(lab), kind_(kind), band_(std::max(3.0, kThresholds.band * std::max(lab.cols, lab.rows))) {}

  // The share of the side from `a` to `b` along which the inside (to the right when walking) meets the outside in such
  // an edge.
  [[nodiscard]] double support(cv::Point2d a, cv::Point2d b) const {
    const cv::Point2d along = b - a;
    const double length = std::hypot(along.x, along.y);
    if (length < 1) return 0;
    const cv::Point2d inwards(-along.y / length, along.x / length);
    int counted = 0;
    int supported = 0;
    for (int i = 0; i < kThresholds.side_samples; ++i) {
      const double t = (i + 0.5) / kThresholds.side_samples;
      const cv::Point2d on_edge = a + along * t;
      const cv::Point2d inside = on_edge + inwards * band_;
      const cv::Point2d outside = on_edge - inwards * band_;
      if (!contains(inside)) continue;
      ++counted;
      if (!contains(outside)) continue;
      if (is_edge(at(inside), at(outside))) ++supported;
    }
    return counted < kThresholds.side_samples / 2 ? 0 : static_cast<double>(supported) / counted;
  }

 private:
  [[nodiscard]] bool contains(cv::Point2d p) const {
    return p.x >= 0 && p.y >= 0 && p.x < lab_.cols && p.y < lab_.rows;
  }
  [[nodiscard]] cv::Vec3b at(cv::Point2d p) const {
    return lab_.at<cv::Vec3b>(static_cast<int>(p.y), static_cast<int>(p.x));
  }

  [[nodiscard]] bool is_edge(const cv::Vec3b& inside, const cv::Vec3b& outside) const {
    const int lighter = inside[0] - outside[0];
    const int chroma = std::abs(inside[1] - outside[1]) + std::abs(inside[2] - outside[2]);
    if (kind_ == EdgeKind::kAnyStep) return std::abs(lighter) + 1.5 * chroma > kThresholds.least_step;
    // A brighter background is one only where its colour differs clearly.
    if (lighter < 0) return 1.5 * chroma + lighter > kThresholds.least_contrast;
    return lighter + 1.5 * chroma > kThresholds.least_contrast;
  }

  cv::Mat lab_;
  EdgeKind kind_;
  double band_;
};

bool is_plausible(const std::array<cv::Point2d, 4>& corners, cv::Size size) {
  const double slack = 0.02 * std::max(size.width, size.height);
  double area = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const cv::Point2d& p = corners[i];
    const cv::Point2d& next = corners[(i + 1) % 4];
    const cv::Point2d& previous = corners[(i + 3) % 4];
    if (p.x < -slack || p.y < -slack || p.x > size.width + slack || p.y > size.height + slack) return false;
    const cv::Point2d u = next - p;
    const cv::Point2d v = previous - p;
    const double cross = u.x * v.y - u.y * v.x;
    if (cross <= 0) return false;
    const double angle = std::atan2(cross, u.dot(v)) * 180 / std::numbers::pi;
    if (angle < kThresholds.least_corner_angle || angle > 180 - kThresholds.least_corner_angle) return false;
    area += p.x * next.y - p.y * next.x;
  }
  const double share = area / 2 / (static_cast<double>(size.width) * size.height);
  return share >= kThresholds.least_area && share <= kThresholds.most_area;
}

struct Outline {
  std::array<SheetLine, 4> sides;        // top, right, bottom, left
  std::array<cv::Point2d, 4> corners{};  // top left, top right, bottom right, bottom left
  double support = 0;
  double score = 0;
};

std::array<cv::Point2d, 4> corners_of(const std::array<SheetLine, 4>& sides) {
  return {crossing(sides[0], sides[3]), crossing(sides[0], sides[1]), crossing(sides[2], sides[1]),
          crossing(sides[2], sides[3])};
}

// The score of an outline, or nothing where a side is not borne out.
std::optional<Outline> scored(const std::array<SheetLine, 4>& sides, const QuadScorer& scorer, cv::Size size) {
  int frames = 0;
  for (const SheetLine& side : sides) frames += side.is_frame ? 1 : 0;
  if (frames > 1) return std::nullopt;
  Outline outline{sides, corners_of(sides), 0, 0};
  if (!is_plausible(outline.corners, size)) return std::nullopt;
  double total = 0;
  double length = 0;
  double area = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const cv::Point2d& a = outline.corners[i];
    const cv::Point2d& b = outline.corners[(i + 1) % 4];
    area += (a.x * b.y - a.y * b.x) / 2;
    if (sides[i].is_frame) continue;
    const double support = scorer.support(a, b);
    if (support < kThresholds.least_side_support) return std::nullopt;
    const double side_length = std::hypot(b.x - a.x, b.y - a.y);
    total += support * side_length;
    length += side_length;
  }
  outline.support = total / length;
  if (outline.support < kThresholds.least_support) return std::nullopt;
  outline.score = outline.support - frames * kThresholds.cut_by_frame_penalty +
                  kThresholds.area_weight * area / (static_cast<double>(size.width) * size.height);
  return outline;
}

std::optional<Outline> best_outline(const SheetLines& candidates, const cv::Mat& lab, EdgeKind kind) {
  const QuadScorer scorer(lab, kind);
  const cv::Point2d middle(lab.cols / 2.0, lab.rows / 2.0);
  const auto pairs = [&](const std::vector<SheetLine>& lines) {
    std::vector<std::pair<SheetLine, SheetLine>> found;  // nearer to the origin first
    for (const SheetLine& a : lines) {
      for (const SheetLine& b : lines) {
        const auto place = [&](const SheetLine& line) {
          const double sign = line.normal.x + line.normal.y >= 0 ? 1 : -1;
          return sign * (line.offset - line.normal.dot(middle));
        };
        if (place(a) < place(b)) found.emplace_back(a, b);
      }
    }
    return found;
  };
  std::optional<Outline> best;
  const auto columns = pairs(candidates.down);
  for (const auto& [top, bottom] : pairs(candidates.across)) {
    for (const auto& [left, right] : columns) {
      const auto outline = scored({top, right, bottom, left}, scorer, lab.size());
      if (outline && (!best || outline->score > best->score)) best = outline;
    }
  }
  return best;
}

// Of what lies outside of the outline, the share that looks like the paper inside.
double paper_outside(const Outline& outline, const cv::Mat& lab) {
  cv::Mat inside = cv::Mat::zeros(lab.size(), CV_8U);
  std::vector<cv::Point> polygon;
  for (const cv::Point2d& corner : outline.corners) polygon.emplace_back(corner);
  cv::fillConvexPoly(inside, polygon, cv::Scalar(255));
  std::array<std::vector<uchar>, 3> levels;
  for (int y = 0; y < lab.rows; ++y) {
    for (int x = 0; x < lab.cols; ++x) {
      if (inside.at<uchar>(y, x) == 0) continue;
      const auto& pixel = lab.at<cv::Vec3b>(y, x);
      for (std::size_t c = 0; c < 3; ++c) levels[c].push_back(pixel[static_cast<int>(c)]);
    }
  }
  std::array<double, 3> paper{};
  for (std::size_t c = 0; c < 3; ++c) {
    paper[c] = base::median(std::move(levels[c]));
  }
  int total = 0;
  int alike = 0;
  for (int y = 0; y < lab.rows; ++y) {
    for (int x = 0; x < lab.cols; ++x) {
      if (inside.at<uchar>(y, x) != 0) continue;
      ++total;
      const auto& pixel = lab.at<cv::Vec3b>(y, x);
      const double lightness = pixel[0] - paper[0];
      const double chroma = std::abs(pixel[1] - paper[1]) + std::abs(pixel[2] - paper[2]);
      if (lightness > -kThresholds.least_contrast &&
          std::abs(lightness) + 1.5 * chroma < 2.5 * kThresholds.least_contrast)
        ++alike;
    }
  }
  return total == 0 ? 1 : static_cast<double>(alike) / total;
}

cv::Mat outline_mask(const Outline& outline, cv::Size size, double scale, double margin) {
  cv::Mat mask = cv::Mat::zeros(size, CV_8U);
  std::vector<cv::Point> polygon;
  for (const cv::Point2d& corner : outline.corners) polygon.emplace_back(corner * scale);
  cv::fillConvexPoly(mask, polygon, cv::Scalar(255));
  const int side = static_cast<int>(margin) * 2 + 1;
  cv::dilate(mask, mask, cv::getStructuringElement(cv::MORPH_RECT, {side, side}));
  return mask;
}

// Whether practically all ink of the picture lies inside of the outline: cropping to it then loses nothing, whatever it
// is.
bool holds_the_ink(const Outline& outline, const cv::Mat& picture, double working_scale) {
  const cv::Mat small = analysis_picture(picture);
  const cv::Mat ink = ink_map(small);
  const double scale = static_cast<double>(small.cols) / (picture.cols * working_scale);
  const double margin = kThresholds.refine_reach * std::max(small.cols, small.rows);
  const int total = cv::countNonZero(ink);
  const int inside = cv::countNonZero(ink & outline_mask(outline, ink.size(), scale, margin));
  return total >= kThresholds.least_ink && total - inside <= kThresholds.most_ink_outside * total;
}

// The line through the steepest steps near `side`, in the same pixels.
SheetLine refined(const SheetLine& side, cv::Point2d a, cv::Point2d b, const cv::Mat& lab) {
  const double reach = std::max(3.0, kThresholds.refine_reach * std::max(lab.cols, lab.rows));
  const cv::Point2d along = b - a;
  const double length = std::hypot(along.x, along.y);
  const cv::Point2d normal(-along.y / length, along.x / length);
  const auto value = [&](cv::Point2d p) -> cv::Vec3d {
    const int x = std::clamp(static_cast<int>(p.x), 0, lab.cols - 1);
    const int y = std::clamp(static_cast<int>(p.y), 0, lab.rows - 1);
    return lab.at<cv::Vec3b>(y, x);
  };
  std::vector<cv::Point2f> steps;
  for (double t = 0.03; t < 0.97; t += 1.0 / length) {
    const cv::Point2d on_side = a + along * t;
    double strongest = kThresholds.least_contrast;
    double where = 0;
    for (double distance = -reach; distance <= reach; distance += 0.5) {
      const cv::Vec3d step = value(on_side + normal * (distance + 1)) - value(on_side + normal * (distance - 1));
      const double strength = std::abs(step[0]) + 1.5 * (std::abs(step[1]) + std::abs(step[2]));
      if (strength > strongest) {
        strongest = strength;
        where = distance;
      }
    }
    if (strongest > kThresholds.least_contrast) steps.emplace_back(on_side + normal * where);
  }
  if (static_cast<double>(steps.size()) < length / 4) return side;
  cv::Vec4f fitted;
  cv::fitLine(steps, fitted, cv::DIST_HUBER, 0, 0.01, 0.01);
  const cv::Point2d direction(fitted[0], fitted[1]);
  const cv::Point2d new_normal(-direction.y, direction.x);
  return {new_normal, new_normal.dot(cv::Point2d(fitted[2], fitted[3])), side.votes, false};
}

// A side cut off by the frame becomes parallel to the opposite one, through the corner further from it: what the frame
// still shows stays.
void straighten_frame_side(std::array<SheetLine, 4>& sides) {
  for (std::size_t i = 0; i < 4; ++i) {
    if (!sides[i].is_frame) continue;
    const auto corners = corners_of(sides);
    const SheetLine& opposite = sides[(i + 2) % 4];
    const cv::Point2d a = corners[i];
    const cv::Point2d b = corners[(i + 1) % 4];
    const double da = std::abs(opposite.normal.dot(a) - opposite.offset);
    const double db = std::abs(opposite.normal.dot(b) - opposite.offset);
    const cv::Point2d& further = da < db ? b : a;
    sides[i] = {opposite.normal, opposite.normal.dot(further), 0, true};
  }
}

}  // namespace

std::optional<Sheet> find_sheet(const cv::Mat& picture) {
  const WorkingPicture working = working_picture(picture);
  if (std::min(working.lab.cols, working.lab.rows) < 64) return std::nullopt;
  const SheetLines candidates = find_sheet_lines(working.lab);
  auto outline = best_outline(candidates, working.lab, EdgeKind::kPaperOnDarker);
  if (outline && paper_outside(*outline, working.lab) > kThresholds.most_paper_outside) outline.reset();
  if (!outline) {
    outline = best_outline(candidates, working.lab, EdgeKind::kAnyStep);
    if (outline && !holds_the_ink(*outline, picture, working.scale)) outline.reset();
  }
  if (!outline) return std::nullopt;
  for (std::size_t i = 0; i < 4; ++i) {
    SheetLine& side = outline->sides[i];
    if (!side.is_frame) side = refined(side, outline->corners[i], outline->corners[(i + 1) % 4], working.lab);
  }
  straighten_frame_side(outline->sides);
  const auto corners = corners_of(outline->sides);
  Sheet sheet;
  sheet.support = outline->support;
  const double scale_x = static_cast<double>(picture.cols) / working.lab.cols;
  const double scale_y = static_cast<double>(picture.rows) / working.lab.rows;
  for (std::size_t i = 0; i < 4; ++i) sheet.corners[i] = {corners[i].x * scale_x, corners[i].y * scale_y};
  return sheet;
}

cv::Size2d flat_sheet_size(const base::Quad& corners) {
  const auto distance = [](base::Point a, base::Point b) { return std::hypot(b.x - a.x, b.y - a.y); };
  double width = std::max(distance(corners[0], corners[1]), distance(corners[3], corners[2]));
  double height = std::max(distance(corners[0], corners[3]), distance(corners[1], corners[2]));
  const bool is_upright = height >= width;
  double& longer = is_upright ? height : width;
  double& shorter = is_upright ? width : height;
  const double ratio = longer / shorter;
  if (std::abs(ratio / kThresholds.iso_ratio - 1) <= kThresholds.iso_tolerance) {
    longer = std::max(longer, shorter * kThresholds.iso_ratio);
    shorter = longer / kThresholds.iso_ratio;
  }
  return {width, height};
}

}  // namespace medmark::image
