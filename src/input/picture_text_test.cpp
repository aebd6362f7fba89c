#include "input/picture_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <random>
#include <string>

namespace medmark::input {
namespace {

cv::Mat paper(int width, int height) { return {height, width, CV_8U, cv::Scalar(250)}; }

void write_line(cv::Mat& picture, int x, int y, const std::string& text) {
  cv::putText(picture, text, {x, y}, cv::FONT_HERSHEY_SIMPLEX, 0.5, cv::Scalar(30), 1, cv::LINE_AA);
}

cv::Mat text_page(int lines) {
  cv::Mat picture = paper(460, 22 * lines + 20);
  for (int i = 0; i < lines; ++i)
    write_line(picture, 12, 25 + 22 * i, "Both lungs are clear, no effusion is seen 12.5");
  return picture;
}

TEST(PictureText, LinesOfTextAreSeen) {
  EXPECT_TRUE(shows_text(text_page(6)));
  EXPECT_TRUE(shows_text(text_page(1)));  // a letterhead
}

TEST(PictureText, TextInsideATableIsSeen) {
  cv::Mat picture = text_page(8);
  for (int y = 8; y < picture.rows; y += 22) cv::line(picture, {4, y}, {455, y}, cv::Scalar(0), 1);
  for (const int x : {4, 230, 455}) cv::line(picture, {x, 8}, {x, picture.rows - 10}, cv::Scalar(0), 1);
  EXPECT_TRUE(shows_text(picture));
}

TEST(PictureText, ChartsWithLabelledAxesAreNot) {
  cv::Mat picture = paper(460, 300);
  cv::rectangle(picture, {40, 20}, {440, 270}, cv::Scalar(0));
  for (int x = 40; x < 439; ++x) {
    const auto curve = [](int at) { return 150 + static_cast<int>(80 * std::sin(at / 30.0)); };
    cv::line(picture, {x, curve(x)}, {x + 1, curve(x + 1)}, cv::Scalar(0), 2);
  }
  for (int i = 0; i < 6; ++i) write_line(picture, 8, 270 - 45 * i, std::to_string(20 * i));
  EXPECT_FALSE(shows_text(picture));
}

TEST(PictureText, BarCodesAndPhotographsAreNot) {
  std::mt19937 random(5);
  cv::Mat code = paper(300, 60);
  for (int x = 10; x < 280;) {
    const int width = 1 + static_cast<int>(random() % 4);
    cv::rectangle(code, {x, 5}, {x + width - 1, 50}, cv::Scalar(0), cv::FILLED);
    x += width + 1 + static_cast<int>(random() % 4);
  }
  EXPECT_FALSE(shows_text(code));
  cv::Mat photograph(200, 300, CV_8U);
  cv::randu(photograph, 0, 255);
  cv::GaussianBlur(photograph, photograph, {}, 5);
  EXPECT_FALSE(shows_text(photograph));
  EXPECT_FALSE(shows_text(cv::Mat(200, 300, CV_8U, cv::Scalar(20))));
  EXPECT_FALSE(shows_text(paper(200, 100)));
}

}  // namespace
}  // namespace medmark::input
