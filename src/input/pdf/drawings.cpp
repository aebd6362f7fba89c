#include "input/pdf/drawings.hpp"

#include <fpdf_edit.h>
#include <fpdf_transformpage.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "input/pdf/shape_groups.hpp"

namespace medmark::input::pdf {
namespace {

using base::Point;
using base::Rect;
using document::RulingLine;

constexpr int kMaxDepth = 12;           // of form XObjects inside one another
constexpr int kMaxObjects = 400'000;    // a hostile page repeats forms inside forms
constexpr int kMaxClipPaths = 64;       // of one object; the first ones count
constexpr int kMaxSegments = 20'000;    // of one path
constexpr unsigned kNearlyWhite = 250;  // a line of this tone and lighter is not seen on paper
constexpr unsigned kDark = 200;         // fills of table cells are lighter, grounds of drawings darker
constexpr unsigned kNearlyClear = 12;   // of 255, opacity
constexpr double kAxisSlope = 0.02;     // 1.1 degrees

struct Color {
  unsigned r = 0, g = 0, b = 0, a = 255;

  [[nodiscard]] bool is_visible() const { return a > kNearlyClear && std::min({r, g, b}) < kNearlyWhite; }
};

struct Paint {
  bool fills = false;
  bool strokes = false;
  bool fills_dark = false;
};

Paint paint_of(FPDF_PAGEOBJECT path) {
  int fill_mode = 0;
  FPDF_BOOL stroke = 0;
  if (FPDFPath_GetDrawMode(path, &fill_mode, &stroke) == 0) return {};
  Color fill;
  Color line;
  // A colour that PDFium cannot tell (a pattern) is taken for visible.
  FPDFPageObj_GetFillColor(path, &fill.r, &fill.g, &fill.b, &fill.a);
  FPDFPageObj_GetStrokeColor(path, &line.r, &line.g, &line.b, &line.a);
  const bool fills = fill_mode != FPDF_FILLMODE_NONE && fill.is_visible();
  return {fills, stroke != 0 && line.is_visible(), fills && std::min({fill.r, fill.g, fill.b}) < kDark};
}

struct Stroke {
  Point from;
  Point to;
  bool is_curve = false;
};

// The pieces of a path as displayed.
std::vector<Stroke> strokes_of(FPDF_PAGEOBJECT path, const Matrix& to_display) {
  std::vector<Stroke> strokes;
  const int count = std::min(FPDFPath_CountSegments(path), kMaxSegments);
  Point start;
  Point current;
  int bezier_points = 0;
  for (int i = 0; i < count; ++i) {
    const FPDF_PATHSEGMENT segment = FPDFPath_GetPathSegment(path, i);
    float x = 0, y = 0;
    if (segment == nullptr || FPDFPathSegment_GetPoint(segment, &x, &y) == 0) continue;
    const Point p = to_display.apply({x, y});
    switch (FPDFPathSegment_GetType(segment)) {
      case FPDF_SEGMENT_MOVETO:
        start = p;
        current = p;
        bezier_points = 0;
        break;
      case FPDF_SEGMENT_LINETO:
        strokes.push_back({current, p, false});
        current = p;
        break;
      case FPDF_SEGMENT_BEZIERTO:
        if (++bezier_points % 3 == 0) {
          strokes.push_back({current, p, true});
          current = p;
        }
        break;
      default:
        break;
    }
    if (FPDFPathSegment_GetClose(segment) != 0 && !(current == start)) {
      strokes.push_back({current, start, false});
      current = start;
    }
  }
  return strokes;
}

bool is_horizontal(const Stroke& s) {
  return !s.is_curve && std::abs(s.to.y - s.from.y) <= std::max(0.2, kAxisSlope * std::abs(s.to.x - s.from.x));
}
bool is_vertical(const Stroke& s) {
  return !s.is_curve && std::abs(s.to.x - s.from.x) <= std::max(0.2, kAxisSlope * std::abs(s.to.y - s.from.y));
}

RulingLine ruling_of(const Rect& r, double width) {
  if (r.width() >= r.height()) return {{r.x0, r.center_y()}, {r.x1, r.center_y()}, width};
  return {{r.center_x(), r.y0}, {r.center_x(), r.y1}, width};
}

Rect bounds_of(const std::vector<Stroke>& strokes) {
  Rect r{strokes[0].from.x, strokes[0].from.y, strokes[0].from.x, strokes[0].from.y};
  for (const Stroke& s : strokes) {
    r = {std::min({r.x0, s.from.x, s.to.x}), std::min({r.y0, s.from.y, s.to.y}), std::max({r.x1, s.from.x, s.to.x}),
         std::max({r.y1, s.from.y, s.to.y})};
  }
  return r;
}

class DrawingReader {
 public:
  DrawingReader(const PageGeometry& geometry, const DrawingLimits& limits) : geometry_(geometry), limits_(limits) {}

