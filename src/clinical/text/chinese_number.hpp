// Numbers below a hundred in Chinese characters: 五, 两, 十二, 二十三, 廿三, 三十. Pure, thread-safe.
#pragma once

#include <cstddef>
#include <string_view>

namespace medmark::clinical {

struct ChineseNumber {
  int value = 0;
  std::size_t length = 0;  // characters read; 0 where no number stands there
};

// The one that stands at `at` of folded text.
[[nodiscard]] ChineseNumber read_chinese_number(std::u32string_view text, std::size_t at);

}  // namespace medmark::clinical
