#include "vision/column_marks.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "vision/ink_pieces.hpp"
#include "vision/stray_marks.hpp"

namespace medmark::vision {
namespace {

constexpr double kInset = 0.17;   // of a detected box's height, at each side, that is the detector's margin
constexpr double kNoise = 0.04;   // em: smaller pieces are left out before anything is counted
constexpr double kRowZone = 0.3;  // of a row's height above and below its middle, where the middle of a mark lies

std::vector<InkPiece> pieces_of(const cv::Mat& ink, double em) {
  std::vector<InkPiece> pieces = ink_pieces(ink);
  std::erase_if(pieces,
                [&](const InkPiece& piece) { return std::min(piece.box.width, piece.box.height) < kNoise * em; });
  return pieces;
}

std::optional<SmallMark> shape_of(const InkPiece& piece, double em, const ColumnMarkOptions& options) {
  const double width = piece.box.width / em;
  const double height = piece.box.height / em;
  const double fill = static_cast<double>(piece.area) / piece.box.area();
  const bool is_dash = width >= options.least_dash && width <= options.longest_dash &&
                       height <= options.thickest_dash && width >= options.least_dash_aspect * height &&
                       fill >= options.least_dash_fill;
  if (is_dash) return SmallMark::kDash;
  const bool is_asterisk = std::min(width, height) >= options.least_asterisk &&
                           std::max(width, height) <= options.largest_asterisk &&
                           std::max(width, height) <= 1.5 * std::min(width, height);
  if (is_asterisk) return SmallMark::kAsterisk;
  return std::nullopt;
}

cv::Rect without_margin(const cv::Rect& frame) {
  const int inset = static_cast<int>(std::lround(kInset * frame.height));
  return {frame.x + inset, frame.y, std::max(1, frame.width - 2 * inset), frame.height};
}

// Whether hardly any other ink is around: where a seal, a watermark or the noise of the scan left some, a speck has
// many shapes.
bool stands_free(const cv::Mat& ink, const InkPiece& piece, double em, const ColumnMarkOptions& options) {
  const int across = static_cast<int>(std::lround(options.free_across * em));
  const int down = static_cast<int>(std::lround(options.free_down * em));
  const cv::Rect around =
      cv::Rect(piece.box.x - across, piece.box.y - down, piece.box.width + 2 * across, piece.box.height + 2 * down) &
      cv::Rect(0, 0, ink.cols, ink.rows);
  return cv::countNonZero(ink(around)) - piece.area <= options.most_dirt * piece.area;
}

bool is_beside_text(const cv::Rect& box, std::span<const cv::Rect> row, double reach) {
  return std::any_of(row.begin(), row.end(), [&](const cv::Rect& text) {
    return text.x - (box.x + box.width) < reach && box.x - (text.x + text.width) < reach;
  });
}

bool is_in_line(const cv::Rect& a, const cv::Rect& b, double reach) {
  return std::abs(a.x - b.x) <= reach || std::abs(a.x + a.width - b.x - b.width) <= reach ||
         std::abs(a.x + a.width / 2.0 - b.x - b.width / 2.0) <= reach;
}

class Columns {
 public:
  Columns(std::span<const TextBox> detected, double em, const ColumnMarkOptions& options) : em_(em), options_(options) {
    for (const TextBox& box : detected) {
      const cv::Rect frame = frame_of(box.quad);
      if (frame.width * 2 > frame.height) texts_.push_back(without_margin(frame));
    }
  }

  // The texts in the row of `box`, and what of the mark's place they leave.
  [[nodiscard]] std::vector<cv::Rect> row_of(const cv::Rect& box) const {
    std::vector<cv::Rect> row;
    const double middle = box.y + box.height / 2.0;
    for (const cv::Rect& text : texts_) {
      const double text_middle = text.y + text.height / 2.0;
      if (std::abs(middle - text_middle) <= kRowZone * text.height && text.height <= 3 * em_) row.push_back(text);
    }
    return row;
  }

  // Texts and marks that the mark at `box` is in line with, in a column that its own row leaves free.
  [[nodiscard]] int mates_of(const cv::Rect& box, std::span<const ColumnMark> marks, SmallMark shape) const {
    const std::vector<cv::Rect> row = row_of(box);
    const auto is_filled = [&](const cv::Rect& mate) {
      return std::any_of(row.begin(), row.end(), [&](const cv::Rect& text) {
        return std::min(text.x + text.width, mate.x + mate.width) > std::max(text.x, mate.x);
      });
    };
    int mates = 0;
    for (const cv::Rect& text : texts_) {
      const bool is_entry = text.width <= options_.widest_mate * em_;
      mates += is_entry && stands_in_column(box, text) && !is_filled(text) ? 1 : 0;
    }
    for (const ColumnMark& mark : marks) mates += mark.shape == shape && stands_in_column(box, mark.ink) ? 1 : 0;
    return mates;
  }

 private:
  [[nodiscard]] bool stands_in_column(const cv::Rect& box, const cv::Rect& other) const {
    const double apart = std::abs(box.y + box.height / 2.0 - other.y - other.height / 2.0);
    return apart > em_ && apart <= options_.farthest_mate * em_ && is_in_line(box, other, options_.in_line * em_);
  }

  std::vector<cv::Rect> texts_;
  double em_;
  const ColumnMarkOptions& options_;
};

}  // namespace

std::vector<ColumnMark> find_column_marks(const cv::Mat& bgr, std::span<const TextBox> detected,
                                          const ColumnMarkOptions& options) {
  if (detected.empty()) return {};
  const double em = median_em(detected);
  if (em < 6) return {};
  const Columns columns(detected, em, options);
  std::vector<ColumnMark> marks;
  const cv::Mat ink = uncovered_ink(bgr, detected, em);
  for (const InkPiece& piece : pieces_of(ink, em)) {
    const std::optional<SmallMark> shape = shape_of(piece, em, options);
    if (!shape || !stands_free(ink, piece, em, options)) continue;
    const std::vector<cv::Rect> row = columns.row_of(piece.box);
    if (row.size() < options.least_in_row) continue;
    if (*shape == SmallMark::kDash && is_beside_text(piece.box, row, options.free_across * em)) continue;
    const cv::Rect& beside = row.front();
    const int margin = static_cast<int>(std::lround(0.4 * em));
    cv::Rect surroundings(piece.box.x - margin, beside.y, piece.box.width + 2 * margin, beside.height);
    marks.push_back({*shape, piece.box, surroundings, 0});
  }
  if (marks.size() > options.most) return {};
  const std::vector<ColumnMark> all = marks;
  for (ColumnMark& mark : marks) mark.mates = columns.mates_of(mark.ink, all, mark.shape);
  std::erase_if(marks, [&](const ColumnMark& mark) {
    return mark.shape == SmallMark::kDash && mark.mates < options.least_mates_of_dash;
  });
  return marks;
}

}  // namespace medmark::vision
