#include "vision/black_marks.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string_view>
#include <utility>

#include "base/median.hpp"
#include "base/text.hpp"
#include "image/pixel_rect.hpp"
#include "vision/pen_forms.hpp"
#include "vision/print_ink.hpp"

namespace medmark::vision {
namespace {

using document::Character;
using document::TextLine;

// In em of the page's print where nothing else is said. Set on twelve reports written on in black (bench/handwriting,
// five grades each) against the same reports and the corpus without handwriting.
struct MarkLimits {
  double least = 0.6;  // longer side of a piece that is looked at
  double most = 14;    // of a ring around several words

  double inside = 0.75;           // of a ring's half sides: print there is inside
  double least_inner_ink = 0.2;   // print in a ring, over the ring's own ink
  double wide_ring = 1.25;        // width over height: a printed ① is round ...
  double round_over_print = 1.2;  // ... and no higher than this
  double largest_print = 1.2;     // what a mark stands on is measured larger than it is

  double tick_over_print = 1.15;  // height: a printed tick is one em high ...
  double off_row = 0.3;           // ... and stands in the middle of its row
  double row_reach = 8;           // to the nearest print of the row

  double least_written = 0.12;  // longer side of a piece of what is written beside a strike: points count
  double written_gap = 1.2;     // from the strike to what is written beside it
  double letter_gap = 1.1;      // inside that
  double word_gap = 0.3;        // before print again
  double most_level = 0.6;      // of that print stands on the line: not a stroke between two units
  double longest_written = 6;   // from the strike
  double level = 0.12;          // print of one row stands on one line within this
  double higher = 1.15;         // than the struck digits
  double least_unlevel = 0.5;   // of the width of what is written
  double least_height = 0.5;    // of a written digit, over the struck ones

  double confidence = 0.65;     // of a mark: a person is to look
  std::size_t most_marks = 40;  // a page with more is a drawing
};
constexpr MarkLimits kLimits;

bool is_flat_stroke(char32_t code) { return std::u32string_view(U"-_~—–－一").find(code) != std::u32string_view::npos; }

double middle_size(const std::vector<TextLine>& lines) {
  std::vector<double> sizes;
  for (const TextLine& line : lines) {
    if (line.font_size > 0 && !line.is_vertical) sizes.push_back(line.font_size);
  }
  return base::median(std::move(sizes));
}

cv::Mat placed(const cv::Mat& mask, const cv::Rect& box, const cv::Rect& around) {
  cv::Mat out = cv::Mat::zeros(around.size(), CV_8U);
  mask.copyTo(out(cv::Rect(box.tl() - around.tl(), box.size())));
  return out;
}

struct Mark {
  cv::Rect box;
  cv::Mat mask;                // CV_8U of the box: what is taken off the page; empty: nothing
  bool doubts_inside = false;  // print in its box is in doubt, touched or not
};

class Finder {
 public:
  Finder(const cv::Mat& clean, double dpi, const document::PageEvidence& page)
      : scale_(dpi / 72),
        page_(page),
        em_(middle_size(page.lines) * scale_),
        ink_(em_ > 0 ? ink_without_rulings(clean, dpi, page.rulings) : cv::Mat()) {
    result_.without = clean;
  }

  BlackMarks run() {
    if (em_ < 6) return std::move(result_);
    shapes_ = shapes_of(ink_, kLimits.least_written * em_, kLimits.most * em_);
    for (const InkShape& shape : shapes_) {
      if (std::max(shape.box.width, shape.box.height) < kLimits.least * em_ || is_known(points_of(shape.box))) continue;
      if (const double size = ring_around(shape); size > 0) {
        const cv::Mat others = ink_(shape.box) & ~shape.mask;
        // The ink of one that meets print stays: a stroke or a point of the print would go with it.
        const bool is_close = is_close_to_print(shape, others, size);
        marks_.push_back({shape.box, is_close ? cv::Mat() : shape.mask, is_close});
      } else if (is_tick(shape)) {
        marks_.push_back({shape.box, shape.mask});
      } else if (auto strike = strike_at(shape)) {
        // Its ink stays: without it, what is left of the struck digits reads worse (2.71 as 3.71).
        marks_.push_back({*strike | shape.box, {}, true});
        add_number_beside(shape.box, *strike);
      }
    }
    if (marks_.empty() || marks_.size() > kLimits.most_marks) return std::move(result_);
    result_.without = result_.without.clone();
    for (const Mark& mark : marks_) add(mark);
    name_lines();
    return std::move(result_);
  }

 private:
  [[nodiscard]] base::Rect points_of(const cv::Rect& box) const { return image::points_of(box, scale_); }

  [[nodiscard]] bool is_known(const base::Rect& box) const {
    return std::any_of(page_.regions.begin(), page_.regions.end(),
                       [&](const document::Region& region) { return !base::intersection(region.bbox, box).empty(); });
  }

