// The signs of ions' charges, which the recogniser passes over or takes for one another.
#include <gtest/gtest.h>

#include <opencv2/core.hpp>

#include "vision/scripts.hpp"
#include "vision/testing_reading.hpp"

namespace medmark::vision {
namespace {

std::u32string resolved(const cv::Mat& ink, Reading reading, const std::vector<Reading>& second) {
  const auto metrics = measure_line(reading.characters, place_characters(ink, reading.characters));
  const auto scripts = find_scripts(ink, reading, metrics.value());
  if (scripts.size() != second.size()) return U"other scripts";
  write_scripts(reading, scripts, second);
  return text_of(reading);
}

// "Cl" with a flat raised stroke behind it.
cv::Mat chloride() {
  cv::Mat ink = cv::Mat::zeros(kStripHeight, 80, CV_8U);
  ink(cv::Rect(6, 12, 14, 26)).setTo(255);
  ink(cv::Rect(26, 12, 4, 26)).setTo(255);
  ink(cv::Rect(36, 16, 9, 3)).setTo(255);
  return ink;
}

TEST(Charges, AFlatRaisedStrokeBehindAnIonIsItsMinus) {
  EXPECT_EQ(resolved(chloride(), reading_of(U"Cl", {13, 28}), {Reading{}}), U"Cl⁻") << "read as nothing";
  EXPECT_EQ(resolved(chloride(), reading_of(U"Cl+", {13, 28, 40}), {reading_of(U"+", {20})}), U"Cl⁻") << "read as plus";
}

TEST(Charges, BehindAnythingElseItStaysUnread) {
  EXPECT_EQ(resolved(chloride(), reading_of(U"Pl", {13, 28}), {Reading{}}), U"Pl");
}

TEST(Charges, AMinusOverALoweredDigitIsParted) {
  cv::Mat ink = cv::Mat::zeros(kStripHeight, 110, CV_8U);
  for (const int x : {6, 28, 50}) ink(cv::Rect(x, 12, 16, 26)).setTo(255);
  ink(cv::Rect(70, 10, 9, 3)).setTo(255);
  ink(cv::Rect(70, 26, 9, 16)).setTo(255);
  EXPECT_EQ(resolved(ink, reading_of(U"HCO3", {14, 36, 58, 74}), {reading_of(U"3", {20}), Reading{}}), U"HCO₃⁻");
}

}  // namespace
}  // namespace medmark::vision
