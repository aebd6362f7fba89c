#include "image/picture_region.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace medmark::image {
namespace {

// Measured on photographs of many tones and sizes, charts, tracings and outlines, and on tables, shaded heads and rows,
// headings of up to 28 pt, dark bars and scanner shadows as the opposite.
struct PictureLimits {
  double plane_dpi = 100;
  double print_mm = 1.6;         // strokes up to this are print
  double tile_mm = 6;            // of the paper's light
  float least_darkness = 0.10F;  // of a picture's tones against the paper
  double over_noise = 5;
  double thick_mm = 3;  // tones narrower than this are strokes
  double photograph_width_mm = 12;
  double photograph_height_mm = 10;
  double least_filled = 0.55;    // of the box of a photograph
  double least_variety = 0.045;  // deviation of its tones; shading is even
  double dark_side_mm = 20;      // a dark patch this large is a picture even where it is even
  float dark = 0.5F;
  double shadow_mm = 30;       // narrower patches at the page's edge are the scanner's
  double most_of_page = 0.85;  // more is the page itself, or the desk it lies on
  float drawing_darkness = 0.22F;
  double drawing_width_mm = 25;
  double drawing_height_mm = 18;
  double rule_mm = 8;             // straight upright runs from here on are rules
  double curve_share = 0.35;      // of the box that what is no rule must span, both ways
  double curve_ink_share = 0.08;  // of the drawing's ink
};
constexpr PictureLimits kLimits;

struct Candidate {
  cv::Rect box;
  double confidence = 0;
};

int odd_side(double mm, double pixels_per_mm) { return 2 * std::max(1, cvRound(mm * pixels_per_mm / 2)) + 1; }

cv::Mat rectangle(int width, int height) { return cv::getStructuringElement(cv::MORPH_RECT, {width, height}); }

// The darkest channel: pale colours are tones too.
cv::Mat darkest_channel(const cv::Mat& bgr) {
  if (bgr.channels() == 1) return bgr;
  cv::Mat darkest(bgr.size(), CV_8U);
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* row = bgr.ptr<cv::Vec3b>(y);
    auto* out = darkest.ptr<uchar>(y);
    for (int x = 0; x < bgr.cols; ++x) out[x] = std::min({row[x][0], row[x][1], row[x][2]});
  }
  return darkest;
}

// Terms of a surface of the second degree, x and y from -1 to 1.
std::array<double, 6> terms(double x, double y) { return {1, x, y, x * x, x * y, y * y}; }

// The paper's light over the page: a surface of the second degree through the tiles, the dark ones left out round by
// round, so that pictures do not pull it down.
cv::Mat paper_light(const cv::Mat& wide, double pixels_per_mm) {
  const int tile = std::max(2, cvRound(kLimits.tile_mm * pixels_per_mm));
  cv::Mat tiles;
  cv::resize(wide, tiles, {std::max(1, wide.cols / tile), std::max(1, wide.rows / tile)}, 0, 0, cv::INTER_AREA);
  tiles.convertTo(tiles, CV_64F);
  const auto at = [&](int i, int size) { return size > 1 ? 2.0 * i / (size - 1) - 1 : 0.0; };
  std::vector<double> values(tiles.begin<double>(), tiles.end<double>());
  const auto third = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 2 / 3);
  std::nth_element(values.begin(), third, values.end());
  cv::Mat light(tiles.size(), CV_64F, cv::Scalar(*third));
  for (int round = 0; round < 6; ++round) {
    cv::Matx<double, 6, 6> normal = cv::Matx<double, 6, 6>::eye() * 1e-3;
    cv::Vec<double, 6> right;
    for (int y = 0; y < tiles.rows; ++y) {
      for (int x = 0; x < tiles.cols; ++x) {
        const double value = tiles.at<double>(y, x);
        const double expected = light.at<double>(y, x);
        if (value < expected * (round < 2 ? 0.75 : 0.93) || value > expected * 1.25) continue;
        const auto t = terms(at(x, tiles.cols), at(y, tiles.rows));
        for (int i = 0; i < 6; ++i) {
          right[i] += t[static_cast<std::size_t>(i)] * value;
          for (int k = 0; k < 6; ++k) normal(i, k) += t[static_cast<std::size_t>(i)] * t[static_cast<std::size_t>(k)];
        }
      }
    }
    const cv::Vec<double, 6> surface = normal.solve(right, cv::DECOMP_CHOLESKY);
    for (int y = 0; y < tiles.rows; ++y) {
      for (int x = 0; x < tiles.cols; ++x) {
        const auto t = terms(at(x, tiles.cols), at(y, tiles.rows));
        double value = 0;
        for (int i = 0; i < 6; ++i) value += surface[i] * t[static_cast<std::size_t>(i)];
        light.at<double>(y, x) = std::clamp(value, 40.0, 255.0);
      }
    }
  }
  cv::Mat small, full;
  light.convertTo(small, CV_32F);
  cv::resize(small, full, wide.size(), 0, 0, cv::INTER_LINEAR);
  return full;
}

