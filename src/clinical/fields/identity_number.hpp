// The resident identity number of GB 11643-1999. Pure functions, thread-safe.
#pragma once

#include <string_view>

namespace medmark::clinical {

enum class IdentityCheck {
  kValid,       // 18 characters, a date that exists, and the right check character (ISO 7064 MOD 11-2)
  kOldForm,     // 15 digits with a date that exists: the form before 1999, which has no check character
  kWrongCheck,  // 18 characters whose check character is wrong
  kMasked,      // partly hidden with asterisks
  kNotOne,
};

// `number` is folded ("x" for the last character allowed).
[[nodiscard]] IdentityCheck check_identity_number(std::u32string_view number);

}  // namespace medmark::clinical
