#include "vision/second_look.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/median.hpp"

namespace medmark::vision {
namespace {

std::u32string letters_of(const Reading& reading) {
  std::u32string text;
  for (const RecognisedCharacter& character : reading.characters) {
    if (character.code != U' ') text += character.code;
  }
  return text;
}

double height_of(const TextStrip& strip) { return strip.scale() * kStripHeight; }

}  // namespace

double median_height(std::span<const TextStrip> strips) {
  std::vector<double> heights;
  for (const TextStrip& strip : strips) heights.push_back(height_of(strip));
  return base::median(std::move(heights));
}

std::optional<TextStrip> second_crop(const cv::Mat& page_bgr, const TextStrip& strip, double median_height,
                                     const SecondLookOptions& options) {
  const double height = height_of(strip);
  if (height < options.least_height * median_height || height > options.largest_height * median_height) return {};
  if (std::abs(std::atan2(strip.along.y, strip.along.x)) > options.most_slant) return {};
  const double width = strip.pixels.cols;
  return cut_strip(page_bgr, strip.to_page(base::Rect{0, options.inset, width, kStripHeight - options.inset}));
}

bool read_the_same(const Reading& first, const Reading& second) {
  const std::u32string text = letters_of(first);
  return !text.empty() && text == letters_of(second);
}

}  // namespace medmark::vision
