// Arrows up and down that the recogniser missed or took for a digit: 112↓ read as 1121 is the worst error a report can
// suffer.
//
// Ink that is drawn like an arrow is read again, that glyph alone. Where the recogniser then agrees it is an arrow; a
// glyph that stands alone is one in any case, with a confidence of kDoubtful so that a person looks, unless it was read
// twice as a digit without a stem (the 7 of a row's number); and beside other print the character read stays, with that
// same confidence. The last digit of a number is read again alone, too, where the recogniser was not sure of it or
// thought of an arrow at all, or where the number contradicts the range printed beside it (range_contradictions),
// whatever its shape: where the second reading is an arrow, the digit stays and is doubted. Nothing is ever written
// because of a range: it only tells where to look. Strip pixels. Internal to this room. Pure functions, thread-safe, no
// failures.
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "vision/arrow_shape.hpp"
#include "vision/text_recognition.hpp"
#include "vision/text_strip.hpp"

namespace medmark::vision {

struct ArrowMark {
  ArrowShape shape = ArrowShape::kNone;  // none: a last digit that is in doubt
  cv::Rect glyph;
  // The characters read there, [first, last) of the reading: none or one.
  std::size_t first = 0;
  std::size_t last = 0;
};

// Arrows by shape that the reading does not have as such. Parts of Han characters are not looked at. `contradicted`:
// the character of a last digit that is in doubt for another reason.
[[nodiscard]] std::vector<ArrowMark> find_arrows(const cv::Mat& strip_bgr, const Reading& reading,
                                                 std::optional<std::size_t> contradicted = std::nullopt);

// What an arrow is told from when it is read again alone.
[[nodiscard]] std::u32string_view arrow_alphabet();

// Writes the arrows into the reading; `second_readings` stand beside `marks`. Digits on which the recogniser itself
// spent some belief on an arrow become doubtful.
void write_arrows(Reading& reading, const std::vector<ArrowMark>& marks, const std::vector<Reading>& second_readings);

}  // namespace medmark::vision
