#include "image/prepare.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "image/curl.hpp"
#include "image/ink_map.hpp"
#include "image/light.hpp"
#include "image/sheet.hpp"
#include "image/skew.hpp"
#include "image/warp.hpp"

namespace medmark::image {
namespace {

struct PrepareThresholds {
  double least_skew = 0.03;  // degrees; below this a page is not resampled for skew alone
  int least_side = 64;       // pixels; smaller pictures are no pages and stay as they are
};
constexpr PrepareThresholds kThresholds;

// Turns that place an upright page of `size` (pixels) onto the picture in which its content is turned clockwise by
// `turned` degrees.
cv::Matx33d quarter_turn(int turned, cv::Size2d upright) {
  switch (turned) {
    case 90:
      return {0, -1, upright.height, 1, 0, 0, 0, 0, 1};
    case 180:
      return {-1, 0, upright.width, 0, -1, upright.height, 0, 0, 1};
    case 270:
      return {0, 1, 0, -1, 0, upright.width, 0, 0, 1};
    default:
      return cv::Matx33d::eye();
  }
}

cv::Matx33d translation(double x, double y) { return {1, 0, x, 0, 1, y, 0, 0, 1}; }

cv::Matx33d scaling(double x, double y) { return {x, 0, 0, 0, y, 0, 0, 0, 1}; }

cv::Matx33d clockwise_rotation(double degrees) {
  const double radians = degrees * std::numbers::pi / 180;
  const double c = std::cos(radians);
  const double s = std::sin(radians);
  return {c, -s, 0, s, c, 0, 0, 0, 1};
}

void rotate_upright(cv::Mat& picture, int turned) {
  if (turned == 90) cv::rotate(picture, picture, cv::ROTATE_90_COUNTERCLOCKWISE);
  if (turned == 180) cv::rotate(picture, picture, cv::ROTATE_180);
  if (turned == 270) cv::rotate(picture, picture, cv::ROTATE_90_CLOCKWISE);
}

bool is_gray(const cv::Mat& bgr) {
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* row = bgr.ptr<cv::Vec3b>(y);
    for (int x = 0; x < bgr.cols; ++x) {
      if (row[x][0] != row[x][1] || row[x][1] != row[x][2]) return false;
    }
  }
  return true;
}

cv::Mat as_bgr(const cv::Mat& picture) {
  if (picture.channels() == 3) return picture;
  cv::Mat bgr;
  cv::cvtColor(picture, bgr, cv::COLOR_GRAY2BGR);
  return bgr;
}

// The projective map of the unit square (corners in order from the origin, clockwise) onto a quadrilateral (Heckbert,
// Fundamentals of Texture Mapping and Image Warping, 1989).
cv::Matx33d square_to_quad(const std::array<cv::Point2d, 4>& p) {
  const cv::Point2d sum = p[0] - p[1] + p[2] - p[3];
  const cv::Point2d a = p[1] - p[2];
  const cv::Point2d b = p[3] - p[2];
  const double determinant = a.x * b.y - b.x * a.y;
  const double g = (sum.x * b.y - b.x * sum.y) / determinant;
  const double h = (a.x * sum.y - sum.x * a.y) / determinant;
  return {p[1].x - p[0].x + g * p[1].x,
          p[3].x - p[0].x + h * p[3].x,
          p[0].x,
          p[1].y - p[0].y + g * p[1].y,
          p[3].y - p[0].y + h * p[3].y,
          p[0].y,
          g,
          h,
          1};
}

// What is known of the plane of the page before the final resampling.
struct Plane {
  cv::Size2d size;        // in pixels of the source
  cv::Matx33d to_source;  // plane pixels to source pixels
  cv::Mat curl = {};      // as DisplacementField::down, in pixels of the plane
};

// The plane of a sheet seen from straight above.
Plane sheet_plane(const Sheet& sheet) {
  const cv::Size2d size = flat_sheet_size(sheet.corners);
  std::array<cv::Point2d, 4> to{};
  for (std::size_t i = 0; i < 4; ++i) to[i] = {sheet.corners[i].x, sheet.corners[i].y};
  return {size, square_to_quad(to) * scaling(1 / size.width, 1 / size.height)};
}

// The grey analysis picture of a plane.
cv::Mat analysis_of(const cv::Mat& source, const Plane& plane) {
  const double reduction = kAnalysisLongSide / std::max(plane.size.width, plane.size.height);
  const cv::Mat small =
      analysis_picture(source, static_cast<int>(std::lround(std::max(source.cols, source.rows) * reduction)));
  const double x = static_cast<double>(small.cols) / source.cols;
  const double y = static_cast<double>(small.rows) / source.rows;
  FlatteningMap map;
  map.flat_size = {static_cast<int>(std::lround(plane.size.width * reduction)),
                   static_cast<int>(std::lround(plane.size.height * reduction))};
  map.flat_to_source = scaling(x, y) * plane.to_source *
                       scaling(plane.size.width / map.flat_size.width, plane.size.height / map.flat_size.height);
  return resample(small, map, cv::Scalar::all(255));
}

// The plane in which the page stands upright, given that its content is turned.
Plane turned_upright(const Plane& plane, int turned) {
  const cv::Size2d size = turned % 180 == 0 ? plane.size : cv::Size2d(plane.size.height, plane.size.width);
  return {size, plane.to_source * quarter_turn(turned, size)};
}

// The plane in which text lines that run clockwise by `degrees` are level; large enough for all of the old one.
Plane deskewed(const Plane& plane, double degrees) {
  const double radians = std::abs(degrees) * std::numbers::pi / 180;
  const cv::Size2d size(plane.size.width * std::cos(radians) + plane.size.height * std::sin(radians),
                        plane.size.width * std::sin(radians) + plane.size.height * std::cos(radians));
  return {size, plane.to_source * translation(plane.size.width / 2, plane.size.height / 2) *
                    clockwise_rotation(degrees) * translation(-size.width / 2, -size.height / 2)};
}

// The ink map of one plane as it lies on another.
cv::Mat turned_ink(const cv::Mat& ink, const Plane& from, const Plane& to) {
  const double scale = ink.cols / from.size.width;
  FlatteningMap map;
  map.flat_size = {static_cast<int>(std::lround(to.size.width * scale)),
                   static_cast<int>(std::lround(to.size.height * scale))};
  map.flat_to_source = scaling(scale, scale) * from.to_source.inv() * to.to_source * scaling(1 / scale, 1 / scale);
  return resample(ink, map, cv::Scalar(0)) >= 128;
}

struct ScaledMap {
  FlatteningMap map;
  double scale = 1;  // pixels of the flat page per pixel of the plane
};

ScaledMap flattening_map(const Plane& plane, int longest_side) {
  const double scale = std::min(1.0, longest_side / std::max(plane.size.width, plane.size.height));
  FlatteningMap map;
  map.flat_size = {std::max(1, static_cast<int>(std::lround(plane.size.width * scale))),
                   std::max(1, static_cast<int>(std::lround(plane.size.height * scale)))};
  map.flat_to_source = scale == 1.0 ? plane.to_source : plane.to_source * scaling(1 / scale, 1 / scale);
  if (!plane.curl.empty()) map.curl.down = plane.curl * scale;
  return {map, scale};
}

}  // namespace

