#include "vision/signatures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>

#include "image/pixel_rect.hpp"
#include "vision/ink_pieces.hpp"
#include "vision/text_strip.hpp"

namespace medmark::vision {
namespace {

using document::TextLine;

// In em of the label's print where nothing else is said. Printed names are no taller than it and none of their
// characters is wider; a pen joins its strokes.
struct SignatureLimits {
  double reach = 14;          // to the right of the label
  double gap = 7;             // between the label and the first stroke
  double above = 2.2;         // of the row's middle, where strokes may stand
  double least_piece = 0.25;  // a side of ink that is more than a speck
  double joined = 1.45;       // width or height of a stroke that no character of print has
  double most_fill = 0.6;     // of that stroke's box
  double least_width = 1.2;   // of the whole
  double tallest = 4.2;
  double widest = 8;        // more is a seal or a picture that it runs into
  double character = 1.35;  // width of a character of print with what parts it from the next
  double rule = 0.3;        // height of a line to sign on ...
  double rule_length = 3;   // ... and its length
  double print = 0.9;       // confidence of a line that is print
  double unsure = 0.8;      // of what was read behind the label, for it to be strokes of a pen
  double inside = 0.5;      // of a line's box in a signature that was read out of it
  double confidence = 0.65;
};
constexpr SignatureLimits kLimits;

constexpr auto kSigners = std::to_array<std::u32string_view>(
    {U"签名",   U"签字",   U"签章",   U"医师",   U"医生",   U"检验者",    U"审核者",    U"复核者",
     U"核对者", U"检验人", U"审核人", U"报告人", U"记录者", U"记录人",    U"护士",      U"家属",
     U"本人",   U"操作者", U"审签",   U"签发",   U"技师",   U"signature", U"signed by", U"physician"});

std::u32string folded(std::u32string_view text) {
  std::u32string out;
  for (const char32_t c : text) out.push_back(c >= U'A' && c <= U'Z' ? c + 32 : c);
  while (!out.empty() && (out.back() == U' ' || out.back() == U'_')) out.pop_back();
  return out;
}

// Whether what was read fills its width as print does: a scribble is read as one letter, however wide it is, and
// surely.
bool has_width_of_print(double width, std::size_t characters, double em) {
  return width <= (kLimits.character * static_cast<double>(characters) + 0.3) * em;
}

bool is_print(const TextLine& line, double scale, double em) {
  const double height = (line.bbox.y1 - line.bbox.y0) * scale;
  return line.confidence >= kLimits.print && height < kLimits.joined * em &&
         has_width_of_print(line.bbox.width() * scale, line.characters.size(), em);
}

double em_of(const TextLine& line, double scale) {
  const double points = line.font_size > 0 ? line.font_size : line.bbox.height();
  return std::max(4.0, points * scale);
}

std::u32string text_of(const TextLine& line) {
  std::u32string text;
  for (const document::Character& character : line.characters) text.push_back(character.code);
  return text;
}

// A label with the place where it ends; what was read behind it may be the signature.
struct Label {
  base::Rect bbox;
  std::size_t end = 0;  // characters of the line up to its colon
};

std::optional<Label> label_of(const TextLine& line) {
  const std::u32string text = text_of(line);
  for (std::size_t end = text.size(); end > 0; --end) {
    if (text[end - 1] != U'：' && text[end - 1] != U':') continue;
    if (!ends_with_signing_label(std::u32string_view(text).substr(0, end))) return std::nullopt;
    double sum = 0;
    double count = 0;
    for (std::size_t i = end; i < text.size(); ++i) {
      if (text[i] == U' ' || text[i] == U'_') continue;
      sum += line.characters[i].confidence;
      count += 1;
    }
    const double em = line.font_size > 0 ? line.font_size : line.bbox.height();
    const double width = line.bbox.x1 - line.characters[end - 1].bbox.x1;
    const bool is_name = count > 0 && sum / count >= kLimits.unsure &&
                         has_width_of_print(width, static_cast<std::size_t>(count) + 1, em);
    if (is_name) return std::nullopt;
    Label label{line.bbox, end};
    // The box of the colon may reach over a scribble that was not read.
    const base::Rect& colon = line.characters[end - 1].bbox;
    label.bbox.x1 = std::min({line.bbox.x1, colon.x1, colon.x0 + em});
    return label;
  }
  return std::nullopt;
}

// The free place behind the label: up to print that stands in its row.
cv::Rect place_behind(const Label& label, double em, std::span<const TextLine> lines, double scale,
                      const cv::Mat& page) {
  const cv::Rect box = image::touched_pixels(label.bbox, scale);
  double end = box.br().x + kLimits.reach * em;
  for (const TextLine& other : lines) {
    const cv::Rect there = image::touched_pixels(other.bbox, scale);
    const int shared = std::min(there.br().y, box.br().y) - std::max(there.y, box.y);
    if (is_print(other, scale, em) && there.x >= box.br().x && 2 * shared > std::min(there.height, box.height))
      end = std::min<double>(end, there.x - 1);
  }
  const double middle = box.y + box.height / 2.0;
  const cv::Rect place(cv::Point(box.br().x + 1, static_cast<int>(middle - kLimits.above * em)),
                       cv::Point(static_cast<int>(end), static_cast<int>(middle + kLimits.above * em)));
  return place & cv::Rect(0, 0, page.cols, page.rows);
}

// Ink of the place without lines to sign on and without print of the rows around.
std::vector<InkPiece> pieces_in(const cv::Mat& page, const cv::Rect& place, std::span<const TextLine> lines,
                                std::size_t own_line, double scale, double em) {
  cv::Mat ink = strip_ink(page(place));
  for (const TextLine& line : lines) {
    if (&line == &lines[own_line]) continue;
    const cv::Rect box = image::touched_pixels(line.bbox, scale);
    const cv::Rect inside = (box - place.tl()) & cv::Rect(0, 0, ink.cols, ink.rows);
    if (is_print(line, scale, em) && !inside.empty()) ink(inside).setTo(0);
  }
  std::vector<InkPiece> pieces;
  for (const InkPiece& piece : ink_pieces(ink)) {
    const cv::Rect box = piece.box + place.tl();
    const bool is_rule = box.height <= kLimits.rule * em && box.width >= kLimits.rule_length * em;
    if (is_rule || std::max(box.width, box.height) < kLimits.least_piece * em) continue;
    pieces.push_back({box, piece.area});
  }
  return pieces;
}

bool is_joined_stroke(const InkPiece& piece, double em) {
  const double longest = std::max(piece.box.width, piece.box.height);
  return longest >= kLimits.joined * em && std::min(piece.box.width, piece.box.height) >= kLimits.rule * em &&
         piece.area <= kLimits.most_fill * piece.box.area();
}

// The signature among the pieces: its joined strokes and what stands close to them.
std::optional<cv::Rect> signature_among(const std::vector<InkPiece>& pieces, const cv::Rect& label, double em) {
  cv::Rect whole;
  for (const InkPiece& piece : pieces) {
    if (is_joined_stroke(piece, em)) whole = whole.empty() ? piece.box : whole | piece.box;
  }
  if (whole.empty()) return std::nullopt;
  for (bool has_grown = true; has_grown;) {
    has_grown = false;
    for (const InkPiece& piece : pieces) {
      const int reach = static_cast<int>(0.6 * em);
      const cv::Rect near(whole.x - reach, whole.y, whole.width + 2 * reach, whole.height);
      if ((near & piece.box).empty() || (whole & piece.box) == piece.box) continue;
      whole |= piece.box;
      has_grown = true;
    }
  }
  const bool is_near = whole.x - label.br().x <= kLimits.gap * em;
  const bool crosses_row = whole.y < label.br().y && whole.br().y > label.y;
  if (!is_near || !crosses_row || whole.width < kLimits.least_width * em || whole.width > kLimits.widest * em ||
      whole.height > kLimits.tallest * em) {
    return std::nullopt;
  }
  return whole;
}

// Takes away what was read behind a label.
void cut_behind(TextLine& line, std::size_t kept) {
  if (kept >= line.characters.size()) return;
  line.characters.resize(kept);
  line.bbox.x1 = std::min(line.bbox.x1, line.characters.back().bbox.x1);
  line.quad = base::quad_of(line.bbox);
  double sum = 0;
  for (const document::Character& character : line.characters) sum += character.confidence;
  line.confidence = sum / static_cast<double>(line.characters.size());
}

}  // namespace

bool ends_with_signing_label(std::u32string_view text) {
  const std::u32string label = folded(text);
  if (label.empty() || (label.back() != U'：' && label.back() != U':')) return false;
  const std::size_t last_space = label.find_last_of(U' ');
  const std::u32string_view word = std::u32string_view(label).substr(
      last_space == std::u32string::npos || last_space + 12 < label.size() ? 0 : last_space);
  return std::any_of(kSigners.begin(), kSigners.end(),
                     [&](std::u32string_view signer) { return word.find(signer) != std::u32string_view::npos; });
}

std::vector<document::Region> take_signatures(const cv::Mat& flat_bgr, double dpi,
                                              std::span<const document::Region> known, std::vector<TextLine>& lines) {
  std::vector<document::Region> signatures;
  const double scale = dpi / 72;
  std::vector<std::pair<std::size_t, std::size_t>> cuts;  // line, characters that stay
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::optional<Label> label = lines[i].is_vertical ? std::nullopt : label_of(lines[i]);
    if (!label) continue;
    const double em = em_of(lines[i], scale);
    const cv::Rect place = place_behind(*label, em, lines, scale, flat_bgr);
    if (place.width < em || place.height < em) continue;
    const auto found =
        signature_among(pieces_in(flat_bgr, place, lines, i, scale, em), image::touched_pixels(label->bbox, scale), em);
    if (!found) continue;
    document::Region region;
    region.kind = document::RegionKind::kHandwriting;
    region.bbox = image::points_of(*found, scale);
    region.confidence = kLimits.confidence;
    const auto meets = [&](const document::Region& other) {
      return !base::intersection(other.bbox, region.bbox).empty();
    };
    if (std::any_of(known.begin(), known.end(), meets) || std::any_of(signatures.begin(), signatures.end(), meets))
      continue;
    signatures.push_back(std::move(region));
    cuts.emplace_back(i, label->end);
  }
  for (const auto& [line, kept] : cuts) cut_behind(lines[line], kept);
  std::erase_if(lines, [&](const TextLine& line) {
    return std::any_of(signatures.begin(), signatures.end(), [&](const document::Region& region) {
      const base::Rect shared = base::intersection(region.bbox, line.bbox);
      return !shared.empty() && shared.area() > kLimits.inside * line.bbox.area();
    });
  });
  return signatures;
}

}  // namespace medmark::vision
