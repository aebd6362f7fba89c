#include "vision/handwriting.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "vision/vision.hpp"

namespace medmark::vision {
namespace {

constexpr double kDpi = 130;
const cv::Scalar kBluePen(168, 74, 38);
const cv::Scalar kRed(48, 40, 196);
const cv::Scalar kBlack(30, 30, 30);

void print(cv::Mat& page, const std::string& text, cv::Point place, const cv::Scalar& ink = kBlack) {
  cv::putText(page, text, place, cv::FONT_HERSHEY_SIMPLEX, 0.8, ink, 2, cv::LINE_AA);
}

// Rows of print 60 pixels apart, a value at x 600 of each.
cv::Mat printed_page() {
  cv::Mat page(1150, 900, CV_8UC3, cv::Scalar(250, 250, 250));
  for (int row = 0; row < 14; ++row) {
    print(page, "Hemoglobin", {100, 150 + row * 60});
    print(page, "12.34", {600, 150 + row * 60});
    print(page, "g/L", {760, 150 + row * 60});
  }
  return page;
}

base::Result<WordReading> reads_surely(const cv::Mat&) { return WordReading{"12.34", 0.99}; }
base::Result<WordReading> reads_badly(const cv::Mat&) { return WordReading{"w", 0.4}; }
base::Result<WordReading> never_asked(const cv::Mat&) {
  ADD_FAILURE() << "nothing on the page could be handwriting";
  return WordReading{};
}

HandwritingSeparation separated(const cv::Mat& page, const ReadWord& read) {
  return separate_handwriting(page, kDpi, {}, read).value();
}

// Coloured pixels that stand on the page.
int coloured_pixels(const cv::Mat& page) {
  std::vector<cv::Mat> channels;
  cv::split(page, channels);
  return cv::countNonZero(cv::abs(channels[0] - channels[2]) > 50);
}

void strike_value(cv::Mat& page, int row) {
  cv::line(page, {585, 146 + row * 60}, {690, 138 + row * 60}, kBluePen, 4, cv::LINE_AA);
}

void ring_value(cv::Mat& page, int row) {
  cv::ellipse(page, {642, 141 + row * 60}, {66, 25}, 4, 0, 360, kBluePen, 4, cv::LINE_AA);
}

void tick_row(cv::Mat& page, int row) {
  const std::vector<cv::Point> points{{30, 138 + row * 60}, {42, 160 + row * 60}, {72, 112 + row * 60}};
  cv::polylines(page, points, false, kBluePen, 4, cv::LINE_AA);
}

TEST(Handwriting, TakesARingAwayAndLeavesTheValueInIt) {
  cv::Mat page = printed_page();
  ring_value(page, 5);
  const HandwritingSeparation found = separated(page, reads_surely);
  ASSERT_EQ(found.handwriting.size(), 1U);
  EXPECT_EQ(found.handwriting[0].kind, document::RegionKind::kHandwriting);
  EXPECT_NEAR(found.handwriting[0].bbox.center_x(), 642 * 72 / kDpi, 4);
  EXPECT_NEAR(found.handwriting[0].bbox.center_y(), 441 * 72 / kDpi, 4);
  EXPECT_LT(coloured_pixels(found.without), coloured_pixels(page) / 50);
  const cv::Rect value(600, 424, 80, 32);
  EXPECT_LT(cv::norm(found.without(value), printed_page()(value), cv::NORM_L1) / (value.area() * 3.0), 6);
}

TEST(Handwriting, SaysWhereAStrikeTouchesPrintAndNowhereElse) {
  cv::Mat page = printed_page();
  strike_value(page, 4);
  const HandwritingSeparation found = separated(page, reads_badly);
  ASSERT_EQ(found.handwriting.size(), 1U);
  EXPECT_TRUE(found.handwriting[0].text.empty());
  ASSERT_FALSE(found.touched.empty());
  for (const base::Rect& place : found.touched) {
    EXPECT_GT(place.x1, 580 * 72 / kDpi);
    EXPECT_LT(place.x0, 695 * 72 / kDpi);
    EXPECT_NEAR(place.center_y(), 382 * 72 / kDpi, 14);
  }
}

TEST(Handwriting, FindsATickInTheMargin) {
  cv::Mat page = printed_page();
  tick_row(page, 3);
  EXPECT_EQ(separated(page, reads_surely).handwriting.size(), 1U);
}

TEST(Handwriting, KeepsPrintInColour) {
  cv::Mat page = printed_page();
  print(page, "5.61", {470, 150 + 4 * 60}, kRed);
  print(page, "Albumin", {300, 150 + 7 * 60}, kBluePen);
  cv::arrowedLine(page, {720, 150 + 4 * 60}, {720, 128 + 4 * 60}, kRed, 2, cv::LINE_AA, 0, 0.4);
  cv::line(page, {100, 100}, {800, 100}, kBluePen, 3);
  cv::rectangle(page, cv::Rect(90, 1000, 300, 60), kBluePen, 3);
  const HandwritingSeparation found = separated(page, reads_surely);
  EXPECT_TRUE(found.handwriting.empty());
  EXPECT_EQ(found.without.data, page.data);
}

TEST(Handwriting, LooksForNoneOnAPagePrintedInColour) {
  cv::Mat page(1150, 900, CV_8UC3, cv::Scalar(250, 250, 250));
  for (int row = 0; row < 14; ++row) print(page, "Hemoglobin 12.34 g/L", {100, 150 + row * 60}, kBluePen);
  EXPECT_TRUE(separated(page, never_asked).handwriting.empty());
}

TEST(Handwriting, AsksNothingOfAPageWithoutColour) {
  const cv::Mat page = printed_page();
  const HandwritingSeparation found = separated(page, never_asked);
  EXPECT_TRUE(found.handwriting.empty());
  EXPECT_EQ(found.without.data, page.data);
}

TEST(Handwriting, LeavesSealsToTheSeal) {
  cv::Mat page = printed_page();
  ring_value(page, 5);
  const std::vector<document::Region> seals{
      {.kind = document::RegionKind::kSeal, .bbox = {300, 220, 420, 270}, .confidence = 1, .text = {}}};
  EXPECT_TRUE(separate_handwriting(page, kDpi, seals, reads_surely)->handwriting.empty());
}

TEST(Handwriting, ReadsANoteOnceItsLettersAreTogether) {
  cv::Mat page = printed_page();
  tick_row(page, 3);
  cv::putText(page, "68", {430, 160 + 8 * 60}, cv::FONT_HERSHEY_SCRIPT_SIMPLEX, 1.5, kBluePen, 4, cv::LINE_AA);
  const auto reads = [](const cv::Mat&) -> base::Result<WordReading> { return WordReading{"68", 0.97}; };
  const HandwritingSeparation found = separated(page, reads);
  const auto note = std::find_if(found.handwriting.begin(), found.handwriting.end(),
                                 [](const document::Region& region) { return !region.text.empty(); });
  ASSERT_NE(note, found.handwriting.end());
  EXPECT_EQ(note->text, "68");
  EXPECT_LE(note->confidence, 0.85) << "handwriting is always to be checked";
}

TEST(Handwriting, PassesOnThatAModelIsMissing) {
  cv::Mat page = printed_page();
  print(page, "5.61", {470, 150 + 4 * 60}, kRed);
  const auto fails = [](const cv::Mat&) -> base::Result<WordReading> {
    return tl::unexpected(base::Error{base::ErrorCode::kModelMissing, "missing"});
  };
  const auto found = separate_handwriting(page, kDpi, {}, fails);
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().code, base::ErrorCode::kModelMissing);
}

TEST(Handwriting, LeavesThePrintedValueBesideItReadAsPrinted) {
  const std::filesystem::path models = std::filesystem::path(MEDMARK_SOURCE_DIR) / ".dependencies" / "models";
  const Vision vision(inference::Runtime::create({models, {false, {}}}).value(), {});
  cv::Mat page = printed_page();
  ring_value(page, 5);
  cv::putText(page, "78", {702, 164 + 9 * 60}, cv::FONT_HERSHEY_SCRIPT_SIMPLEX, 1.6, kBluePen, 4, cv::LINE_AA);
  strike_value(page, 9);
  const auto found = vision.separate_handwriting(page, kDpi, {}).value();
  EXPECT_EQ(found.handwriting.size(), 3U);
  const auto lines = vision.read_text(found.without, kDpi).value();
  const auto values =
      std::count_if(lines.begin(), lines.end(), [](const document::TextLine& line) { return line.text() == "12.34"; });
  EXPECT_EQ(values, 14);
}

}  // namespace
}  // namespace medmark::vision
