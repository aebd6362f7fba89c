// How a page of an Office file goes from a decoder process to its client. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/error.hpp"
#include "document/office_page.hpp"

namespace medmark::decoder {

[[nodiscard]] std::vector<std::uint8_t> encode_office_page(const document::OfficePage& page);

// Fails with kWorkerCrashed where the bytes are not what encode_office_page writes, hold a table whose cells lie
// outside of its grid or over each other, or are nested deeper than any reader nests.
[[nodiscard]] base::Result<document::OfficePage> decode_office_page(std::span<const std::uint8_t> bytes);

}  // namespace medmark::decoder
