#include "structure/page/scanned_figures.hpp"

#include <algorithm>
#include <cmath>

#include "structure/page/captions.hpp"

namespace medmark::structure {
namespace {

using base::Rect;
using document::BlockType;
using document::LayoutRegion;
using document::Region;
using document::RegionKind;

struct ScannedFigureLimits {
  double layout_confidence = 0.5;
  double layout_area = 0.015;       // share of the page
  double text_share = 0.15;         // of the region's area
  double shared_with_table = 0.15;  // share of the region
  double margin = 2.5;              // ems by which a picture may stand out of the text
  double least_height = 4;          // ems of white space above a caption that a picture fills
  double most_height = 0.55;        // share of the page's height
  double column_reach = 6;          // ems to the text whose width bounds an inferred picture
  double least_column = 12;         // ems
  double inferred_confidence = 0.5;
};
constexpr ScannedFigureLimits kLimits;

bool shares_area(const Rect& box, std::span<const Rect> others, double share) {
  return std::any_of(others.begin(), others.end(), [&](const Rect& other) {
    const double shared = base::intersection(box, other).area();
    return shared > share * std::min(box.area(), other.area());
  });
}

class PictureSearch {
 public:
  PictureSearch(const document::PageEvidence& page, std::span<const Fragment> fragments, std::span<const Rect> tables,
                double em)
      : page_(page), fragments_(fragments), tables_(tables), em_(em) {
    for (const Region& region : page.regions) {
      if (region.kind == RegionKind::kPicture) pictures_.push_back(region.bbox);
    }
    for (const Fragment& fragment : fragments) {
      if (caption_label(fragment.text) == CaptionKind::kFigure) captions_.push_back(fragment.bbox);
    }
  }

  std::vector<Region> run() {
    add_from_layout();
    for (const Rect& caption : captions_) {
      if (!has_picture(caption)) add_above(caption);
    }
    return std::move(found_);
  }

 private:
  void add(const Rect& box, double confidence) {
    pictures_.push_back(box);
    found_.push_back({RegionKind::kPicture, box, confidence, {}});
  }

  void add_from_layout() {
    std::vector<LayoutRegion> regions;
    for (const LayoutRegion& region : page_.layout) {
      if (region.type == BlockType::kFigure && region.confidence >= kLimits.layout_confidence)
        regions.push_back(region);
    }
    std::stable_sort(regions.begin(), regions.end(),
                     [](const LayoutRegion& a, const LayoutRegion& b) { return a.confidence > b.confidence; });
    for (const LayoutRegion& region : regions) {
      if (region.bbox.area() < kLimits.layout_area * page_.width * page_.height) continue;
      if (shares_area(region.bbox, tables_, kLimits.shared_with_table) || shares_area(region.bbox, pictures_, 0.3))
        continue;
      if (!holds_report_text(region.bbox) && !leaves_margins(region.bbox)) add(region.bbox, region.confidence);
    }
  }

  // Beyond the text on either side: dirt and edges of the paper, not a picture of the report.
  bool leaves_margins(const Rect& box) const {
    Rect text;
    for (const Fragment& fragment : fragments_) text = base::united(text, fragment.bbox);
    for (const Rect& table : tables_) text = base::united(text, table);
    return box.x0 < text.x0 - kLimits.margin * em_ || box.x1 > text.x1 + kLimits.margin * em_;
  }

  // A caption, or more text than is written into a picture.
  bool holds_report_text(const Rect& box) const {
    double area = 0;
    for (const Fragment& fragment : fragments_) {
      if (base::covered_share(fragment.bbox, box) < 0.5) continue;
      area += fragment.bbox.area();
      if (fragment.text.size() >= 16) return true;
    }
    const bool caption_inside = std::any_of(captions_.begin(), captions_.end(), [&](const Rect& caption) {
      return base::covered_share(caption, box) > 0.5;
    });
    return caption_inside || area > kLimits.text_share * box.area();
  }

  bool has_picture(const Rect& caption) const {
    return std::any_of(pictures_.begin(), pictures_.end(), [&](const Rect& picture) {
      const bool beside = caption.center_x() > picture.x0 && caption.center_x() < picture.x1;
      const double gap = std::max(caption.y0 - picture.y1, picture.y0 - caption.y1);
      return beside && gap < 2.5 * em_ && gap > -1.5 * em_;
    });
  }

