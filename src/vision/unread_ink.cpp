#include "vision/unread_ink.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string_view>

#include "base/median.hpp"
#include "base/text.hpp"
#include "image/pixel_rect.hpp"
#include "vision/ink_pieces.hpp"
#include "vision/tensor_input.hpp"

namespace medmark::vision {
namespace {

using base::Rect;
using document::Character;
using document::TextLine;

// Shares of the em of the formula's print unless said otherwise.
struct InkLimits {
  double across = 14;  // around a line with an equals sign that a formula may reach
  double down = 2.6;
  double window = 3;            // of the adaptive threshold
  double paper_level = 18;      // grey levels below the surroundings that count as ink
  double least_contrast = 0.5;  // of the print's own: dirt, watermarks and what is left of a seal are paler
  // Minus signs of four faces are 0.3 to 0.75 wide and 0.05 to 0.12 high, points 0.09 to 0.16 either way.
  double least_dash = 0.22;
  double dash_aspect = 1.8;
  double thickest_dash = 0.2;
  double least_height = 0.35;
  double least_width = 0.08;
  double least_point = 0.08;
  double largest_point = 0.2;
  double point_height = 0.3;  // of a point's middle above the foot of its line
  double largest = 2.5;       // of print: more is a picture, a frame
  double touching = 0.06;     // between the parts of a broken character
  double at_ruling = 0.35;
  double least_bar = 1.2;  // wide
  double bar_aspect = 5;
  double reach = 0.8;  // from a character without ink to a piece that is its own
};
constexpr InkLimits kLimits;

struct Piece {
  Rect box;             // points
  double contrast = 0;  // grey levels below the surroundings, mean
};

bool is_equals(char32_t code) { return code == U'=' || code == U'＝' || code == U'≈'; }

// Characters of several parts; of a Han character any part may stand apart.
bool has_parts(char32_t code) {
  constexpr std::u32string_view kInParts = U"ij=÷%‰:;±≤≥!?≈“”\"≠∑Σ…℃＝：；！？％{}";
  return kInParts.find(code) != std::u32string_view::npos || base::is_han(code) || code > 0x2E80;
}

std::vector<Piece> pieces_in(const cv::Mat& gray, const cv::Rect& region, double em_pixels, double scale) {
  const cv::Mat part = gray(region);
  const int window = 2 * static_cast<int>(kLimits.window * em_pixels / 2) + 1;
  cv::Mat around;
  cv::blur(part, around, {window, window});
  cv::Mat depth;
  cv::subtract(around, part, depth);
  const cv::Mat ink = depth > kLimits.paper_level;
  const LabelledInk found = labelled_ink(ink);
  std::vector<double> sums(found.pieces.size() + 1, 0);
  for (int y = 0; y < ink.rows; ++y) {
    const auto* label = found.labels.ptr<int>(y);
    const auto* value = depth.ptr<std::uint8_t>(y);
    for (int x = 0; x < ink.cols; ++x) sums[static_cast<std::size_t>(label[x])] += value[x];
  }
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < found.pieces.size(); ++i) {
    const InkPiece& piece = found.pieces[i];
    pieces.push_back({image::points_of(piece.box + region.tl(), scale), sums[i + 1] / piece.area});
  }
  return pieces;
}

bool is_dash(const Rect& box, double em) {
  return box.width() >= kLimits.least_dash * em && box.width() >= kLimits.dash_aspect * box.height() &&
         box.height() <= kLimits.thickest_dash * em;
}

bool is_point(const Rect& box, double em) {
  const double low = std::min(box.width(), box.height());
  const double high = std::max(box.width(), box.height());
  return low >= kLimits.least_point * em && high <= kLimits.largest_point * em;
}

bool is_print(const Rect& box, double em) {
  if (box.width() > kLimits.largest * em * 4 || box.height() > kLimits.largest * em) return false;
  return is_dash(box, em) || (box.height() >= kLimits.least_height * em && box.width() >= kLimits.least_width * em);
}

bool is_near(const Rect& a, const Rect& b, double distance) {
  return !base::intersection(base::inflated(a, distance, distance), b).empty();
}

// The ink around one line, held against the characters.
class InkCheck {
 public:
  InkCheck(const document::PageEvidence& page, double em, std::vector<Piece> pieces)
      : page_(page), em_(em), pieces_(std::move(pieces)), is_explained_(pieces_.size(), false) {}

