// Pixels of our own making to PNG files: figures, seals, pages. A pure function, thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "input/page.hpp"

namespace medmark::input {

// The same pixels give the same bytes. Empty where the picture is, or is too large for the format.
[[nodiscard]] std::vector<std::uint8_t> encode_png(const Picture& picture);

}  // namespace medmark::input
