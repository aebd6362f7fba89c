#include "vision/ink_pieces.hpp"

#include <gtest/gtest.h>

#include "vision/grey_levels.hpp"

namespace medmark::vision {
namespace {

TEST(InkPieces, AreWhatTouchesAtSidesOrCorners) {
  cv::Mat ink = cv::Mat::zeros(40, 60, CV_8U);
  ink(cv::Rect(5, 5, 4, 3)).setTo(255);
  ink(cv::Rect(9, 8, 2, 2)).setTo(255);  // at a corner of the first
  ink(cv::Rect(30, 20, 1, 6)).setTo(1);
  const auto pieces = ink_pieces(ink);
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[0].box, cv::Rect(5, 5, 6, 5));
  EXPECT_EQ(pieces[0].area, 16);
  EXPECT_EQ(pieces[1].box, cv::Rect(30, 20, 1, 6));
  EXPECT_TRUE(ink_pieces(cv::Mat::zeros(8, 8, CV_8U)).empty());
}

TEST(GreyLevels, GiveTheLevelThatAShareOfThePixelsDoesNotExceed) {
  cv::Mat grey(10, 10, CV_8U, cv::Scalar(240));
  grey.rowRange(0, 3).setTo(20);
  const GreyLevels levels(grey);
  EXPECT_EQ(levels.at(0.01), 20);
  EXPECT_EQ(levels.at(0.29), 20);
  EXPECT_EQ(levels.at(0.3), 240) << "exactly this share is darker";
  EXPECT_EQ(levels.at(0.5), 240);
}

}  // namespace
}  // namespace medmark::vision
