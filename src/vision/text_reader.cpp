#include "vision/text_reader.hpp"

#include <algorithm>
#include <cmath>

#include "vision/line_geometry.hpp"
#include "vision/tensor_input.hpp"
#include "vision/text_pieces.hpp"
#include "vision/vertical_text.hpp"

namespace medmark::vision {
namespace {

enum class Way { kAcross, kDown };

// A stretch of text without a wide gap, which becomes one line.
struct Part {
  TextStrip strip;
  cv::Mat ink;
  Way way = Way::kAcross;
  std::vector<Span> pieces;         // columns of the strip that are read one by one
  std::size_t first_strip = 0;      // of its pieces in the list of all strips
  std::vector<std::size_t> rivals;  // other ways to read the same box, in the list of all strips
};

// Everything to be read of a page, in one list so that strips can be batched by width.
struct Agenda {
  std::vector<Part> parts;
  std::vector<TextStrip> strips;
};

void plan_across(Agenda& agenda, const TextStrip& whole, const TextReaderOptions& options) {
  const cv::Mat ink = strip_ink(whole.pixels);
  PieceOptions piece_options;
  piece_options.least_gap = static_cast<int>(options.least_gap * kStripHeight);
  for (const Span& columns : part_at_gaps(ink, piece_options)) {
    Part part;
    part.strip = cut_columns(whole, columns);
    part.ink = ink.colRange(columns.begin, columns.end);
    part.pieces = cut_long(part.ink, {0, columns.length()}, options.widest_piece);
    part.first_strip = agenda.strips.size();
    for (const Span& piece : part.pieces) agenda.strips.push_back(cut_columns(part.strip, piece));
    agenda.parts.push_back(std::move(part));
  }
}

void plan_down(Agenda& agenda, const cv::Mat& page, const base::Quad& quad) {
  Part part;
  part.way = Way::kDown;
  part.first_strip = agenda.strips.size();
  for (TextStrip& strip : vertical_readings(page, quad)) {
    part.rivals.push_back(agenda.strips.size());
    agenda.strips.push_back(std::move(strip));
  }
  agenda.parts.push_back(std::move(part));
}

// The pieces of a part put together again: places are those of the part's strip.
Reading joined(const Part& part, const std::vector<Reading>& readings) {
  Reading whole;
  for (std::size_t i = 0; i < part.pieces.size(); ++i) {
    for (RecognisedCharacter character : readings[part.first_strip + i].characters) {
      character.center += part.pieces[i].begin;
      whole.characters.push_back(character);
    }
  }
  return whole;
}

std::size_t surest(const std::vector<std::size_t>& rivals, const std::vector<Reading>& readings) {
  return *std::max_element(rivals.begin(), rivals.end(), [&](std::size_t a, std::size_t b) {
    return readings[a].mean_confidence() < readings[b].mean_confidence();
  });
}

document::TextLine vertical_line(const TextStrip& strip, const Reading& reading, double points_per_pixel) {
  document::TextLine line = line_of(strip, strip_ink(strip.pixels), reading, points_per_pixel);
  line.is_vertical = true;
  return line;
}

void trim_spaces(Reading& reading) {
  auto& characters = reading.characters;
  const auto is_ink = [](const RecognisedCharacter& c) { return c.code != U' '; };
  characters.erase(std::find_if(characters.rbegin(), characters.rend(), is_ink).base(), characters.end());
  characters.erase(characters.begin(), std::find_if(characters.begin(), characters.end(), is_ink));
}

}  // namespace

base::Result<std::vector<document::TextLine>> TextReader::read(const cv::Mat& picture, double dpi) const {
  const cv::Mat bgr = as_bgr(picture);
  const auto boxes = detector_.detect(bgr);
  if (!boxes) return tl::unexpected(boxes.error());

  Agenda agenda;
  for (const TextBox& box : *boxes) {
    const TextStrip strip = cut_strip(bgr, box.quad);
    if (may_be_vertical(strip, box.quad, options_.vertical_ratio)) {
      plan_down(agenda, bgr, box.quad);
    } else {
      plan_across(agenda, strip, options_);
    }
  }
  auto readings = recogniser_.read(agenda.strips);
  if (!readings) return tl::unexpected(readings.error());

  std::vector<document::TextLine> lines;
  const double points_per_pixel = 72 / dpi;
  for (const Part& part : agenda.parts) {
    const bool is_down = part.way == Way::kDown;
    const std::size_t chosen = is_down ? surest(part.rivals, *readings) : 0;
    Reading reading = is_down ? (*readings)[chosen] : joined(part, *readings);
    trim_spaces(reading);
    if (reading.characters.empty() || reading.mean_confidence() < options_.least_confidence) continue;
    lines.push_back(is_down ? vertical_line(agenda.strips[chosen], reading, points_per_pixel)
                            : line_of(part.strip, part.ink, reading, points_per_pixel));
  }
  return lines;
}

}  // namespace medmark::vision
