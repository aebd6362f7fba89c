#include "vision/text_detection.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace medmark::vision {
namespace {

TEST(DetectionSize, IsAMultipleOf32AndNeverEnlarged) {
  EXPECT_EQ(detection_size({1654, 2339}, 1280), cv::Size(896, 1280));
  EXPECT_EQ(detection_size({200, 100}, 1280), cv::Size(192, 96));
  EXPECT_EQ(detection_size({3, 3}, 1280), cv::Size(32, 32));
}

TEST(BoxesOfProbability, GrowALineByItsUnclipDistanceAndScaleToThePicture) {
  cv::Mat map = cv::Mat::zeros(160, 320, CV_32F);
  map(cv::Rect(40, 60, 200, 20)).setTo(0.9F);
  const auto boxes = boxes_of_probability(map, {640, 320}, {});
  ASSERT_EQ(boxes.size(), 1U);
  EXPECT_GT(boxes[0].score, 0.8);
  const base::Rect box = base::bounding_box(boxes[0].quad);
  // 200 x 20 grows by 200 * 20 * 1.6 / 440 = 14.5 on each side, twice that in the picture.
  EXPECT_NEAR(box.x0, 2 * (40 - 14.5), 5);
  EXPECT_NEAR(box.y0, 2 * (60 - 14.5), 5);
  EXPECT_NEAR(box.x1, 2 * (240 + 14.5), 5);
  EXPECT_NEAR(box.y1, 2 * (80 + 14.5), 5);
}

TEST(BoxesOfProbability, UnsureAndTinyPatchesAreNoText) {
  cv::Mat map = cv::Mat::zeros(160, 320, CV_32F);
  map(cv::Rect(40, 60, 100, 20)).setTo(0.4F);
  map(cv::Rect(200, 20, 1, 1)).setTo(0.9F);
  EXPECT_TRUE(boxes_of_probability(map, {320, 160}, {}).empty());
}

TEST(BoxesOfProbability, AreOrderedByRowsThenFromTheLeft) {
  cv::Mat map = cv::Mat::zeros(200, 400, CV_32F);
  map(cv::Rect(250, 38, 80, 14)).setTo(0.9F);
  map(cv::Rect(30, 41, 80, 14)).setTo(0.9F);
  map(cv::Rect(30, 140, 80, 14)).setTo(0.9F);
  const auto boxes = boxes_of_probability(map, {400, 200}, {});
  ASSERT_EQ(boxes.size(), 3U);
  EXPECT_LT(boxes[0].quad[0].x, boxes[1].quad[0].x);
  EXPECT_LT(boxes[1].quad[0].y, boxes[2].quad[0].y);
}

TEST(BoxesOfProbability, ATurnedLineKeepsItsAngle) {
  cv::Mat map = cv::Mat::zeros(300, 400, CV_32F);
  cv::line(map, {60, 100}, {320, 160}, cv::Scalar(0.9), 18);
  const auto boxes = boxes_of_probability(map, {400, 300}, {});
  ASSERT_EQ(boxes.size(), 1U);
  const base::Quad& quad = boxes[0].quad;
  EXPECT_NEAR(std::atan2(quad[1].y - quad[0].y, quad[1].x - quad[0].x), std::atan2(60, 260), 0.03);
}

}  // namespace
}  // namespace medmark::vision
