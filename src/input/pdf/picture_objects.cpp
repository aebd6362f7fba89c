#include "input/pdf/picture_objects.hpp"

#include <fpdf_edit.h>

#include <algorithm>
#include <cmath>

#include "input/pdf/handles.hpp"
#include "input/pdf/shape_groups.hpp"

namespace medmark::input::pdf {
namespace {

using base::Rect;

// Strips of one picture overlap or touch up to rounding.
constexpr double kStripGap = 1.0;
constexpr double kCoveringShare = 0.5;

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

double covering_picture_dpi(std::span<const PictureObject> pictures, const Rect& page) {
  double dpi = 0;
  for (const PictureObject& picture : pictures) {
    unsigned width = 0, height = 0;
    if (picture.box.area() < kCoveringShare * page.area()) continue;
    if (FPDFImageObj_GetImagePixelSize(picture.object, &width, &height) == 0) continue;
    const Matrix& m = picture.to_display;
    const double across = std::hypot(m.a, m.b);
    const double down = std::hypot(m.c, m.d);
    if (across <= 0 || down <= 0) continue;
    dpi = std::max({dpi, width * 72 / across, height * 72 / down});
  }
  return dpi;
}

std::vector<Rect> pictures_with_text(std::span<const PictureObject>) { return {}; }

}  // namespace medmark::input::pdf
