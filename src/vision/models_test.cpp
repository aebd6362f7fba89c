#include <gtest/gtest.h>

#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "vision/layout.hpp"
#include "vision/table_structure.hpp"
#include "vision/vision.hpp"

namespace medmark::vision {
namespace {

TEST(TableOfTokens, PlacesSpansLikeHtml) {
  const std::vector<TableToken> tokens = {
      {"<tr>", {}, 1},      {"<td", {}, 1},   {" rowspan=\"2\"", {}, 1}, {">", {}, 1},           {"</td>", {}, 1},
      {"<td></td>", {}, 1}, {"</tr>", {}, 1}, {"<tr>", {}, 1},           {"<td></td>", {}, 0.5}, {"</tr>", {}, 1}};
  const document::TableHypothesis table = table_of_tokens(tokens);
  EXPECT_EQ(table.row_count, 2);
  EXPECT_EQ(table.column_count, 2);
  ASSERT_EQ(table.cells.size(), 3U);
  EXPECT_EQ(table.cells[0].row_span, 2);
  EXPECT_EQ(table.cells[2].row, 1);
  EXPECT_EQ(table.cells[2].column, 1);
  EXPECT_NEAR(table.confidence, 0.95, 1e-9);
}

TEST(TableOfTokens, FillsPositionsThatNoCellCovers) {
  const std::vector<TableToken> tokens = {
      {"<tr>", {}, 1}, {"<td></td>", {}, 1}, {"<td></td>", {}, 1}, {"<tr>", {}, 1}, {"<td></td>", {}, 1}};
  EXPECT_EQ(table_of_tokens(tokens).cells.size(), 4U);
}

TEST(DecodeLayout, KeepsTheSurestOfOverlappingRegions) {
  std::vector<float> scores(7600 * 10, 0.0F);
  std::vector<float> distances(7600 * 32, 0.0F);
  for (const std::size_t cell : {3000U, 3001U}) {
    scores[cell * 10 + 4] = cell == 3000U ? 0.9F : 0.8F;
    for (std::size_t side = 0; side < 4; ++side) distances[cell * 32 + side * 8 + 5] = 40;
  }
  const std::vector<LayoutLevel> levels = {{8, scores, distances}};
  const auto regions = decode_layout(levels, {});
  ASSERT_EQ(regions.size(), 1U);
  EXPECT_EQ(regions[0].type, document::BlockType::kTable);
  EXPECT_NEAR(regions[0].confidence, 0.9, 1e-6);
  EXPECT_NEAR(regions[0].bbox.width() * 608, 80, 0.5);
}

class VisionOnPictures : public testing::Test {
 protected:
  static std::shared_ptr<inference::Runtime> runtime() {
    const std::filesystem::path models = std::filesystem::path(MEDMARK_SOURCE_DIR) / ".dependencies" / "models";
    return inference::Runtime::create({models, {false, {}}}).value();
  }
  static cv::Mat page() {
    cv::Mat picture(600, 900, CV_8UC3, cv::Scalar::all(255));
    cv::putText(picture, "Hemoglobin 128 g/L", {60, 120}, cv::FONT_HERSHEY_SIMPLEX, 1.1, cv::Scalar::all(0), 2);
    cv::putText(picture, "Platelets 215", {60, 320}, cv::FONT_HERSHEY_SIMPLEX, 1.1, cv::Scalar::all(0), 2);
    return picture;
  }
};

TEST_F(VisionOnPictures, LinesAreReadInPointsWithACharacterEach) {
  const Vision vision(runtime(), {});
  const auto lines = vision.read_text(page(), 144);
  ASSERT_TRUE(lines.has_value());
  ASSERT_EQ(lines->size(), 2U);
  EXPECT_EQ((*lines)[0].text(), "Hemoglobin 128 g/L");
  EXPECT_EQ((*lines)[1].text(), "Platelets 215");
  const document::TextLine& line = (*lines)[0];
  EXPECT_NEAR(line.bbox.x0, 30, 4);
  EXPECT_GT(line.bbox.y0, 40);
  EXPECT_LT(line.bbox.y1, 72);
  EXPECT_GT(line.confidence, 0.8);
  for (std::size_t i = 1; i < line.characters.size(); ++i) {
    EXPECT_GE(line.characters[i].bbox.x0, line.characters[i - 1].bbox.x0) << i;
  }
}

TEST_F(VisionOnPictures, ARegionIsReadInPlace) {
  const Vision vision(runtime(), {});
  const auto lines = vision.read_text(page(), 144, {0, 120, 450, 200});
  ASSERT_TRUE(lines.has_value());
  ASSERT_EQ(lines->size(), 1U);
  EXPECT_EQ(lines->front().text(), "Platelets 215");
  EXPECT_GT(lines->front().bbox.y0, 120);
}

TEST_F(VisionOnPictures, ABlankPageHasNoTextAndAnOrientation) {
  const Vision vision(runtime(), {});
  const cv::Mat blank(600, 900, CV_8UC3, cv::Scalar::all(255));
  EXPECT_TRUE(vision.read_text(blank, 200)->empty());
  const auto orientation = vision.orientation(blank);
  ASSERT_TRUE(orientation.has_value());
  EXPECT_NEAR((*orientation)[0] + (*orientation)[1] + (*orientation)[2] + (*orientation)[3], 1, 1e-3);
}

TEST_F(VisionOnPictures, SignsOfAFormulaStandWhereTheyAreDrawn) {
  const Vision vision(runtime(), {});
  cv::Mat picture(300, 900, CV_8UC3, cv::Scalar::all(255));
  cv::putText(picture, "A = 22.5 + B", {200, 150}, cv::FONT_HERSHEY_COMPLEX, 1, cv::Scalar::all(0), 2);
  const base::Rect region{60, 36, 200, 66};  // points at 200 DPI
  const auto formula = vision.read_formula(picture, 200, region, 12);
  ASSERT_TRUE(formula.has_value());
  ASSERT_GE(formula->signs.size(), 6U);
  for (const document::FormulaSign& sign : formula->signs) {
    EXPECT_GT(sign.bbox.center_x(), 70);
    EXPECT_LT(sign.bbox.center_x(), 152);
    EXPECT_NEAR(sign.bbox.center_y(), 50, 6);
  }
  const auto nothing = vision.read_formula(picture, 200, {10, 80, 200, 106}, 12);
  ASSERT_TRUE(nothing.has_value());
  EXPECT_TRUE(nothing->signs.empty());
}

TEST(Vision, AMissingModelIsNamed) {
  const auto runtime = inference::Runtime::create({"/nonexistent", {false, {}}}).value();
  const Vision vision(runtime, {});
  const auto lines = vision.read_text(cv::Mat(64, 64, CV_8UC3, cv::Scalar::all(255)), 200);
  ASSERT_FALSE(lines.has_value());
  EXPECT_EQ(lines.error().code, base::ErrorCode::kModelMissing);
}

}  // namespace
}  // namespace medmark::vision
