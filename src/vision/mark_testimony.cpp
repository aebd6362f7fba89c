#include "vision/mark_testimony.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "vision/glyphs.hpp"
#include "vision/printed_row.hpp"
#include "vision/scripts.hpp"
#include "vision/text_strip.hpp"

namespace medmark::vision {
namespace {

constexpr double kLeastMarkHeight = 0.25;  // of the strip: a flatter glyph is a dash, which needs no network
constexpr double kApartFromNumber = 0.14;  // of the strip's height (a quarter of an em): digits stand closer
constexpr int kMarkSpeck = 3;              // strip pixels
constexpr double kLongestGapToMark = 1.4;  // as far as a mark stands from its number
constexpr double kSecondGlyph = 0.3;  // of the largest glyph's area: as much ink beside it is print that was not read

bool is_any_arrow(char32_t code) { return base::is_one_of(code, U"↑↓→←"); }

// What the recogniser makes of marks that stand alone.
bool may_be_mark(char32_t code) {
  return base::is_one_of(code, U"17Il|!iTtfrJjYLH?？个丁下丨卜十土士干+＋*★☆※×x†‡^'’,.、，:·丶↑↓→←±一4亻1丫不木小上");
}

bool ends_value(char32_t code) { return base::is_digit(code) || base::is_one_of(code, U"+)）%"); }

bool may_be_apart(char32_t code) {
  return base::is_one_of(code, U"17Il|!iTtfrJjY?？:：;；!！个丁下丨卜十土士:'’.,·†‡^");
}

bool has_size_of_mark(const cv::Rect& box, int strip_height) {
  return box.height >= kLeastMarkHeight * strip_height && box.width <= 1.3 * box.height;
}

// Ink that nothing was read from, between the glyph of the k-th printed character and that of the next.
std::optional<MarkPlace> unread_behind(const PrintedRow& row, std::size_t k) {
  const cv::Rect& number = row.glyphs[row.owner[k]];
  std::size_t end = row.glyphs.size();
  for (std::size_t next = k + 1; next < row.owner.size() && end == row.glyphs.size(); ++next) {
    if (row.owner[next] != kNoGlyph) end = row.owner[next];
  }
  cv::Rect ink;
  for (std::size_t g = row.owner[k] + 1; g < end; ++g) {
    const cv::Rect& glyph = row.glyphs[g];
    const bool is_near = glyph.x - (number.x + number.width) < kLongestGapToMark * kStripHeight;
    // A thin shaft breaks: the pieces of one mark stand over each other.
    const bool is_of_it = ink.empty() || glyph.x - (ink.x + ink.width) < kApartFromNumber * kStripHeight;
    if (is_near && is_of_it && std::max(glyph.width, glyph.height) >= kMarkSpeck) ink |= glyph;
  }
  if (ink.empty()) return std::nullopt;
  const bool is_apart = ink.x - (number.x + number.width) >= kApartFromNumber * kStripHeight;
  return MarkPlace{ink, row.printed[k] + 1, row.printed[k] + 1, is_apart};
}

// A stroke that was read, apart from the number before it.
std::optional<MarkPlace> stroke_behind(const PrintedRow& row, std::size_t k, const Reading& reading) {
  if (k + 1 >= row.owner.size() || row.owner[k + 1] == kNoGlyph || row.owner[k + 1] == row.owner[k])
    return std::nullopt;
  const cv::Rect& number = row.glyphs[row.owner[k]];
  const cv::Rect& stroke = row.glyphs[row.owner[k + 1]];
  const double gap = stroke.x - (number.x + number.width);
  const std::size_t at = row.printed[k + 1];
  if (gap < kApartFromNumber * kStripHeight || gap > kLongestGapToMark * kStripHeight) return std::nullopt;
  if (!may_be_apart(reading.characters[at].code)) return std::nullopt;
  const bool is_shared = k + 2 < row.owner.size() && row.owner[k + 2] == row.owner[k + 1];
  // The first digit of a further number is none.
  const bool goes_on = at + 1 < reading.characters.size() && base::is_digit(reading.characters[at].code) &&
                       reading.characters[at + 1].code != U' ';
  if (is_shared || goes_on) return std::nullopt;
  return MarkPlace{stroke, at, at + 1, true};
}

}  // namespace

std::vector<MarkPlace> places_behind_numbers(const cv::Mat& ink, const Reading& reading) {
  const auto& characters = reading.characters;
  if (std::none_of(characters.begin(), characters.end(), [](const auto& c) { return base::is_digit(c.code); }))
    return {};
  const PrintedRow row = printed_row(ink, reading);
  std::vector<MarkPlace> places;
  for (std::size_t k = 0; k < row.owner.size(); ++k) {
    if (row.owner[k] == kNoGlyph || !ends_value(characters[row.printed[k]].code)) continue;
    for (const auto& place : {unread_behind(row, k), stroke_behind(row, k, reading)}) {
      if (place && has_size_of_mark(place->glyph, ink.rows)) places.push_back(*place);
    }
  }
  return places;
}

void hear_marks_behind_numbers(Reading& reading, std::span<const MarkPlace> places,
                               std::span<const std::vector<SeenMark>> seen, const MarkTestimonyOptions& options) {
  auto& characters = reading.characters;
  // From the right, so that the places before stay valid.
  for (std::size_t k = places.size(); k-- > 0;) {
    const MarkPlace& place = places[k];
    if (seen[k].size() != 1 || !is_any_arrow(seen[k][0].code) || seen[k][0].belief < options.sure) continue;
    const double center = place.glyph.x + place.glyph.width / 2.0;
    const auto at = characters.begin() + static_cast<std::ptrdiff_t>(place.first);
    const RecognisedCharacter arrow{seen[k][0].code, options.confidence, center, 0, 0};
    if (place.first < place.last) {
      *at = arrow;
    } else {
      const auto written = characters.insert(at, arrow);
      if (place.is_apart) characters.insert(written, {U' ', 1.0, static_cast<double>(place.glyph.x), 0, 0});
    }
  }
}

std::optional<cv::Rect> lone_ink(const cv::Mat& ink, const Reading& reading) {
  const auto printed = std::count_if(reading.characters.begin(), reading.characters.end(),
                                     [](const RecognisedCharacter& c) { return c.code != U' '; });
  if (printed > 1) return std::nullopt;
  std::vector<cv::Rect> glyphs = glyphs_of(ink);
  if (glyphs.empty()) return std::nullopt;
  std::sort(glyphs.begin(), glyphs.end(), [](const cv::Rect& a, const cv::Rect& b) { return a.area() > b.area(); });
  if (glyphs.front().height < kLeastMarkHeight * ink.rows) return std::nullopt;
  if (glyphs.size() > 1 && glyphs[1].area() > kSecondGlyph * glyphs[0].area()) return std::nullopt;
  return glyphs.front();
}

void hear_lone_mark(Reading& reading, const cv::Rect& box, std::span<const SeenMark> seen,
                    const MarkTestimonyOptions& options) {
  if (seen.size() != 1) return;
  const SeenMark& mark = seen.front();
  auto& characters = reading.characters;
  std::erase_if(characters, [](const RecognisedCharacter& c) { return c.code == U' '; });
  const char32_t read = characters.empty() ? 0 : characters.front().code;
  if (read == mark.code) {
    characters.front().confidence = std::max(characters.front().confidence, mark.belief);
    return;
  }
  const bool is_contrary = mark.belief >= options.contrary;
  if (is_any_arrow(read) && is_contrary) {
    characters.front().confidence = std::min(characters.front().confidence, kDoubtful);
    return;
  }
  const bool is_written = is_any_arrow(mark.code) || mark.code == U'±';
  if (!is_written || mark.belief < options.sure || (read != 0 && !may_be_mark(read))) return;
  reading.characters = {{mark.code, options.confidence, box.x + box.width / 2.0, 0, 0}};
}

}  // namespace medmark::vision
