#include "image/seal_shape.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "image/seal_outline.hpp"

namespace medmark::image {
namespace {

// Measured on printed, scanned and JPEG-blurred seals of 8 to 48 mm in red, blue and violet ink, faint ones included,
// and on red headings, red tables, graph paper, pie charts and colour photographs as the opposite.
struct ShapeLimits {
  double least_side_mm = 7;
  double largest_side_mm = 75;
  double most_ink = 0.72;       // more is a disc, a bar or a photograph
  double most_ring_ink = 0.55;  // of a ring and what stands in it; frames may show white letters on ink
  double paper_chroma = 0.35;
  double paper_brightness = 0.62;  // of the pixels inside that carry no ink
  double least_paper_share = 0.5;  // of those pixels
  double sure_coverage = 0.85;     // a ring this complete and this thinly inked is one over a dark picture as well
  double sure_most_ink = 0.45;
  double rule_mm = 24;            // upright lines longer than this belong to a table
  double around_gap_mm = 0.8;     // outside of a frame there is paper,
  double around_mm = 2.5;         // or print of another hue,
  double most_ink_around = 0.12;  // or little of its own
  double text_height_mm = 14;     // a framed character in a line of such characters is text
};
constexpr ShapeLimits kLimits;
constexpr double kLargestFrameClosingMm = 2.0;    // more, and columns of red values grow together into frames
constexpr double kClosingMm[] = {0.6, 2.0, 3.6};  // joins worn lines; the later tries bridge broken ones

std::vector<InkComponent> components_of(const cv::Mat& mask) {
  cv::Mat labels, statistics, centroids;
  const int count = cv::connectedComponentsWithStats(mask, labels, statistics, centroids, 8, CV_32S);
  std::vector<InkComponent> components(static_cast<std::size_t>(std::max(0, count - 1)));
  for (int i = 1; i < count; ++i) {
    components[static_cast<std::size_t>(i - 1)].box = {
        statistics.at<int>(i, cv::CC_STAT_LEFT), statistics.at<int>(i, cv::CC_STAT_TOP),
        statistics.at<int>(i, cv::CC_STAT_WIDTH), statistics.at<int>(i, cv::CC_STAT_HEIGHT)};
  }
  for (int y = 0; y < labels.rows; ++y) {
    const auto* row = labels.ptr<int>(y);
    for (int x = 0; x < labels.cols; ++x) {
      if (row[x] > 0) components[static_cast<std::size_t>(row[x] - 1)].points.emplace_back(x, y);
    }
  }
  return components;
}
// A framed character (such as a red heading's) stands in a line of its like.
bool stands_in_text_line(const InkComponent& component, const std::vector<InkComponent>& others, double pixels_per_mm) {
  const cv::Rect& box = component.box;
  if (box.height > kLimits.text_height_mm * pixels_per_mm || box.width > 2 * box.height) return false;
  const auto is_neighbour = [&](const InkComponent& other) {
    const cv::Rect& b = other.box;
    if (&other == &component || b.height < box.height * 0.6 || b.height > box.height * 1.5) return false;
    const int gap = std::max(b.x - (box.x + box.width), box.x - (b.x + b.width));
    const int shared = std::min(b.y + b.height, box.y + box.height) - std::max(b.y, box.y);
    return gap >= 0 && gap < box.height * 0.8 && shared > box.height * 0.6;
  };
  return std::any_of(others.begin(), others.end(), is_neighbour);
}

// A seal is drawn in lines of one ink on paper: not a filled disc, not a photograph.
bool is_drawn_on_paper(const SealOutline& outline, const cv::Mat& ink, const ColourPlane& plane) {
  const cv::Rect box = cv::boundingRect(outline.hull) & cv::Rect(0, 0, ink.cols, ink.rows);
  if (box.area() == 0) return false;
  cv::Mat inside = cv::Mat::zeros(box.size(), CV_8U);
  std::vector<cv::Point> shifted;
  for (const cv::Point& p : outline.hull) shifted.push_back(p - box.tl());
  cv::fillConvexPoly(inside, shifted, 255);
  int total = 0, inked = 0, bare = 0, bright = 0;
  for (int y = 0; y < box.height; ++y) {
    const auto* in = inside.ptr<uchar>(y);
    const auto* mask = ink.ptr<uchar>(box.y + y) + box.x;
    const auto* brightness = plane.brightness.ptr<float>(box.y + y) + box.x;
    const auto* chroma = plane.chroma.ptr<float>(box.y + y) + box.x;
    for (int x = 0; x < box.width; ++x) {
      if (in[x] == 0) continue;
      ++total;
      if (mask[x] != 0) {
        ++inked;
      } else {
        ++bare;
        bright += brightness[x] > kLimits.paper_brightness && chroma[x] < kLimits.paper_chroma ? 1 : 0;
      }
    }
  }
  const double most_ink = outline.shape == SealShape::kRing ? kLimits.most_ring_ink : kLimits.most_ink;
  if (total == 0 || inked > most_ink * total) return false;
  const bool is_sure = outline.shape == SealShape::kRing && outline.coverage >= kLimits.sure_coverage &&
                       inked <= kLimits.sure_most_ink * total;
  return is_sure || bright >= kLimits.least_paper_share * bare;
}

// The ink without long upright lines, as of a table ruled in the same colour; empty where there are none.
cv::Mat without_rules(const cv::Mat& ink, double pixels_per_mm) {
  const int length = cvRound(kLimits.rule_mm * pixels_per_mm);
  cv::Mat across, down;
  cv::morphologyEx(ink, across, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {length, 1}));
  cv::morphologyEx(ink, down, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {1, length}));
  cv::Mat rules = across | down;
  if (cv::countNonZero(rules) < length) return {};
  cv::dilate(rules, rules, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  return ink & ~rules;
}

bool overlaps_much(const cv::Rect& a, const cv::Rect& b) { return (a & b).area() > 0.6 * std::min(a.area(), b.area()); }

// The ink of a component without what closing added.
InkComponent drawn_part(const InkComponent& component, const cv::Mat& mask) {
  InkComponent drawn;
  drawn.box = component.box;
  for (const cv::Point& p : component.points) {
    if (mask.at<uchar>(p) != 0) drawn.points.push_back(p);
  }
  return drawn;
}

// A frame that is a cell of something larger (graph paper, a table): ink of its hue goes on all around it.
bool is_part_of_grid(const SealOutline& outline, const cv::Mat& ink, double pixels_per_mm) {
  const int gap = cvRound(kLimits.around_gap_mm * pixels_per_mm);
  const int reach = gap + cvRound(kLimits.around_mm * pixels_per_mm);
  cv::Rect box = cv::boundingRect(outline.hull);
  box = cv::Rect(box.x - reach, box.y - reach, box.width + 2 * reach, box.height + 2 * reach) &
        cv::Rect(0, 0, ink.cols, ink.rows);
  std::vector<cv::Point> shifted;
  for (const cv::Point& p : outline.hull) shifted.push_back(p - box.tl());
  cv::Mat inside = cv::Mat::zeros(box.size(), CV_8U), near, far;
  cv::fillConvexPoly(inside, shifted, 255);
  cv::dilate(inside, near, cv::getStructuringElement(cv::MORPH_RECT, {2 * gap + 1, 2 * gap + 1}));
  cv::dilate(inside, far, cv::getStructuringElement(cv::MORPH_RECT, {2 * reach + 1, 2 * reach + 1}));
  const cv::Mat around = far & ~near;
  return cv::countNonZero(around & ink(box)) > kLimits.most_ink_around * cv::countNonZero(around);
}

struct Search {
  double closing_mm = 0;
  double hue = 0;
  bool may_be_frame = true;
};

// `mask` is the ink, or the ink without rules; `ink` is all of that hue.
void search(const ColourPlane& plane, const cv::Mat& ink, const cv::Mat& mask, const Search& how,
            std::vector<SealCandidate>& found) {
  const double pixels_per_mm = plane.dpi / 25.4;
  const int side = 2 * std::max(1, cvRound(how.closing_mm * pixels_per_mm / 2)) + 1;
  cv::Mat closed;
  cv::morphologyEx(mask, closed, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_ELLIPSE, {side, side}));
  const std::vector<InkComponent> components = components_of(closed);
  for (const InkComponent& component : components) {
    if (std::min(component.box.width, component.box.height) < kLimits.least_side_mm * pixels_per_mm) continue;
    if (std::max(component.box.width, component.box.height) > 1.5 * kLimits.largest_side_mm * pixels_per_mm) continue;
    std::optional<SealOutline> outline = ring_outline(component, mask, pixels_per_mm);
    if (outline && !is_drawn_on_paper(*outline, ink, plane)) outline.reset();
    if (how.may_be_frame && (!outline || outline->coverage < kLimits.sure_coverage)) {
      std::optional<SealOutline> frame = frame_outline(drawn_part(component, mask), pixels_per_mm);
      if (frame && is_drawn_on_paper(*frame, ink, plane) && (!outline || frame->coverage > outline->coverage))
        outline = frame;
    }
    if (!outline) continue;
    if (stands_in_text_line(component, components, pixels_per_mm)) continue;
    if (outline->shape == SealShape::kFrame && is_part_of_grid(*outline, ink, pixels_per_mm)) continue;
    const cv::Rect box = cv::boundingRect(outline->hull);
    const auto is_same = [&](const SealCandidate& other) { return overlaps_much(other.box, box); };
    if (std::any_of(found.begin(), found.end(), is_same)) continue;
    found.push_back({outline->shape, outline->hull, box, how.hue, outline->coverage});
  }
}

