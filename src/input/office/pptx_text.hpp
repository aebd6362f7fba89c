// Text bodies of slides: paragraphs with bullets, automatic numbers, sizes and weights as their shape, layout and
// master say.
//
// Values and pure functions; the XML must outlive them.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "document/office_page.hpp"

namespace medmark::input::office {

// Where the properties of a level are looked up, the nearest first: lists of lvl1pPr ... lvl9pPr elements.
using ListStyles = std::vector<pugi::xml_node>;

// The paragraphs of a txBody, without empty ones.
[[nodiscard]] std::vector<document::OfficeItem> paragraphs_of(pugi::xml_node text_body, const ListStyles& inherited);

}  // namespace medmark::input::office
