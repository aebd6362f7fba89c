#include "vision/ion_charges.hpp"

#include <gtest/gtest.h>

#include "vision/testing_reading.hpp"

namespace medmark::vision {
namespace {

constexpr LineMetrics kMetrics{.baseline = 38, .cap_height = 26};

enum class Sign { kMinus, kPlus, kBlot };

// "Cl" with a raised sign behind it.
cv::Mat chloride(Sign sign) {
  cv::Mat ink = cv::Mat::zeros(kStripHeight, 80, CV_8U);
  ink(cv::Rect(6, 12, 14, 26)).setTo(255);
  ink(cv::Rect(26, 12, 4, 26)).setTo(255);
  if (sign == Sign::kBlot) {
    ink(cv::Rect(36, 13, 10, 8)).setTo(255);
    return ink;
  }
  ink(cv::Rect(36, 16, 11, 3)).setTo(255);
  if (sign == Sign::kPlus) ink(cv::Rect(40, 12, 3, 11)).setTo(255);
  return ink;
}

Reading checked(const std::u32string& text, const std::vector<double>& centers, Sign sign) {
  Reading reading = reading_of(text, centers);
  check_charges(chloride(sign), kMetrics, reading);
  return reading;
}

TEST(IonCharges, OneStrokeBehindChlorideIsItsMinusButAPersonLooks) {
  const Reading reading = checked(U"Cl⁺", {13, 28, 41}, Sign::kMinus);
  EXPECT_EQ(text_of(reading), U"Cl⁻");
  EXPECT_LT(reading.characters[2].confidence, 0.9);
}

TEST(IonCharges, TheTableAloneRewritesNothing) {
  for (const Sign sign : {Sign::kPlus, Sign::kBlot}) {
    const Reading reading = checked(U"Cl⁺", {13, 28, 41}, sign);
    EXPECT_EQ(text_of(reading), U"Cl⁺");
    EXPECT_LE(reading.characters[2].confidence, kDoubtful);
  }
}

TEST(IonCharges, WhatTheTableHoldsStaysAsSureAsItWas) {
  for (const std::u32string text : {U"Cl⁻", U"Na⁺"}) {
    EXPECT_GT(checked(text, {13, 28, 41}, Sign::kBlot).characters[2].confidence, 0.9);
  }
}

TEST(IonCharges, KnowsIonsOfSeveralChargesAndLeavesOthersAlone) {
  EXPECT_TRUE(may_bear_charge(U"Fe", U"2+"));
  EXPECT_TRUE(may_bear_charge(U"Fe", U"3+"));
  EXPECT_FALSE(may_bear_charge(U"Fe", U"+"));
  EXPECT_FALSE(may_bear_charge(U"Ca", U"3+"));
  EXPECT_FALSE(may_bear_charge(U"HCO3", U"+"));
  EXPECT_FALSE(may_bear_charge(U"PO4", U"2-"));
  EXPECT_TRUE(may_bear_charge(U"CD4", U"+")) << "a cell's marker";
}

TEST(IonCharges, AChargeOfAnotherSizeIsInDoubt) {
  Reading reading = reading_of(U"Ca³⁺", {13, 28, 35, 43});
  check_charges(chloride(Sign::kPlus), kMetrics, reading);
  EXPECT_EQ(text_of(reading), U"Ca³⁺");
  EXPECT_LE(reading.characters[2].confidence, kDoubtful);
  EXPECT_GT(reading.characters[0].confidence, 0.9);
}

}  // namespace
}  // namespace medmark::vision
