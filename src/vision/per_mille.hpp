// The sign of per mille, which the recogniser spells as a per cent sign and a 0: 13‰ read as 13%0.
//
// The lower ring of the sign is about half as high as a digit; a 0 that was printed is as high as the others. What is
// rewritten is tenfold another value, so that it is left to a person. Strip pixels. Internal to this room. Pure
// functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>

#include "vision/text_recognition.hpp"

namespace medmark::vision {

// Behind a number, and with no number behind it. The sign gets a confidence of kDoubtful at most.
void write_per_mille(const cv::Mat& ink, Reading& reading);

}  // namespace medmark::vision
