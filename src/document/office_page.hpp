// What an Office file says of one of its pages (a slide is a page): paragraphs, tables, pictures, in the file's order.
//
// Lengths are points, origin at the top left of the page. A box is known where the file states it (slides); elsewhere
// it is empty and structure/office estimates it. Text is UTF-8; '\n' is a line break inside a paragraph, '\t' a tab.
// Values, no I/O, thread-safe.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/geometry.hpp"

namespace medmark::document {

enum class OfficeScript { kBase, kSuper, kSub };

struct OfficeRun {
  std::string text;
  OfficeScript script = OfficeScript::kBase;
  bool is_bold = false;
  double font_size = 0;
};

struct OfficeParagraph {
  std::vector<OfficeRun> runs;
  std::string label;        // its number or bullet as printed, with the space behind it; "" where it has none
  int heading_level = 0;    // 1..9 where the file says it is a heading
  bool is_title = false;    // the title of the document or slide, says the file
  bool is_caption = false;  // of a picture or table, says the file
  bool is_page_number = false;
  bool is_centred = false;
  double indent = 0;
  double space_before = 0;
  double space_after = 0;
  std::string latex;  // a display formula, without the $$; `runs` are empty then
};

struct OfficePicture {
  int index = 0;     // by which the decoder gives its pixels
  double width = 0;  // as displayed, points
  double height = 0;
  bool shows_text = false;  // lines of text, to be read
  // The page that the picture would be as a file of its own, before it is cropped and turned; see PagePlan in input.
  double page_width = 0;
  double page_height = 0;
  double page_dpi = 0;
  base::Rect crop;   // shares of width and height that are cut off: x0 left, y0 top, x1 right, y1 bottom
  int rotation = 0;  // clockwise quarter turns in degrees: 0, 90, 180, 270
};

struct OfficeItem;

struct OfficeCell {
  int row = 0;
  int column = 0;
  int row_span = 1;
  int column_span = 1;
  std::vector<OfficeItem> items;
};

struct OfficeTable {
  int row_count = 0;
  int column_count = 0;
  int header_rows = 0;
  bool is_continued = false;          // goes on from the page before
  std::vector<double> column_widths;  // empty where the file does not say
  std::vector<OfficeCell> cells;      // row-major; what they leave uncovered is empty
  std::string caption;                // a chart's title
};

enum class OfficeItemKind { kParagraph, kTable, kPicture, kFrame };
enum class OfficePlace { kBody, kHeader, kFooter, kNote, kWatermark };

struct OfficeItem {
  OfficeItemKind kind = OfficeItemKind::kParagraph;
  OfficePlace place = OfficePlace::kBody;
  base::Rect bbox;
  OfficeParagraph paragraph;
  OfficeTable table;
  OfficePicture picture;
  std::vector<OfficeItem> items;  // of a frame: a text box, a shape
};

struct OfficePage {
  int index = 0;
  double width = 595;
  double height = 842;
  base::Rect text_area;  // the page within its margins
  bool is_slide = false;
  std::vector<OfficeItem> items;
  std::vector<base::Error> errors;  // what of the page could not be read
};

}  // namespace medmark::document
