#include "vision/mark_testimony.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "vision/scripts.hpp"
#include "vision/testing_reading.hpp"
#include "vision/text_strip.hpp"

namespace medmark::vision {
namespace {

const cv::Rect kBox{10, 8, 12, 30};

Reading heard(const std::u32string& read, char32_t seen, double belief) {
  Reading reading = reading_of(read, std::vector<double>(read.size(), 16));
  hear_lone_mark(reading, kBox, std::vector<SeenMark>{{seen, belief}}, {});
  return reading;
}

TEST(LoneMarks, AStrokeThatIsAnArrowIsWrittenForAPersonToSee) {
  const Reading reading = heard(U"1", U'↑', 0.97);
  EXPECT_EQ(text_of(reading), U"↑");
  EXPECT_LT(reading.characters.front().confidence, 0.9);
}

TEST(LoneMarks, AnArrowThatWasNotReadAtAllIsWritten) { EXPECT_EQ(text_of(heard(U"", U'↓', 0.97)), U"↓"); }

TEST(LoneMarks, AnUnsureWordChangesNothing) {
  EXPECT_EQ(text_of(heard(U"1", U'↑', 0.7)), U"1");
  EXPECT_GT(heard(U"1", U'↑', 0.7).characters.front().confidence, 0.9);
}

TEST(LoneMarks, ADigitWithoutAStemIsNeverTakenForAnArrow) {
  for (const char32_t digit : std::u32string_view(U"235689")) {
    EXPECT_EQ(text_of(heard({digit}, U'↑', 0.99)), std::u32string{digit});
  }
}

TEST(LoneMarks, NoDigitIsEverWritten) {
  EXPECT_EQ(text_of(heard(U"↑", kLineDigit, 0.99)), U"↑");
  EXPECT_EQ(text_of(heard(U"?", kLineDigit, 0.99)), U"?");
  EXPECT_EQ(text_of(heard(U"", U'⁹', 0.99)), U"");
}

TEST(LoneMarks, AnArrowThatTheNetworkDeniesIsDoubted) {
  EXPECT_LE(heard(U"↑", U'↓', 0.97).characters.front().confidence, kDoubtful);
  EXPECT_LE(heard(U"↑", kOtherPrint, 0.97).characters.front().confidence, kDoubtful);
}

TEST(LoneMarks, PrintOfMoreThanOneCharacterIsNotAskedAbout) {
  cv::Mat ink = cv::Mat::zeros(kStripHeight, 60, CV_8U);
  ink(cv::Rect(10, 8, 8, 30)).setTo(255);
  EXPECT_TRUE(lone_ink(ink, reading_of(U"1", {14})).has_value());
  EXPECT_FALSE(lone_ink(ink, reading_of(U"11", {12, 16})).has_value());
  ink(cv::Rect(30, 8, 8, 30)).setTo(255);
  EXPECT_FALSE(lone_ink(ink, reading_of(U"1", {14})).has_value());
}

// "13" and a stroke apart from it.
struct NumberAndStroke {
  explicit NumberAndStroke(std::u32string_view text, const std::vector<double>& centers)
      : reading(reading_of(std::u32string(text), centers)) {
    for (const cv::Rect& bar : {cv::Rect(6, 10, 8, 26), cv::Rect(18, 10, 12, 26), cv::Rect(46, 10, 9, 26)})
      ink(bar).setTo(255);
  }
  Reading heard(char32_t code, double belief) {
    const auto places = places_behind_numbers(ink, reading);
    const std::vector<std::vector<SeenMark>> seen(places.size(), {{code, belief}});
    hear_marks_behind_numbers(reading, places, seen, {});
    return reading;
  }
  cv::Mat ink = cv::Mat::zeros(kStripHeight, 80, CV_8U);
  Reading reading;
};

TEST(MarksBehindNumbers, AnArrowThatNothingWasReadFromIsWrittenForAPersonToSee) {
  const Reading reading = NumberAndStroke(U"13", {10, 24}).heard(U'↓', 0.97);
  EXPECT_EQ(text_of(reading), U"13 ↓");
  EXPECT_LT(reading.characters.back().confidence, 0.9);
}

TEST(MarksBehindNumbers, AStrokeApartFromTheNumberMayBeAnArrow) {
  EXPECT_EQ(text_of(NumberAndStroke(U"13 1", {10, 24, 38, 50}).heard(U'↑', 0.97)), U"13 ↑");
}

TEST(MarksBehindNumbers, NothingElseIsWrittenThere) {
  EXPECT_EQ(text_of(NumberAndStroke(U"13", {10, 24}).heard(kLineDigit, 0.99)), U"13");
  EXPECT_EQ(text_of(NumberAndStroke(U"13", {10, 24}).heard(U'²', 0.99)), U"13");
  EXPECT_EQ(text_of(NumberAndStroke(U"13 1", {10, 24, 38, 50}).heard(U'↑', 0.8)), U"13 1");
}

TEST(MarksBehindNumbers, ADigitOfTheNumberItselfIsNotAskedAbout) {
  NumberAndStroke line(U"131", {10, 24, 35});
  line.ink.setTo(0);
  for (const cv::Rect& bar : {cv::Rect(6, 10, 8, 26), cv::Rect(18, 10, 12, 26), cv::Rect(33, 10, 5, 26)})
    line.ink(bar).setTo(255);
  EXPECT_TRUE(places_behind_numbers(line.ink, line.reading).empty());
}

// A strip with bars for "10", a small raised bar and a full "/" after it.
struct PowerOfTen {
  explicit PowerOfTen(std::u32string_view text) : reading(reading_of(std::u32string(text), {9, 24, 39, 54})) {
    for (const cv::Rect& bar :
         {cv::Rect(6, 12, 6, 26), cv::Rect(18, 12, 12, 26), cv::Rect(34, 8, 9, 15), cv::Rect(50, 12, 8, 26)}) {
      ink(bar).setTo(255);
    }
    scripts =
        find_scripts(ink, reading, measure_line(reading.characters, place_characters(ink, reading.characters)).value());
  }
  cv::Mat ink = cv::Mat::zeros(kStripHeight, 90, CV_8U);
  Reading reading;
  std::vector<ScriptCluster> scripts;
};

TEST(ScriptTestimony, SettlesWhichOfTwoReadingsStandsWithADoubt) {
  PowerOfTen line(U"109L");
  write_scripts(line.reading, line.scripts, {reading_of(U"1", {20})},
                std::vector<std::vector<SeenMark>>{{{U'⁹', 0.97}}});
  EXPECT_EQ(text_of(line.reading), U"10⁹L");
  EXPECT_LE(line.reading.characters[2].confidence, kDoubtful);
}

TEST(ScriptTestimony, DoubtsWhatWasReadTwiceButDoesNotRewriteIt) {
  PowerOfTen line(U"103L");
  write_scripts(line.reading, line.scripts, {reading_of(U"3", {20})},
                std::vector<std::vector<SeenMark>>{{{U'⁹', 0.97}}});
  EXPECT_EQ(text_of(line.reading), U"10³L");
  EXPECT_LE(line.reading.characters[2].confidence, kDoubtful);
}

TEST(ScriptTestimony, OneSignThatLooksLikeTwoStaysOne) {
  PowerOfTen line(U"109L");
  write_scripts(line.reading, line.scripts, {reading_of(U"1", {20})},
                std::vector<std::vector<SeenMark>>{{{U'⁹', 0.97}, {U'⁹', 0.97}}});
  EXPECT_EQ(line.reading.characters.size(), 4U);
}

TEST(ScriptTestimony, WritesNoScriptWhereNoneWasReadButBehindTenOrAnIon) {
  PowerOfTen line(U"1mL ");
  line.scripts = {{.level = ScriptLevel::kRaised, .box = {34, 8, 9, 15}, .first = 2, .last = 2}};
  write_scripts(line.reading, line.scripts, {reading_of(U"", {})}, std::vector<std::vector<SeenMark>>{{{U'²', 0.97}}});
  EXPECT_EQ(text_of(line.reading), U"1mL ");
}

TEST(ScriptTestimony, AnUnsureWordChangesNothing) {
  PowerOfTen line(U"109L");
  write_scripts(line.reading, line.scripts, {reading_of(U"9", {20})},
                std::vector<std::vector<SeenMark>>{{{U'³', 0.6}}});
  EXPECT_EQ(text_of(line.reading), U"10⁹L");
  EXPECT_GT(line.reading.characters[2].confidence, 0.9);
}

TEST(ScriptTestimony, ADigitBehindABareTenIsAPowerOnlyWhereTheNetworkSaysSo) {
  PowerOfTen unseen(U"106 ");
  write_scripts(unseen.reading, unseen.scripts, {reading_of(U"6", {20})});
  EXPECT_EQ(text_of(unseen.reading), U"106 ");
  PowerOfTen seen(U"106 ");
  write_scripts(seen.reading, seen.scripts, {reading_of(U"6", {20})},
                std::vector<std::vector<SeenMark>>{{{U'⁶', 0.97}}});
  EXPECT_EQ(text_of(seen.reading), U"10⁶ ");
  EXPECT_LE(seen.reading.characters[2].confidence, kDoubtful);
}

TEST(ScriptTestimony, ANumberBehindTenOnTheLineStays) {
  PowerOfTen line(U"106 ");
  write_scripts(line.reading, line.scripts, {reading_of(U"6", {20})},
                std::vector<std::vector<SeenMark>>{{{kLineDigit, 0.97}}});
  EXPECT_EQ(text_of(line.reading), U"106 ");
  EXPECT_GT(line.reading.characters[2].confidence, 0.9);
}

}  // namespace
}  // namespace medmark::vision
