// The charges of common ions as a witness against a sign misread: Cl⁻ that came out as Cl⁺.
//
// The table never writes: where what was read contradicts it, the sign's own strokes are looked at (a minus has one, a
// plus two). They may confirm the table; else the reading stays and is in doubt. Strip pixels. Internal to this room.
// Pure functions, thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>
#include <string_view>

#include "vision/scripts.hpp"
#include "vision/text_recognition.hpp"

namespace medmark::vision {

// Whether an ion of the table (its formula without scripts: "HCO3") bears `charge` ("-", "2+"). True for what the table
// does not hold.
[[nodiscard]] bool may_bear_charge(std::u32string_view ion, std::u32string_view charge);

// Holds each charge of `reading` (scripts written) against the table.
void check_charges(const cv::Mat& ink, const LineMetrics& metrics, Reading& reading);

}  // namespace medmark::vision
