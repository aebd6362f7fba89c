#include "image/prepare.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "image/curl.hpp"
#include "image/ink_map.hpp"
#include "image/light.hpp"
#include "image/noise.hpp"
#include "image/plane.hpp"
#include "image/sheet.hpp"
#include "image/skew.hpp"

namespace medmark::image {
namespace {

struct PrepareThresholds {
  double least_skew = 0.03;  // degrees; below this a page is not resampled for skew alone
  int least_side = 64;       // pixels; smaller pictures are no pages and stay as they are
  double most_slender = 20;  // sides apart by more than this factor: no page either
  double most_enlarged = 2;
  // A picture whose colour channels, averaged over blocks of about 2 mm, nowhere differ by more than this is grey with
  // the colour noise of JPEG.
  int grey_chroma = 12;
  int chroma_blocks = 150;  // along the long side
};
constexpr PrepareThresholds kThresholds;

bool is_page(cv::Size size) {
  const int shortest = std::min(size.width, size.height);
  const int longest = std::max(size.width, size.height);
  return shortest >= kThresholds.least_side && longest <= kThresholds.most_slender * shortest;
}

bool has_colour(const cv::Mat& bgr) {
  const cv::Mat blocks = reduced(bgr, kThresholds.chroma_blocks);
  for (int y = 0; y < blocks.rows; ++y) {
    const auto* row = blocks.ptr<cv::Vec3b>(y);
    for (int x = 0; x < blocks.cols; ++x) {
      const auto [low, high] = std::minmax({row[x][0], row[x][1], row[x][2]});
      if (high - low > kThresholds.grey_chroma) return true;
    }
  }
  return false;
}

cv::Mat as_gray(const cv::Mat& bgr) {
  cv::Mat gray;
  cv::cvtColor(bgr, gray, cv::COLOR_BGR2GRAY);
  return gray;
}

cv::Mat as_bgr(const cv::Mat& picture) {
  if (picture.channels() == 3) return picture;
  cv::Mat bgr;
  cv::cvtColor(picture, bgr, cv::COLOR_GRAY2BGR);
  return bgr;
}

void rotate_upright(cv::Mat& mask, int turned) {
  if (turned == 90) cv::rotate(mask, mask, cv::ROTATE_90_COUNTERCLOCKWISE);
  if (turned == 180) cv::rotate(mask, mask, cv::ROTATE_180);
  if (turned == 270) cv::rotate(mask, mask, cv::ROTATE_90_CLOCKWISE);
}

// Lifts each place of the plane by what lines running clockwise by `degrees` have sunk there.
cv::Mat levelling_shear(cv::Size2d size, double degrees) {
  const auto sunk = static_cast<float>(size.width / 2 * std::tan(degrees * std::numbers::pi / 180));
  return (cv::Mat_<float>(2, 2) << -sunk, sunk, -sunk, sunk);
}

// Finds, step by step, the plane on which the page stands upright and flat; notes what was found in `page`.
class PlaneFinder {
 public:
  PlaneFinder(const PrepareOptions& options, PreparedPage& page) : options_(options), page_(page) {}

  // `source` is BGR or grey, `overview` the same reduced to the size of analysis.
  Plane find(const cv::Mat& source, const cv::Mat& overview, const OrientationClassifier& classify) {
    plane_ = picture_plane(source.size());
    if (options_.find_sheet && !page_.is_bilevel) find_sheet_plane(source.size(), overview);
    const cv::Mat small =
        analysis_picture(page_.is_photograph ? reduced_onto(plane_, source, kAnalysisLongSide) : overview);
    ink_ = ink_map(small);
    if (options_.find_orientation) stand_upright(small, classify);
    // What the lines of a photographed sheet are turned by is curl first of all.
    if (!page_.is_photograph) straighten_skew();
    if (options_.find_curl) straighten_curl();
    if (page_.is_photograph && !page_.is_curled) straighten_skew();
    return plane_;
  }

  [[nodiscard]] const cv::Mat& ink() const { return ink_; }

 private:
  void find_sheet_plane(cv::Size size, const cv::Mat& overview) {
    auto sheet = find_sheet(overview);
    if (!sheet) return;
    for (base::Point& corner : sheet->corners) {
      corner = {corner.x * size.width / overview.cols, corner.y * size.height / overview.rows};
    }
    page_.is_photograph = true;
    plane_ = sheet_plane(*sheet);
  }

  void stand_upright(const cv::Mat& small, const OrientationClassifier& classify) {
    const OrientationEstimate orientation = estimate_orientation(small, ink_, classify);
    page_.rotation = (360 - orientation.turned) % 360;
    page_.rotation_confidence = orientation.confidence;
    if (orientation.turned == 0) return;
    plane_ = turned_upright(plane_, orientation.turned);
    rotate_upright(ink_, orientation.turned);
  }

  void straighten_skew() {
    if (!options_.find_skew) return;
    const SkewEstimate skew = estimate_skew(ink_);
    if (!skew.is_certain || std::abs(skew.degrees) < kThresholds.least_skew) return;
    page_.skew_deg = skew.degrees;
    // A photographed sheet's own edges have set its sides upright: only its lines are levelled, its sides stay.
    if (page_.is_photograph) {
      plane_.curl = levelling_shear(plane_.size, skew.degrees);
      return;
    }
    const Plane level = deskewed(plane_, skew.degrees);
    ink_ = mask_moved(ink_, plane_, level);
    plane_ = level;
  }

  void straighten_curl() {
    const CurlEstimate curl = estimate_curl(ink_);
    if (curl.down.empty()) return;
    page_.is_curled = true;
    plane_.curl = curl.down * (plane_.size.height / ink_.rows);
  }

  const PrepareOptions& options_;
  PreparedPage& page_;
  Plane plane_;
  cv::Mat ink_;  // of the page as it lies on plane_
};

double flat_scale(const Plane& plane, const PrepareOptions& options) {
  const double longest = std::max(plane.size.width, plane.size.height);
  if (longest > options.longest_side) return options.longest_side / longest;
  return std::clamp(options.enlarge_below / longest, 1.0, kThresholds.most_enlarged);
}

}  // namespace

PreparedPage prepare(const cv::Mat& bgr, double dpi, const OrientationClassifier& classify,
                     const PrepareOptions& options) {
  PreparedPage page;
  const bool is_worked_on = is_page(bgr.size());
  cv::Mat overview = reduced(bgr, kAnalysisLongSide);
  cv::Mat source = has_colour(overview) ? bgr : as_gray(bgr);
  const cv::Mat original = source;
  page.is_bilevel = is_worked_on && source.channels() == 1 && is_bilevel(source);
  if (page.is_bilevel) {
    source = cleaned_bilevel(source);
    overview = reduced(source, kAnalysisLongSide);
  }

  PlaneFinder finder(options, page);
  const Plane plane = is_worked_on ? finder.find(source, overview, classify) : picture_plane(bgr.size());
  const double scale = flat_scale(plane, options);
  const FlatteningMap map = flattening_map(plane, scale);
  page.dpi = dpi * scale;
  page.flat_to_page = page_mapping(map, page.dpi, dpi);

  const cv::Scalar paper = cv::Scalar::all(255);
  const cv::Mat flat = resample(original, map, paper);
  page.flat = as_bgr(flat);
  if (page.is_bilevel) {
    page.clean = as_bgr(resample(source, map, paper));
  } else if (is_worked_on) {
    page.clean = as_bgr(normalise_light(flat.channels() == 3 ? as_gray(flat) : flat, finder.ink()));
  } else {
    page.clean = page.flat;
  }
  return page;
}

}  // namespace medmark::image
