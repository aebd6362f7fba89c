#include "vision/page_detector.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "inference/runtime.hpp"

namespace medmark::vision {
namespace {

using document::BlockType;

const cv::Size kInput(64, 96);
constexpr std::size_t kCells = 8 * 12 + 4 * 6 + 2 * 3;
constexpr std::array<BlockType, 2> kClasses = {BlockType::kTitle, BlockType::kTable};

// A cell's answer: how far the sides are, and how sure it is of each class.
void answer(std::vector<float>& rows, std::size_t cell, std::array<float, 6> values) {
  std::copy(values.begin(), values.end(), rows.begin() + static_cast<std::ptrdiff_t>(cell * values.size()));
}

TEST(DecodePageRegions, ReadsBoxesAroundTheCentresOfAllGrids) {
  std::vector<float> rows(kCells * 6, 0.0F);
  answer(rows, 8 * 2 + 1, {4, 3, 20, 5, 0.8F, 0});    // stride 8: centre (12, 20)
  answer(rows, 96 + 24 + 3, {10, 9, 8, 7, 0, 0.6F});  // stride 32: centre (48, 48)
  const auto regions = decode_page_regions(rows, kInput, kClasses, {});
  ASSERT_EQ(regions.size(), 2U);
  EXPECT_EQ(regions[0].type, BlockType::kTitle);
  EXPECT_EQ(regions[0].bbox, (base::Rect{8, 17, 32, 25}));
  EXPECT_EQ(regions[1].type, BlockType::kTable);
  EXPECT_EQ(regions[1].bbox, (base::Rect{38, 39, 56, 55}));
  EXPECT_EQ(regions[1].witness, kPageDetectorWitness);
}

TEST(DecodePageRegions, KeepsTheSurestOfOneClassAndWhatAnotherClassSaysThere) {
  std::vector<float> rows(kCells * 6, 0.0F);
  answer(rows, 8 * 2 + 1, {4, 3, 20, 5, 0.8F, 0.5F});
  answer(rows, 8 * 2 + 2, {12, 3, 12, 5, 0.9F, 0});
  const auto regions = decode_page_regions(rows, kInput, kClasses, {});
  ASSERT_EQ(regions.size(), 2U);
  EXPECT_NEAR(regions[0].confidence, 0.9, 1e-6);
  EXPECT_EQ(regions[1].type, BlockType::kTable);
}

TEST(DecodePageRegions, AnswersNothingWhereTheValuesAreNotThoseOfTheGrids) {
  EXPECT_TRUE(decode_page_regions(std::vector<float>(kCells * 6 - 6, 1.0F), kInput, kClasses, {}).empty());
  EXPECT_TRUE(decode_page_regions(std::vector<float>(kCells * 6 + 6, 1.0F), kInput, kClasses, {}).empty());
}

class PageDetectorOnPictures : public testing::Test {
 protected:
  PageDetector detector() {
    return PageDetector::create(runtime_->session(inference::Model::kPageDetector).value(), {}).value();
  }

  // A heading over a table of three rows with lines, on a sheet of 200 dots an inch.
  static cv::Mat sheet(cv::Size size) {
    cv::Mat picture(size, CV_8UC3, cv::Scalar::all(255));
    cv::putText(picture, "LABORATORY REPORT", {size.width / 2 - 420, 200}, cv::FONT_HERSHEY_COMPLEX, 2.2,
                cv::Scalar::all(0), 4);
    const cv::Rect table = table_of(size);
    for (int row = 0; row <= 6; ++row) {
      const int y = table.y + row * table.height / 6;
      cv::line(picture, {table.x, y}, {table.br().x, y}, cv::Scalar::all(0), 2);
      for (int column = 0; column < 4 && row < 6; ++column) {
        cv::putText(picture, row == 0 ? "Item" : "128.5", {table.x + 20 + column * table.width / 4, y + 50},
                    cv::FONT_HERSHEY_SIMPLEX, 1, cv::Scalar::all(0), 2);
      }
    }
    for (int column = 0; column <= 4; ++column) {
      const int x = table.x + column * table.width / 4;
      cv::line(picture, {x, table.y}, {x, table.br().y}, cv::Scalar::all(0), 2);
    }
    return picture;
  }
  static cv::Rect table_of(cv::Size size) { return {150, 420, size.width - 300, 480}; }

 private:
  std::shared_ptr<inference::Runtime> runtime_ =
      inference::Runtime::create({std::filesystem::path(MEDMARK_SOURCE_DIR) / ".dependencies" / "models", {false, {}}})
          .value();
};

// How well the best table that was found covers the one that is there.
double best_overlap(const std::vector<document::LayoutRegion>& regions, const base::Rect& table) {
  double best = 0;
  for (const document::LayoutRegion& region : regions) {
    if (region.type == BlockType::kTable) {
      best = std::max(best, base::intersection_over_union(region.bbox, table));
    }
  }
  return best;
}

// The widest tables of lying pages are found in part only (the model's card says so).
TEST_F(PageDetectorOnPictures, FindsATableOnStandingAndLyingPages) {
  const PageDetector own = detector();
  const std::array<std::pair<cv::Size, double>, 3> pages = {
      {{{1654, 2339}, 0.8}, {{2339, 1654}, 0.5}, {{1654, 1165}, 0.5}}};
  for (const auto& [size, least] : pages) {
    const auto regions = own.find(sheet(size), 200);
    ASSERT_TRUE(regions.has_value());
    const cv::Rect pixels = table_of(size);
    const base::Rect table{pixels.x * 0.36, pixels.y * 0.36, pixels.br().x * 0.36, pixels.br().y * 0.36};
    EXPECT_GT(best_overlap(*regions, table), least) << size;
  }
}

TEST_F(PageDetectorOnPictures, AnEmptyPageHoldsNoTable) {
  const PageDetector own = detector();
  const auto regions = own.find(cv::Mat(2339, 1654, CV_8UC3, cv::Scalar::all(250)), 200);
  ASSERT_TRUE(regions.has_value());
  EXPECT_TRUE(std::none_of(regions->begin(), regions->end(),
                           [](const document::LayoutRegion& region) { return region.type == BlockType::kTable; }));
  EXPECT_TRUE(own.find(cv::Mat(), 200)->empty());
}

}  // namespace
}  // namespace medmark::vision
