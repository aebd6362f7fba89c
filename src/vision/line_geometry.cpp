#include "vision/line_geometry.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "base/median.hpp"
#include "base/text.hpp"
#include "vision/glyphs.hpp"

namespace medmark::vision {
namespace {

// Heights of ink as shares of the em, means over SimSun, Song, Hei and Kai faces of Debian's font packages.
constexpr double kHanShare = 0.92;
constexpr double kCapitalShare = 0.71;  // capitals and digits

base::Quad scaled(base::Quad quad, double factor) {
  for (base::Point& p : quad) {
    p.x *= factor;
    p.y *= factor;
  }
  return quad;
}

// Where the ink is thinnest in [from, to]; of equal columns the middle of the longest run.
double thinnest_column(const cv::Mat& profile, int from, int to) {
  int best_ink = profile.at<int>(from);
  int best_begin = from;
  int best_run = 0;
  for (int x = from; x <= to;) {
    int end = x + 1;
    while (end <= to && profile.at<int>(end) == profile.at<int>(x)) ++end;
    if (profile.at<int>(x) < best_ink || (profile.at<int>(x) == best_ink && end - x > best_run)) {
      best_ink = profile.at<int>(x);
      best_begin = x;
      best_run = end - x;
    }
    x = end;
  }
  return best_begin + best_run / 2.0;
}

void shrink_to_ink(const cv::Mat& ink, CharacterPlace& place) {
  const int begin = std::clamp(static_cast<int>(place.begin), 0, ink.cols);
  const int end = std::clamp(static_cast<int>(std::ceil(place.end)), begin, ink.cols);
  if (end <= begin) return;
  const cv::Rect box = cv::boundingRect(ink.colRange(begin, end));
  if (box.empty()) return;
  place.ink_columns = {begin + box.x, begin + box.x + box.width};
  place.ink_rows = {box.y, box.y + box.height};
  place.begin = place.ink_columns.begin;
  place.end = place.ink_columns.end;
}

// A space reaches from its neighbour's ink to its neighbour's ink.
void fill_spaces(const std::vector<RecognisedCharacter>& characters, std::vector<CharacterPlace>& places) {
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (characters[i].code != U' ') continue;
    places[i].begin = i == 0 ? 0 : places[i - 1].end;
    const bool is_last = i + 1 == characters.size() || characters[i + 1].code == U' ';
    places[i].end = is_last ? places[i].begin : std::max(places[i].begin, places[i + 1].begin);
  }
}

}  // namespace

std::vector<CharacterPlace> place_characters(const cv::Mat& ink, const std::vector<RecognisedCharacter>& characters) {
  std::vector<CharacterPlace> places(characters.size());
  if (characters.empty()) return places;
  std::vector<double> centers;
  std::vector<std::size_t> printed;  // characters that have ink: all but spaces
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (characters[i].code == U' ') continue;
    centers.push_back(characters[i].center);
    printed.push_back(i);
  }
  const std::vector<cv::Rect> glyphs = glyphs_of(ink);
  const std::vector<std::size_t> owner = assign_glyphs(glyphs, centers);
  cv::Mat profile;
  cv::reduce(ink, profile, 0, cv::REDUCE_SUM, CV_32S);
  double border = 0;
  for (std::size_t k = 0; k < printed.size(); ++k) {
    CharacterPlace& place = places[printed[k]];
    place.begin = border;
    if (k + 1 == printed.size()) {
      border = ink.cols;
    } else {
      const auto end_of = [&](std::size_t n) { return glyphs[owner[n]].x + glyphs[owner[n]].width; };
      const bool is_parted = owner[k] != kNoGlyph && owner[k + 1] != kNoGlyph && owner[k] != owner[k + 1];
      const double from = is_parted ? std::max<double>(centers[k], end_of(k) - 1) : centers[k];
      const double to = is_parted ? std::min<double>(centers[k + 1], glyphs[owner[k + 1]].x) : centers[k + 1];
      const auto column = [&](double x) { return std::clamp(static_cast<int>(std::lround(x)), 0, ink.cols - 1); };
      border = from < to ? thinnest_column(profile, column(from), column(to)) : (from + to) / 2;
    }
    border = std::max(border, place.begin);
    place.end = border;
  }
  for (const std::size_t i : printed) shrink_to_ink(ink, places[i]);
  fill_spaces(characters, places);
  return places;
}

double em_height(const std::vector<RecognisedCharacter>& characters, const std::vector<CharacterPlace>& places) {
  std::vector<double> han;
  std::vector<double> capitals;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const char32_t code = characters[i].code;
    const int height = places[i].ink_rows.length();
    if (height <= 0) continue;
    if (base::is_han(code) && code != U'一' && code != U'二') han.push_back(height);
    if (base::is_digit(code) || (code >= U'A' && code <= U'Z')) capitals.push_back(height);
  }
  if (!han.empty()) return base::median(han) / kHanShare;
  return base::median(capitals) / kCapitalShare;
}

document::TextLine line_of(const TextStrip& strip, const cv::Mat& ink, const Reading& reading,
                           double points_per_pixel) {
  const std::vector<CharacterPlace> places = place_characters(ink, reading.characters);
  Span rows{ink.rows, 0};
  for (const CharacterPlace& place : places) {
    if (place.ink_rows.length() == 0) continue;
    rows = {std::min(rows.begin, place.ink_rows.begin), std::max(rows.end, place.ink_rows.end)};
  }
  if (rows.length() <= 0) rows = {0, ink.rows};

  document::TextLine line;
  line.source = document::TextSource::kOcr;
  line.confidence = reading.mean_confidence();
  const auto box_of = [&](double begin, double end) {
    return scaled(strip.to_page(base::Rect{begin, static_cast<double>(rows.begin), end, static_cast<double>(rows.end)}),
                  points_per_pixel);
  };
  for (std::size_t i = 0; i < places.size(); ++i) {
    document::Character character;
    character.code = reading.characters[i].code;
    character.confidence = reading.characters[i].confidence;
    character.bbox = base::bounding_box(box_of(places[i].begin, places[i].end));
    line.characters.push_back(character);
  }
  line.quad = box_of(places.empty() ? 0 : places.front().begin, places.empty() ? ink.cols : places.back().end);
  line.bbox = base::bounding_box(line.quad);
  const double points = strip.scale() * points_per_pixel;
  const double em = em_height(reading.characters, places);
  line.font_size = (em > 0 ? em : rows.length() / kHanShare) * points;
  return line;
}

}  // namespace medmark::vision