  Drawings read(FPDF_PAGE page) {
    const int count = FPDFPage_CountObjects(page);
    const Container whole_page{geometry_.to_display, geometry_.bounds(), 0};
    for (int i = 0; i < count; ++i) visit(FPDFPage_GetObject(page, i), whole_page);
    result_.rulings = joined_rulings(std::move(result_.rulings), limits_.join_gap, limits_.least_length);
    for (const ShapeGroup& group : grouped_shapes(shapes_, limits_.drawing_gap)) {
      if (group.weight >= limits_.least_drawing_strokes && group.box.width() >= limits_.least_drawing_side &&
          group.box.height() >= limits_.least_drawing_side) {
        result_.vector_drawings.push_back(group.box);
      }
    }
    return std::move(result_);
  }

 private:
  // What an object is drawn in: the page, or a form XObject.
  struct Container {
    Matrix to_display;
    Rect clip;  // as displayed
    int depth = 0;
  };

  void visit(FPDF_PAGEOBJECT object, const Container& container) {
    if (object == nullptr || container.depth > kMaxDepth || ++visited_ > kMaxObjects) return;
    FS_MATRIX fs{1, 0, 0, 1, 0, 0};
    FPDFPageObj_GetMatrix(object, &fs);
    const Matrix matrix = matrix_of(fs).then(container.to_display);
    const Rect clip = base::intersection(container.clip, clip_of(object, container.to_display));
    if (clip.x1 < clip.x0 || clip.y1 < clip.y0) return;
    switch (FPDFPageObj_GetType(object)) {
      case FPDF_PAGEOBJ_FORM: {
        const int count = FPDFFormObj_CountObjects(object);
        for (int i = 0; i < count; ++i) {
          visit(FPDFFormObj_GetObject(object, static_cast<unsigned long>(i)), {matrix, clip, container.depth + 1});
        }
        break;
      }
      case FPDF_PAGEOBJ_IMAGE:
        add_picture(object, matrix, clip);
        break;
      case FPDF_PAGEOBJ_PATH:
        add_path(object, matrix, clip);
        break;
      default:
        result_.has_any = true;
        break;
    }
  }

  // The box that an object's clip paths leave, generously: each path by its bounds.
  Rect clip_of(FPDF_PAGEOBJECT object, const Matrix& to_display) const {
    Rect clip = base::inflated(geometry_.bounds(), 2, 2);
    const FPDF_CLIPPATH paths = FPDFPageObj_GetClipPath(object);
    const int count = paths == nullptr ? 0 : std::min(FPDFClipPath_CountPaths(paths), kMaxClipPaths);
    for (int i = 0; i < count; ++i) {
      const int segments = std::min(FPDFClipPath_CountPathSegments(paths, i), kMaxSegments);
      std::optional<Rect> bounds;
      for (int k = 0; k < segments; ++k) {
        float x = 0, y = 0;
        const FPDF_PATHSEGMENT segment = FPDFClipPath_GetPathSegment(paths, i, k);
        if (segment == nullptr || FPDFPathSegment_GetPoint(segment, &x, &y) == 0) continue;
        const Point p = to_display.apply({x, y});
        if (!bounds) bounds = Rect{p.x, p.y, p.x, p.y};
        bounds = Rect{std::min(bounds->x0, p.x), std::min(bounds->y0, p.y), std::max(bounds->x1, p.x),
                      std::max(bounds->y1, p.y)};
      }
      if (bounds) clip = base::intersection(clip, *bounds);
    }
    return clip;
  }

  void add_picture(FPDF_PAGEOBJECT object, const Matrix& matrix, const Rect& clip) {
    const Rect box = base::intersection(base::intersection(mapped(matrix, {0, 0, 1, 1}), geometry_.bounds()), clip);
    if (box.empty()) return;
    result_.has_any = true;
    result_.pictures.push_back({box, matrix, object});
  }

