#include "clinical/text/chinese_number.hpp"

namespace medmark::clinical {
namespace {

// 1..9, 0 for what is no such character.
int digit(std::u32string_view text, std::size_t at) {
  constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
  if (at >= text.size()) return 0;
  if (text[at] == U'两') return 2;
  const std::size_t value = kDigits.find(text[at]);
  return value == std::u32string_view::npos ? 0 : static_cast<int>(value);
}

}  // namespace

ChineseNumber read_chinese_number(std::u32string_view text, std::size_t at) {
  ChineseNumber n;
  const auto here = [&] { return at + n.length < text.size() ? text[at + n.length] : U'\0'; };
  if (here() == U'廿') {
    n = {20, 1};
  } else if (const int first = digit(text, at); first > 0) {
    n = {first, 1};
    if (here() != U'十') return n;
    n = {first * 10, 2};
  } else if (here() == U'十') {
    n = {10, 1};
  } else {
    return n;
  }
  if (const int ones = digit(text, at + n.length); ones > 0) n = {n.value + ones, n.length + 1};
  return n;
}

}  // namespace medmark::clinical
