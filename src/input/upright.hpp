// Native pages whose text does not run to the right (a landscape table on a portrait page) turned until it does.
// Pure functions, thread-safe. Points.
#pragma once

#include "document/page_evidence.hpp"
#include "input/page.hpp"

namespace medmark::input {

// Clockwise degrees (0, 90, 180, 270) by which the page must be turned so that most of its text runs to the right: by
// vote of the characters. 0 where there is no clear majority.
[[nodiscard]] int upright_rotation(const NativePage& page);

// The page turned clockwise by `degrees`: size, lines, rulings, pictures and regions. Lines that now run to the right
// are no longer vertical.
[[nodiscard]] NativePage turned(const NativePage& page, int degrees);

// From a page turned by `degrees` back to the page as displayed, whose size is given.
[[nodiscard]] document::PageMapping mapping_of_turn(double displayed_width, double displayed_height, int degrees);

}  // namespace medmark::input
