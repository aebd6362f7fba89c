// Passwords and tokens. Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace medmark::server {

// argon2id (19 MiB, 2 passes, 1 lane: OWASP's least, so that a login costs little memory) in its encoded form. One at a
// time: a storm of logins may cost time, not memory.
[[nodiscard]] std::string hash_password(std::string_view password);
// In constant time for a given hash. An empty hash is never right but costs the same.
[[nodiscard]] bool is_password(std::string_view password, const std::string& hash);

// 64 hexadecimal digits (256 bits) of the system's random source.
[[nodiscard]] std::string new_token();
// 16 letters and digits in groups of four, for a person to type: 80 bits.
[[nodiscard]] std::string new_password();
// Whether two texts are the same, in a time that does not tell where they differ.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace medmark::server
