#include "vision/wide_digits.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "vision/line_geometry.hpp"
#include "vision/scripts.hpp"

namespace medmark::vision {
namespace {

// Share of the height of the line's capitals and digits: digits of twelve faces, bold ones among them, are up to 0.95,
// letters but the widest up to 1.1.
constexpr double kWidest = 1.25;

bool is_never_wide(char32_t code) {
  if (base::is_digit(code)) return true;
  if (base::is_latin_letter(code)) return std::u32string_view(U"mwMWQOGÆæ").find(code) == std::u32string_view::npos;
  return code != U' ' && std::u32string_view(U"/.,:;+-()[]<>").find(code) != std::u32string_view::npos;
}

}  // namespace

void doubt_wide_digits(const cv::Mat& ink, Reading& reading) {
  auto& characters = reading.characters;
  if (std::none_of(characters.begin(), characters.end(),
                   [](const RecognisedCharacter& c) { return base::is_digit(c.code); })) {
    return;
  }
  const std::vector<CharacterPlace> places = place_characters(ink, characters);
  const auto metrics = measure_line(characters, places);
  if (!metrics) return;
  const auto doubt = [&](std::size_t i) {
    if (i < characters.size() && base::is_digit(characters[i].code))
      characters[i].confidence = std::min(characters[i].confidence, kDoubtful);
  };
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (!is_never_wide(characters[i].code) || places[i].ink_columns.length() <= kWidest * metrics->cap_height) continue;
    doubt(i);
    doubt(i + 1);
    if (i > 0) doubt(i - 1);
  }
}

}  // namespace medmark::vision
