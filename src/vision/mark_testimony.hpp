// What the marks network's word changes in a reading.
//
// The recogniser's reading stays; the network speaks for marks and for raised and lowered characters alone. Where it is
// sure, beyond what was measured (below), of a mark that the recogniser took for a stroke, the mark is written; where
// it contradicts a mark or script that stands, that goes to a person. A digit on the line is never written, and never
// taken away but where it stands alone, or apart behind a number, and is an arrow. Strip pixels. Internal to this room.
// Pure functions, thread-safe, no failures.
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <optional>
#include <span>
#include <vector>

#include "vision/mark_cells.hpp"
#include "vision/text_recognition.hpp"

namespace medmark::vision {

struct MarkTestimonyOptions {
  double sure = 0.9;        // belief from which a mark is written
  double contrary = 0.9;    // belief from which the network's other word leaves a doubt
  double confidence = 0.8;  // of what the network alone reads: a person looks
};

// The ink of a reading of one character at most, which may be a mark that stands alone: its largest glyph. None where
// more was read or printed.
[[nodiscard]] std::optional<cv::Rect> lone_ink(const cv::Mat& ink, const Reading& reading);

// A glyph behind a number that may be the mark of an abnormal value: ink that the recogniser passed over, or a stroke
// that stands off the number. Characters [first, last) of the reading: none or one.
struct MarkPlace {
  cv::Rect glyph;
  std::size_t first = 0;
  std::size_t last = 0;
  bool is_apart = false;  // from the number, wider than digits from each other
};

[[nodiscard]] std::vector<MarkPlace> places_behind_numbers(const cv::Mat& ink, const Reading& reading);

// The network's word on each place (`seen` beside `places`). An arrow that it is sure of is written there.
void hear_marks_behind_numbers(Reading& reading, std::span<const MarkPlace> places,
                               std::span<const std::vector<SeenMark>> seen, const MarkTestimonyOptions& options);

// The network's word on `box`, the whole of the reading. Writes a mark that it is sure of.
void hear_lone_mark(Reading& reading, const cv::Rect& box, std::span<const SeenMark> seen,
                    const MarkTestimonyOptions& options);

}  // namespace medmark::vision
