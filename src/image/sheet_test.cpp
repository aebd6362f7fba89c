#include "image/sheet.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "image/page_drawing.hpp"

namespace medmark::image {
namespace {

using Corners = std::array<cv::Point2f, 4>;

double worst_distance(const Sheet& sheet, const Corners& corners) {
  double worst = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    worst = std::max(worst, std::hypot(sheet.corners[i].x - corners[i].x, sheet.corners[i].y - corners[i].y));
  }
  return worst;
}

struct Desk {
  const char* name;
  cv::Scalar colour;
};

class SheetOnADesk : public ::testing::TestWithParam<Desk> {};

TEST_P(SheetOnADesk, IsFoundByItsCorners) {
  const Corners corners{cv::Point2f{150, 130}, {1120, 210}, {1190, 1620}, {90, 1560}};
  const cv::Mat picture = testing::photographed(testing::drawn_page(), corners, {1300, 1750}, GetParam().colour);
  const auto sheet = find_sheet(picture);
  ASSERT_TRUE(sheet.has_value());
  EXPECT_LT(worst_distance(*sheet, corners), 6);
}

INSTANTIATE_TEST_SUITE_P(Colours, SheetOnADesk,
                         ::testing::Values(Desk{"brown", {70, 90, 110}}, Desk{"black", {20, 20, 20}},
                                           Desk{"grey", {185, 185, 185}}, Desk{"blue", {200, 120, 60}},
                                           Desk{"orange", {90, 170, 250}}),
                         [](const auto& desk) { return std::string(desk.param.name); });

TEST(Sheet, TurnedByAQuarterOfARightAngleIsFound) {
  const Corners corners{cv::Point2f{520, 90}, {1300, 420}, {810, 1560}, {30, 1230}};
  const auto sheet = find_sheet(testing::photographed(testing::drawn_page(), corners, {1340, 1660}, {60, 80, 90}));
  ASSERT_TRUE(sheet.has_value());
  EXPECT_LT(worst_distance(*sheet, corners), 6);
}

TEST(Sheet, CutOffByTheFrameKeepsItsOtherCorners) {
  const Corners corners{cv::Point2f{150, 130}, {1120, 160}, {1190, 1900}, {90, 1900}};
  const auto sheet = find_sheet(testing::photographed(testing::drawn_page(), corners, {1300, 1700}, {70, 90, 110}));
  ASSERT_TRUE(sheet.has_value());
  EXPECT_LT(std::hypot(sheet->corners[0].x - 150, sheet->corners[0].y - 130), 8);
  EXPECT_LT(std::hypot(sheet->corners[1].x - 1120, sheet->corners[1].y - 160), 8);
  EXPECT_GT(sheet->corners[2].y, 1600);
}

TEST(Sheet, IsNotSeenInAScan) {
  cv::Mat scan = testing::turned(testing::drawn_page(), 1.3);
  testing::add_noise(scan, 5);
  EXPECT_FALSE(find_sheet(scan).has_value());
}

TEST(Sheet, IsNotABoxPrintedOnAPage) {
  cv::Mat page = testing::drawn_page();
  cv::rectangle(page, {60, 60}, {1180, 1690}, cv::Scalar(150, 100, 50), 14);
  EXPECT_FALSE(find_sheet(page).has_value());
}

TEST(Sheet, IsNotAPageUnderADarkBanner) {
  cv::Mat page = testing::drawn_page();
  cv::rectangle(page, {0, 0}, {1240, 90}, cv::Scalar(120, 60, 20), cv::FILLED);
  EXPECT_FALSE(find_sheet(page).has_value());
}

TEST(Sheet, IsNotTheSpaceBetweenPictures) {
  cv::Mat page(1754, 1240, CV_8UC3, cv::Scalar::all(250));
  cv::rectangle(page, {80, 100}, {1160, 500}, cv::Scalar::all(10), cv::FILLED);
  cv::rectangle(page, {80, 1300}, {1160, 1700}, cv::Scalar::all(10), cv::FILLED);
  EXPECT_FALSE(find_sheet(page).has_value());
}

TEST(FlatSheetSize, TakesTheProportionsOfIsoPaperWhereTheyAreNear) {
  const cv::Size2d size = flat_sheet_size({{{0, 0}, {1000, 0}, {1000, 1300}, {0, 1300}}});
  EXPECT_NEAR(size.height / size.width, std::sqrt(2), 1e-9);
}

TEST(FlatSheetSize, LeavesAReceiptAsLongAsItIs) {
  const cv::Size2d size = flat_sheet_size({{{0, 0}, {500, 0}, {500, 1600}, {0, 1600}}});
  EXPECT_DOUBLE_EQ(size.width, 500);
  EXPECT_DOUBLE_EQ(size.height, 1600);
}

}  // namespace
}  // namespace medmark::image
