// Office Math (OMML, ISO/IEC 29500-1 section 22.1) to LaTeX that KaTeX renders, and to runs of text for small formulas
// inside a sentence. Every element of OMML has its form; digits and letters pass unchanged. Pure functions,
// thread-safe; the tree's depth is bounded by XmlPart.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "document/office_page.hpp"

namespace medmark::input::office {

// `math` is an oMath element (or one inside it).
[[nodiscard]] std::string latex_of_math(pugi::xml_node math);

// The formula on one line of text: scripts as scripts, a fraction as a/b, a root as √(a).
[[nodiscard]] std::vector<document::OfficeRun> text_of_math(pugi::xml_node math);

}  // namespace medmark::input::office
