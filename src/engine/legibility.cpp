#include "engine/legibility.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "base/median.hpp"

namespace medmark::engine {
namespace {

struct LegibilityLimits {
  int least_characters = 40;  // fewer say nothing about a page
  double least_height = 8;
  double least_contrast = 25;
  double least_sharpness = 0.22;
};
constexpr LegibilityLimits kLimits;

bool has_shape_of_character(const cv::Rect& box, int area, const cv::Size& page) {
  const int longest = std::max(page.width, page.height);
  return box.height >= 4 && box.width >= 2 && box.height <= longest / 15 && box.width <= longest / 10 &&
         box.width <= box.height * 4 && box.height <= box.width * 6 && area >= box.area() / 10;
}

}  // namespace

Legibility measure_legibility(const cv::Mat& picture) {
  cv::Mat grey;
  cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
  cv::Mat paper;
  cv::blur(grey, paper, {41, 41});
  cv::Mat darker;
  cv::subtract(paper, grey, darker);
  cv::Mat ink;
  cv::threshold(darker, ink, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
  cv::Mat labels, boxes, centers;
  const int count = cv::connectedComponentsWithStats(ink, labels, boxes, centers, 8, CV_32S);
  cv::Mat across, down;
  cv::Sobel(grey, across, CV_32F, 1, 0, 3, 0.125);
  cv::Sobel(grey, down, CV_32F, 0, 1, 3, 0.125);
  cv::Mat steps;
  cv::magnitude(across, down, steps);
  std::vector<double> heights, contrasts, sharpnesses;
  for (int label = 1; label < count; ++label) {
    const cv::Rect box(boxes.at<int>(label, cv::CC_STAT_LEFT), boxes.at<int>(label, cv::CC_STAT_TOP),
                       boxes.at<int>(label, cv::CC_STAT_WIDTH), boxes.at<int>(label, cv::CC_STAT_HEIGHT));
    if (!has_shape_of_character(box, boxes.at<int>(label, cv::CC_STAT_AREA), grey.size())) continue;
    double darkest = 0, steepest = 0;
    cv::minMaxLoc(darker(box), nullptr, &darkest);
    cv::minMaxLoc(steps(box), nullptr, &steepest);
    if (darkest <= 0) continue;
    heights.push_back(box.height);
    contrasts.push_back(darkest);
    sharpnesses.push_back(steepest / darkest);
  }
  return {.characters = static_cast<int>(heights.size()),
          .height = base::median(heights),
          .contrast = base::median(contrasts),
          .sharpness = base::median(sharpnesses)};
}

std::string_view legibility_warning(const cv::Mat& picture) {
  const Legibility found = measure_legibility(picture);
  if (found.characters < kLimits.least_characters) return {};
  if (found.height < kLimits.least_height) return "low_resolution";
  if (found.contrast < kLimits.least_contrast) return "pale";
  if (found.sharpness < kLimits.least_sharpness) return "blurred";
  return {};
}

}  // namespace medmark::engine
