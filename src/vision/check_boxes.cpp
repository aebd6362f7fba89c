#include "vision/check_boxes.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "base/median.hpp"
#include "base/text.hpp"
#include "image/pixel_rect.hpp"
#include "vision/drawn_squares.hpp"
#include "vision/ink_pieces.hpp"
#include "vision/print_ink.hpp"
#include "vision/scripts.hpp"

namespace medmark::vision {
namespace {

using document::Character;
using document::TextLine;

// In em of the line's print where nothing else is said.
struct BoxLimits {
  double around = 0.15;   // of the line's box that is looked at
  double before = 0.8;    // before the line's first character: the reader's box may begin behind a □
  double han_half = 0.5;  // of a Han character's width
  double slack = 0.15;    // the reader tells a character's middle to this
  double letter_half = 0.12;
  double same_size = 0.16;    // between boxes of one page, of their side
  double one_witness = 0.85;  // confidence of what only the reader or only the pixels saw
  double near_pen = 0.3;
  int full_ink = 160;         // grey level of print ...
  int pale_ink = 205;         // ... and of what is thin on a poor scan
  double broken = 0.16;       // gaps in the ink of a box that was not read
  double least_unread = 0.3;  // sides of it
  double largest_unread = 1.1;
  std::size_t least_alike = 3;  // lines with squares of one size on a page on which no box was read
};
constexpr BoxLimits kLimits;

constexpr char32_t kEmptyBox = U'□';
constexpr char32_t kTickedBox = U'☑';

bool is_empty_box(char32_t code) { return code == U'□' || code == U'☐' || code == U'▢' || code == U'◻'; }
bool is_ticked_box(char32_t code) { return code == U'☑' || code == U'☒' || code == U'■'; }
bool is_box(char32_t code) { return is_empty_box(code) || is_ticked_box(code); }

// A square of a line, in points.
struct Square {
  base::Rect box;
  SquareState state = SquareState::kUnclear;
};

struct BoxLine {
  std::size_t line = 0;
  std::vector<Square> squares;
};

// The middle of the print of a character beside a square: the reader's place for it may hold the square too.
double middle_beside(const Character& character, const Square& square, double em) {
  if (!base::is_han(character.code) || character.bbox.width() < 1.2 * em) return character.bbox.center_x();
  return square.box.center_x() < character.bbox.center_x() ? character.bbox.x1 - kLimits.han_half * em
                                                           : character.bbox.x0 + kLimits.han_half * em;
}

// Whether the square is no part of a character that was read.
bool is_free(const TextLine& line, const Square& square, double em) {
  return std::none_of(line.characters.begin(), line.characters.end(), [&](const Character& character) {
    if (base::is_space(character.code) || is_box(character.code)) return false;
    const double half = base::is_han(character.code) ? kLimits.han_half - kLimits.slack : kLimits.letter_half;
    return std::abs(middle_beside(character, square, em) - square.box.center_x()) < square.box.width() / 2 + half * em;
  });
}

// The place in the line's characters that is nearest to the square: an edge of a character, for the reader's places are
// parted where no ink is.
std::size_t place_of(const TextLine& line, const Square& square) {
  std::size_t best = line.characters.size();
  double nearest = std::abs(line.bbox.x1 - square.box.center_x());
  for (std::size_t i = 0; i < line.characters.size(); ++i) {
    const double distance = std::abs(line.characters[i].bbox.x0 - square.box.center_x());
    if (distance >= nearest) continue;
    nearest = distance;
    best = i;
  }
  return best;
}

// Options are words: a square among Latin letters is made of their strokes.
bool is_among_han(const TextLine& line, const Square& square) {
  const std::size_t at = place_of(line, square);
  const auto is_other = [](const Character& c) {
    return !base::is_han(c.code) && !base::is_space(c.code) && !is_box(c.code);
  };
  if (line.characters.size() < 2) return false;
  return (at == 0 || !is_other(line.characters[at - 1])) &&
         (at >= line.characters.size() || !is_other(line.characters[at]));
}

Character* read_box(TextLine& line, const Square& square) {
  for (Character& character : line.characters) {
    const bool is_there =
        base::overlap_x(character.bbox, square.box) > 0.5 * std::min(character.bbox.width(), square.box.width());
    if (is_box(character.code) && is_there) return &character;
  }
  return nullptr;
}

class Writer {
 public:
  Writer(const cv::Mat& clean, double dpi, std::span<const document::Region> regions, std::vector<TextLine>& lines)
      : clean_(clean), scale_(dpi / 72), regions_(regions), lines_(lines) {}

