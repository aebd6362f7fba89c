#include "image/ruling.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace medmark::image {
namespace {

constexpr double kDpi = 200;

cv::Mat white_page() { return {1000, 1400, CV_8U, cv::Scalar(255)}; }

// Fills whole pixels: the line covers exactly [x0, x1) and [y0, y1).
void draw(cv::Mat& page, int x0, int y0, int x1, int y1, int grey = 20) {
  page(cv::Rect(x0, y0, x1 - x0, y1 - y0)).setTo(cv::Scalar(grey));
}

struct Pixels {
  double x0, y0, x1, y1, width;
};

std::vector<Pixels> found(const cv::Mat& page, double dpi = kDpi) {
  std::vector<Pixels> lines;
  const double scale = dpi / 72;
  for (const document::RulingLine& line : detect_rulings(page, dpi)) {
    lines.push_back({line.a.x * scale, line.a.y * scale, line.b.x * scale, line.b.y * scale, line.width * scale});
  }
  return lines;
}

void add_noise(cv::Mat& page, double sigma) {
  cv::RNG random(11);
  for (int y = 0; y < page.rows; ++y) {
    for (int x = 0; x < page.cols; ++x) {
      page.at<uchar>(y, x) = cv::saturate_cast<uchar>(page.at<uchar>(y, x) + random.gaussian(sigma));
    }
  }
}

TEST(DetectRulings, MeasuresASolidLineToThePixel) {
  cv::Mat page = white_page();
  draw(page, 203, 300, 1107, 303);
  const auto lines = found(page);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_NEAR(lines[0].x0, 203, 1);
  EXPECT_NEAR(lines[0].x1, 1107, 1);
  EXPECT_NEAR(lines[0].y0, 301.5, 0.5);
  EXPECT_NEAR(lines[0].y1, 301.5, 0.5);
  EXPECT_NEAR(lines[0].width, 3, 0.6);
}

TEST(DetectRulings, LineOfOneRowMayBeAPixelRough) {  // as a fax at 150 DPI has it
  cv::Mat page = white_page();
  for (int row = 0; row <= 1; ++row) draw(page, 100, 200 + row * 50, 1302, 203 + row * 50);
  draw(page, 100, 200, 103, 253);
  draw(page, 1299, 200, 1302, 253);
  for (int y = 203; y < 250; ++y) draw(page, 600 + (y > 242 ? 1 : 0), y, 603 + (y > 242 ? 1 : 0), y + 1);
  EXPECT_EQ(found(page, 150).size(), 5U);
}

TEST(DetectRulings, LineThatEndsAbovePrintInLineWithItIsFound) {
  cv::Mat page = white_page();
  for (int row = 0; row <= 1; ++row) draw(page, 100, 200 + row * 44, 1302, 203 + row * 44);
  for (const int x : {100, 600, 1299}) draw(page, x, 200, x + 3, 247);
  for (const int y : {253, 264}) draw(page, 600, y, 602, y + 6);  // strokes of characters below the line
  draw(page, 590, 258, 612, 260);
  draw(page, 590, 268, 612, 270);
  EXPECT_EQ(found(page, 150).size(), 5U);
}

TEST(DetectRulings, FindsEveryLineOfAGridAndItsJunctions) {
  cv::Mat page = white_page();
  for (int row = 0; row <= 5; ++row) draw(page, 100, 200 + row * 60, 1302, 202 + row * 60);
  for (int column = 0; column <= 4; ++column) draw(page, 100 + column * 300, 200, 102 + column * 300, 502);
  cv::putText(page, "12.3 mg", {120, 245}, cv::FONT_HERSHEY_SIMPLEX, 1, cv::Scalar(0), 2);
  const auto lines = found(page);
  ASSERT_EQ(lines.size(), 11U);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(lines[i].y0, 201 + 60 * static_cast<double>(i), 1);
    EXPECT_NEAR(lines[i].x0, 101, 1);
    EXPECT_NEAR(lines[i].x1, 1301, 1);
  }
  for (std::size_t i = 6; i < 11; ++i) {
    EXPECT_NEAR(lines[i].x0, 101 + 300 * static_cast<double>(i - 6), 1);
    EXPECT_NEAR(lines[i].y0, 201, 1);
    EXPECT_NEAR(lines[i].y1, 501, 1);
  }
}

TEST(DetectRulings, SnapsEndsThatMissACrossingLine) {
  cv::Mat page = white_page();
  draw(page, 100, 200, 900, 202);
  draw(page, 100, 400, 900, 402);
  draw(page, 500, 208, 502, 394);
  const auto lines = found(page);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_NEAR(lines[2].y0, 201, 0.6);
  EXPECT_NEAR(lines[2].y1, 401, 0.6);
}

