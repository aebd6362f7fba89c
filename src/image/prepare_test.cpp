#include "image/prepare.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "image/page_drawing.hpp"

namespace medmark::image {
namespace {

constexpr double kDpi = 150;

// Votes for one turn, always.
OrientationClassifier voting_for(int turned) {
  return [turned](const cv::Mat&) {
    std::array<double, 4> probabilities{0.02, 0.02, 0.02, 0.02};
    probabilities[static_cast<std::size_t>(turned / 90)] = 0.94;
    return probabilities;
  };
}

double difference(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() ? cv::norm(a, b, cv::NORM_L1) / static_cast<double>(a.total() * 3) : 255;
}

TEST(Prepare, LeavesAnUprightPageAsItIs) {
  const cv::Mat page = testing::drawn_page();
  const PreparedPage prepared = prepare(page, kDpi, voting_for(0));
  EXPECT_EQ(prepared.rotation, 0);
  EXPECT_EQ(prepared.skew_deg, 0);
  EXPECT_FALSE(prepared.is_photograph);
  EXPECT_FALSE(prepared.is_curled);
  EXPECT_EQ(prepared.dpi, kDpi);
  EXPECT_EQ(difference(prepared.flat, page), 0);
  EXPECT_EQ(prepared.clean.size(), page.size());
  EXPECT_EQ(prepared.clean.type(), CV_8UC3);
  const base::Point same = prepared.flat_to_page.map(base::Point{100, 200});
  EXPECT_NEAR(same.x, 100, 1e-9);
  EXPECT_NEAR(same.y, 200, 1e-9);
}

struct Turn {
  int turned;
  cv::RotateFlags how;
};

class PageOnItsSide : public ::testing::TestWithParam<Turn> {};

TEST_P(PageOnItsSide, IsTurnedUprightAndMapsBack) {
  const cv::Mat page = testing::drawn_page();
  cv::Mat lying;
  cv::rotate(page, lying, GetParam().how);
  const PreparedPage prepared = prepare(lying, kDpi, voting_for(GetParam().turned));
  EXPECT_EQ(prepared.rotation, 360 - GetParam().turned);
  EXPECT_GT(prepared.rotation_confidence, 0.8);
  EXPECT_LT(difference(prepared.flat, page), 0.5);

  // The heading's place in the picture as displayed.
  const base::Point heading{450 * 72 / kDpi, 140 * 72 / kDpi};
  const base::Point displayed = prepared.flat_to_page.map(heading);
  const double width = lying.cols * 72 / kDpi;
  const double height = lying.rows * 72 / kDpi;
  const base::Point expected = GetParam().turned == 90    ? base::Point{width - heading.y, heading.x}
                               : GetParam().turned == 180 ? base::Point{width - heading.x, height - heading.y}
                                                          : base::Point{heading.y, height - heading.x};
  EXPECT_NEAR(displayed.x, expected.x, 0.1);
  EXPECT_NEAR(displayed.y, expected.y, 0.1);
}

INSTANTIATE_TEST_SUITE_P(Turns, PageOnItsSide,
                         ::testing::Values(Turn{90, cv::ROTATE_90_CLOCKWISE}, Turn{180, cv::ROTATE_180},
                                           Turn{270, cv::ROTATE_90_COUNTERCLOCKWISE}));

TEST(Prepare, DoesNotFollowAnUnsureClassifierOntoTheSide) {
  const auto unsure = [](const cv::Mat&) { return std::array<double, 4>{0.24, 0.28, 0.24, 0.24}; };
  EXPECT_EQ(prepare(testing::drawn_page(), kDpi, unsure).rotation, 0);
}

TEST(Prepare, TellsThePagesAxisWithoutAClassifier) {
  cv::Mat lying;
  cv::rotate(testing::drawn_page(), lying, cv::ROTATE_90_CLOCKWISE);
  EXPECT_EQ(prepare(lying, kDpi, {}).rotation % 180, 90);
}

TEST(Prepare, LevelsASkewedPageAndMapsBackWithinHalfAPixel) {
  const double skew = 2.4;
  const cv::Mat page = testing::drawn_page();
  const cv::Mat skewed = testing::turned(page, skew);
  const PreparedPage prepared = prepare(skewed, kDpi, voting_for(0));
  EXPECT_NEAR(prepared.skew_deg, skew, 0.05);
  const PreparedPage again = prepare(prepared.flat, kDpi, voting_for(0));
  EXPECT_LT(std::abs(again.skew_deg), 0.05);

  // From the flat page, whose middle is the skewed page's, every point goes back by the angle found.
  const double radians = prepared.skew_deg * std::numbers::pi / 180;
  for (const cv::Point2d from : {cv::Point2d(-400, -600), cv::Point2d(300, 500), cv::Point2d(0, 700)}) {
    const base::Point flat{(from.x + prepared.flat.cols / 2.0) * 72 / kDpi,
                           (from.y + prepared.flat.rows / 2.0) * 72 / kDpi};
    const base::Point back = prepared.flat_to_page.map(flat);
    EXPECT_NEAR(back.x * kDpi / 72, page.cols / 2.0 + from.x * std::cos(radians) - from.y * std::sin(radians), 0.75);
    EXPECT_NEAR(back.y * kDpi / 72, page.rows / 2.0 + from.x * std::sin(radians) + from.y * std::cos(radians), 0.75);
  }
}

// A cross that only the test knows of, followed from the flat page to the picture as displayed.
cv::Point2d darkest_near(const cv::Mat& picture, cv::Point2d where) {
  const cv::Rect window(cv::Point(where) - cv::Point(25, 25), cv::Size(51, 51));
  cv::Mat gray;
  cv::cvtColor(picture(window & cv::Rect({0, 0}, picture.size())), gray, cv::COLOR_BGR2GRAY);
  const cv::Moments moments = cv::moments(gray < 110, true);
  return {window.x + moments.m10 / moments.m00 + 0.5, window.y + moments.m01 / moments.m00 + 0.5};
}

TEST(Prepare, FlattensAPhotographedSheetAndMapsBackWithinHalfAPixel) {
  cv::Mat page = testing::drawn_page();
  const cv::Point2d dot(620, 1550);
  cv::circle(page, dot, 12, cv::Scalar::all(0), cv::FILLED, cv::LINE_AA);
  const std::array<cv::Point2f, 4> corners{cv::Point2f{150, 130}, {1120, 210}, {1190, 1620}, {90, 1560}};
  const cv::Mat picture = testing::photographed(page, corners, {1300, 1750}, {70, 90, 110});
  const PreparedPage prepared = prepare(picture, kDpi, voting_for(0));
  EXPECT_TRUE(prepared.is_photograph);
  EXPECT_EQ(prepared.flat_to_page.columns, 33);

  const cv::Point2d in_flat(dot.x / page.cols * prepared.flat.cols, dot.y / page.rows * prepared.flat.rows);
  const cv::Point2d found = darkest_near(prepared.flat, in_flat);
  EXPECT_LT(cv::norm(found - in_flat), 12);
  const base::Point displayed =
      prepared.flat_to_page.map(base::Point{found.x * 72 / prepared.dpi, found.y * 72 / prepared.dpi});
  const cv::Point2d in_picture(displayed.x * kDpi / 72, displayed.y * kDpi / 72);
  EXPECT_LT(cv::norm(darkest_near(picture, in_picture) - in_picture), 0.5);
}

TEST(Prepare, StraightensABentPageAndMapsBack) {
  const double depth = 26;
  cv::Mat page = testing::drawn_page();
  const cv::Mat bent = testing::bent(page, depth);
  const PreparedPage prepared = prepare(bent, kDpi, voting_for(0));
  EXPECT_TRUE(prepared.is_curled);
  // Along a ruling line of the flat page (it lies at the height the middle of the bent page has) the picture's heights
  // follow the half wave.
  double worst = 0;
  for (int x = 140; x <= 1100; x += 60) {
    const double flat_x = x * 72 / kDpi;
    const double middle = prepared.flat_to_page.map(base::Point{620 * 72 / kDpi, 1000 * 72 / kDpi}).y;
    const double sunk = (prepared.flat_to_page.map(base::Point{flat_x, 1000 * 72 / kDpi}).y - middle) * kDpi / 72;
    const double expected = depth * (std::sin(std::numbers::pi * (x + 0.5) / page.cols) - 1);
    worst = std::max(worst, std::abs(sunk - expected));
  }
  EXPECT_LT(worst, 4);
}

TEST(Prepare, DoesNotBendAStraightPage) {
  cv::Mat page = testing::turned(testing::drawn_page(), -1.2);
  testing::add_noise(page, 8);
  EXPECT_FALSE(prepare(page, kDpi, voting_for(0)).is_curled);
}

TEST(Prepare, EvensTheLight) {
  cv::Mat page = testing::drawn_page();
  for (int row = 0; row < page.rows; ++row) {
    for (int column = 0; column < page.cols; ++column) {
      page.at<cv::Vec3b>(row, column) *= 0.9 - 0.5 * column / page.cols;
    }
  }
  const PreparedPage prepared = prepare(page, kDpi, voting_for(0));
  EXPECT_GT(cv::mean(prepared.clean(cv::Rect(1150, 1500, 80, 200)))[0], 245);
  EXPECT_GT(cv::mean(prepared.clean(cv::Rect(10, 1500, 80, 200)))[0], 245);
}

TEST(Prepare, GivesFaintPrintContrast) {
  cv::Mat page = testing::drawn_page();
  page = page * 0.3 + cv::Scalar::all(150);
  const PreparedPage prepared = prepare(page, kDpi, voting_for(0));
  double darkest = 0;
  cv::minMaxLoc(prepared.clean.reshape(1), &darkest);
  EXPECT_LT(darkest, 90);
  EXPECT_GT(cv::mean(prepared.clean(cv::Rect(10, 1500, 80, 200)))[0], 245);
}

TEST(Prepare, KeepsAColouredPageInItsColoursForFigures) {
  cv::Mat page = testing::drawn_page();
  cv::circle(page, {900, 1550}, 90, cv::Scalar(40, 40, 220), 12);
  const PreparedPage prepared = prepare(page, kDpi, voting_for(0));
  EXPECT_EQ(difference(prepared.flat, page), 0);
}

TEST(Prepare, KnowsAFaxFromAScan) {
  const cv::Mat page = testing::drawn_page() >= 128;
  EXPECT_TRUE(prepare(page, kDpi, voting_for(0)).is_bilevel);
  EXPECT_FALSE(prepare(testing::drawn_page(), kDpi, voting_for(0)).is_bilevel);
}

TEST(Prepare, EnlargesSmallPicturesAndReducesHugeOnes) {
  cv::Mat small;
  cv::resize(testing::drawn_page(), small, {}, 0.5, 0.5, cv::INTER_AREA);
  const PreparedPage enlarged = prepare(small, kDpi / 2, voting_for(0));
  EXPECT_EQ(enlarged.flat.rows, 1500);
  EXPECT_NEAR(enlarged.dpi, kDpi / 2 * 1500 / small.rows, 1e-9);
  const base::Point corner = enlarged.flat_to_page.map(
      base::Point{enlarged.flat.cols * 72 / enlarged.dpi, enlarged.flat.rows * 72 / enlarged.dpi});
  EXPECT_NEAR(corner.x, small.cols * 72 / (kDpi / 2), 0.5);
  EXPECT_NEAR(corner.y, small.rows * 72 / (kDpi / 2), 0.5);

  const PreparedPage reduced = prepare(testing::drawn_page(), kDpi, voting_for(0), {.longest_side = 877});
  EXPECT_EQ(reduced.flat.rows, 877);
}

TEST(Prepare, LeavesAnEmptyPageAsItIs) {
  cv::Mat page(1754, 1240, CV_8UC3, cv::Scalar::all(235));
  testing::add_noise(page, 6);
  const PreparedPage prepared = prepare(page, kDpi, voting_for(180));
  EXPECT_EQ(prepared.rotation, 0);
  EXPECT_EQ(prepared.skew_deg, 0);
  EXPECT_EQ(prepared.flat.size(), page.size());
  EXPECT_GT(cv::mean(prepared.clean)[0], 245);
}

class OddPicture : public ::testing::TestWithParam<cv::Size> {};

TEST_P(OddPicture, IsPreparedWithoutHarm) {
  for (const double level : {0.0, 128.0, 255.0}) {
    cv::Mat picture(GetParam(), CV_8UC3, cv::Scalar::all(level));
    testing::add_noise(picture, 40);
    const PreparedPage prepared = prepare(picture, kDpi, voting_for(90));
    EXPECT_FALSE(prepared.flat.empty());
    EXPECT_EQ(prepared.clean.size(), prepared.flat.size());
    EXPECT_GT(prepared.dpi, 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, OddPicture,
                         ::testing::Values(cv::Size(1, 1), cv::Size(10, 5000), cv::Size(5000, 10), cv::Size(64, 64),
                                           cv::Size(65, 1200), cv::Size(300, 70), cv::Size(2, 3)));

}  // namespace
}  // namespace medmark::image
