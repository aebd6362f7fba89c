#include "image/picture_region.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace medmark::image {
namespace {

constexpr double kDpi = 200;

cv::Mat page_of_text() {
  cv::Mat page(1600, 1200, CV_8UC3, cv::Scalar(245, 245, 245));
  for (int row = 0; row < 6; ++row) {
    cv::putText(page, "Findings: size 12.3 mm, even echo, no mass.", {100, 1250 + row * 55}, cv::FONT_HERSHEY_SIMPLEX,
                1.1, cv::Scalar(30, 30, 30), 2, cv::LINE_AA);
  }
  return page;
}

cv::Mat photograph(int width, int height, int darkest, int brightest, std::uint64_t seed) {
  cv::Mat tones(7, 7, CV_8UC3);
  cv::RNG random(seed);
  for (auto it = tones.begin<cv::Vec3b>(); it != tones.end<cv::Vec3b>(); ++it) {
    const auto tone = static_cast<uchar>(random.uniform(darkest, brightest));
    *it = cv::Vec3b(tone, tone, tone);
  }
  cv::resize(tones, tones, {width, height}, 0, 0, cv::INTER_CUBIC);
  return tones;
}

base::Rect points(const cv::Rect& r) {
  return {r.x * 72 / kDpi, r.y * 72 / kDpi, (r.x + r.width) * 72 / kDpi, (r.y + r.height) * 72 / kDpi};
}

TEST(FindPictureRegions, KeepsPicturesSideBySideApart) {
  cv::Mat page = page_of_text();
  const cv::Rect left(100, 200, 460, 380), right(590, 200, 460, 380);
  photograph(460, 380, 5, 160, 1).copyTo(page(left));
  photograph(460, 380, 5, 160, 2).copyTo(page(right));
  const auto regions = find_picture_regions(page, kDpi);
  ASSERT_EQ(regions.size(), 2U);
  EXPECT_EQ(regions[0].kind, document::RegionKind::kPicture);
  const bool left_first = regions[0].bbox.x0 < regions[1].bbox.x0;
  EXPECT_GT(base::intersection_over_union(regions[left_first ? 0 : 1].bbox, points(left)), 0.95);
  EXPECT_GT(base::intersection_over_union(regions[left_first ? 1 : 0].bbox, points(right)), 0.95);
}

TEST(FindPictureRegions, FindsPaleColouredPicturesUnderUnevenLight) {
  cv::Mat page = page_of_text();
  const cv::Rect box(300, 300, 500, 400);
  cv::Mat picture = photograph(500, 400, 120, 220, 4);
  cv::multiply(picture, cv::Scalar(1.0, 0.75, 1.1), picture);
  picture.copyTo(page(box));
  for (int y = 0; y < page.rows; ++y) page.row(y) *= 0.65 + 0.35 * y / page.rows;
  const auto regions = find_picture_regions(page, kDpi);
  ASSERT_EQ(regions.size(), 1U);
  EXPECT_GT(base::intersection_over_union(regions[0].bbox, points(box)), 0.9);
}

TEST(FindPictureRegions, FindsAChartByItsCurve) {
  cv::Mat page = page_of_text();
  cv::line(page, {200, 300}, {200, 800}, cv::Scalar(0, 0, 0), 3);
  cv::line(page, {200, 800}, {1000, 800}, cv::Scalar(0, 0, 0), 3);
  cv::Point last(200, 700);
  for (int x = 220; x <= 980; x += 20) {
    const cv::Point next(x, 560 + cvRound(150 * std::sin(x / 70.0)));
    cv::line(page, last, next, cv::Scalar(20, 20, 20), 3, cv::LINE_AA);
    last = next;
  }
  const auto regions = find_picture_regions(page, kDpi);
  ASSERT_EQ(regions.size(), 1U);
  EXPECT_GT(base::intersection_over_union(regions[0].bbox, points({198, 300, 802, 502})), 0.9);
}

TEST(FindPictureRegions, TakesNoTextTablesBarsOrShading) {
  cv::Mat page = page_of_text();
  cv::putText(page, "HOSPITAL REPORT", {150, 130}, cv::FONT_HERSHEY_DUPLEX, 2.6, cv::Scalar(0, 0, 0), 9, cv::LINE_AA);
  page(cv::Rect(100, 180, 1000, 60)).setTo(cv::Scalar(60, 60, 60));
  cv::putText(page, "Basic data", {120, 225}, cv::FONT_HERSHEY_SIMPLEX, 1.2, cv::Scalar(255, 255, 255), 2, cv::LINE_AA);
  page(cv::Rect(100, 300, 1000, 150)).setTo(cv::Scalar(225, 215, 205));
  for (int row = 0; row <= 12; ++row)
    cv::line(page, {100, 300 + row * 60}, {1100, 300 + row * 60}, cv::Scalar(0, 0, 0), 2);
  for (int column = 0; column <= 4; ++column)
    cv::line(page, {100 + column * 250, 300}, {100 + column * 250, 1020}, cv::Scalar(0, 0, 0), 2);
  for (int row = 0; row < 12; ++row) {
    cv::putText(page, "12.34 mg/L", {110, 342 + row * 60}, cv::FONT_HERSHEY_SIMPLEX, 1.1, cv::Scalar(0, 0, 0), 2,
                cv::LINE_AA);
  }
  EXPECT_TRUE(find_picture_regions(page, kDpi).empty());
}

TEST(FindPictureRegions, IsNotMisledByShadowsAtThePageEdge) {
  cv::Mat page = page_of_text();
  for (int x = 0; x < 110; ++x) page.col(x) *= 0.2 + 0.8 * x / 110;
  EXPECT_TRUE(find_picture_regions(page, kDpi).empty());
}

}  // namespace
}  // namespace medmark::image