  std::vector<Rect> unread() {
    explain_by_rulings();
    const std::vector<bool> is_rule = is_explained_;
    for (const TextLine& line : page_.lines) explain_by(line, is_rule);
    const double least_contrast = kLimits.least_contrast * contrast_of_print();
    std::vector<Rect> found;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].contrast < least_contrast) continue;
      const Rect& box = pieces_[i].box;
      if (!is_explained_[i] && is_print(box, em_) && !is_in_region(box)) found.push_back(box);
    }
    for (const std::size_t i : spare_) {
      if (pieces_[i].contrast >= least_contrast) found.push_back(pieces_[i].box);
    }
    return found;
  }

 private:
  // `is_rule` marks the pieces that are no characters.
  void explain_by(const TextLine& line, const std::vector<bool>& is_rule) {
    std::vector<std::vector<std::size_t>> own;
    for (const Character& character : line.characters) own.push_back(pieces_of(character, is_rule));
    for (std::size_t k = 0; k < own.size(); ++k) {
      const char32_t code = line.characters[k].code;
      std::vector<std::size_t> spare;
      if (base::is_space(code)) {
        // A space has no ink of its own.
        std::copy_if(own[k].begin(), own[k].end(), std::back_inserter(spare),
                     [&](std::size_t i) { return is_print(pieces_[i].box, em_); });
      } else if (!has_parts(code)) {
        spare = spare_of(line, k, own[k]);
      }
      spare_.insert(spare_.end(), spare.begin(), spare.end());
    }
    for (std::size_t k = 0; k < own.size(); ++k) {
      if (own[k].empty() && !base::is_space(line.characters[k].code)) adopt(line, line.characters[k]);
    }
  }

  // Borders between characters are known to some pixels only: one without ink in its box owns the nearest piece that no
  // other character needs.
  void adopt(const TextLine& line, const Character& character) {
    std::optional<std::size_t> best;
    double nearest = kLimits.reach * em_;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const bool is_spare = std::find(spare_.begin(), spare_.end(), i) != spare_.end();
      const Rect& box = pieces_[i].box;
      if ((is_explained_[i] && !is_spare) || box.center_y() < line.bbox.y0 || box.center_y() > line.bbox.y1) continue;
      const double distance = std::abs(box.center_x() - character.bbox.center_x());
      if (distance >= nearest) continue;
      nearest = distance;
      best = i;
    }
    if (!best) return;
    is_explained_[*best] = true;
    std::erase(spare_, *best);
  }

  std::vector<std::size_t> pieces_of(const Character& character, const std::vector<bool>& is_rule) {
    std::vector<std::size_t> own;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const Rect& box = pieces_[i].box;
      // The bar of a fraction, its ruling lost, may have its middle in the box of a character above it.
      const bool is_bar = box.width() > kLimits.least_bar * em_ && box.width() > kLimits.bar_aspect * box.height();
      if (is_rule[i] || is_bar) continue;
      // What reaches over several characters (digits that touch) belongs to all of them.
      const bool is_own = character.bbox.contains({box.center_x(), box.center_y()}) ||
                          base::intersection(box, character.bbox).area() > 0.5 * character.bbox.area();
      if (!is_own) continue;
      is_explained_[i] = true;
      own.push_back(i);
    }
    return own;
  }

  // Of several pieces in one character's box, those that cannot be parts of it.
  [[nodiscard]] std::vector<std::size_t> spare_of(const TextLine& line, std::size_t at,
                                                  const std::vector<std::size_t>& own) const {
    std::vector<std::size_t> spare;
    if (own.size() < 2) return spare;
    const auto area = [&](std::size_t i) { return pieces_[i].box.area(); };
    const std::size_t main =
        *std::max_element(own.begin(), own.end(), [&](auto a, auto b) { return area(a) < area(b); });
    const char32_t code = line.characters[at].code;
    const bool is_beside_digit =
        base::is_digit(code) && (at + 1 == line.characters.size() || base::is_digit(line.characters[at + 1].code));
    for (const std::size_t i : own) {
      const Rect& box = pieces_[i].box;
      if (i == main || is_near(box, pieces_[main].box, kLimits.touching * em_)) continue;
      const bool is_lost_point = is_beside_digit && is_point(box, em_) && pieces_[main].box.x1 < box.center_x() &&
                                 box.center_y() > pieces_[main].box.y1 - kLimits.point_height * em_;
      if (is_print(box, em_) || is_lost_point) spare.push_back(i);
    }
    return spare;
  }

  void explain_by_rulings() {
    for (const document::RulingLine& ruling : page_.rulings) {
      const double reach = kLimits.at_ruling * em_;
      const Rect band = base::inflated({ruling.a.x, ruling.a.y, ruling.b.x, ruling.b.y}, reach, reach);
      for (std::size_t i = 0; i < pieces_.size(); ++i) {
        const Rect& box = pieces_[i].box;
        // The bar of a fraction may touch print above and below it.
        const bool is_bar = ruling.is_horizontal() && box.width() > kLimits.least_bar * em_ && box.height() < em_;
        const bool is_thin = ruling.is_horizontal() ? box.height() <= 2 * reach : box.width() <= 2 * reach;
        if ((is_thin || is_bar) && !base::intersection(band, box).empty()) is_explained_[i] = true;
      }
    }
  }

  // What is left of a seal or a watermark, and a picture, is no print.
  [[nodiscard]] bool is_in_region(const Rect& box) const {
    return std::any_of(page_.regions.begin(), page_.regions.end(), [&](const document::Region& region) {
      return region.bbox.contains({box.center_x(), box.center_y()});
    });
  }

  [[nodiscard]] double contrast_of_print() const {
    std::vector<double> values;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (is_explained_[i] && is_print(pieces_[i].box, em_)) values.push_back(pieces_[i].contrast);
    }
    return base::median(std::move(values));
  }

  const document::PageEvidence& page_;
  double em_;
  std::vector<Piece> pieces_;
  std::vector<bool> is_explained_;
  std::vector<std::size_t> spare_;
};

}  // namespace

