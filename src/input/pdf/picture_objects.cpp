#include "input/pdf/picture_objects.hpp"

#include <fpdf_edit.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <opencv2/core.hpp>

#include "input/pdf/handles.hpp"
#include "input/pdf/shape_groups.hpp"
#include "input/picture_text.hpp"

namespace medmark::input::pdf {
namespace {

using base::Rect;

// Strips of one picture overlap or touch up to rounding.
constexpr double kStripGap = 1.0;
constexpr double kCoveringShare = 0.5;
constexpr double kTellingShare = 0.02;  // of the page; smaller pictures (a stamp, a logo) say nothing of the scan
// Of a picture that may hold a line of text, in points.
constexpr double kLeastTextWidth = 40;
constexpr double kLeastTextHeight = 8;
// Large enough to tell characters from dots, small enough to cost less than reading the page does.
constexpr double kTextDpi = 110;
constexpr double kMostTextPixels = 1'500'000;  // square points: three sheets of A4

}  // namespace

std::vector<Rect> picture_boxes(const Drawings& drawings, const DrawingLimits& limits) {
  std::vector<Shape> boxes;
  for (const PictureObject& picture : drawings.pictures) boxes.push_back({picture.box});
  std::vector<Rect> result;
  for (const ShapeGroup& group : grouped_shapes(boxes, kStripGap)) result.push_back(group.box);
  result.insert(result.end(), drawings.vector_drawings.begin(), drawings.vector_drawings.end());
  std::erase_if(result, [&](const Rect& box) {
    return box.width() < limits.least_picture_side || box.height() < limits.least_picture_side;
  });
  return result;
}

double scan_dpi(std::span<const PictureObject> pictures, const Rect& page) {
  double dpi = 0;
  std::vector<Rect> boxes;
  for (const PictureObject& picture : pictures) {
    boxes.push_back(picture.box);
    unsigned width = 0, height = 0;
    if (picture.box.area() < kTellingShare * page.area()) continue;
    if (FPDFImageObj_GetImagePixelSize(picture.object, &width, &height) == 0) continue;
    const Matrix& m = picture.to_display;
    const double across = std::hypot(m.a, m.b);
    const double down = std::hypot(m.c, m.d);
    if (across <= 0 || down <= 0) continue;
    dpi = std::max({dpi, width * 72 / across, height * 72 / down});
  }
  return covered_share(boxes, page) >= kCoveringShare ? dpi : 0;
}

std::vector<Rect> pictures_with_text(FPDF_PAGE page, const PageGeometry& geometry, std::span<const Rect> pictures,
                                     std::span<const Rect> characters) {
  std::vector<Rect> candidates;
  std::copy_if(pictures.begin(), pictures.end(), std::back_inserter(candidates),
               [](const Rect& box) { return box.width() >= kLeastTextWidth && box.height() >= kLeastTextHeight; });
  if (candidates.empty()) return {};
  const double dpi = std::min(kTextDpi, kTextDpi * std::sqrt(kMostTextPixels / (geometry.width * geometry.height)));
  const double scale = dpi / 72;
  cv::Mat grey(std::max(1, static_cast<int>(geometry.height * scale)),
               std::max(1, static_cast<int>(geometry.width * scale)), CV_8U, cv::Scalar(255));
  const BitmapHandle bitmap(
      FPDFBitmap_CreateEx(grey.cols, grey.rows, FPDFBitmap_Gray, grey.data, static_cast<int>(grey.step)));
  if (!bitmap) return {};
  FPDF_RenderPageBitmap(bitmap.get(), page, 0, 0, grey.cols, grey.rows, 0, FPDF_ANNOT);
  const auto pixels = [&](const Rect& r) {
    const cv::Rect box(static_cast<int>(std::floor(r.x0 * scale)), static_cast<int>(std::floor(r.y0 * scale)),
                       static_cast<int>(std::ceil(r.width() * scale)) + 1,
                       static_cast<int>(std::ceil(r.height() * scale)) + 1);
    return box & cv::Rect(0, 0, grey.cols, grey.rows);
  };
  for (const Rect& character : characters) {
    const Rect visible = base::intersection(character, geometry.bounds());
    if (!visible.empty()) grey(pixels(visible)).setTo(255);
  }
  std::erase_if(candidates, [&](const Rect& box) { return !shows_text(grey(pixels(box))); });
  return candidates;
}

}  // namespace medmark::input::pdf
