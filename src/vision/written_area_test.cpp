#include "vision/written_area.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace medmark::vision {
namespace {

cv::Mat paper(int level = 245) { return {640, 448, CV_8UC3, cv::Scalar::all(level)}; }

TEST(WrittenArea, LeavesMarginsAndEmptyStretchesOut) {
  cv::Mat page = paper();
  page(cv::Rect(100, 70, 200, 12)).setTo(cv::Scalar::all(20));   // rows of block 2
  page(cv::Rect(130, 500, 100, 12)).setTo(cv::Scalar::all(20));  // rows of blocks 15 and 16
  const WrittenArea area = written_area(page, {});
  ASSERT_EQ(area.bands.size(), 2U);
  EXPECT_EQ(area.bands[0], cv::Range(32, 128));
  EXPECT_EQ(area.bands[1], cv::Range(448, 544));
  EXPECT_EQ(area.columns, cv::Range(64, 352));
  EXPECT_EQ(area.size(), cv::Size(288, 192));
}

TEST(WrittenArea, KeepsPalePrintLightPrintOnDarkAndAllOfAnUnevenPage) {
  cv::Mat pale = paper();
  pale(cv::Rect(100, 300, 60, 8)).setTo(cv::Scalar::all(205));
  EXPECT_FALSE(written_area(pale, {}).empty());
  cv::Mat dark = paper(40);
  dark(cv::Rect(100, 300, 60, 8)).setTo(cv::Scalar::all(230));
  EXPECT_FALSE(written_area(dark, {}).empty());
  cv::Mat uneven = paper();
  for (int x = 0; x < uneven.cols; ++x) uneven.col(x).setTo(cv::Scalar::all(80 + x / 3));
  EXPECT_EQ(written_area(uneven, {}).bands, std::vector<cv::Range>{cv::Range(0, 640)});
}

TEST(WrittenArea, OfBarePaperWithDustIsEmpty) {
  cv::Mat page = paper();
  cv::randn(page, cv::Scalar::all(245), cv::Scalar::all(3));
  page.at<cv::Vec3b>(200, 100) = {0, 0, 0};
  page.at<cv::Vec3b>(420, 300) = {0, 0, 0};
  EXPECT_TRUE(written_area(page, {}).empty());
  EXPECT_TRUE(written_area(paper(), {}).empty());
}

TEST(WrittenArea, APackedPictureComesBackInItsPlaces) {
  cv::Mat page = paper();
  page(cv::Rect(100, 70, 200, 12)).setTo(cv::Scalar::all(20));
  page(cv::Rect(130, 500, 100, 12)).setTo(cv::Scalar::all(20));
  const WrittenArea area = written_area(page, {});
  cv::Mat grey;
  cv::cvtColor(packed(page, area), grey, cv::COLOR_BGR2GRAY);
  cv::Mat map;
  cv::Mat(grey < 100).convertTo(map, CV_32F, 1.0 / 255);
  const cv::Mat whole = unpacked(map, area, page.size());
  EXPECT_EQ(cv::countNonZero(whole), 200 * 12 + 100 * 12);
  EXPECT_EQ(cv::countNonZero(whole(cv::Rect(100, 70, 200, 12))), 200 * 12);
  EXPECT_EQ(cv::countNonZero(whole(cv::Rect(130, 500, 100, 12))), 100 * 12);
}

}  // namespace
}  // namespace medmark::vision