cv::Mat darkness_of(const cv::Mat& grey, const cv::Mat& paper) {
  cv::Mat values;
  grey.convertTo(values, CV_32F);
  return 1 - values / paper;
}

double noise_of(const cv::Mat& darkness) {
  std::vector<float> values;
  for (int y = 0; y < darkness.rows; y += 9) {
    const auto* row = darkness.ptr<float>(y);
    for (int x = 0; x < darkness.cols; x += 9) values.push_back(std::abs(row[x]));
  }
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 2 / 5);
  std::nth_element(values.begin(), middle, values.end());
  return *middle / 0.52;
}

// Outer contours of a mask, filled.
struct Patch {
  cv::Rect box;
  cv::Mat inside;  // CV_8U, of the size of the box
  double filled = 0;
};

std::vector<Patch> patches_of(const cv::Mat& mask) {
  std::vector<std::vector<cv::Point>> contours;
  cv::findContours(mask, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
  std::vector<Patch> patches;
  for (std::size_t i = 0; i < contours.size(); ++i) {
    Patch patch;
    patch.box = cv::boundingRect(contours[i]);
    patch.inside = cv::Mat::zeros(patch.box.size(), CV_8U);
    cv::drawContours(patch.inside, contours, static_cast<int>(i), 255, cv::FILLED, cv::LINE_8, cv::noArray(), 0,
                     -patch.box.tl());
    patch.filled = static_cast<double>(cv::countNonZero(patch.inside)) / patch.box.area();
    patches.push_back(std::move(patch));
  }
  return patches;
}

bool touches_edge(const cv::Rect& box, const cv::Size& page) {
  return box.x <= 2 || box.y <= 2 || box.x + box.width >= page.width - 2 || box.y + box.height >= page.height - 2;
}

std::vector<Candidate> photographs(const cv::Mat& wide_darkness, double pixels_per_mm) {
  const double noise = noise_of(wide_darkness);
  cv::Mat mask = wide_darkness > std::max<double>(kLimits.least_darkness, kLimits.over_noise * noise);
  const int side = odd_side(kLimits.thick_mm, pixels_per_mm);
  cv::morphologyEx(mask, mask, cv::MORPH_OPEN, rectangle(side, side));
  std::vector<Candidate> found;
  for (const Patch& patch : patches_of(mask)) {
    const double width = patch.box.width / pixels_per_mm;
    const double height = patch.box.height / pixels_per_mm;
    if (width < kLimits.photograph_width_mm || height < kLimits.photograph_height_mm ||
        patch.filled < kLimits.least_filled) {
      continue;
    }
    if (touches_edge(patch.box, mask.size()) && std::min(width, height) < kLimits.shadow_mm) continue;
    if (patch.box.area() > kLimits.most_of_page * static_cast<double>(mask.total())) continue;
    cv::Scalar mean, deviation;
    cv::meanStdDev(wide_darkness(patch.box), mean, deviation, patch.inside);
    const bool is_dark = mean[0] > kLimits.dark && std::min(width, height) > kLimits.dark_side_mm;
    if (deviation[0] < std::max(kLimits.least_variety, 3 * noise) && !is_dark) continue;
    found.push_back({patch.box, std::clamp(0.4 + 0.55 * patch.filled, 0.0, 0.95)});
  }
  return found;
}

// What of the ink lies on long straight upright runs.
cv::Mat rules_of(const cv::Mat& ink, double pixels_per_mm) {
  const int length = cvRound(kLimits.rule_mm * pixels_per_mm);
  cv::Mat across, down;
  cv::morphologyEx(ink, across, cv::MORPH_OPEN, rectangle(length, 1));
  cv::morphologyEx(ink, down, cv::MORPH_OPEN, rectangle(1, length));
  cv::Mat rules = across | down;
  cv::dilate(rules, rules, rectangle(3, 3));
  return rules;
}

// Large drawings whose curves span them: a table's grid has none, its characters are small.
std::vector<Candidate> drawings(const cv::Mat& darkness, double pixels_per_mm) {
  cv::Mat ink = darkness > kLimits.drawing_darkness;
  cv::Mat labels, statistics, centroids;
  const int count = cv::connectedComponentsWithStats(ink, labels, statistics, centroids, 8, CV_32S);
  const cv::Mat curves = ink & ~rules_of(ink, pixels_per_mm);
  std::vector<Candidate> found;
  for (int i = 1; i < count; ++i) {
    const cv::Rect box(statistics.at<int>(i, cv::CC_STAT_LEFT), statistics.at<int>(i, cv::CC_STAT_TOP),
                       statistics.at<int>(i, cv::CC_STAT_WIDTH), statistics.at<int>(i, cv::CC_STAT_HEIGHT));
    if (std::max(box.width, box.height) < kLimits.drawing_width_mm * pixels_per_mm ||
        std::min(box.width, box.height) < kLimits.drawing_height_mm * pixels_per_mm || touches_edge(box, ink.size())) {
      continue;
    }
    const cv::Mat own = (labels(box) == i) & curves(box);
    const double share = static_cast<double>(cv::countNonZero(own)) / statistics.at<int>(i, cv::CC_STAT_AREA);
    if (share < kLimits.curve_ink_share) continue;
    cv::Mat joined, pieces, piece_statistics, piece_centroids;
    cv::dilate(own, joined, rectangle(5, 5));
    const int piece_count =
        cv::connectedComponentsWithStats(joined, pieces, piece_statistics, piece_centroids, 8, CV_32S);
    for (int k = 1; k < piece_count; ++k) {
      const int width = piece_statistics.at<int>(k, cv::CC_STAT_WIDTH);
      const int height = piece_statistics.at<int>(k, cv::CC_STAT_HEIGHT);
      if (width >= kLimits.curve_share * box.width && height >= kLimits.curve_share * box.height) {
        found.push_back({box, 0.6});
        break;
      }
    }
  }
  return found;
}

// Overlapping boxes become one.
std::vector<Candidate> united(std::vector<Candidate> boxes) {
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < boxes.size() && !changed; ++i) {
      for (std::size_t k = i + 1; k < boxes.size() && !changed; ++k) {
        if ((boxes[i].box & boxes[k].box).area() == 0) continue;
        boxes[i].box |= boxes[k].box;
        boxes[i].confidence = std::max(boxes[i].confidence, boxes[k].confidence);
        boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(k));
        changed = true;
      }
    }
  }
  std::sort(boxes.begin(), boxes.end(), [](const Candidate& a, const Candidate& b) {
    return a.box.y != b.box.y ? a.box.y < b.box.y : a.box.x < b.box.x;
  });
  return boxes;
}

}  // namespace