  void run() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!lines_[i].is_vertical && lines_[i].font_size > 0) look_at(i);
    }
    measure_sides();
    for (const BoxLine& found : found_) settle(found);
    for (TextLine& line : lines_) doubt_unseen(line);
    if (!seen_.empty()) {
      for (TextLine& line : lines_) doubt_beside_unread_ink(line);
    }
  }

 private:
  // Squares of full ink; where there are none, of paler ink, as thin sides are on a poor scan.
  static std::vector<DrawnSquare> squares_in(const cv::Mat& part, double em) {
    std::vector<DrawnSquare> squares = drawn_squares(dark_ink(part, kLimits.full_ink), em);
    for (const DrawnSquare& pale : drawn_squares(dark_ink(part, kLimits.pale_ink), em)) {
      const bool is_new = std::none_of(squares.begin(), squares.end(),
                                       [&](const DrawnSquare& other) { return !(other.box & pale.box).empty(); });
      if (is_new) squares.push_back(pale);
    }
    std::sort(squares.begin(), squares.end(), [](const auto& a, const auto& b) { return a.box.x < b.box.x; });
    return squares;
  }

  void look_at(std::size_t index) {
    const TextLine& line = lines_[index];
    const double em = line.font_size;
    base::Rect place = base::inflated(line.bbox, kLimits.around * em, kLimits.around * em);
    place.x0 -= kLimits.before * em;
    const cv::Rect pixels = image::touched_pixels(place, scale_) & cv::Rect(0, 0, clean_.cols, clean_.rows);
    if (pixels.empty()) return;
    BoxLine found{index, {}};
    for (const DrawnSquare& square : squares_in(clean_(pixels), em * scale_)) {
      const cv::Rect box = square.box + pixels.tl();
      const base::Rect points = image::points_of(box, scale_);
      const double middle = points.center_y();
      if (middle > line.bbox.y0 && middle < line.bbox.y1) found.squares.push_back({points, square.state});
    }
    if (!found.squares.empty()) found_.push_back(std::move(found));
  }

  static std::optional<double> middle_of(std::vector<double> sides) {
    if (sides.empty()) return std::nullopt;
    return base::median(std::move(sides));
  }

  // The sides of the page's empty and ticked boxes, by those that were read as such. Where none was, by squares that
  // are no part of what was read, if enough of them are alike.
  void measure_sides() {
    std::vector<double> empty;
    std::vector<double> ticked;
    std::vector<double> free;
    for (const BoxLine& found : found_) {
      for (const Square& square : found.squares) {
        if (const Character* read = read_box(lines_[found.line], square)) {
          (is_empty_box(read->code) ? empty : ticked).push_back(square.box.width());
        } else if (is_free(lines_[found.line], square, lines_[found.line].font_size) &&
                   is_among_han(lines_[found.line], square)) {
          free.push_back(square.box.width());
          break;
        }
      }
    }
    empty_side_ = middle_of(empty);
    ticked_side_ = middle_of(ticked);
    was_any_read_ = empty_side_ || ticked_side_;
    if (was_any_read_) return;
    const std::optional<double> middle = middle_of(free);
    const auto alike = std::count_if(free.begin(), free.end(), [&](double side) { return is_alike(side, middle); });
    if (static_cast<std::size_t>(alike) >= kLimits.least_alike) empty_side_ = ticked_side_ = middle;
  }

  static bool is_alike(double side, std::optional<double> other) {
    return other && std::abs(side - *other) <= kLimits.same_size * *other;
  }

  [[nodiscard]] bool has_size_of_box(const Square& square) const {
    if (square.state == SquareState::kEmpty) return is_alike(square.box.width(), empty_side_);
    return is_alike(square.box.width(), ticked_side_) || (!ticked_side_ && is_alike(square.box.width(), empty_side_));
  }

  [[nodiscard]] bool is_under_pen(const Square& square, double em) const {
    const base::Rect around = base::inflated(square.box, kLimits.near_pen * em, kLimits.near_pen * em);
    return std::any_of(regions_.begin(), regions_.end(), [&](const document::Region& region) {
      return region.kind == document::RegionKind::kHandwriting && !base::intersection(region.bbox, around).empty();
    });
  }

  void settle(const BoxLine& found) {
    TextLine& line = lines_[found.line];
    const double em = line.font_size;
    for (const Square& square : found.squares) {
      const bool is_clear = square.state != SquareState::kUnclear && !is_under_pen(square, em);
      if (Character* read = read_box(line, square)) {
        const bool agree = is_clear && is_empty_box(read->code) == (square.state == SquareState::kEmpty);
        seen_.push_back(read->bbox);
        read->confidence = agree ? std::max(read->confidence, kAgreed) : std::min(read->confidence, kDoubtful);
        continue;
      }
      if (!has_size_of_box(square) || !is_free(line, square, em) || !is_among_han(line, square)) continue;
      insert(line, square, is_clear && was_any_read_ ? kLimits.one_witness : kDoubtful);
    }
  }

  void insert(TextLine& line, const Square& square, double confidence) {
    const auto at = line.characters.begin() + static_cast<std::ptrdiff_t>(place_of(line, square));
    Character box;
    box.code = square.state == SquareState::kEmpty ? kEmptyBox : kTickedBox;
    box.bbox = {square.box.x0, line.bbox.y0, square.box.x1, line.bbox.y1};
    box.confidence = confidence;
    seen_.push_back(box.bbox);
    // What stands beside it keeps its own place.
    if (at != line.characters.end()) at->bbox.x0 = std::min(std::max(at->bbox.x0, square.box.x1), at->bbox.x1);
    if (at != line.characters.begin()) {
      auto before = std::prev(at);
      before->bbox.x1 = std::max(std::min(before->bbox.x1, square.box.x0), before->bbox.x0);
    }
    line.characters.insert(at, box);
    line.bbox.x0 = std::min(line.bbox.x0, square.box.x0);
    line.bbox.x1 = std::max(line.bbox.x1, square.box.x1);
    line.quad = base::quad_of(line.bbox);
  }

  // A box that was read where no square is drawn may have another state: its sides are broken.
  void doubt_unseen(TextLine& line) const {
    for (Character& character : line.characters) {
      const bool is_seen =
          std::any_of(seen_.begin(), seen_.end(), [&](const base::Rect& box) { return box == character.bbox; });
      if (is_box(character.code) && !is_seen)
        character.confidence = std::min(character.confidence, kLimits.one_witness);
    }
  }

  // On a page with boxes, ink of a box's size that no character accounts for is one whose sides are too broken to be
  // seen: the option beside it has lost its answer.
  void doubt_beside_unread_ink(TextLine& line) const {
    if (line.is_vertical || line.font_size <= 0 || line.characters.size() < 2) return;
    const double em = line.font_size;
    base::Rect place = line.bbox;
    place.x0 -= kLimits.before * em;
    const cv::Rect pixels = image::touched_pixels(place, scale_) & cv::Rect(0, 0, clean_.cols, clean_.rows);
    if (pixels.empty()) return;
    cv::Mat ink = dark_ink(clean_(pixels), kLimits.full_ink);
    const int gap = 2 * static_cast<int>(kLimits.broken * em * scale_ / 2) + 1;
    cv::morphologyEx(ink, ink, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {gap, gap}));
    for (const InkPiece& piece : ink_pieces(ink)) {
      const cv::Rect box = piece.box + pixels.tl();
      const Square unread{image::points_of(box, scale_), {}};
      const double side = std::max(unread.box.width(), unread.box.height());
      if (std::min(unread.box.width(), unread.box.height()) < kLimits.least_unread * em ||
          side > kLimits.largest_unread * em || unread.box.center_y() < line.bbox.y0 ||
          unread.box.center_y() > line.bbox.y1 || !is_free(line, unread, em) || !is_among_han(line, unread))
        continue;
      const bool is_seen = std::any_of(seen_.begin(), seen_.end(), [&](const base::Rect& other) {
        return !base::intersection(other, unread.box).empty();
      });
      if (is_seen) continue;
      Character& beside = line.characters[std::min(place_of(line, unread), line.characters.size() - 1)];
      beside.confidence = std::min(beside.confidence, kDoubtful);
    }
  }

  static constexpr double kAgreed = 0.95;

  const cv::Mat& clean_;
  double scale_;
  std::span<const document::Region> regions_;
  std::vector<TextLine>& lines_;
  std::vector<BoxLine> found_;
  bool was_any_read_ = false;
  std::optional<double> empty_side_;
  std::optional<double> ticked_side_;
  std::vector<base::Rect> seen_;
};

}  // namespace

void write_check_boxes(const cv::Mat& clean_bgr, double dpi, std::span<const document::Region> regions,
                       std::vector<TextLine>& lines) {
  Writer(clean_bgr, dpi, regions, lines).run();
}

}  // namespace medmark::vision
