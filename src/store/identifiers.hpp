// Ids and hashes. Thread-safe.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace medmark::store {

// 26 lower-case letters and digits (130 bits) from the system's random source.
[[nodiscard]] std::string new_id();
[[nodiscard]] std::string hexadecimal(std::span<const unsigned char> bytes);
// Lower-case hexadecimal SHA-256.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace medmark::store
