// Dashes between numbers that the recogniser passed over: 9.4—12.5 read as 9.412.5 is another number.
//
// Strip pixels. Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>

#include "vision/text_recognition.hpp"

namespace medmark::vision {

// Writes a dash, with a confidence of kDoubtful, where a flat stroke at half the height of the digits stands between
// two digits and no character was read from it.
void write_unread_dashes(const cv::Mat& ink, Reading& reading);

}  // namespace medmark::vision
