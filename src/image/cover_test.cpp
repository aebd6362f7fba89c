#include "image/cover.hpp"

#include <gtest/gtest.h>

#include <array>

namespace medmark::image {
namespace {

cv::Mat white(int width, int height) { return {height, width, CV_8UC3, cv::Scalar::all(255)}; }

bool is_black(const cv::Mat& picture, int x, int y) { return picture.at<cv::Vec3b>(y, x) == cv::Vec3b(0, 0, 0); }

TEST(Cover, BlackensThePlaceAtTheResolutionOfThePicture) {
  cv::Mat picture = white(200, 100);  // two pixels a point
  const std::array<base::Rect, 1> places = {base::Rect{10, 20, 30, 30}};
  cover(picture, {0, 0, 100, 50}, places);
  EXPECT_TRUE(is_black(picture, 20, 40));
  EXPECT_TRUE(is_black(picture, 59, 59));
  EXPECT_FALSE(is_black(picture, 15, 50));
  EXPECT_FALSE(is_black(picture, 65, 50));
}

TEST(Cover, AFigureIsCoveredWhereItOverlapsThePlaceOnThePage) {
  cv::Mat picture = white(50, 50);
  const std::array<base::Rect, 2> places = {base::Rect{90, 100, 110, 105}, base::Rect{400, 400, 450, 420}};
  cover(picture, {100, 100, 150, 150}, places);
  EXPECT_TRUE(is_black(picture, 0, 0));
  EXPECT_TRUE(is_black(picture, 9, 4));
  EXPECT_FALSE(is_black(picture, 20, 4));
  EXPECT_FALSE(is_black(picture, 5, 20));
}

TEST(Cover, LeavesAPictureWithoutPlacesAsItIs) {
  cv::Mat picture = white(20, 20);
  cover(picture, {0, 0, 20, 20}, {});
  EXPECT_EQ(cv::countNonZero(picture.reshape(1) != 255), 0);
}

}  // namespace
}  // namespace medmark::image
