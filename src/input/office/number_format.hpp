// Numbers as lists print them: 3, iii, C, 三, 叁, 丙, ③. A pure function, thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace medmark::input::office {

// `format` is an ST_NumberFormat of WordprocessingML (ISO/IEC 29500-1 17.18.59); one that is not known prints digits.
// Numbers a format has no form for (⑳ is the last of its kind) print digits too.
[[nodiscard]] std::string formatted_number(int number, std::string_view format);

// The same for an automatic number of PresentationML: "arabicPeriod", "alphaLcParenR", "ea1ChsPeriod".
[[nodiscard]] std::string slide_number(int number, std::string_view scheme);

}  // namespace medmark::input::office
