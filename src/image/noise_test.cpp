#include "image/noise.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "image/page_drawing.hpp"

namespace medmark::image {
namespace {

cv::Mat gray_page() {
  cv::Mat gray;
  cv::cvtColor(testing::drawn_page(), gray, cv::COLOR_BGR2GRAY);
  return gray;
}

cv::Mat bilevel_page() { return gray_page() >= 128; }

TEST(Bilevel, IsAPageOfBlackAndWhite) { EXPECT_TRUE(is_bilevel(bilevel_page())); }

TEST(Bilevel, IsNotAnAntialiasedPage) { EXPECT_FALSE(is_bilevel(gray_page())); }

TEST(Bilevel, IsNotAnEmptyPage) { EXPECT_FALSE(is_bilevel(cv::Mat(500, 400, CV_8U, cv::Scalar(255)))); }

TEST(CleanedBilevel, TakesLoneSpecksAway) {
  cv::Mat page(200, 200, CV_8U, cv::Scalar(255));
  page.at<uchar>(50, 60) = 0;
  page(cv::Rect(120, 100, 2, 1)).setTo(0);
  double darkest = 0;
  cv::minMaxLoc(cleaned_bilevel(page), &darkest);
  EXPECT_EQ(darkest, 255);
}

// Digits of about 8 pt at 100 DPI, with decimal points of two pixels by two.
TEST(CleanedBilevel, KeepsDecimalPoints) {
  cv::Mat page(60, 200, CV_8U, cv::Scalar(255));
  cv::rectangle(page, {20, 20}, {26, 31}, cv::Scalar(0), 1);
  page(cv::Rect(29, 30, 2, 2)).setTo(0);
  cv::rectangle(page, {34, 20}, {40, 31}, cv::Scalar(0), 1);
  EXPECT_LT(cleaned_bilevel(page)(cv::Rect(29, 30, 2, 2)).at<uchar>(0, 0), 128);
}

TEST(CleanedBilevel, KeepsAOnePixelDecimalPointNextToItsDigits) {
  cv::Mat page(60, 200, CV_8U, cv::Scalar(255));
  cv::rectangle(page, {20, 20}, {25, 29}, cv::Scalar(0), 1);
  page.at<uchar>(29, 28) = 0;
  cv::rectangle(page, {31, 20}, {36, 29}, cv::Scalar(0), 1);
  EXPECT_LT(cleaned_bilevel(page).at<uchar>(29, 28), 200);
}

TEST(CleanedBilevel, KeepsAColonThatStandsAlone) {
  cv::Mat page(60, 200, CV_8U, cv::Scalar(255));
  page(cv::Rect(100, 20, 2, 2)).setTo(0);
  page(cv::Rect(100, 27, 2, 2)).setTo(0);
  const cv::Mat clean = cleaned_bilevel(page);
  EXPECT_LT(clean.at<uchar>(20, 100), 128);
  EXPECT_LT(clean.at<uchar>(27, 100), 128);
}

TEST(CleanedBilevel, FillsPinholesInSolidBlackOnly) {
  cv::Mat page(60, 200, CV_8U, cv::Scalar(255));
  cv::rectangle(page, {20, 20}, {40, 40}, cv::Scalar(0), cv::FILLED);
  page.at<uchar>(30, 30) = 255;
  cv::rectangle(page, {100, 20}, {102, 22}, cv::Scalar(0), 1);  // the eye of a small letter
  const cv::Mat clean = cleaned_bilevel(page);
  EXPECT_EQ(clean.at<uchar>(30, 30), 0);
  EXPECT_GT(clean.at<uchar>(21, 101), 60);
}

}  // namespace
}  // namespace medmark::image
