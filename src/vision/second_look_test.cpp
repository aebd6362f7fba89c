#include "vision/second_look.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string_view>

namespace medmark::vision {
namespace {

const cv::Mat kPage(400, 600, CV_8UC3, cv::Scalar::all(255));

TextStrip strip_at(double x, double y, double width, double height, double slant = 0) {
  const base::Point along{std::cos(slant) * width, std::sin(slant) * width};
  const base::Point down{-std::sin(slant) * height, std::cos(slant) * height};
  return cut_strip(kPage,
                   {base::Point{x, y}, base::Point{x + along.x, y + along.y},
                    base::Point{x + along.x + down.x, y + along.y + down.y}, base::Point{x + down.x, y + down.y}});
}

Reading reading_of(std::u32string_view text) {
  Reading reading;
  for (const char32_t code : text) reading.characters.push_back({.code = code, .confidence = 0.4});
  return reading;
}

TEST(SecondCrop, IsCloserAroundThePrintOfTheSamePlace) {
  const TextStrip strip = strip_at(100, 200, 80, 24);
  const auto crop = second_crop(kPage, strip, 24, {});
  ASSERT_TRUE(crop.has_value());
  EXPECT_NEAR(crop->scale() * kStripHeight, 24 * 40.0 / 48, 0.5);  // 4 of 48 rows less above and below
  EXPECT_NEAR(crop->to_page(0, 0).y, 202, 0.5);
  EXPECT_NEAR(crop->to_page(0, 0).x, 100, 0.5);
}

TEST(SecondCrop, IsNotMadeOfWhatIsNotThePagesPrint) {
  EXPECT_FALSE(second_crop(kPage, strip_at(100, 200, 80, 48), 24, {}).has_value()) << "twice as high";
  EXPECT_FALSE(second_crop(kPage, strip_at(100, 200, 80, 12), 24, {}).has_value()) << "half as high";
  EXPECT_FALSE(second_crop(kPage, strip_at(100, 200, 80, 24, 0.4), 24, {}).has_value()) << "turned as a watermark is";
}

TEST(MedianHeight, IsThatOfTheMiddleStrip) {
  const std::vector<TextStrip> strips = {strip_at(10, 10, 80, 24), strip_at(10, 60, 80, 22), strip_at(10, 120, 80, 60)};
  EXPECT_NEAR(median_height(strips), 24, 0.5);
  EXPECT_EQ(median_height({}), 0);
}

TEST(ReadTheSame, MeansTheSameCharactersAndAnyAtAll) {
  EXPECT_TRUE(read_the_same(reading_of(U"23-36"), reading_of(U"23 -36")));
  EXPECT_FALSE(read_the_same(reading_of(U"44"), reading_of(U"41")));
  EXPECT_FALSE(read_the_same(reading_of(U""), reading_of(U" ")));
}

}  // namespace
}  // namespace medmark::vision
