#include "image/plane.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace medmark::image {
namespace {

cv::Matx33d translation(double x, double y) { return {1, 0, x, 0, 1, y, 0, 0, 1}; }

cv::Matx33d scaling(double x, double y) { return {x, 0, 0, 0, y, 0, 0, 0, 1}; }

cv::Matx33d clockwise_rotation(double degrees) {
  const double radians = degrees * std::numbers::pi / 180;
  const double c = std::cos(radians);
  const double s = std::sin(radians);
  return {c, -s, 0, s, c, 0, 0, 0, 1};
}

// Places an upright page of `upright` size onto the picture in which it is turned clockwise by `turned` degrees.
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

cv::Size rounded(cv::Size2d size, double scale) {
  return {std::max(1, static_cast<int>(std::lround(size.width * scale))),
          std::max(1, static_cast<int>(std::lround(size.height * scale)))};
}

}  // namespace

Plane picture_plane(cv::Size size) { return {cv::Size2d(size), cv::Matx33d::eye()}; }

Plane sheet_plane(const Sheet& sheet) {
  const cv::Size2d size = flat_sheet_size(sheet.corners);
  std::array<cv::Point2d, 4> to{};
  for (std::size_t i = 0; i < 4; ++i) to[i] = {sheet.corners[i].x, sheet.corners[i].y};
  return {size, square_to_quad(to) * scaling(1 / size.width, 1 / size.height)};
}

Plane turned_upright(const Plane& plane, int turned) {
  const cv::Size2d size = turned % 180 == 0 ? plane.size : cv::Size2d(plane.size.height, plane.size.width);
  return {size, plane.to_source * quarter_turn(turned, size)};
}

Plane deskewed(const Plane& plane, double degrees) {
  const double radians = std::abs(degrees) * std::numbers::pi / 180;
  const cv::Size2d size(plane.size.width * std::cos(radians) + plane.size.height * std::sin(radians),
                        plane.size.width * std::sin(radians) + plane.size.height * std::cos(radians));
  return {size, plane.to_source * translation(plane.size.width / 2, plane.size.height / 2) *
                    clockwise_rotation(degrees) * translation(-size.width / 2, -size.height / 2)};
}

cv::Mat reduced_onto(const Plane& plane, const cv::Mat& source, int long_side) {
  const double scale = std::min(1.0, long_side / std::max(plane.size.width, plane.size.height));
  return resample(source, flattening_map(plane, scale), cv::Scalar::all(255));
}

cv::Mat mask_moved(const cv::Mat& mask, const Plane& from, const Plane& to) {
  const double scale = mask.cols / from.size.width;
  FlatteningMap map;
  map.flat_size = rounded(to.size, scale);
  map.flat_to_source = scaling(scale, scale) * from.to_source.inv() * to.to_source * scaling(1 / scale, 1 / scale);
  return resample(mask, map, cv::Scalar(0)) >= 128;
}

FlatteningMap flattening_map(const Plane& plane, double scale) {
  FlatteningMap map;
  map.flat_size = rounded(plane.size, scale);
  map.flat_to_source = scale == 1 ? plane.to_source : plane.to_source * scaling(1 / scale, 1 / scale);
  if (!plane.curl.empty()) map.curl.down = plane.curl * scale;
  return map;
}

}  // namespace medmark::image
