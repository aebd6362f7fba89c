#include "image/seal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <string>

namespace medmark::image {
namespace {

constexpr double kDpi = 200;
const cv::Scalar kRed(45, 40, 210);
const cv::Scalar kBlue(190, 70, 40);
const cv::Scalar kBlack(30, 30, 30);

cv::Mat white_page() { return {1200, 1000, CV_8UC3, cv::Scalar(250, 250, 250)}; }

void print_rows(cv::Mat& page, const cv::Scalar& ink) {
  for (int row = 0; row < 12; ++row) {
    cv::putText(page, "12.34  5.6-7.8  mmol/L  0.91", {120, 200 + row * 60}, cv::FONT_HERSHEY_SIMPLEX, 1.2, ink, 2,
                cv::LINE_AA);
  }
}

// A ring of 300 pixels (38 mm) with letters and a star-like blot, multiplied into the page.
void stamp_ring(cv::Mat& page, cv::Point centre, const cv::Scalar& ink, cv::Size axes = {150, 150}) {
  cv::Mat seal(page.size(), CV_8UC3, cv::Scalar(255, 255, 255));
  cv::ellipse(seal, centre, axes, 0, 0, 360, ink, 8, cv::LINE_AA);
  for (int i = 0; i < 9; ++i) {
    const double angle = 3.8 + 0.6 * i;
    const cv::Point place(centre.x + cvRound(0.72 * axes.width * std::cos(angle)) - 15,
                          centre.y + cvRound(0.72 * axes.height * std::sin(angle)) + 12);
    cv::putText(seal, "H", place, cv::FONT_HERSHEY_SIMPLEX, 1.2, ink, 4, cv::LINE_AA);
  }
  cv::circle(seal, centre, 26, ink, cv::FILLED, cv::LINE_AA);
  cv::multiply(page, seal, page, 1 / 255.0);
}

base::Rect points(int x0, int y0, int x1, int y1) {
  return {x0 * 72 / kDpi, y0 * 72 / kDpi, x1 * 72 / kDpi, y1 * 72 / kDpi};
}

double mean_difference(const cv::Mat& a, const cv::Mat& b, const cv::Rect& box) {
  cv::Mat difference;
  cv::absdiff(a(box), b(box), difference);
  const cv::Scalar mean = cv::mean(difference);
  return (mean[0] + mean[1] + mean[2]) / 3;
}

TEST(SeparateSeals, FindsARedRingOverText) {
  cv::Mat page = white_page();
  print_rows(page, kBlack);
  stamp_ring(page, {420, 500}, kRed);
  const SealSeparation result = separate_seals(page, kDpi);
  ASSERT_EQ(result.seals.size(), 1U);
  EXPECT_EQ(result.seals[0].kind, document::RegionKind::kSeal);
  EXPECT_GT(base::intersection_over_union(result.seals[0].bbox, points(266, 346, 574, 654)), 0.93);
  EXPECT_GT(result.seals[0].confidence, 0.7);
  ASSERT_EQ(result.pictures.size(), 1U);
}

TEST(SeparateSeals, LeavesTheTextUnderTheRingAsIfThereWereNoSeal) {
  cv::Mat bare = white_page();
  print_rows(bare, kBlack);
  cv::Mat page = bare.clone();
  stamp_ring(page, {420, 500}, kRed);
  const cv::Rect box(270, 350, 300, 300);
  const cv::Mat clean = separate_seals(page, kDpi).without_seals;
  EXPECT_GT(mean_difference(page, bare, box), 20);
  EXPECT_LT(mean_difference(clean, bare, box), 4);
}

TEST(SeparateSeals, RaisesTheContrastOfTextUnderInkThatCovers) {
  cv::Mat page = white_page();
  print_rows(page, kBlack);
  const cv::Mat bare = page.clone();
  cv::Mat sealed(page.size(), CV_8UC3, cv::Scalar(255, 255, 255));
  stamp_ring(sealed, {420, 500}, kRed);
  cv::circle(sealed, {420, 500}, 60, kRed, cv::FILLED);
  cv::Mat mask;
  cv::inRange(sealed, cv::Scalar(0, 0, 0), cv::Scalar(200, 200, 255), mask);
  cv::Mat covered = 0.35 * page + 0.65 * sealed;
  covered.copyTo(page, mask);
  const cv::Mat clean = separate_seals(page, kDpi).without_seals;
  const cv::Rect box(375, 455, 90, 90);
  double before = 0, after = 0;
  cv::minMaxLoc(cv::Mat(page(box)).reshape(1), &before);
  cv::Mat grey;
  cv::cvtColor(clean(box), grey, cv::COLOR_BGR2GRAY);
  cv::minMaxLoc(grey, &after);
  EXPECT_LT(after, 90);
  EXPECT_GT(cv::mean(grey)[0], 180);
}

TEST(SeparateSeals, FindsBlueAndOvalSealsAndTurnedFrames) {
  cv::Mat page = white_page();
  print_rows(page, kBlack);
  stamp_ring(page, {300, 400}, kBlue, {170, 115});
  const cv::RotatedRect frame({700.0F, 900.0F}, {140.0F, 130.0F}, 6.0F);
  std::array<cv::Point2f, 4> corners;
  frame.points(corners.data());
  for (std::size_t i = 0; i < 4; ++i) cv::line(page, corners[i], corners[(i + 1) % 4], kRed, 6, cv::LINE_AA);
  cv::putText(page, "XW", {650, 920}, cv::FONT_HERSHEY_SIMPLEX, 2, kRed, 5, cv::LINE_AA);
  EXPECT_EQ(separate_seals(page, kDpi).seals.size(), 2U);
}

TEST(SeparateSeals, SurvivesScanNoiseBlurAndUnevenLight) {
  cv::Mat page = white_page();
  print_rows(page, kBlack);
  stamp_ring(page, {420, 500}, kRed);
  cv::GaussianBlur(page, page, {0, 0}, 1.2);
  cv::RNG random(7);
  for (int y = 0; y < page.rows; ++y) {
    for (int x = 0; x < page.cols; ++x) {
      const double light = 0.6 + 0.35 * x / page.cols;
      const double noise = random.gaussian(8);
      for (int c = 0; c < 3; ++c) {
        auto& value = page.at<cv::Vec3b>(y, x)[c];
        value = cv::saturate_cast<uchar>((value * 0.7 + 60) * light + noise);
      }
    }
  }
  EXPECT_EQ(separate_seals(page, kDpi).seals.size(), 1U);
}

TEST(SeparateSeals, KeepsRedPrint) {
  cv::Mat page = white_page();
  print_rows(page, kRed);
  cv::putText(page, "HOSPITAL REPORT", {150, 110}, cv::FONT_HERSHEY_DUPLEX, 2.4, kRed, 6, cv::LINE_AA);
  const SealSeparation result = separate_seals(page, kDpi);
  EXPECT_TRUE(result.seals.empty());
  EXPECT_EQ(cv::norm(result.without_seals, page, cv::NORM_INF), 0);
}

TEST(SeparateSeals, KeepsRedTablesAndGraphPaper) {
  cv::Mat page = white_page();
  for (int y = 100; y <= 500; y += 50) cv::line(page, {100, y}, {900, y}, kRed, 2);
  for (int x = 100; x <= 900; x += 160) cv::line(page, {x, 100}, {x, 500}, kRed, 2);
  for (int y = 600; y <= 1000; y += 40) cv::line(page, {100, y}, {900, y}, cv::Scalar(160, 160, 250), 1);
  for (int x = 100; x <= 900; x += 40) cv::line(page, {x, 600}, {x, 1000}, cv::Scalar(160, 160, 250), 1);
  EXPECT_TRUE(separate_seals(page, kDpi).seals.empty());
}

TEST(SeparateSeals, SeesNoSealInColourPhotographsAndPieCharts) {
  cv::Mat page = white_page();
  cv::Mat photograph(8, 8, CV_8UC3);
  cv::RNG random(3);
  for (auto it = photograph.begin<cv::Vec3b>(); it != photograph.end<cv::Vec3b>(); ++it) {
    *it = cv::Vec3b(uchar(random.uniform(30, 90)), uchar(random.uniform(40, 110)), uchar(random.uniform(120, 240)));
  }
  cv::resize(photograph, photograph, {360, 300}, 0, 0, cv::INTER_CUBIC);
  cv::Mat round = cv::Mat::zeros(photograph.size(), CV_8UC3), disc = cv::Mat::zeros(photograph.size(), CV_8U);
  cv::ellipse(disc, {180, 150}, {175, 145}, 0, 0, 360, 255, cv::FILLED);
  photograph.copyTo(round, disc);
  photograph.copyTo(page(cv::Rect(100, 100, 360, 300)));
  round.copyTo(page(cv::Rect(520, 100, 360, 300)));
  cv::circle(page, {300, 700}, 150, kRed, cv::FILLED);
  cv::ellipse(page, {700, 700}, {150, 150}, 0, 0, 120, kRed, cv::FILLED);
  cv::ellipse(page, {700, 700}, {150, 150}, 0, 120, 360, kBlue, cv::FILLED);
  EXPECT_TRUE(separate_seals(page, kDpi).seals.empty());
}

TEST(SeparateSeals, LeavesGreyAndEmptyPicturesAlone) {
  EXPECT_TRUE(separate_seals(cv::Mat(), kDpi).without_seals.empty());
  cv::Mat grey(300, 300, CV_8U, cv::Scalar(255));
  cv::circle(grey, {150, 150}, 100, cv::Scalar(80), 6);
  const SealSeparation result = separate_seals(grey, kDpi);
  EXPECT_TRUE(result.seals.empty());
  EXPECT_EQ(result.without_seals.data, grey.data);
}

TEST(SeparateSeals, GivesTheSealAloneWithoutThePrint) {
  cv::Mat page = white_page();
  print_rows(page, kBlack);
  stamp_ring(page, {420, 500}, kRed);
  const SealSeparation result = separate_seals(page, kDpi);
  ASSERT_EQ(result.pictures.size(), 1U);
  cv::Mat channels[3];
  cv::split(result.pictures[0], channels);
  double darkest_red = 0;
  cv::minMaxLoc(channels[2], &darkest_red);
  EXPECT_GT(darkest_red, 150) << "black print is still in the picture of the seal";
  EXPECT_GT(cv::countNonZero(channels[1] < 120), 3000) << "the ring and its letters are drawn";
}

}  // namespace
}  // namespace medmark::image
