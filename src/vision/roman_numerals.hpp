// Roman numerals that Chinese faces print as one character (Ⅱ, Ⅲ, Ⅳ, Ⅷ) and the recogniser spells in several, or with a
// stem too many or too few: stage ⅢC read as IC, factor Ⅷ as VII.
//
// The stems are counted in the ink. Where they are others than those read, what is drawn is written, with a confidence
// that sends it to a person; what agrees, and a numeral that was read as one character, stays as it was read. Digits
// are never touched but a lone 1 between Chinese characters that is drawn with two stems or three. Strip pixels.
// Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>

#include "vision/text_recognition.hpp"

namespace medmark::vision {

void write_roman_numerals(const cv::Mat& ink, Reading& reading);

}  // namespace medmark::vision
