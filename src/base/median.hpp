// The middle value. A pure function, thread-safe, no failures.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace medmark::base {

// Of an even number the upper one of the two in the middle; T{} where there is none.
template <typename T>
[[nodiscard]] T median(std::vector<T> values) {
  if (values.empty()) return {};
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace medmark::base