  // The size of the print that the shape is a ring around; 0 where it is none.
  [[nodiscard]] double ring_around(const InkShape& shape) const {
    const base::Rect box = points_of(shape.box);
    double print = 0;
    for (const TextLine& line : page_.lines) {
      if (base::intersection(line.bbox, box).empty()) continue;
      for (const Character& character : line.characters) {
        const double across = (character.bbox.center_x() - box.center_x()) / (kLimits.inside * box.width() / 2);
        const double down = (character.bbox.center_y() - box.center_y()) / (kLimits.inside * box.height() / 2);
        if (!base::is_space(character.code) && across * across + down * down < 1)
          print = std::max(print, line.font_size * scale_);
      }
    }
    if (print <= 0) return 0;
    const bool is_wide = shape.box.width > kLimits.wide_ring * shape.box.height;
    const double size = std::min(print, (is_wide ? 1 : kLimits.largest_print) * em_);
    if (!is_wide && shape.box.height < kLimits.round_over_print * size) return 0;
    if (!is_ring_form(shape, size)) return 0;
    const cv::Mat others = ink_(shape.box) & ~shape.mask;
    return cv::countNonZero(others) > kLimits.least_inner_ink * shape.area ? size : 0;
  }

  // Print of the row that a box stands in: its size and middle, in pixels.
  struct Row {
    double size = 0;
    double middle = 0;
  };

  [[nodiscard]] std::optional<Row> row_of(const base::Rect& box) const {
    std::optional<Row> row;
    double nearest = kLimits.row_reach * em_ / scale_;
    for (const TextLine& line : page_.lines) {
      if (line.is_vertical || line.font_size <= 0 || base::overlap_y(line.bbox, box) <= 0) continue;
      for (const Character& character : line.characters) {
        if (base::is_space(character.code) || base::overlap_x(character.bbox, box) > 0.3 * character.bbox.width())
          continue;
        const double gap = std::max({0.0, box.x0 - character.bbox.x1, character.bbox.x0 - box.x1});
        if (gap >= nearest) continue;
        nearest = gap;
        row = Row{line.font_size * scale_, character.bbox.center_y() * scale_};
      }
    }
    return row;
  }

  [[nodiscard]] bool is_tick(const InkShape& shape) const {
    const std::optional<Row> row = row_of(points_of(shape.box));
    const double size = row ? row->size : em_;
    if (!is_tick_form(shape, size)) return false;
    if (shape.box.height >= kLimits.tick_over_print * size) return true;
    return row && std::abs(shape.box.y + shape.box.height / 2.0 - row->middle) > kLimits.off_row * size;
  }

  // Only through numbers and Latin letters: horizontal strokes of Han characters run together on a poor scan.
  [[nodiscard]] std::optional<cv::Rect> strike_at(const InkShape& shape) const {
    const base::Rect box = points_of(shape.box);
    double size = 0;
    for (const TextLine& line : page_.lines) {
      if (line.is_vertical || base::intersection(line.bbox, box).empty()) continue;
      for (const Character& character : line.characters) {
        if (!box.contains({character.bbox.center_x(), character.bbox.center_y()})) continue;
        if (character.code >= 0x2E80) return std::nullopt;
        if (!base::is_space(character.code) && !is_flat_stroke(character.code))
          size = std::min(line.font_size * scale_, em_);
      }
    }
    return size > 0 ? struck_print(shape, size) : std::nullopt;
  }

  [[nodiscard]] bool is_level_with(const cv::Rect& box, const cv::Rect& print) const {
    return std::abs(box.br().y - print.br().y) <= kLimits.level * em_ && box.height <= kLimits.higher * print.height &&
           box.y >= print.y - kLimits.level * em_;
  }

  // Behind what is written there may be print of the row again, a unit: pieces behind a gap, most of which stand on the
  // row's line.
  void leave_print_at_end(std::vector<const InkShape*>& written, const cv::Rect& print) const {
    for (std::size_t i = 0; i < written.size(); ++i) {
      const int before = i == 0 ? print.br().x : written[i - 1]->box.br().x;
      if (!is_level_with(written[i]->box, print) || written[i]->box.x - before < kLimits.word_gap * em_) continue;
      std::size_t level = 0;
      for (std::size_t k = i; k < written.size(); ++k) level += is_level_with(written[k]->box, print) ? 1 : 0;
      if (static_cast<double>(level) < kLimits.most_level * static_cast<double>(written.size() - i)) continue;
      written.resize(i);
      return;
    }
  }

  // Whether a Han character was read there.
  [[nodiscard]] bool is_of_word(const cv::Rect& box) const {
    const base::Rect place = points_of(box);
    return std::any_of(page_.lines.begin(), page_.lines.end(), [&](const TextLine& line) {
      return !base::intersection(line.bbox, place).empty() &&
             std::any_of(line.characters.begin(), line.characters.end(), [&](const Character& character) {
               return character.code >= 0x2E80 && base::overlap_x(character.bbox, place) > 0.5 * place.width();
             });
    });
  }

