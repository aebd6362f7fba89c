#include "image/page_drawing.hpp"

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

namespace medmark::image::testing {
namespace {

void print(cv::Mat& page, const std::string& text, cv::Point at, double size, int thickness = 2) {
  cv::putText(page, text, at, cv::FONT_HERSHEY_SIMPLEX, size, cv::Scalar::all(20), thickness, cv::LINE_AA);
}

}  // namespace

cv::Mat drawn_page(cv::Size size) {
  cv::Mat page(size, CV_8UC3, cv::Scalar::all(255));
  const int left = size.width / 10;
  const int right = size.width - left;
  print(page, "Laboratory report", {size.width / 3, 150}, 1.5, 3);
  const std::vector<std::string> lines = {
      "The patient was admitted with chest pain of two", "days; no fever, no cough, appetite fair. Blood",
      "pressure 132/84 mmHg, pulse 78, breathing 18.",   "Heart rhythm regular, no murmur heard.",
      "Abdomen soft, liver and spleen not felt below",   "the ribs; both lower legs slightly swollen."};
  for (int i = 0; i < 12; ++i) {
    print(page, lines[static_cast<std::size_t>(i) % lines.size()], {left, 240 + i * 42}, 0.9);
  }
  const std::vector<std::string> rows = {"Haemoglobin 132 g/L 130-175", "Platelets 214 125-350",
                                         "Sodium 139.5 137-147",        "Potassium 4.12 3.5-5.3",
                                         "Chloride 101 99-110",         "Calcium 2.31 2.11-2.52"};
  const int top = 800;
  for (int i = 0; i <= 12; ++i) {
    cv::line(page, {left, top + i * 50}, {right, top + i * 50}, cv::Scalar::all(30), 2, cv::LINE_AA);
    if (i < 12) print(page, rows[static_cast<std::size_t>(i) % rows.size()], {left + 14, top + 35 + i * 50}, 0.8);
  }
  for (const int x : {left, size.width / 2, right}) {
    cv::line(page, {x, top}, {x, top + 600}, cv::Scalar::all(30), 2, cv::LINE_AA);
  }
  cv::GaussianBlur(page, page, {0, 0}, 0.6);  // no scan is as crisp as a drawing
  return page;
}

cv::Mat turned(const cv::Mat& page, double degrees) {
  cv::Mat out;
  const cv::Mat rotation = cv::getRotationMatrix2D(cv::Point2f(cv::Point(page.size())) * 0.5F, -degrees, 1);
  cv::warpAffine(page, out, rotation, page.size(), cv::INTER_CUBIC, cv::BORDER_CONSTANT, cv::Scalar::all(255));
  return out;
}

cv::Mat bent(const cv::Mat& page, double depth) {
  cv::Mat x(page.size(), CV_32F);
  cv::Mat y(page.size(), CV_32F);
  for (int row = 0; row < page.rows; ++row) {
    for (int column = 0; column < page.cols; ++column) {
      x.at<float>(row, column) = static_cast<float>(column);
      y.at<float>(row, column) =
          static_cast<float>(row - depth * std::sin(std::numbers::pi * (column + 0.5) / page.cols));
    }
  }
  cv::Mat out;
  cv::remap(page, out, x, y, cv::INTER_CUBIC, cv::BORDER_CONSTANT, cv::Scalar::all(255));
  return out;
}

cv::Mat photographed(const cv::Mat& page, const std::array<cv::Point2f, 4>& corners, cv::Size size,
                     const cv::Scalar& desk) {
  const auto width = static_cast<float>(page.cols);
  const auto height = static_cast<float>(page.rows);
  const std::array<cv::Point2f, 4> from{cv::Point2f{0, 0}, {width, 0}, {width, height}, {0, height}};
  const cv::Mat perspective = cv::getPerspectiveTransform(from.data(), corners.data());
  cv::Mat picture(size, CV_8UC3, desk);
  cv::Mat sheet;
  cv::warpPerspective(page, sheet, perspective, size, cv::INTER_AREA);
  cv::Mat mask(page.size(), CV_8U, cv::Scalar(255));
  cv::warpPerspective(mask, mask, perspective, size, cv::INTER_NEAREST);
  sheet.copyTo(picture, mask);
  for (int row = 0; row < size.height; ++row) {
    for (int column = 0; column < size.width; ++column) {
      picture.at<cv::Vec3b>(row, column) *= 0.95 - 0.3 * column / size.width;
    }
  }
  add_noise(picture, 3);
  return picture;
}

void add_noise(cv::Mat& picture, double sigma) {
  cv::RNG random(7);
  cv::Mat noise(picture.size(), CV_16SC(picture.channels()));
  random.fill(noise, cv::RNG::NORMAL, cv::Scalar::all(0), cv::Scalar::all(sigma));
  cv::add(picture, noise, picture, cv::noArray(), picture.type());
}

}  // namespace medmark::image::testing