// All searches in the ink of one hue, from the surest to the most generous.
std::vector<SealCandidate> search_hue(const ColourPlane& plane, const cv::Mat& ink, double hue) {
  std::vector<SealCandidate> found;
  const cv::Mat bare = without_rules(ink, plane.dpi / 25.4);
  for (const double closing_mm : kClosingMm) {
    search(plane, ink, ink, {closing_mm, hue, closing_mm <= kLargestFrameClosingMm}, found);
    if (!bare.empty()) search(plane, ink, bare, {closing_mm, hue, closing_mm <= kClosingMm[0]}, found);
  }
  return found;
}

// The part of a plane that holds ink, with a margin.
cv::Rect inked_part(const cv::Mat& ink) {
  constexpr int kMargin = 16;
  const cv::Rect box = cv::boundingRect(ink);
  return cv::Rect(box.x - kMargin, box.y - kMargin, box.width + 2 * kMargin, box.height + 2 * kMargin) &
         cv::Rect(0, 0, ink.cols, ink.rows);
}

}  // namespace

std::vector<SealCandidate> find_seal_shapes(const ColourPlane& plane) {
  std::vector<SealCandidate> found;
  if (plane.is_colourless) return found;
  const double threshold = chroma_threshold(plane.chroma);
  for (const double hue : ink_hues(plane, threshold)) {
    const cv::Mat ink = ink_mask(plane, threshold, hue);
    const cv::Rect part = inked_part(ink);
    ColourPlane cut = plane;
    cut.chroma = plane.chroma(part);
    cut.brightness = plane.brightness(part);
    for (SealCandidate& seal : search_hue(cut, ink(part), hue)) {
      seal.box += part.tl();
      for (cv::Point& corner : seal.hull) corner += part.tl();
      const auto is_same = [&](const SealCandidate& other) { return overlaps_much(other.box, seal.box); };
      if (std::none_of(found.begin(), found.end(), is_same)) found.push_back(std::move(seal));
    }
  }
  std::sort(found.begin(), found.end(),
            [](const SealCandidate& a, const SealCandidate& b) { return a.box.area() > b.box.area(); });
  return found;
}

}  // namespace medmark::image
