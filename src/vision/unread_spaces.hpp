// Spaces between words and numbers that the recogniser passed over: "D3 1000 IU" read as "D31000IU" is another dose.
//
// Strip pixels. Internal to this room. Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>

#include "vision/text_recognition.hpp"

namespace medmark::vision {

// Writes a space between Latin letters and digits, or behind a mark of punctuation, where the white between their ink
// is that of a space. Between two digits their pitch must say so too, and both are left for a person to check: a space
// makes two numbers of one.
void write_unread_spaces(const cv::Mat& ink, Reading& reading);

}  // namespace medmark::vision
