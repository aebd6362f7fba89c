#include "vision/stroke_columns.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/text.hpp"

namespace medmark::vision {
namespace {

constexpr double kSameColumn = 0.5;   // of the stroke's height between the middles or the left ends of a column's cells
constexpr double kFarthest = 14;      // heights above or below, within which cells of the column stand
constexpr std::ptrdiff_t kMates = 3;  // cells that must say the same

bool is_stroke(std::u32string_view text) {
  return text.size() == 1 && std::u32string_view(U"I1l|丨").find(text[0]) != std::u32string_view::npos;
}

bool is_sensitivity(std::u32string_view text) { return text == U"S" || text == U"R" || text == U"SDD"; }

bool is_number(std::u32string_view text) {
  constexpr std::u32string_view kSigns = U".<>≤≥";
  const auto is_part = [&](char32_t c) { return base::is_digit(c) || kSigns.find(c) != std::u32string_view::npos; };
  return text.size() <= 6 && std::all_of(text.begin(), text.end(), is_part) &&
         std::any_of(text.begin(), text.end(), base::is_digit) && !is_stroke(text);
}

}  // namespace

std::vector<char32_t> strokes_by_column(std::span<const PlacedText> lines) {
  std::vector<char32_t> codes(lines.size(), 0);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!is_stroke(lines[i].text)) continue;
    const cv::Rect& frame = lines[i].frame;
    const double reach = kSameColumn * frame.height;
    std::ptrdiff_t letters = 0;
    std::ptrdiff_t numbers = 0;
    std::ptrdiff_t others = 0;
    for (std::size_t k = 0; k < lines.size(); ++k) {
      const cv::Rect& other = lines[k].frame;
      if (k == i || lines[k].text.empty() || std::abs(other.y - frame.y) > kFarthest * frame.height) continue;
      const double middles = std::abs(other.x + other.width / 2.0 - frame.x - frame.width / 2.0);
      if (std::min<double>(middles, std::abs(other.x - frame.x)) > reach) continue;
      if (is_sensitivity(lines[k].text)) {
        ++letters;
      } else if (is_number(lines[k].text)) {
        ++numbers;
      } else if (!is_stroke(lines[k].text)) {
        ++others;
      }
    }
    if (letters >= kMates && letters > others + numbers) codes[i] = U'I';
    if (numbers >= kMates && numbers > others + letters) codes[i] = U'1';
  }
  return codes;
}

}  // namespace medmark::vision