TEST(DetectRulings, FollowsDottedDashedAndBrokenLinesAsOne) {
  cv::Mat page = white_page();
  for (int x = 100; x < 1000; x += 6) draw(page, x, 200, x + 2, 202);
  for (int x = 100; x < 1000; x += 24) draw(page, x, 400, x + 14, 402);
  draw(page, 100, 600, 500, 602);
  draw(page, 512, 600, 1000, 602);
  const auto lines = found(page);
  ASSERT_EQ(lines.size(), 3U);
  for (const Pixels& line : lines) {
    EXPECT_NEAR(line.x0, 100, 4);
    EXPECT_NEAR(line.x1, 1000, 16);
  }
}

TEST(DetectRulings, SeesFaintLinesUnderScanNoise) {
  cv::Mat page = white_page();
  draw(page, 100, 300, 1200, 302, 205);
  draw(page, 600, 100, 602, 900, 205);
  cv::GaussianBlur(page, page, {0, 0}, 0.8);
  page -= 20;
  add_noise(page, 6);
  EXPECT_EQ(found(page).size(), 2U);
}

TEST(DetectRulings, FollowsARemainingSkewAndTellsDoubleLinesApart) {
  cv::Mat page = white_page();
  cv::line(page, {100, 300}, {1300, 306}, cv::Scalar(20), 2, cv::LINE_AA);
  cv::line(page, {100, 309}, {1300, 315}, cv::Scalar(20), 2, cv::LINE_AA);
  const auto lines = found(page);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_NEAR(lines[0].y0, 300.5, 1);
  EXPECT_NEAR(lines[0].y1, 306.5, 1);
  EXPECT_NEAR(lines[1].y0, 309.5, 1);
}

TEST(DetectRulings, WorksAtFaxResolution) {
  cv::Mat page = white_page();
  for (int row = 0; row <= 3; ++row) draw(page, 100, 200 + row * 40, 1100, 202 + row * 40, 0);
  draw(page, 100, 200, 102, 322, 0);
  draw(page, 1098, 200, 1100, 322, 0);
  cv::RNG random(5);
  for (int i = 0; i < 3000; ++i) page.at<uchar>(random.uniform(0, page.rows), random.uniform(0, page.cols)) = 0;
  EXPECT_EQ(found(page, 150).size(), 6U);
}

TEST(DetectRulings, TakesNoStrokesOfText) {
  cv::Mat page = white_page();
  cv::putText(page, "HELLO DEL 1742 LID", {100, 150}, cv::FONT_HERSHEY_SIMPLEX, 3, cv::Scalar(0), 6, cv::LINE_AA);
  for (int row = 0; row < 14; ++row) {
    cv::putText(page, "1.11-2.22 mmol/L ZZEELL 171 - 0.77 mmmm", {100, 260 + row * 45}, cv::FONT_HERSHEY_SIMPLEX, 1,
                cv::Scalar(0), 2, cv::LINE_AA);
  }
  EXPECT_TRUE(found(page).empty());
  cv::Mat blurred;
  cv::GaussianBlur(page, blurred, {0, 0}, 1.3);
  EXPECT_TRUE(found(blurred).empty());
}

TEST(DetectRulings, KeepsTheBlankOfAForm) {
  cv::Mat page = white_page();
  cv::putText(page, "Name:", {100, 300}, cv::FONT_HERSHEY_SIMPLEX, 1, cv::Scalar(0), 2, cv::LINE_AA);
  draw(page, 210, 304, 330, 306);
  const auto lines = found(page);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_NEAR(lines[0].x0, 210, 1);
  EXPECT_NEAR(lines[0].x1, 330, 1);
}

TEST(DetectRulings, TakesNoEdgesOfPictures) {
  cv::Mat page = white_page();
  draw(page, 200, 200, 700, 600, 60);
  draw(page, 750, 200, 1250, 600, 40);
  EXPECT_TRUE(found(page).empty());
}

TEST(DetectRulings, GivesTheSameForGreyAndColour) {
  cv::Mat page = white_page();
  draw(page, 100, 200, 900, 202);
  cv::Mat colour;
  cv::cvtColor(page, colour, cv::COLOR_GRAY2BGR);
  EXPECT_EQ(found(colour).size(), 1U);
  EXPECT_TRUE(detect_rulings(cv::Mat(), kDpi).empty());
}

}  // namespace
}  // namespace medmark::image