PreparedPage prepare(const cv::Mat& bgr, double dpi, const OrientationClassifier& classify,
                     const PrepareOptions& options) {
  PreparedPage page;
  const cv::Mat source = is_gray(bgr) ? analysis_picture(bgr, std::max(bgr.cols, bgr.rows)) : bgr;
  Plane plane{cv::Size2d(bgr.cols, bgr.rows), cv::Matx33d::eye()};
  cv::Mat ink;
  const auto straighten_skew = [&] {
    const SkewEstimate skew = options.find_skew ? estimate_skew(ink) : SkewEstimate{};
    if (!skew.is_certain || std::abs(skew.degrees) < kThresholds.least_skew) return;
    page.skew_deg = skew.degrees;
    const Plane level = deskewed(plane, skew.degrees);
    ink = turned_ink(ink, plane, level);
    plane = level;
  };
  if (std::min(bgr.cols, bgr.rows) >= kThresholds.least_side) {
    if (options.find_sheet) {
      if (const auto sheet = find_sheet(bgr)) {
        page.is_photograph = true;
        plane = sheet_plane(*sheet);
      }
    }
    const cv::Mat small = page.is_photograph ? analysis_of(source, plane) : analysis_picture(source);
    ink = ink_map(small);
    if (options.find_orientation) {
      const OrientationEstimate orientation = estimate_orientation(small, ink, classify);
      page.rotation_confidence = orientation.confidence;
      plane = turned_upright(plane, orientation.turned);
      rotate_upright(ink, orientation.turned);
      page.rotation = (360 - orientation.turned) % 360;
    }
    // A sheet's own edges have set its sides upright already; what its lines are turned by is curl first of all.
    if (!page.is_photograph) straighten_skew();
    if (options.find_curl) {
      const CurlEstimate curl = estimate_curl(ink);
      page.is_curled = !curl.down.empty();
      if (page.is_curled) plane.curl = curl.down * (plane.size.height / ink.rows);
    }
    if (page.is_photograph && !page.is_curled) straighten_skew();
  }

  const auto [map, scale] = flattening_map(plane, options.longest_side);
  const cv::Mat flat = resample(source, map, cv::Scalar::all(255));
  page.dpi = dpi * scale;
  page.flat_to_page = page_mapping(map, page.dpi, dpi);
  page.flat = as_bgr(flat);
  page.clean = ink.empty() ? page.flat : as_bgr(normalise_light(flat, ink_map(analysis_picture(flat))));
  return page;
}

}  // namespace medmark::image