  // Who strikes a number out writes another one beside it. It is read together with the struck one (2.71 2.83 as
  // 2.712.83), so it is taken off where it does not stand on the row's line as print does.
  void add_number_beside(const cv::Rect& struck, const cv::Rect& print) {
    std::vector<const InkShape*> written;
    int end = struck.br().x;
    for (bool has_grown = true; has_grown;) {
      has_grown = false;
      const double reach = (written.empty() ? kLimits.written_gap : kLimits.letter_gap) * em_;
      for (const InkShape& shape : shapes_) {
        const bool is_next = shape.box.x >= struck.br().x - kLimits.level * em_ && shape.box.x <= end + reach &&
                             shape.box.br().y > print.y && shape.box.y < print.br().y;
        if (!is_next || shape.box.height > 2.5 * em_ || shape.box.width > 3 * em_ ||
            std::find(written.begin(), written.end(), &shape) != written.end() || is_of_word(shape.box) ||
            shape.box.br().x > struck.br().x + kLimits.longest_written * em_)
          continue;
        written.push_back(&shape);
        end = std::max(end, shape.box.br().x);
        has_grown = true;
      }
    }
    std::sort(written.begin(), written.end(), [](const InkShape* a, const InkShape* b) { return a->box.x < b->box.x; });
    leave_print_at_end(written, print);
    // Nor does a printed mark before it go with it (an H, a star).
    const auto is_unlevel = [&](const InkShape* shape) {
      return shape->box.height > kLimits.least_height * print.height && !is_level_with(shape->box, print);
    };
    written.erase(written.begin(), std::find_if(written.begin(), written.end(), is_unlevel));
    double unlevel = 0;
    double width = 0;
    cv::Rect box;
    for (const InkShape* shape : written) {
      width += shape->box.width;
      if (is_unlevel(shape)) unlevel += shape->box.width;
      box = box.empty() ? shape->box : box | shape->box;
    }
    if (box.empty() || unlevel < kLimits.least_unlevel * width) return;
    cv::Mat mask = cv::Mat::zeros(box.size(), CV_8U);
    for (const InkShape* shape : written) {
      cv::Mat place = mask(cv::Rect(shape->box.tl() - box.tl(), shape->box.size()));
      place |= shape->mask;
    }
    marks_.push_back({box, mask});
  }

  void add(const Mark& mark) {
    document::Region region;
    region.kind = document::RegionKind::kHandwriting;
    region.bbox = points_of(mark.box);
    region.confidence = kLimits.confidence;
    result_.handwriting.push_back(std::move(region));
    const cv::Rect around = cv::Rect(mark.box.x - 3, mark.box.y - 3, mark.box.width + 6, mark.box.height + 6) &
                            cv::Rect(0, 0, ink_.cols, ink_.rows);
    const cv::Mat own = mark.mask.empty() ? cv::Mat() : placed(mark.mask, mark.box, around);
    const cv::Mat others = own.empty() ? cv::Mat() : cv::Mat(ink_(around) & ~own);
    cv::Mat near;
    if (!own.empty()) cv::dilate(own, near, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
    for (const TextLine& line : page_.lines) {
      for (const Character& character : line.characters) {
        const cv::Rect there = image::touched_pixels(character.bbox, scale_) & around;
        if (there.empty()) continue;
        const cv::Rect inside = there - around.tl();
        if (mark.doubts_inside || cv::countNonZero(near(inside) & others(inside)) > 0)
          result_.touched.push_back(character.bbox);
      }
    }
    if (own.empty()) return;
    // Its soft edges go with it; print beside it keeps its own.
    cv::Mat kept;
    cv::dilate(others, kept, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    cv::Mat gone = near & ~kept;
    gone |= own;
    result_.without(around).setTo(cv::Scalar::all(255), gone);
  }

  void name_lines() {
    for (std::size_t i = 0; i < page_.lines.size(); ++i) {
      const cv::Rect there = image::touched_pixels(page_.lines[i].bbox, scale_);
      const bool holds = std::any_of(marks_.begin(), marks_.end(), [&](const Mark& mark) {
        const cv::Rect common = there & mark.box;
        return !common.empty() && !mark.mask.empty() && cv::countNonZero(mark.mask(common - mark.box.tl())) > 0;
      });
      if (holds) result_.lines.push_back(i);
    }
  }

  double scale_;
  const document::PageEvidence& page_;
  double em_;
  cv::Mat ink_;
  std::vector<InkShape> shapes_;
  std::vector<Mark> marks_;
  BlackMarks result_;
};

}  // namespace

BlackMarks find_black_marks(const cv::Mat& clean_bgr, double dpi, const document::PageEvidence& page) {
  return Finder(clean_bgr, dpi, page).run();
}

}  // namespace medmark::vision
