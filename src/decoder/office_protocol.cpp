#include "decoder/office_protocol.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "decoder/message.hpp"

namespace medmark::decoder {
namespace {

using base::ErrorCode;
using base::Rect;
using document::OfficeCell;
using document::OfficeItem;
using document::OfficePage;
using document::OfficeParagraph;
using document::OfficePicture;
using document::OfficeRun;
using document::OfficeTable;

// Frames and tables in each other; the readers' own limit is lower.
constexpr int kMostDepth = 32;
constexpr int kMostGridSide = 1'000'000;
constexpr std::size_t kMostGridPlaces = 4'000'000;

void put_run(MessageWriter& out, const OfficeRun& run) {
  out.put(std::string_view(run.text));
  out.put(run.script);
  out.put(run.is_bold);
  out.put(run.font_size);
}

void put_paragraph(MessageWriter& out, const OfficeParagraph& paragraph) {
  out.put_list(paragraph.runs, put_run);
  out.put(std::string_view(paragraph.label));
  out.put(paragraph.heading_level);
  out.put(paragraph.is_title);
  out.put(paragraph.is_caption);
  out.put(paragraph.is_page_number);
  out.put(paragraph.is_centred);
  for (const double value : {paragraph.indent, paragraph.space_before, paragraph.space_after}) out.put(value);
  out.put(std::string_view(paragraph.latex));
}

void put_picture(MessageWriter& out, const OfficePicture& picture) {
  out.put(picture.index);
  for (const double value :
       {picture.width, picture.height, picture.page_width, picture.page_height, picture.page_dpi}) {
    out.put(value);
  }
  out.put(picture.shows_text);
  put_rect(out, picture.crop);
  out.put(picture.rotation);
}

void put_item(MessageWriter& out, const OfficeItem& item);

void put_cell(MessageWriter& out, const OfficeCell& cell) {
  for (const int value : {cell.row, cell.column, cell.row_span, cell.column_span}) out.put(value);
  out.put_list(cell.items, put_item);
}

void put_table(MessageWriter& out, const OfficeTable& table) {
  for (const int value : {table.row_count, table.column_count, table.header_rows}) out.put(value);
  out.put(table.is_continued);
  out.put_list(table.column_widths, [](MessageWriter& to, double width) { to.put(width); });
  out.put_list(table.cells, put_cell);
  out.put(std::string_view(table.caption));
}

void put_item(MessageWriter& out, const OfficeItem& item) {
  out.put(item.kind);
  out.put(item.place);
  put_rect(out, item.bbox);
  switch (item.kind) {
    case document::OfficeItemKind::kParagraph:
      return put_paragraph(out, item.paragraph);
    case document::OfficeItemKind::kTable:
      return put_table(out, item.table);
    case document::OfficeItemKind::kPicture:
      return put_picture(out, item.picture);
    case document::OfficeItemKind::kFrame:
      return out.put_list(item.items, put_item);
  }
}

class OfficePageReader {
 public:
  explicit OfficePageReader(std::span<const std::uint8_t> bytes) : in_(bytes) {}

  base::Result<OfficePage> read() {
    OfficePage page;
    page.index = in_.get<int>();
    page.width = number();
    page.height = number();
    page.text_area = rect();
    page.is_slide = in_.get_bool();
    page.items = in_.get_list<OfficeItem>([this](MessageReader&) { return item(0); });
    page.errors = in_.get_list<base::Error>([](MessageReader& in) {
      const ErrorCode code = in.get_enum(ErrorCode::kInternal);
      return base::Error{code, in.get_string()};
    });
    if (!in_.is_complete() || is_broken_ || !(page.width > 0) || !(page.height > 0)) {
      return base::fail(ErrorCode::kWorkerCrashed, "The decoder process gave a broken answer.");
    }
    return page;
  }

 private:
  double number() {
    const double value = in_.get<double>();
    if (!std::isfinite(value)) is_broken_ = true;
    return std::isfinite(value) ? value : 0;
  }

  Rect rect() {
    Rect out;
    for (double* value : {&out.x0, &out.y0, &out.x1, &out.y1}) *value = number();
    return out;
  }

