#include "image/skew.hpp"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "image/ink_map.hpp"
#include "image/page_drawing.hpp"

namespace medmark::image {
namespace {

SkewEstimate skew_of(const cv::Mat& page) { return estimate_skew(ink_map(analysis_picture(page))); }

class SkewOfADrawnPage : public ::testing::TestWithParam<double> {};

TEST_P(SkewOfADrawnPage, IsFoundWithinATwentiethOfADegree) {
  cv::Mat page = testing::turned(testing::drawn_page(), GetParam());
  testing::add_noise(page, 6);
  const SkewEstimate skew = skew_of(page);
  EXPECT_TRUE(skew.is_certain);
  EXPECT_NEAR(skew.degrees, GetParam(), 0.05);
}

INSTANTIATE_TEST_SUITE_P(Angles, SkewOfADrawnPage,
                         ::testing::Values(-13.7, -6.25, -1.9, -0.4, -0.1, 0.0, 0.07, 0.33, 1.15, 4.4, 9.85, 14.2));

TEST(Skew, OfOneShortLineIsFound) {
  cv::Mat page(1754, 1240, CV_8UC3, cv::Scalar::all(255));
  cv::putText(page, "Report 12.5 mmol/L", {300, 600}, cv::FONT_HERSHEY_SIMPLEX, 1.2, cv::Scalar::all(0), 2,
              cv::LINE_AA);
  const SkewEstimate skew = skew_of(testing::turned(page, -3.2));
  EXPECT_TRUE(skew.is_certain);
  EXPECT_NEAR(skew.degrees, -3.2, 0.4);
}

TEST(Skew, OfAnEmptyPageIsUnknown) {
  cv::Mat page(1754, 1240, CV_8UC3, cv::Scalar::all(230));
  testing::add_noise(page, 8);
  EXPECT_FALSE(skew_of(page).is_certain);
  EXPECT_EQ(skew_of(page).degrees, 0);
}

TEST(Skew, OfSpecksIsUnknown) {
  cv::Mat page(1754, 1240, CV_8UC3, cv::Scalar::all(255));
  cv::RNG random(3);
  for (int i = 0; i < 4000; ++i) {
    page.at<cv::Vec3b>(random.uniform(0, page.rows), random.uniform(0, page.cols)) = {0, 0, 0};
  }
  EXPECT_FALSE(skew_of(page).is_certain);
}

TEST(Skew, IsNotTakenFromAPictureOnThePage) {
  cv::Mat page(1754, 1240, CV_8UC3, cv::Scalar::all(255));
  cv::Mat picture(500, 800, CV_8UC3, cv::Scalar::all(15));
  for (int i = 0; i < 12; ++i) cv::line(picture, {0, 40 * i}, {800, 40 * i + 60}, cv::Scalar::all(90), 3);
  picture.copyTo(page(cv::Rect(200, 300, 800, 500)));
  for (int i = 0; i < 6; ++i) {
    cv::putText(page, "Findings as above, follow up in 3 months", {200, 1000 + 50 * i}, cv::FONT_HERSHEY_SIMPLEX, 1,
                cv::Scalar::all(0), 2);
  }
  EXPECT_NEAR(skew_of(page).degrees, 0, 0.05);
}

TEST(ProjectionSharpness, TellsPagesThatLieOnTheirSide) {
  const cv::Mat upright = without_ruling_lines(ink_map(analysis_picture(testing::drawn_page())));
  cv::Mat lying;
  cv::rotate(upright, lying, cv::ROTATE_90_CLOCKWISE);
  EXPECT_GT(projection_sharpness(upright, ProjectionAxis::kRows),
            2 * projection_sharpness(upright, ProjectionAxis::kColumns));
  EXPECT_GT(projection_sharpness(lying, ProjectionAxis::kColumns),
            2 * projection_sharpness(lying, ProjectionAxis::kRows));
}

}  // namespace
}  // namespace medmark::image