std::vector<document::Region> find_picture_regions(const cv::Mat& flat, double dpi) {
  std::vector<document::Region> regions;
  if (flat.empty() || flat.depth() != CV_8U || (flat.channels() != 1 && flat.channels() != 3)) return regions;
  const int step = std::max(1, cvRound(dpi / kLimits.plane_dpi));
  cv::Mat small, wide;
  cv::resize(flat, small, {std::max(1, flat.cols / step), std::max(1, flat.rows / step)}, 0, 0, cv::INTER_AREA);
  small = darkest_channel(small);
  const double scale = static_cast<double>(small.cols) / flat.cols;
  const double pixels_per_mm = dpi * scale / 25.4;
  const int print = odd_side(kLimits.print_mm, pixels_per_mm);
  cv::morphologyEx(small, wide, cv::MORPH_CLOSE, rectangle(print, print));
  const cv::Mat paper = paper_light(wide, pixels_per_mm);

  std::vector<Candidate> found = photographs(darkness_of(wide, paper), pixels_per_mm);
  const std::vector<Candidate> drawn = drawings(darkness_of(small, paper), pixels_per_mm);
  found.insert(found.end(), drawn.begin(), drawn.end());
  const double points = 72 / (dpi * scale);
  for (const Candidate& candidate : united(std::move(found))) {
    const cv::Rect& box = candidate.box;
    document::Region region;
    region.kind = document::RegionKind::kPicture;
    region.bbox = {box.x * points, box.y * points, (box.x + box.width) * points, (box.y + box.height) * points};
    region.confidence = candidate.confidence;
    regions.push_back(region);
  }
  return regions;
}

}  // namespace medmark::image
