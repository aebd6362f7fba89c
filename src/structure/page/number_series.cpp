#include "structure/page/number_series.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

struct SeriesLimits {
  double size = 1.05;          // of the body's; headings of body 10 printed in 12 measure 1.08 on scans
  double alike = 0.15;         // difference of sizes within a series
  double list_distance = 2.6;  // ems; items of a list follow each other within this
  std::size_t longest = 20;    // code points
};
constexpr SeriesLimits kLimits;

// The number a line begins with, directly before its words or with spaces between; 0 for none, for counts and prose.
int leading_number(const std::u32string& text) {
  std::size_t i = 0;
  int number = 0;
  while (i < text.size() && i < 2 && base::is_digit(text[i])) {
    if (text[i] < U'0' || text[i] > U'9') return 0;
    number = 10 * number + static_cast<int>(text[i++] - U'0');
  }
  if (i == 0) return 0;
  while (i < text.size() && base::is_space(text[i])) ++i;
  constexpr std::u32string_view kCounters = U"年月日天周岁时分秒型级期度次个例名位人枚根粒片支袋瓶盒倍号床楼层项种";
  if (i + 1 >= text.size() || !base::is_han(text[i]) || kCounters.find(text[i]) != std::u32string_view::npos) return 0;
  constexpr std::u32string_view kProse = U"。；，;,：:↑↓";
  const bool prose =
      std::any_of(text.begin(), text.end(), [&](char32_t c) { return kProse.find(c) != std::u32string_view::npos; });
  return prose ? 0 : number;
}

}  // namespace

std::vector<bool> numbered_series_of(std::span<const Fragment> fragments, double body_size) {
  std::vector<int> numbers(fragments.size(), 0);
  for (std::size_t i = 0; i < fragments.size(); ++i) {
    const Fragment& fragment = fragments[i];
    if (fragment.source == document::TextSource::kNative || fragment.text.size() > kLimits.longest) continue;
    if (fragment.size > kLimits.size * body_size) numbers[i] = leading_number(fragment.text);
  }
  std::vector<bool> in_series(fragments.size(), false);
  for (std::size_t i = 0; i < fragments.size(); ++i) {
    bool has_neighbour = false;
    bool in_list = false;
    for (std::size_t k = 0; k < fragments.size() && numbers[i] > 0; ++k) {
      if (k == i || std::abs(numbers[i] - numbers[k]) != 1 || numbers[k] == 0) continue;
      const base::Rect& box = fragments[i].bbox;
      const base::Rect& other = fragments[k].bbox;
      const bool close = std::abs(box.center_y() - other.center_y()) < kLimits.list_distance * body_size;
      in_list = in_list || (close && base::overlap_x(box, other) > 0);
      has_neighbour =
          has_neighbour || std::abs(fragments[i].size - fragments[k].size) < kLimits.alike * fragments[i].size;
    }
    in_series[i] = has_neighbour && !in_list;
  }
  return in_series;
}

}  // namespace medmark::structure
