// What is gathered from a page's picture.
#include "pipeline/evidence.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <opencv2/imgproc.hpp>

namespace medmark::pipeline {
namespace {

// A picture without lines of text is not turned, so its flat picture is the decoder's own, which is let go before
// figures are cut.
TEST(ScannedEvidence, LastsBeyondThePicture) {
  const std::filesystem::path models = std::filesystem::path(MEDMARK_SOURCE_DIR) / ".dependencies" / "models";
  const vision::Vision vision(inference::Runtime::create({models, {false, {}}}).value(), {});
  input::Picture picture;
  picture.width = 1654;
  picture.height = 2339;
  picture.dpi = 200;
  picture.bgr.assign(3UL * 1654 * 2339, 255);
  cv::Mat pixels(2339, 1654, CV_8UC3, picture.bgr.data());
  cv::rectangle(pixels, {100, 900, 700, 500}, cv::Scalar(200, 120, 0), cv::FILLED);
  input::NativePage page;
  page.width = 595;
  page.height = 842;
  StageTimer timer;
  const GatheredEvidence gathered = scanned_evidence(page, picture, vision, timer);
  ASSERT_FALSE(gathered.picture.empty());
  ASSERT_FALSE(gathered.clean.empty());
  const cv::Mat flat = gathered.picture.clone();
  const cv::Mat clean = gathered.clean.clone();
  std::fill(picture.bgr.begin(), picture.bgr.end(), std::uint8_t{77});
  EXPECT_EQ(cv::norm(flat, gathered.picture, cv::NORM_INF), 0);
  EXPECT_EQ(cv::norm(clean, gathered.clean, cv::NORM_INF), 0);
}

}  // namespace
}  // namespace medmark::pipeline
