#include "vision/unread_dashes.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "vision/glyphs.hpp"
#include "vision/line_geometry.hpp"
#include "vision/scripts.hpp"

namespace medmark::vision {
namespace {

// Shares of the height of the line's capitals and digits. Dashes of four Chinese faces: 0.35 to 2.9 wide, 0.06 to 0.18
// high, their middles 0.3 to 0.6 above the baseline.
struct DashGeometry {
  double least_width = 0.3;
  double largest_width = 3.2;
  double largest_height = 0.26;
  double least_aspect = 1.8;
  double lowest_middle = 0.25;
  double highest_middle = 0.68;
};

bool is_dash(const cv::Rect& glyph, const LineMetrics& metrics) {
  const DashGeometry g;
  const double h = metrics.cap_height;
  const double middle = (metrics.baseline - (glyph.y + glyph.height / 2.0)) / h;
  return glyph.width >= g.least_width * h && glyph.width <= g.largest_width * h &&
         glyph.height <= g.largest_height * h && glyph.width >= g.least_aspect * glyph.height &&
         middle >= g.lowest_middle && middle <= g.highest_middle;
}

bool may_end_number(char32_t code) { return base::is_digit(code) || code == U'.'; }

}  // namespace

void write_unread_dashes(const cv::Mat& ink, Reading& reading) {
  auto& characters = reading.characters;
  const auto metrics = measure_line(characters, place_characters(ink, characters));
  if (!metrics) return;
  const std::vector<cv::Rect> glyphs = glyphs_of(ink);
  std::vector<double> centers;
  for (const RecognisedCharacter& character : characters) centers.push_back(character.center);
  const std::vector<std::size_t> owner = assign_glyphs(glyphs, centers);
  // From the right, so that the indices before stay valid.
  for (std::size_t i = characters.size(); i-- > 1;) {
    if (!may_end_number(characters[i - 1].code) || !base::is_digit(characters[i].code)) continue;
    if (owner[i - 1] == kNoGlyph || owner[i] == kNoGlyph || owner[i] != owner[i - 1] + 2) continue;
    const cv::Rect& between = glyphs[owner[i - 1] + 1];
    if (!is_dash(between, *metrics)) continue;
    const RecognisedCharacter dash{U'-', kDoubtful, between.x + between.width / 2.0, 0, 0};
    characters.insert(characters.begin() + static_cast<std::ptrdiff_t>(i), dash);
  }
}

}  // namespace medmark::vision
