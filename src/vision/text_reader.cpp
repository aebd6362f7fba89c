#include "vision/text_reader.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "vision/arrow_marks.hpp"
#include "vision/column_marks.hpp"
#include "vision/doubled_ink.hpp"
#include "vision/ion_charges.hpp"
#include "vision/line_geometry.hpp"
#include "vision/mark_testimony.hpp"
#include "vision/mark_witness.hpp"
#include "vision/per_mille.hpp"
#include "vision/range_contradictions.hpp"
#include "vision/roman_numerals.hpp"
#include "vision/second_look.hpp"
#include "vision/stray_marks.hpp"
#include "vision/stroke_columns.hpp"
#include "vision/tensor_input.hpp"
#include "vision/text_pieces.hpp"
#include "vision/unread_dashes.hpp"
#include "vision/unread_spaces.hpp"
#include "vision/vertical_text.hpp"
#include "vision/wide_digits.hpp"

namespace medmark::vision {
namespace {

enum class Way { kAcross, kDown };

// A stretch of text without a wide gap, which becomes one line.
struct Part {
  TextStrip strip;
  cv::Mat ink;
  Way way = Way::kAcross;
  bool is_stray = false;            // not seen by the detector
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

void plan_stray(Agenda& agenda, const cv::Mat& page, const base::Quad& quad) {
  Part part;
  part.is_stray = true;
  part.strip = cut_strip(page, quad);
  part.ink = strip_ink(part.strip.pixels);
  part.pieces = {{0, part.ink.cols}};
  part.first_strip = agenda.strips.size();
  agenda.strips.push_back(part.strip);
  agenda.parts.push_back(std::move(part));
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
  std::vector<ArrowMark> arrows;
  bool is_confirmed = false;  // by a second look
};

// What the detector passed over counts as print where it is read surely and is not a stroke that any speck could be.
bool is_believed_alone(const Reading& reading, double least_confidence) {
  if (reading.mean_confidence() < least_confidence) return false;
  constexpr std::u32string_view kStrokes = U".,'`’‘\"·、。，|丨/\\_~-—–一:;：；!！iIl1丶ノ丿「」『』[]()（）^°*⁻¯＿";
  return std::any_of(reading.characters.begin(), reading.characters.end(), [&](const RecognisedCharacter& c) {
    return kStrokes.find(c.code) == std::u32string_view::npos && c.code != U' ';
  });
}

bool is_arrow_alone(const Reading& reading) {
  return reading.characters.size() == 1 && (reading.characters[0].code == U'↑' || reading.characters[0].code == U'↓');
}

// The drafts as texts in their places; those that run down the page are empty.
std::vector<PlacedText> placed_texts(const std::vector<Draft>& drafts) {
  std::vector<PlacedText> lines;
  for (const Draft& draft : drafts) {
    PlacedText line;
    const auto& pixels = draft.strip->pixels;
    line.frame =
        frame_of(draft.strip->to_page({0, 0, static_cast<double>(pixels.cols), static_cast<double>(pixels.rows)}));
    if (draft.part->way == Way::kAcross) {
      for (const RecognisedCharacter& character : draft.reading.characters) line.text.push_back(character.code);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

// Reads again what is too unsure to be believed, in another crop; what reads the same is confirmed.
base::Result<void> look_again(const cv::Mat& page, const TextRecogniser& recogniser, std::span<const TextStrip> strips,
                              double least_confidence, std::vector<Draft>& drafts) {
  const SecondLookOptions options;
  const double height = median_height(strips);
  std::vector<TextStrip> crops;
  std::vector<Draft*> doubtful;
  for (Draft& draft : drafts) {
    const double confidence = draft.reading.mean_confidence();
    const bool is_doubtful = confidence >= options.least_confidence && confidence < least_confidence;
    if (!is_doubtful || draft.part->is_stray || draft.part->way == Way::kDown) continue;
    if (auto crop = second_crop(page, *draft.strip, height, options)) {
      crops.push_back(std::move(*crop));
      doubtful.push_back(&draft);
    }
  }
  const auto readings = recogniser.read(crops);
  if (!readings) return tl::unexpected(readings.error());
  for (std::size_t i = 0; i < crops.size(); ++i) {
    doubtful[i]->is_confirmed = read_the_same(doubtful[i]->reading, (*readings)[i]);
  }
  return {};
}

// Asks the marks network about strokes that stand alone or behind a number: a recogniser of words takes such an arrow
// for a 1 or passes over it.
base::Result<void> resolve_marks(const MarkWitness& witness, std::vector<Draft>& drafts) {
  struct Asked {
    Draft* draft = nullptr;
    std::vector<MarkPlace> places;  // empty: it stands alone
    std::size_t first = 0;          // of its questions
  };
  std::vector<MarkQuestion> questions;
  std::vector<Asked> all;
  for (Draft& draft : drafts) {
    if (draft.part->way == Way::kDown) continue;
    Asked asked{&draft, {}, questions.size()};
    if (const std::optional<cv::Rect> box = lone_ink(draft.ink, draft.reading)) {
      questions.push_back({draft.strip->pixels, *box});
    } else {
      asked.places = places_behind_numbers(draft.ink, draft.reading);
      for (const MarkPlace& place : asked.places) questions.push_back({draft.strip->pixels, place.glyph});
    }
    if (questions.size() > asked.first) all.push_back(std::move(asked));
  }
  const auto answers = witness.look(questions);
  if (!answers) return tl::unexpected(answers.error());
  for (const Asked& asked : all) {
    const auto seen = std::span(*answers).subspan(asked.first);
    if (asked.places.empty()) {
      hear_lone_mark(asked.draft->reading, questions[asked.first].box, seen.front(), {});
    } else {
      hear_marks_behind_numbers(asked.draft->reading, asked.places, seen, {});
    }
  }
  return {};
}

// Finds arrows in all drafts, reads each again alone, and writes them in.
base::Result<void> resolve_arrows(const cv::Mat& page, const TextRecogniser& recogniser, std::vector<Draft>& drafts) {
  std::vector<TextStrip> strips;
  const std::vector<std::optional<std::size_t>> contradicted = contradicted_ends(placed_texts(drafts));
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Draft& draft = drafts[i];
    if (draft.part->way == Way::kDown) continue;
    draft.arrows = find_arrows(draft.strip->pixels, draft.reading, contradicted[i]);
    for (const ArrowMark& arrow : draft.arrows) {
      strips.push_back(cut_alone(page, *draft.strip, draft.ink, arrow.glyph, 0));
    }
  }
  const auto readings = recogniser.read(strips);
  if (!readings) return tl::unexpected(readings.error());
  auto next = readings->begin();
  for (Draft& draft : drafts) {
    const auto end = next + static_cast<std::ptrdiff_t>(draft.arrows.size());
    write_arrows(draft.reading, draft.arrows, {next, end});
    next = end;
  }
  return {};
}

std::optional<LineMetrics> metrics_of(const Draft& draft) {
  return measure_line(draft.reading.characters, place_characters(draft.ink, draft.reading.characters));
}

// Finds raised and lowered print in all drafts, reads it again in one go, and writes it in.
base::Result<void> resolve_scripts(const cv::Mat& page, const TextRecogniser& recogniser, const MarkWitness& witness,
                                   std::vector<Draft>& drafts) {
  std::vector<TextStrip> strips;
  std::vector<MarkQuestion> questions;
  for (Draft& draft : drafts) {
    if (draft.part->way == Way::kDown) continue;
    const auto metrics = metrics_of(draft);
    if (!metrics) continue;
    draft.scripts = find_scripts(draft.ink, draft.reading, *metrics);
    for (const ScriptCluster& script : draft.scripts) {
      strips.push_back(cut_script(page, *draft.strip, draft.ink, script));
      questions.push_back({draft.strip->pixels, script.box});
    }
  }
  const auto readings = recogniser.read(strips);
  if (!readings) return tl::unexpected(readings.error());
  const auto seen = witness.look(questions);
  if (!seen) return tl::unexpected(seen.error());
  std::size_t first = 0;
  for (Draft& draft : drafts) {
    const std::size_t count = draft.scripts.size();
    const auto next = readings->begin() + static_cast<std::ptrdiff_t>(first);
    write_scripts(draft.reading, draft.scripts, {next, next + static_cast<std::ptrdiff_t>(count)},
                  std::span(*seen).subspan(first, count));
    const auto metrics = draft.scripts.empty() ? std::nullopt : metrics_of(draft);
    if (metrics) check_charges(draft.ink, *metrics, draft.reading);
    first += count;
  }
  return {};
}

// The ring of a degree Celsius is sometimes read twice, once alone: the sign already holds it.
void drop_doubled_ring(Reading& reading) {
  auto& characters = reading.characters;
  for (std::size_t i = 1; i < characters.size();) {
    const bool is_doubled =
        characters[i].code == U'℃' && (characters[i - 1].code == U'°' || characters[i - 1].code == U'º');
    if (is_doubled) {
      characters.erase(characters.begin() + static_cast<std::ptrdiff_t>(i) - 1);
    } else {
      ++i;
    }
  }
}

void trim_spaces(Reading& reading) {
  auto& characters = reading.characters;
  const auto is_ink = [](const RecognisedCharacter& c) { return c.code != U' '; };
  characters.erase(std::find_if(characters.rbegin(), characters.rend(), is_ink).base(), characters.end());
  characters.erase(characters.begin(), std::find_if(characters.begin(), characters.end(), is_ink));
}

// What was found by its shape and place is never sure enough to go unchecked.
constexpr double kConfidenceByPlace = 0.8;

document::TextLine line_of_mark(const ColumnMark& mark, char32_t code, double em, double points_per_pixel) {
  const cv::Rect& ink = mark.ink;
  const base::Rect box{ink.x * points_per_pixel, mark.surroundings.y * points_per_pixel,
                       (ink.x + ink.width) * points_per_pixel,
                       (mark.surroundings.y + mark.surroundings.height) * points_per_pixel};
  document::TextLine line;
  line.source = document::TextSource::kOcr;
  line.characters.push_back({.code = code, .bbox = box, .confidence = kConfidenceByPlace});
  line.bbox = box;
  line.quad = base::quad_of(box);
  line.confidence = kConfidenceByPlace;
  line.font_size = em * points_per_pixel;
  return line;
}

bool stands_in_any(const document::TextLine& mark, const std::vector<document::TextLine>& lines) {
  return std::any_of(lines.begin(), lines.end(), [&](const document::TextLine& line) {
    return line.bbox.contains({mark.bbox.center_x(), mark.bbox.center_y()});
  });
}

}  // namespace

base::Result<std::vector<document::TextLine>> TextReader::column_marks(const cv::Mat& bgr,
                                                                       std::span<const TextBox> boxes,
                                                                       double points_per_pixel) const {
  const std::vector<ColumnMark> marks = find_column_marks(bgr, boxes, {});
  std::vector<TextStrip> strips;
  for (const ColumnMark& mark : marks) {
    const cv::Rect& r = mark.surroundings;
    if (mark.shape == SmallMark::kAsterisk) {
      strips.push_back(
          cut_strip(bgr, base::quad_of({static_cast<double>(r.x), static_cast<double>(r.y),
                                        static_cast<double>(r.x + r.width), static_cast<double>(r.y + r.height)})));
    }
  }
  const auto readings = mark_recogniser_.read(strips);
  if (!readings) return tl::unexpected(readings.error());
  const auto is_asterisk = [&](const Reading& reading) {
    return reading.characters.size() == 1 &&
           (reading.characters[0].code == U'*' || reading.characters[0].code == U'★') &&
           reading.characters[0].confidence >= options_.least_asterisk_confidence;
  };
  const auto count = std::count_if(readings->begin(), readings->end(), is_asterisk);
  std::vector<document::TextLine> lines;
  std::size_t next = 0;
  for (const ColumnMark& mark : marks) {
    if (mark.shape == SmallMark::kDash) {
      lines.push_back(line_of_mark(mark, U'-', median_em(boxes), points_per_pixel));
      continue;
    }
    const Reading& reading = (*readings)[next++];
    // One asterisk of a page needs a column to stand in; of several each speaks for the others.
    if (!is_asterisk(reading) || (mark.mates == 0 && count < 2)) continue;
    lines.push_back(line_of_mark(mark, reading.characters[0].code, median_em(boxes), points_per_pixel));
  }
  return lines;
}

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
  for (const TextBox& mark : find_stray_marks(bgr, *boxes, {})) plan_stray(agenda, bgr, mark.quad);
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
    drop_doubled_ring(draft.reading);
    if (!is_down) {
      write_roman_numerals(draft.ink, draft.reading);
      write_per_mille(draft.ink, draft.reading);
      write_unread_dashes(draft.ink, draft.reading);
      write_unread_spaces(draft.ink, draft.reading);
      doubt_wide_digits(draft.ink, draft.reading);
    }
    drafts.push_back(std::move(draft));
  }
  if (auto done = look_again(bgr, recogniser_, agenda.strips, options_.least_confidence, drafts); !done)
    return tl::unexpected(done.error());
  if (auto done = resolve_marks(mark_witness_, drafts); !done) return tl::unexpected(done.error());
  if (auto done = resolve_arrows(bgr, arrow_recogniser_, drafts); !done) return tl::unexpected(done.error());
  const std::vector<char32_t> lone = strokes_by_column(placed_texts(drafts));
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (lone[i] != 0) drafts[i].reading.characters.front().code = lone[i];
  }
  std::erase_if(drafts, [&](const Draft& draft) {
    const Reading& reading = draft.reading;
    if (is_arrow_alone(reading)) return false;
    const bool is_lone = lone[static_cast<std::size_t>(&draft - drafts.data())] != 0;
    if (is_lone && reading.mean_confidence() >= options_.least_stray_confidence) return false;
    return draft.part->is_stray ? !is_believed_alone(reading, options_.least_stray_confidence)
                                : !draft.is_confirmed && reading.mean_confidence() < options_.least_confidence;
  });
  if (auto resolved = resolve_scripts(bgr, script_recogniser_, mark_witness_, drafts); !resolved)
    return tl::unexpected(resolved.error());

  std::vector<document::TextLine> lines;
  for (const Draft& draft : drafts) {
    lines.push_back(line_of(*draft.strip, draft.ink, draft.reading, 72 / dpi));
    lines.back().is_vertical = draft.part->way == Way::kDown;
  }
  drop_doubled_characters(lines);
  auto marks = column_marks(bgr, *boxes, 72 / dpi);
  if (!marks) return tl::unexpected(marks.error());
  std::erase_if(*marks, [&](const document::TextLine& mark) { return stands_in_any(mark, lines); });
  std::move(marks->begin(), marks->end(), std::back_inserter(lines));
  return lines;
}

}  // namespace medmark::vision
