// Tells a drawn line from strokes of characters, at the full resolution of the page: the second half of detect_rulings.
//
// Pure functions over an 8-bit grey page, pixels; thread-safe, no failures.
#pragma once

#include <opencv2/core.hpp>

#include "image/ruling_trace.hpp"

namespace medmark::image {

// A page seen along and across the lines of one direction. Refers to the picture it was made from.
class LinePage {
 public:
  LinePage(const cv::Mat& grey, RulingDirection direction)
      : grey_(grey), is_horizontal_(direction == RulingDirection::kHorizontal) {}

  [[nodiscard]] int along_size() const { return is_horizontal_ ? grey_.cols : grey_.rows; }
  [[nodiscard]] int at(int along, int across) const;
  // The darkest pixel within `reach` of a place across.
  [[nodiscard]] int darkest(int along, double across, int reach) const;
  // The part of the page around a line, turned so that the line runs along the rows; `origin` receives the along and
  // across of its first pixel.
  [[nodiscard]] cv::Mat surroundings(const RulingTrace& trace, int margin_along, int margin_across,
                                     cv::Point& origin) const;

 private:
  cv::Mat grey_;
  bool is_horizontal_;
};

// Width at half depth of the mean profile over the line, 0.5 and more.
[[nodiscard]] double measured_width(const LinePage& page, const RulingTrace& trace);

// The grey between the line and the paper beside it.
[[nodiscard]] int ink_limit(const LinePage& page, const RulingTrace& trace, double pixels_per_mm);

// Moves the ends of a line, known to half a millimetre, to the pixel.
void refine_ends(const LinePage& page, RulingTrace& trace, int limit, double pixels_per_mm);

// Share of the pixels along a line that are inked.
[[nodiscard]] double inked_share(const LinePage& page, const RulingTrace& trace, int limit);

// The longest part of a line that is inked without a hole of more than a pixel.
[[nodiscard]] RulingTrace longest_inked(const LinePage& page, const RulingTrace& trace, int limit);

// Share of a broken line's ink that belongs to dots and dashes, not to something taller such as the feet of characters.
[[nodiscard]] double dash_share(const LinePage& page, const RulingTrace& trace, int limit, double pixels_per_mm);

// Whether a short line is joined to other strokes into something of the size of a character.
[[nodiscard]] bool is_stroke_of_character(const LinePage& page, const RulingTrace& trace, int limit,
                                          double pixels_per_mm);

}  // namespace medmark::image