  void add_path(FPDF_PAGEOBJECT path, const Matrix& matrix, const Rect& clip) {
    const Paint paint = paint_of(path);
    if (!paint.fills && !paint.strokes) return;
    const std::vector<Stroke> strokes = strokes_of(path, matrix);
    if (strokes.empty()) return;
    const Rect bounds = bounds_of(strokes);
    if (bounds.x1 < clip.x0 || bounds.y1 < clip.y0 || bounds.x0 > clip.x1 || bounds.y0 > clip.y1) return;
    result_.has_any = true;
    clip_ = clip;
    float stroke_width = 1;
    FPDFPageObj_GetStrokeWidth(path, &stroke_width);
    const double width = std::max(0.1, stroke_width * matrix.scale());
    if (paint.strokes) add_strokes(strokes, width);
    if (paint.fills) add_fill(strokes, bounds, paint.fills_dark);
  }

  void add_ruling(const Rect& r, double width) {
    // A hair line's box has no area; clipping must not lose it.
    const Rect clip = base::inflated(clip_, 0.5, 0.5);
    const Rect clipped = base::intersection(r, clip);
    if (clipped.x1 < clipped.x0 || clipped.y1 < clipped.y0) return;
    result_.rulings.push_back(ruling_of(clipped, width));
  }

  void add_strokes(const std::vector<Stroke>& strokes, double width) {
    for (const Stroke& s : strokes) {
      const Rect r{std::min(s.from.x, s.to.x), std::min(s.from.y, s.to.y), std::max(s.from.x, s.to.x),
                   std::max(s.from.y, s.to.y)};
      if (is_horizontal(s) || is_vertical(s)) {
        if (width <= limits_.thin) add_ruling(r, width);  // a broader stroke is a bar, not a line
      } else {
        add_shape(r, 1);
      }
    }
  }

  void add_fill(const std::vector<Stroke>& strokes, const Rect& bounds, bool is_dark) {
    const double thickness = std::min(bounds.width(), bounds.height());
    const double length = std::max(bounds.width(), bounds.height());
    const bool has_curves = std::any_of(strokes.begin(), strokes.end(), [](const Stroke& s) { return s.is_curve; });
    const bool is_straight =
        std::all_of(strokes.begin(), strokes.end(), [](const Stroke& s) { return is_horizontal(s) || is_vertical(s); });
    if (is_straight && strokes.size() <= 5) {
      if (thickness <= limits_.thin && length >= 2 * thickness) {
        add_ruling(bounds, thickness);
      } else if (is_dark && thickness >= limits_.least_drawing_side) {
        add_shape(bounds, limits_.ground_weight);
      }
    } else if (is_straight) {
      add_rectangles(strokes);
    } else {
      const bool is_glyph_like = (has_curves || strokes.size() >= 6) && bounds.height() >= limits_.glyph_least &&
                                 bounds.height() <= limits_.glyph_most && bounds.width() <= limits_.glyph_most;
      if (is_glyph_like) ++result_.glyph_like_shapes;
      add_shape(bounds, 1);
    }
  }

  // One path may hold many rectangles: a whole grid drawn as thin bars. Sub-paths come as runs of joined strokes.
  void add_rectangles(const std::vector<Stroke>& strokes) {
    std::size_t begin = 0;
    while (begin < strokes.size()) {
      std::size_t end = begin + 1;
      while (end < strokes.size() && strokes[end].from == strokes[end - 1].to) ++end;
      const std::vector<Stroke> part(strokes.begin() + static_cast<std::ptrdiff_t>(begin),
                                     strokes.begin() + static_cast<std::ptrdiff_t>(end));
      const Rect bounds = bounds_of(part);
      const double thickness = std::min(bounds.width(), bounds.height());
      if (part.size() <= 5 && thickness <= limits_.thin && std::max(bounds.width(), bounds.height()) >= 2 * thickness) {
        add_ruling(bounds, thickness);
      }
      begin = end;
    }
  }

  void add_shape(const Rect& box, int weight) {
    const Rect clipped = base::intersection(box, clip_);
    if (clipped.x1 >= clipped.x0 && clipped.y1 >= clipped.y0) shapes_.push_back({clipped, weight});
  }

  const PageGeometry& geometry_;
  const DrawingLimits& limits_;
  Drawings result_;
  Rect clip_;  // of the path that is being read
  std::vector<Shape> shapes_;
  int visited_ = 0;
};

}  // namespace

Drawings read_drawings(FPDF_PAGE page, const PageGeometry& geometry, const DrawingLimits& limits) {
  return DrawingReader(geometry, limits).read(page);
}

}  // namespace medmark::input::pdf
