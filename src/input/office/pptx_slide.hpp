// The shapes of one slide, with what they inherit from its layout and master.
//
// Confined to one thread. Recursion is bounded by the depth of the XML.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <vector>

#include "document/office_page.hpp"
#include "input/office/drawing.hpp"
#include "input/office/pptx_text.hpp"

namespace medmark::input::office {

// The parts that a slide is made of; roots, each may be empty.
struct SlideParts {
  pugi::xml_node slide;
  pugi::xml_node layout;
  pugi::xml_node master;
  std::string name;   // of the slide's part
  double height = 0;  // of the slide, points
};

// Items in the slide's drawing order; boxes in points of the slide. The words that its master and layout show on it (a
// hospital's name in the corner) come first, as headers and footers.
[[nodiscard]] std::vector<document::OfficeItem> items_of_slide(const SlideParts& parts, DrawingReader& drawings,
                                                               const OfficeLimits& limits);

// The speaker's words of a notes part.
[[nodiscard]] std::vector<document::OfficeItem> notes_of(pugi::xml_node notes);

}  // namespace medmark::input::office