  // Captions on one line share the width between them.
  Rect column_of(const Rect& caption) const {
    Rect column{0.04 * page_.width, 0, 0.96 * page_.width, 0};
    for (const Rect& other : captions_) {
      if (&other == &caption || base::overlap_y(other, caption) <= 0) continue;
      const double middle = other.x0 > caption.x1 ? (caption.x1 + other.x0) / 2 : (other.x1 + caption.x0) / 2;
      (other.x0 > caption.x1 ? column.x1 : column.x0) =
          other.x0 > caption.x1 ? std::min(column.x1, middle) : std::max(column.x0, middle);
    }
    return column;
  }

  void add_above(const Rect& caption) {
    Rect box = column_of(caption);
    box.y1 = caption.y0 - 0.3 * em_;
    box.y0 = 0.03 * page_.height;
    const auto stop_at = [&](const Rect& other) {
      if (other.center_y() >= caption.y0 || other.y1 <= box.y0) return;
      if (base::overlap_x(other, caption) > 0) box.y0 = std::max(box.y0, other.y1 + 0.3 * em_);
    };
    for (const Fragment& fragment : fragments_) stop_at(fragment.bbox);
    for (const Rect& table : tables_) stop_at(table);
    if (box.height() < kLimits.least_height * em_ || box.height() > kLimits.most_height * page_.height) return;
    keep_to_column(box, caption);
    stop_below_text(box);
    narrow(box, caption);
    if (box.height() < kLimits.least_height * em_) return;
    if (box.width() > caption.width() / 2) add(box, kLimits.inferred_confidence);
  }

  // Lines in the upper third end above the picture, whichever way they stand over it.
  void stop_below_text(Rect& box) const {
    const double third = box.y0 + box.height() / 3;
    for (const Fragment& fragment : fragments_) {
      const bool over = base::overlap_x(fragment.bbox, box) > 0 && fragment.bbox.y1 > box.y0;
      if (over && fragment.bbox.center_y() < third) box.y0 = std::max(box.y0, fragment.bbox.y1 + 0.3 * em_);
    }
  }

  // The picture is as wide as the text above and below it in its column.
  void keep_to_column(Rect& box, const Rect& caption) const {
    Rect column;
    for (const Fragment& fragment : fragments_) {
      const bool near = std::abs(fragment.bbox.y1 - box.y0) < kLimits.column_reach * em_ ||
                        std::abs(fragment.bbox.y0 - caption.y1) < kLimits.column_reach * em_;
      if (near && base::overlap_x(fragment.bbox, caption) > 0) column = base::united(column, fragment.bbox);
    }
    if (column.width() < kLimits.least_column * em_) return;
    box.x0 = std::max(box.x0, column.x0);
    box.x1 = std::min(box.x1, column.x1);
  }

  // Text beside the picture bounds it; so does a figure that the layout model saw around it.
  void narrow(Rect& box, const Rect& caption) const {
    for (const Fragment& fragment : fragments_) {
      if (base::overlap_y(fragment.bbox, box) < 0.5 * fragment.bbox.height()) continue;
      if (fragment.bbox.x1 < caption.x0) box.x0 = std::max(box.x0, fragment.bbox.x1 + 0.5 * em_);
      if (fragment.bbox.x0 > caption.x1) box.x1 = std::min(box.x1, fragment.bbox.x0 - 0.5 * em_);
    }
    for (const LayoutRegion& region : page_.layout) {
      if (region.type != BlockType::kFigure) continue;
      const Rect shared = base::intersection(box, region.bbox);
      if (shared.area() > 0.4 * box.area() && !shared.empty()) {
        box = shared;
        return;
      }
    }
  }

  const document::PageEvidence& page_;
  std::span<const Fragment> fragments_;
  std::span<const Rect> tables_;
  double em_;
  std::vector<Rect> pictures_;
  std::vector<Rect> captions_;
  std::vector<Region> found_;
};

}  // namespace

std::vector<Region> missing_pictures(const document::PageEvidence& page, std::span<const Fragment> fragments,
                                     std::span<const Rect> tables, double em) {
  return PictureSearch(page, fragments, tables, em).run();
}

}  // namespace medmark::structure