std::vector<Rect> find_unread_ink(const cv::Mat& flat_bgr, double dpi, const document::PageEvidence& page) {
  std::vector<Rect> found;
  cv::Mat gray;
  const double scale = dpi / 72;
  for (const TextLine& line : page.lines) {
    const bool has_equals = std::any_of(line.characters.begin(), line.characters.end(),
                                        [](const Character& c) { return is_equals(c.code); });
    if (!has_equals || line.source == document::TextSource::kNative || line.font_size * scale < 6) continue;
    if (gray.empty()) cv::cvtColor(as_bgr(flat_bgr), gray, cv::COLOR_BGR2GRAY);
    const double em = line.font_size;
    const Rect reach = base::inflated(line.bbox, kLimits.across * em, kLimits.down * em);
    const cv::Rect region =
        cv::Rect(cv::Point(static_cast<int>(reach.x0 * scale), static_cast<int>(reach.y0 * scale)),
                 cv::Point(static_cast<int>(reach.x1 * scale), static_cast<int>(reach.y1 * scale))) &
        cv::Rect(0, 0, gray.cols, gray.rows);
    if (region.empty()) continue;
    std::vector<Rect> unread = InkCheck(page, em, pieces_in(gray, region, em * scale, scale)).unread();
    found.insert(found.end(), unread.begin(), unread.end());
  }
  return found;
}

}  // namespace medmark::vision