  OfficeItem item(int depth) {
    OfficeItem out;
    if (depth > kMostDepth) is_broken_ = true;
    if (is_broken_) return out;
    out.kind = in_.get_enum(document::OfficeItemKind::kFrame);
    out.place = in_.get_enum(document::OfficePlace::kWatermark);
    out.bbox = rect();
    switch (out.kind) {
      case document::OfficeItemKind::kParagraph:
        out.paragraph = paragraph();
        break;
      case document::OfficeItemKind::kTable:
        out.table = table(depth);
        break;
      case document::OfficeItemKind::kPicture:
        out.picture = picture();
        break;
      case document::OfficeItemKind::kFrame:
        out.items = in_.get_list<OfficeItem>([&](MessageReader&) { return item(depth + 1); });
        break;
    }
    return out;
  }

  OfficeParagraph paragraph() {
    OfficeParagraph out;
    out.runs = in_.get_list<OfficeRun>([this](MessageReader& in) {
      OfficeRun run;
      run.text = in.get_string();
      run.script = in.get_enum(document::OfficeScript::kSub);
      run.is_bold = in.get_bool();
      run.font_size = number();
      return run;
    });
    out.label = in_.get_string();
    out.heading_level = in_.get<int>();
    for (bool* flag : {&out.is_title, &out.is_caption, &out.is_page_number, &out.is_centred}) *flag = in_.get_bool();
    for (double* value : {&out.indent, &out.space_before, &out.space_after}) *value = number();
    out.latex = in_.get_string();
    return out;
  }

  OfficePicture picture() {
    OfficePicture out;
    out.index = in_.get<int>();
    for (double* value : {&out.width, &out.height, &out.page_width, &out.page_height, &out.page_dpi}) *value = number();
    out.shows_text = in_.get_bool();
    out.crop = rect();
    out.rotation = in_.get<int>();
    return out;
  }

  OfficeTable table(int depth) {
    OfficeTable out;
    for (int* value : {&out.row_count, &out.column_count, &out.header_rows}) *value = in_.get<int>();
    out.is_continued = in_.get_bool();
    out.column_widths = in_.get_list<double>([this](MessageReader&) { return number(); });
    out.cells = in_.get_list<OfficeCell>([&](MessageReader&) {
      OfficeCell cell;
      for (int* value : {&cell.row, &cell.column, &cell.row_span, &cell.column_span}) *value = in_.get<int>();
      cell.items = in_.get_list<OfficeItem>([&](MessageReader&) { return item(depth + 1); });
      return cell;
    });
    out.caption = in_.get_string();
    if (!is_broken_) check_grid(out);
    return out;
  }

  // Cells may reach below the last row, for the part on the next page; never over each other.
  void check_grid(const OfficeTable& table) {
    is_broken_ = true;
    if (table.row_count < 1 || table.column_count < 1) return;
    if (table.row_count > kMostGridSide || table.column_count > kMostGridSide) return;
    const auto rows = static_cast<std::size_t>(table.row_count);
    const auto columns = static_cast<std::size_t>(table.column_count);
    if (rows * columns > kMostGridPlaces || table.cells.size() > rows * columns) return;
    if (!table.column_widths.empty() && table.column_widths.size() != columns) return;
    std::vector<bool> is_taken(rows * columns, false);
    for (const OfficeCell& cell : table.cells) {
      if (cell.row < 0 || cell.column < 0 || cell.row_span < 1 || cell.column_span < 1) return;
      if (cell.row >= table.row_count || cell.column >= table.column_count) return;
      if (cell.column_span > table.column_count - cell.column || cell.row_span > kMostGridSide) return;
      const int last_row = std::min(table.row_count, cell.row + cell.row_span);
      for (int row = cell.row; row < last_row; ++row) {
        for (int column = cell.column; column < cell.column + cell.column_span; ++column) {
          const std::size_t place = static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(column);
          if (is_taken[place]) return;
          is_taken[place] = true;
        }
      }
    }
    is_broken_ = false;
  }

  MessageReader in_;
  bool is_broken_ = false;
};

}  // namespace

std::vector<std::uint8_t> encode_office_page(const OfficePage& page) {
  MessageWriter out;
  out.put(page.index);
  out.put(page.width);
  out.put(page.height);
  put_rect(out, page.text_area);
  out.put(page.is_slide);
  out.put_list(page.items, put_item);
  out.put_list(page.errors, [](MessageWriter& to, const base::Error& error) {
    to.put(error.code);
    to.put(std::string_view(error.message));
  });
  return out.bytes();
}

base::Result<OfficePage> decode_office_page(std::span<const std::uint8_t> bytes) {
  return OfficePageReader(bytes).read();
}

}  // namespace medmark::decoder
