#include "image/watermark.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace medmark::image {
namespace {

constexpr double kDpi = 200;

cv::Mat page_of_text() {
  cv::Mat page(1400, 1200, CV_8UC3, cv::Scalar(245, 245, 245));
  for (int row = 0; row < 20; ++row) {
    cv::putText(page, "12.34  5.6-7.8  mmol/L  0.91 normal", {100, 150 + row * 60}, cv::FONT_HERSHEY_SIMPLEX, 1.1,
                cv::Scalar(30, 30, 30), 2, cv::LINE_AA);
  }
  return page;
}

// Letters of 26 mm along the diagonal, multiplied into the page.
void add_watermark(cv::Mat& page, int grey) {
  cv::Mat mark(page.size(), CV_8UC3, cv::Scalar(255, 255, 255));
  cv::putText(mark, "COPY", {180, 800}, cv::FONT_HERSHEY_SIMPLEX, 9, cv::Scalar(grey, grey, grey), 26, cv::LINE_AA);
  const cv::Mat turn = cv::getRotationMatrix2D({600, 700}, 30, 1);
  cv::warpAffine(mark, mark, turn, mark.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(255, 255, 255));
  cv::multiply(page, mark, page, 1 / 255.0);
}

TEST(SuppressWatermark, TakesPaleLettersAwayAndLeavesTheTextOverThem) {
  const cv::Mat bare = page_of_text();
  cv::Mat page = bare.clone();
  add_watermark(page, 215);
  const WatermarkSuppression result = suppress_watermark(page, kDpi);
  ASSERT_EQ(result.watermarks.size(), 1U);
  EXPECT_EQ(result.watermarks[0].kind, document::RegionKind::kWatermark);
  cv::Mat before, after;
  cv::absdiff(page, bare, before);
  cv::absdiff(result.without_watermark, bare, after);
  EXPECT_LT(cv::mean(after)[0], 0.3 * cv::mean(before)[0]);
  cv::Mat grey;
  cv::cvtColor(result.without_watermark, grey, cv::COLOR_BGR2GRAY);
  cv::Mat bare_grey;
  cv::cvtColor(bare, bare_grey, cv::COLOR_BGR2GRAY);
  EXPECT_GT(cv::countNonZero(grey < 100), 0.9 * cv::countNonZero(bare_grey < 100)) << "text became pale";
}

TEST(SuppressWatermark, WorksUnderNoiseAndUnevenLight) {
  cv::Mat page = page_of_text();
  add_watermark(page, 210);
  cv::RNG random(2);
  for (int y = 0; y < page.rows; ++y) {
    for (int x = 0; x < page.cols; ++x) {
      const double noise = random.gaussian(7);
      for (int c = 0; c < 3; ++c) {
        auto& value = page.at<cv::Vec3b>(y, x)[c];
        value = cv::saturate_cast<uchar>(value * (0.65 + 0.3 * y / page.rows) + noise);
      }
    }
  }
  EXPECT_FALSE(suppress_watermark(page, kDpi).watermarks.empty());
}

TEST(SuppressWatermark, KeepsFinePalePrint) {
  cv::Mat page(1400, 1200, CV_8UC3, cv::Scalar(245, 245, 245));
  for (int row = 0; row < 20; ++row) {
    cv::putText(page, "faint 12.34  5.6-7.8  mmol/L", {100, 150 + row * 60}, cv::FONT_HERSHEY_SIMPLEX, 1.1,
                cv::Scalar(200, 200, 200), 2, cv::LINE_AA);
  }
  const WatermarkSuppression result = suppress_watermark(page, kDpi);
  EXPECT_TRUE(result.watermarks.empty());
  EXPECT_EQ(result.without_watermark.data, page.data);
}

TEST(SuppressWatermark, KeepsShadedRowsAndHeadings) {
  cv::Mat page = page_of_text();
  for (int row = 0; row < 10; row += 2) {
    cv::Mat band = page(cv::Rect(80, 110 + row * 60, 1000, 60));
    band = band * 0.9;
  }
  cv::putText(page, "REPORT", {300, 90}, cv::FONT_HERSHEY_DUPLEX, 3, cv::Scalar(20, 20, 20), 8, cv::LINE_AA);
  EXPECT_TRUE(suppress_watermark(page, kDpi).watermarks.empty());
}

TEST(SuppressWatermark, KeepsPalePhotographs) {
  cv::Mat page = page_of_text();
  cv::Mat photograph(6, 6, CV_8UC3);
  cv::RNG random(9);
  for (auto it = photograph.begin<cv::Vec3b>(); it != photograph.end<cv::Vec3b>(); ++it) {
    const auto tone = static_cast<uchar>(random.uniform(150, 230));
    *it = cv::Vec3b(tone, tone, tone);
  }
  cv::resize(photograph, photograph, {500, 400}, 0, 0, cv::INTER_CUBIC);
  photograph.copyTo(page(cv::Rect(300, 500, 500, 400)));
  EXPECT_TRUE(suppress_watermark(page, kDpi).watermarks.empty());
}

TEST(SuppressWatermark, TakesGreyPicturesToo) {
  cv::Mat page = page_of_text(), grey;
  add_watermark(page, 215);
  cv::cvtColor(page, grey, cv::COLOR_BGR2GRAY);
  const WatermarkSuppression result = suppress_watermark(grey, kDpi);
  EXPECT_EQ(result.watermarks.size(), 1U);
  EXPECT_EQ(result.without_watermark.channels(), 1);
}

}  // namespace
}  // namespace medmark::image
