#include "clinical/fields/identity_number.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"
#include "clinical/text/dates.hpp"

namespace medmark::clinical {
namespace {

constexpr std::size_t kLength = 18;
constexpr std::size_t kOldLength = 15;

// Check character: sum of digits by weights 2^(17-i) mod 11, GB 11643-1999, 5.2.
bool has_check_character(std::u32string_view number) {
  constexpr std::u32string_view kCheck = U"10x98765432";
  constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * static_cast<int>(number[i] - U'0');
  return kCheck[static_cast<std::size_t>(sum % 11)] == number.back();
}

bool all_digits(std::u32string_view text) { return std::all_of(text.begin(), text.end(), base::is_digit); }

bool holds_date(const std::u32string& eight_digits) {
  const auto date = find_date(eight_digits, 0);
  return date.has_value() && date->begin == 0 && date->end == eight_digits.size();
}

}  // namespace

IdentityCheck check_identity_number(std::u32string_view number) {
  const bool masked = std::count(number.begin(), number.end(), U'*') >= 3;
  if (masked && (number.size() == kLength || number.size() == kOldLength)) return IdentityCheck::kMasked;
  if (number.size() == kOldLength) {
    const bool dated = all_digits(number) && holds_date(U"19" + std::u32string(number.substr(6, 6)));
    return dated ? IdentityCheck::kOldForm : IdentityCheck::kNotOne;
  }
  if (number.size() != kLength || !all_digits(number.substr(0, kLength - 1))) return IdentityCheck::kNotOne;
  if (!base::is_digit(number.back()) && number.back() != U'x') return IdentityCheck::kNotOne;
  if (!holds_date(std::u32string(number.substr(6, 8))) || number.front() == U'0') return IdentityCheck::kWrongCheck;
  return has_check_character(number) ? IdentityCheck::kValid : IdentityCheck::kWrongCheck;
}

}  // namespace medmark::clinical
