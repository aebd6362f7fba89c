// For tests: a page put together line by line, as the input room and the vision room would hand it over.
//
// Points, origin at the top left. A full-width character is one em wide, others half an em.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "document/page_evidence.hpp"

namespace medmark::structure {

class PageBuilder {
 public:
  explicit PageBuilder(double width = 595, double height = 842,
                       document::TextSource source = document::TextSource::kNative) {
    page_.width = width;
    page_.height = height;
    page_.source = source;
  }

  // A line whose box reaches from `y` to `y + size`; `tracking` is white space behind every character.
  PageBuilder& line(double x, double y, double size, std::string_view text, bool bold = false, double tracking = 0) {
    document::TextLine line;
    line.source = page_.source;
    line.font_size = size;
    line.is_bold = bold;
    double at = x;
    for (const char32_t code : base::decode_utf8(text)) {
      const double width = size * (base::is_full_width(code) ? 1 : 0.5);
      line.characters.push_back({.code = code,
                                 .bbox = {at, y, at + width, y + size},
                                 .font_size = page_.source == document::TextSource::kNative ? size : 0,
                                 .is_bold = bold});
      at += width + tracking;
    }
    line.bbox = {x, y, at - tracking, y + size};
    line.quad = base::quad_of(line.bbox);
    page_.lines.push_back(std::move(line));
    return *this;
  }
  PageBuilder& centred(double y, double size, std::string_view text, bool bold = false) {
    double width = 0;
    for (const char32_t code : base::decode_utf8(text)) width += size * (base::is_full_width(code) ? 1 : 0.5);
    return line((page_.width - width) / 2, y, size, text, bold);
  }
  PageBuilder& rule(double x0, double y, double x1) {
    page_.rulings.push_back({{x0, y}, {x1, y}, 0.8});
    return *this;
  }
  PageBuilder& picture(base::Rect box) {
    page_.regions.push_back({document::RegionKind::kPicture, box, 1, {}});
    return *this;
  }
  [[nodiscard]] const document::PageEvidence& page() const { return page_; }
  [[nodiscard]] document::PageEvidence& page() { return page_; }

 private:
  document::PageEvidence page_;
};

}  // namespace medmark::structure
