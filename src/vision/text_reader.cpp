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

// A line that is about to be written.
struct Draft {
  const Part* part = nullptr;
  const TextStrip* strip = nullptr;
  cv::Mat ink;
  Reading reading;
  std::vector<ScriptCluster> scripts;
};

// Finds raised and lowered print in all drafts, reads it again in one go, and writes it in.
base::Result<void> resolve_scripts(const cv::Mat& page, const TextRecogniser& recogniser, std::vector<Draft>& drafts) {
  std::vector<TextStrip> strips;
  for (Draft& draft : drafts) {
    if (draft.part->way == Way::kDown) continue;
    const auto metrics = measure_line(draft.reading.characters, place_characters(draft.ink, draft.reading.characters));
    if (!metrics) continue;
    draft.scripts = find_scripts(draft.ink, draft.reading, *metrics);
    for (const ScriptCluster& script : draft.scripts)
      strips.push_back(cut_script(page, *draft.strip, draft.ink, script));
  }
  const auto readings = recogniser.read(strips);
  if (!readings) return tl::unexpected(readings.error());
  auto next = readings->begin();
  for (Draft& draft : drafts) {
    const auto end = next + static_cast<std::ptrdiff_t>(draft.scripts.size());
    write_scripts(draft.reading, draft.scripts, {next, end});
    next = end;
  }
  return {};
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

  std::vector<Draft> drafts;
  for (const Part& part : agenda.parts) {
    const bool is_down = part.way == Way::kDown;
    const std::size_t chosen = is_down ? surest(part.rivals, *readings) : 0;
    Draft draft;
    draft.part = &part;
    draft.reading = is_down ? (*readings)[chosen] : joined(part, *readings);
    draft.strip = is_down ? &agenda.strips[chosen] : &part.strip;
    draft.ink = is_down ? strip_ink(draft.strip->pixels) : part.ink;
    trim_spaces(draft.reading);
    if (draft.reading.mean_confidence() >= options_.least_confidence) drafts.push_back(std::move(draft));
  }
  if (auto resolved = resolve_scripts(bgr, script_recogniser_, drafts); !resolved)
    return tl::unexpected(resolved.error());

  std::vector<document::TextLine> lines;
  for (const Draft& draft : drafts) {
    lines.push_back(line_of(*draft.strip, draft.ink, draft.reading, 72 / dpi));
    lines.back().is_vertical = draft.part->way == Way::kDown;
  }
  return lines;
}

}  // namespace medmark::vision
