#include "image/ruling.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "image/ruling_check.hpp"
#include "image/ruling_trace.hpp"

namespace medmark::image {
namespace {

// Millimetres and shares; measured together with TraceLimits (ruling_trace.cpp).
struct RulingLimits {
  double steepest = 0.012;             // 0.7 degrees
  double drift = 1.0;                  // pixels across that a short line may seem to run all the same
  double least_horizontal_mm = 5;      // standing alone: longer than a character or a dash of body text
  double least_vertical_mm = 10;       // standing alone: longer than a stroke of a large heading
  double least_supported_mm = 3.8;     // between two crossing lines
  double least_half_supported_mm = 6;  // ending at one
  double touch_mm = 0.5;               // an end this near to a line meets it
  double snap_mm = 1.5;
  double sure_length_mm = 15;  // of solid lines, which text may crowd
  double sure_coverage = 0.9;
  double sure_clear = 0.25;
  double dashed_coverage = 0.45;
  double dashed_clear = 0.7;
  double solid_ink = 0.9;  // share of a solid line's pixels that are inked
  double dashed_ink = 0.25;
  double dashed_share = 0.7;        // of that ink in dots and dashes
  double short_thickest_mm = 0.75;  // of lines shorter than a sure one: text merges under blur
  double drawn_part = 0.5;          // of a trace's length that may be the line, the rest print in line with it
  double part_coverage = 0.8;       // of such a trace: 0.88 where it was a line, 0.5 to 0.62 where it was digits
  double merge_gap_mm = 3;
  double absorb_gap_mm = 5;       // of short pieces beside a sure line
  double merge_offset = 1.6;      // pixels across
  double character_share = 0.2;   // of its length: print above and below the end of a dash
  double character_line_mm = 12;  // shorter ones may be a dash or a stroke
};
constexpr RulingLimits kLimits;

using Traces = std::vector<RulingTrace>;

bool is_solid_line(const RulingTrace& t, double pixels_per_mm) {
  return t.length() >= kLimits.sure_length_mm * pixels_per_mm && t.coverage >= kLimits.sure_coverage &&
         t.clear_either >= kLimits.sure_clear;
}

bool is_clear_line(const RulingTrace& t) {
  return t.coverage >= kLimits.dashed_coverage && t.clear_both >= kLimits.dashed_clear;
}

// One of a pair of double lines, or a line with print close by on one side.
bool is_half_clear_line(const RulingTrace& t) {
  return t.coverage >= kLimits.sure_coverage && t.clear_either >= kLimits.dashed_clear;
}

// Whether it runs along the page: an unbroken short line on a fax may seem to drift by a pixel.
bool is_level(const RulingTrace& t) {
  const double drift = t.coverage >= kLimits.sure_coverage ? kLimits.drift : 0;
  return std::abs(t.slope) * t.length() <= std::max(kLimits.steepest * t.length(), drift);
}

bool looks_drawn(const RulingTrace& t, double pixels_per_mm) {
  return is_level(t) && (is_solid_line(t, pixels_per_mm) || is_clear_line(t) || is_half_clear_line(t));
}

bool is_collinear(const RulingTrace& a, const RulingTrace& b, double gap_limit) {
  const double gap = std::max(a.begin, b.begin) - std::min(a.end, b.end);
  if (gap > gap_limit) return false;
  const double at = gap > 0 ? (std::max(a.begin, b.begin) + std::min(a.end, b.end)) / 2 : std::max(a.begin, b.begin);
  return std::abs(a.position_at(at) - b.position_at(at)) <= kLimits.merge_offset;
}

RulingTrace joined(const RulingTrace& a, const RulingTrace& b) {
  RulingTrace t = a.length() >= b.length() ? a : b;
  const double total = a.length() + b.length();
  const auto mean = [&](double of_a, double of_b) { return (of_a * a.length() + of_b * b.length()) / total; };
  const RulingTrace& head = a.begin <= b.begin ? a : b;
  const RulingTrace& tail = a.end >= b.end ? a : b;
  t.begin = head.begin;
  t.end = tail.end;
  // The longer piece knows the slope best; together they know it better where they lie apart.
  if (head.end <= tail.begin) {
    const double head_middle = (head.begin + head.end) / 2;
    const double tail_middle = (tail.begin + tail.end) / 2;
    t.slope = (tail.position_at(tail_middle) - head.position_at(head_middle)) / (tail_middle - head_middle);
    t.position = head.position_at(head_middle) - t.slope * (head_middle - t.begin);
  } else {
    const RulingTrace& base = a.length() >= b.length() ? a : b;
    t.position = base.position_at(t.begin);
    t.slope = base.slope;
  }
  t.coverage = std::min(1.0, (a.coverage * a.length() + b.coverage * b.length()) / std::max(1.0, t.length()));
  t.clear_both = mean(a.clear_both, b.clear_both);
  t.clear_either = mean(a.clear_either, b.clear_either);
  t.thickness = mean(a.thickness, b.thickness);
  t.contrast = mean(a.contrast, b.contrast);
  return t;
}

void merge_collinear(Traces& traces, double gap_limit) {
  std::sort(traces.begin(), traces.end(), [](const RulingTrace& a, const RulingTrace& b) { return a.begin < b.begin; });
  Traces merged;
  for (const RulingTrace& trace : traces) {
    const auto partner = std::find_if(merged.begin(), merged.end(),
                                      [&](const RulingTrace& other) { return is_collinear(other, trace, gap_limit); });
    if (partner == merged.end()) {
      merged.push_back(trace);
    } else {
      *partner = joined(*partner, trace);
    }
  }
  traces = std::move(merged);
}

// Drawn lines; short clear pieces in line with one go with it.
Traces drawn_lines(const Traces& traces, double pixels_per_mm) {
  Traces drawn, pieces;
  for (const RulingTrace& t : traces) {
    if (looks_drawn(t, pixels_per_mm))
      (t.length() >= kLimits.least_supported_mm * pixels_per_mm ? drawn : pieces).push_back(t);
  }
  merge_collinear(drawn, kLimits.merge_gap_mm * pixels_per_mm);
  for (bool changed = true; changed;) {
    changed = false;
    for (auto piece = pieces.begin(); piece != pieces.end();) {
      const auto line = std::find_if(drawn.begin(), drawn.end(), [&](const RulingTrace& other) {
        return other.length() > 4 * piece->length() && is_clear_line(*piece) &&
               is_collinear(other, *piece, kLimits.absorb_gap_mm * pixels_per_mm);
      });
      if (line == drawn.end()) {
        ++piece;
        continue;
      }
      *line = joined(*line, *piece);
      piece = pieces.erase(piece);
      changed = true;
    }
  }
  merge_collinear(drawn, kLimits.merge_gap_mm * pixels_per_mm);
  return drawn;
}

// The crossing line that an end meets within `reach`: the nearest, or null.
const RulingTrace* line_at_end(const RulingTrace& trace, bool at_begin, const Traces& crossing, double reach) {
  const double along = at_begin ? trace.begin : trace.end;
  const double across = trace.position_at(along);
  const RulingTrace* best = nullptr;
  for (const RulingTrace& other : crossing) {
    if (across < other.begin - reach || across > other.end + reach) continue;
    const double distance = std::abs(other.position_at(across) - along) - other.thickness / 2;
    if (distance <= reach &&
        (best == nullptr || distance < std::abs(best->position_at(across) - along) - best->thickness / 2)) {
      best = &other;
    }
  }
  return best;
}

int supported_ends(const RulingTrace& trace, const Traces& crossing, double reach) {
  return (line_at_end(trace, true, crossing, reach) != nullptr ? 1 : 0) +
         (line_at_end(trace, false, crossing, reach) != nullptr ? 1 : 0);
}

// A dash or a stroke has print of its own height right beside it, above and below.
bool stands_in_text(const LinePage& page, const RulingTrace& trace, const Traces& crossing, double pixels_per_mm) {
  if (trace.length() > kLimits.character_line_mm * pixels_per_mm) return false;
  const int paper = page.at(static_cast<int>((trace.begin + trace.end) / 2),
                            static_cast<int>(trace.position - trace.thickness / 2 - 0.5 * pixels_per_mm));
  const int limit = paper - static_cast<int>(0.45 * trace.contrast);
  const int reach = static_cast<int>(trace.length() * 0.6);
  const auto inked = [&](double from, double to, bool behind) {
    const int step = behind ? 1 : -1;
    for (int d = 1; d <= reach; ++d) {
      const int along = static_cast<int>(behind ? trace.end : trace.begin) + step * (d + 1);
      for (int across = static_cast<int>(from); across <= static_cast<int>(to); ++across) {
        if (page.at(along, across) < limit) return true;
      }
    }
    return false;
  };
  const double near = trace.thickness / 2 + kLimits.character_share * trace.length();
  const double far = 0.6 * trace.length();
  for (const bool behind : {false, true}) {
    if (line_at_end(trace, !behind, crossing, kLimits.touch_mm * pixels_per_mm) != nullptr) continue;
    const double position = trace.position_at(behind ? trace.end : trace.begin);
    if (inked(position - far, position - near, behind) && inked(position + near, position + far, behind)) return true;
  }
  return false;
}

struct Lengths {
  double alone = 0;
  double half_supported = 0;
  double supported = 0;
};

void drop_unsupported(Traces& traces, const Traces& crossing, const Lengths& least, double pixels_per_mm) {
  std::erase_if(traces, [&](const RulingTrace& t) {
    if (t.length() >= least.alone) return false;
    const int ends = supported_ends(t, crossing, kLimits.touch_mm * pixels_per_mm);
    return t.length() < (ends == 2 ? least.supported : ends == 1 ? least.half_supported : least.alone);
  });
}

void snap_ends(Traces& traces, const Traces& crossing, double reach) {
  for (RulingTrace& trace : traces) {
    for (const bool at_begin : {true, false}) {
      const RulingTrace* other = line_at_end(trace, at_begin, crossing, reach);
      if (other == nullptr) continue;
      const double target = other->position_at(trace.position_at(at_begin ? trace.begin : trace.end));
      if (at_begin) {
        trace.position = trace.position_at(target);
        trace.begin = target;
      } else {
        trace.end = target;
      }
    }
  }
}

document::RulingLine ruling_of(const RulingTrace& trace, RulingDirection direction, double points) {
  document::RulingLine line;
  const double first = trace.position_at(trace.begin);
  const double last = trace.position_at(trace.end);
  line.width = trace.thickness * points;
  if (direction == RulingDirection::kHorizontal) {
    line.a = {trace.begin * points, first * points};
    line.b = {trace.end * points, last * points};
  } else {
    line.a = {first * points, trace.begin * points};
    line.b = {last * points, trace.end * points};
  }
  return line;
}

// Solid ink along the whole of it, or dots and dashes that stand for themselves.
bool is_drawn(const LinePage& page, const RulingTrace& line, int limit, double pixels_per_mm) {
  const bool is_short = line.length() <= kLimits.sure_length_mm * pixels_per_mm;
  if (is_short && line.thickness > kLimits.short_thickest_mm * pixels_per_mm) return false;
  if (line.length() <= kLimits.character_line_mm * pixels_per_mm &&
      is_stroke_of_character(page, line, limit, pixels_per_mm)) {
    return false;
  }
  const double inked = inked_share(page, line, limit);
  if (inked >= kLimits.solid_ink) return true;
  return line.clear_both >= kLimits.dashed_clear && inked >= kLimits.dashed_ink &&
         dash_share(page, line, limit, pixels_per_mm) >= kLimits.dashed_share;
}

// The same, or the part of it that is drawn: a line may end on another right above print that stands in line with it.
std::optional<RulingTrace> drawn_part(const LinePage& page, const RulingTrace& line, int limit, double pixels_per_mm) {
  if (is_drawn(page, line, limit, pixels_per_mm)) return line;
  if (line.coverage < kLimits.part_coverage) return std::nullopt;  // digits below each other
  const RulingTrace part = longest_inked(page, line, limit);
  const double least = std::max(kLimits.least_supported_mm * pixels_per_mm, kLimits.drawn_part * line.length());
  if (part.length() < least || part.length() >= line.length()) return std::nullopt;
  return is_drawn(page, part, limit, pixels_per_mm) ? std::optional(part) : std::nullopt;
}

Traces found_lines(const cv::Mat& grey, double dpi, RulingDirection direction) {
  const double pixels_per_mm = dpi / 25.4;
  const Traces candidates = drawn_lines(trace_rulings(grey, dpi, direction), pixels_per_mm);
  const LinePage page(grey, direction);
  Traces lines;
  for (RulingTrace line : candidates) {
    line.thickness = measured_width(page, line);
    const int limit = ink_limit(page, line, pixels_per_mm);
    refine_ends(page, line, limit, pixels_per_mm);
    if (const auto drawn = drawn_part(page, line, limit, pixels_per_mm)) lines.push_back(*drawn);
  }
  return lines;
}

}  // namespace

std::vector<document::RulingLine> detect_rulings(const cv::Mat& clean, double dpi) {
  std::vector<document::RulingLine> rulings;
  if (clean.empty() || clean.depth() != CV_8U) return rulings;
  cv::Mat grey = clean;
  if (clean.channels() == 3) cv::cvtColor(clean, grey, cv::COLOR_BGR2GRAY);
  const double pixels_per_mm = dpi / 25.4;
  Traces horizontal = found_lines(grey, dpi, RulingDirection::kHorizontal);
  Traces vertical = found_lines(grey, dpi, RulingDirection::kVertical);
  const Lengths across{kLimits.least_horizontal_mm * pixels_per_mm, kLimits.least_half_supported_mm * pixels_per_mm,
                       kLimits.least_supported_mm * pixels_per_mm};
  const Lengths down{kLimits.least_vertical_mm * pixels_per_mm, kLimits.least_half_supported_mm * pixels_per_mm,
                     kLimits.least_supported_mm * pixels_per_mm};
  const LinePage flat(grey, RulingDirection::kHorizontal);
  std::erase_if(horizontal, [&](const RulingTrace& t) { return stands_in_text(flat, t, vertical, pixels_per_mm); });
  drop_unsupported(vertical, horizontal, down, pixels_per_mm);
  drop_unsupported(horizontal, vertical, across, pixels_per_mm);
  snap_ends(horizontal, vertical, kLimits.snap_mm * pixels_per_mm);
  snap_ends(vertical, horizontal, kLimits.snap_mm * pixels_per_mm);

  const auto by_position = [](const RulingTrace& a, const RulingTrace& b) {
    return a.position != b.position ? a.position < b.position : a.begin < b.begin;
  };
  std::sort(horizontal.begin(), horizontal.end(), by_position);
  std::sort(vertical.begin(), vertical.end(), by_position);
  for (const RulingTrace& t : horizontal) rulings.push_back(ruling_of(t, RulingDirection::kHorizontal, 72 / dpi));
  for (const RulingTrace& t : vertical) rulings.push_back(ruling_of(t, RulingDirection::kVertical, 72 / dpi));
  return rulings;
}

}  // namespace medmark::image
