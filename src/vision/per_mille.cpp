#include "vision/per_mille.hpp"

#include <algorithm>
#include <cstddef>
#include <opencv2/imgproc.hpp>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "vision/line_geometry.hpp"
#include "vision/scripts.hpp"

namespace medmark::vision {
namespace {

// Share of the height of the line's capitals and digits: the last ring of ‰ measures 0.42 to 0.63 in 27 of 29 faces,
// 0.71 and 0.77 in two bold ones; a 0 measures 1.
constexpr double kTallestRing = 0.85;
// Columns at the right of the ring that tell how high it is: half of one.
constexpr int kWindow = 6;

bool is_in(std::u32string_view set, char32_t code) { return set.find(code) != std::u32string_view::npos; }

// Places in the reading of per cent signs that may be the first part of the sign.
std::vector<std::size_t> spelled_out(const std::vector<RecognisedCharacter>& characters) {
  std::vector<std::size_t> places;
  for (std::size_t i = 1; i + 1 < characters.size(); ++i) {
    const bool has_next = i + 2 < characters.size();
    if (is_in(U"%％", characters[i].code) && is_in(U"0oO", characters[i + 1].code) &&
        base::is_digit(characters[i - 1].code) &&
        !(has_next && (base::is_digit(characters[i + 2].code) || characters[i + 2].code == U'.'))) {
      places.push_back(i);
    }
  }
  return places;
}

// Rows that ink fills where the ring ends. The recogniser puts the middle of such a 0 up to a ring's width too far to
// the right, so that its ink is the last before that middle.
int ring_height(const cv::Mat& ink, double center) {
  int end = std::min(static_cast<int>(center) + 1, ink.cols);
  while (end > 0 && cv::countNonZero(ink.col(end - 1)) == 0) --end;
  if (end == 0) return 0;
  return cv::boundingRect(ink.colRange(std::max(0, end - kWindow), end)).height;
}

}  // namespace

void write_per_mille(const cv::Mat& ink, Reading& reading) {
  auto& characters = reading.characters;
  const std::vector<std::size_t> candidates = spelled_out(characters);
  if (candidates.empty()) return;
  const auto metrics = measure_line(characters, place_characters(ink, characters));
  if (!metrics) return;
  for (auto at = candidates.rbegin(); at != candidates.rend(); ++at) {
    const int height = ring_height(ink, characters[*at + 1].center);
    if (height == 0 || height > kTallestRing * metrics->cap_height) continue;
    characters[*at].code = U'‰';
    characters[*at].confidence = std::min(characters[*at].confidence, kDoubtful);
    characters[*at].center = (characters[*at].center + characters[*at + 1].center) / 2;
    characters.erase(characters.begin() + static_cast<std::ptrdiff_t>(*at) + 1);
  }
}

}  // namespace medmark::vision
