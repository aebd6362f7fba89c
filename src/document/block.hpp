// Blocks of a document: the value types that structure writes, clinical reads and output prints.
//
// Coordinates are PDF points, origin at the top left of the page as displayed. Text is UTF-8. Values, no I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/geometry.hpp"

namespace medmark::document {

enum class BlockType {
  kTitle,
  kParagraph,
  kListItem,
  kKeyValue,
  kTable,
  kTableCaption,
  kFigure,
  kFigureCaption,
  kFormula,
  kHeader,
  kFooter,
  kPageNumber,
  kSeal,
  kWatermark,
  kHandwriting,
  kOther,
};

// Where text comes from: exact characters of a PDF, recognition, both, or an Office file.
enum class TextSource { kNative, kOcr, kMixed, kOffice };

// The names of the contract: "title", "key_value", "native", ...
[[nodiscard]] std::string_view block_type_name(BlockType type);
[[nodiscard]] std::string_view text_source_name(TextSource source);
// Whether it may be misread: not so where it comes from exact characters alone.
[[nodiscard]] bool is_recognised(TextSource source);
// What is on the page without belonging to its text: headers, footers, page numbers, seals and watermarks.
[[nodiscard]] bool is_furniture(BlockType type);

// Where a stretch of a block's text stands on a page: normally one printed line, or one cell's line.
struct TextRun {
  std::size_t begin = 0;  // byte offsets into the text that holds the run, [begin, end)
  std::size_t end = 0;
  int page = 0;
  base::Rect bbox;
  double confidence = 1;  // 0..1; for recognised text the least sure character counts, see vision
  // x positions in points: entry i is the left edge of code point i, the last entry the right edge of the last one.
  // Empty where unknown (then evidence is interpolated evenly).
  std::vector<double> character_edges;
  // How sure the reading of each code point is, 0..1. Empty where unknown (then `confidence` stands for all of them).
  std::vector<float> character_confidences = {};
};

struct TableCell {
  int row = 0;
  int column = 0;
  int row_span = 1;
  int column_span = 1;
  std::string text;  // line breaks inside a cell are rejoined unless the cell lists several entries ('\n' then)
  int page = 0;
  base::Rect bbox;
  double confidence = 1;
  bool is_header = false;
  bool needs_review = false;
  std::vector<TextRun> runs;  // offsets into `text`
};

struct TablePart {
  int page = 0;
  base::Rect bbox;
};

// A grid of cells in row-major order. Every grid position is covered by exactly one cell (an empty one has empty text).
struct Table {
  int row_count = 0;
  int column_count = 0;
  std::vector<TableCell> cells;
  std::vector<TablePart> parts;  // one entry per page for a table that crosses pages, in page order; else empty
};

struct Block {
  std::string id;  // "b0", "b1", ... in reading order, given last
  int page = 0;
  int order = 0;  // reading order within the document, from 0
  BlockType type = BlockType::kOther;
  std::optional<int> level;  // titles: 1..6
  base::Rect bbox;
  std::string text;              // running text; for a key_value block "key：value" as printed
  std::size_t key_size = 0;      // key_value: bytes of `text` that are the key (without the colon)
  std::size_t value_offset = 0;  // key_value: byte at which the value starts
  std::vector<TextRun> runs;     // offsets into `text`
  std::optional<Table> table;
  std::string latex;       // formula: without the $$
  std::string image_name;  // figure (or formula kept as picture): file name in the assets folder
  std::string caption;     // figure and table: the caption's text; the caption block itself carries `caption_of`
  std::string caption_of;  // caption blocks: id of the figure or table, which prints it
  std::string section;     // the clinical section the block stands in ("chief_complaint"), "" outside of any
  double confidence = 1;
  TextSource source = TextSource::kNative;
  bool needs_review = false;
  bool is_bold = false;  // the whole of the text is set bold (native and Office text)
};

}  // namespace medmark::document
