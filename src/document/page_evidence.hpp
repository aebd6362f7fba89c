// What is known of one page before its structure is: lines of text, ruling lines, pictures, and what the models saw.
//
// The one input of the structure room. Native and scanned pages arrive in the same form; a native page is simply surer
// of itself. Coordinates are points of the *flat* page: upright, deskewed, origin at the top left. `flat_to_page` leads
// back to the page as displayed. Values, no I/O, thread-safe.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "base/geometry.hpp"
#include "document/block.hpp"

namespace medmark::document {

// A mapping of the flat page onto the page as displayed, sampled on a regular mesh and bilinear between its nodes
// (exact for turning and skew, within 0.1 pt for perspective and curl at the mesh sizes that image/ makes). Empty: the
// identity.
struct PageMapping {
  int columns = 0;                 // nodes across, >= 2
  int rows = 0;                    // nodes down, >= 2
  base::Rect domain;               // of the flat page
  std::vector<base::Point> nodes;  // row-major, on the page as displayed

  [[nodiscard]] base::Point map(base::Point flat) const;
  // Bounding box on the page as displayed of a rectangle of the flat page.
  [[nodiscard]] base::Rect map(const base::Rect& flat) const;
};

// One printed character of a line.
struct Character {
  char32_t code = 0;
  base::Rect bbox;  // for recognised text: interpolated along the line
  double confidence = 1;
  double font_size = 0;  // points; 0 where unknown (recognised text)
  bool is_bold = false;
};

// A run of characters on one baseline without a wide gap: what a text detector finds, or native characters grouped
// alike.
struct TextLine {
  std::vector<Character> characters;  // spaces included as U+0020
  base::Rect bbox;
  base::Quad quad{};      // the line's own box where it is turned against the flat page
  double confidence = 1;  // mean over characters
  double font_size = 0;   // points; for recognised text estimated from the height of the ink
  bool is_bold = false;
  bool is_vertical = false;
  TextSource source = TextSource::kNative;
  BlockType hint = BlockType::kOther;  // kSeal, kWatermark, kHandwriting where an earlier stage knows it is one

  [[nodiscard]] std::string text() const;  // UTF-8
};

// A straight drawn line, horizontal or vertical.
struct RulingLine {
  base::Point a;
  base::Point b;  // a.x <= b.x or a.y <= b.y
  double width = 0;

  [[nodiscard]] bool is_horizontal() const { return std::abs(b.x - a.x) >= std::abs(b.y - a.y); }
};

enum class RegionKind { kPicture, kSeal, kWatermark, kHandwriting };

// Something on the page that is not text: a picture object, a patch of tones on a scan, a seal.
struct Region {
  RegionKind kind = RegionKind::kPicture;
  base::Rect bbox;
  double confidence = 1;
  std::string text;  // seal, watermark: what was read there
};

// A region that a layout model saw. `witness` names the model.
struct LayoutRegion {
  BlockType type = BlockType::kOther;
  base::Rect bbox;
  double confidence = 0;
  std::string witness;
};

// A cell grid that a table structure model saw inside one table region: cells with spans and boxes, without text.
struct TableHypothesis {
  base::Rect bbox;
  int row_count = 0;
  int column_count = 0;
  std::vector<TableCell> cells;
  double confidence = 0;
  std::string witness;
};

struct PageEvidence {
  int index = 0;
  double width = 0;  // of the flat page
  double height = 0;
  TextSource source = TextSource::kNative;
  std::vector<TextLine> lines;
  std::vector<RulingLine> rulings;
  std::vector<Region> regions;
  std::vector<LayoutRegion> layout;
  std::vector<TableHypothesis> tables;
  // Print around equals signs that no character accounts for; see vision/unread_ink.hpp.
  std::vector<base::Rect> unread_ink;
  PageMapping flat_to_page;
};

// An entry of the file's own outline (bookmarks).
struct OutlineEntry {
  std::string title;
  int page = 0;
  int level = 1;
};

}  // namespace medmark::document
