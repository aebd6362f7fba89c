// For tests: pages of evidence made by hand, and tables written out as text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "document/block.hpp"
#include "document/page_evidence.hpp"

namespace medmark::structure {

// Draws lines of text and rulings on an A4 page. Han characters are one em wide, others half an em.
class DrawnPage {
 public:
  explicit DrawnPage(document::TextSource source = document::TextSource::kNative) {
    page_.width = 595;
    page_.height = 842;
    page_.source = source;
  }

  // A line whose box starts at x and whose top is at y. Recognised text has no font size.
  DrawnPage& text(double x, double y, std::string_view utf8, double size = 10) {
    document::TextLine line;
    line.source = page_.source;
    const bool native = page_.source == document::TextSource::kNative;
    line.font_size = native ? size : 0;
    double at = x;
    for (const char32_t code : base::decode_utf8(utf8)) {
      const double width = base::is_full_width(code) || code == U'↑' || code == U'↓' ? size : size / 2;
      document::Character character;
      character.code = code;
      character.bbox = {at, y, at + width, y + size};
      character.font_size = line.font_size;
      line.characters.push_back(character);
      at += width;
    }
    line.bbox = {x, y, at, y + size};
    line.quad = base::quad_of(line.bbox);
    page_.lines.push_back(line);
    return *this;
  }

  // One line for each non-empty entry of a row, at the columns' left edges.
  DrawnPage& row(const std::vector<double>& columns, double y, const std::vector<std::string>& entries,
                 double size = 10) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (!entries[i].empty()) text(columns[i], y, entries[i], size);
    }
    return *this;
  }

  DrawnPage& across(double y, double from, double to) {
    page_.rulings.push_back({{from, y}, {to, y}, 0.75});
    return *this;
  }
  DrawnPage& down(double x, double from, double to) {
    page_.rulings.push_back({{x, from}, {x, to}, 0.75});
    return *this;
  }

  // All lines of a grid.
  DrawnPage& grid(const std::vector<double>& xs, const std::vector<double>& ys) {
    for (const double y : ys) across(y, xs.front(), xs.back());
    for (const double x : xs) down(x, ys.front(), ys.back());
    return *this;
  }

  [[nodiscard]] document::PageEvidence& page() { return page_; }

 private:
  document::PageEvidence page_;
};

// Rows as "a | b<1,2> | c" (spans as rows, columns where not 1,1).
inline std::vector<std::string> written(const document::Table& table) {
  std::vector<std::string> rows(static_cast<std::size_t>(table.row_count));
  for (const document::TableCell& cell : table.cells) {
    std::string& row = rows[static_cast<std::size_t>(cell.row)];
    if (!row.empty()) row += " | ";
    row += cell.text.empty() ? "-" : cell.text;
    if (cell.row_span > 1 || cell.column_span > 1) {
      row += "<" + std::to_string(cell.row_span) + "," + std::to_string(cell.column_span) + ">";
    }
  }
  return rows;
}

}  // namespace medmark::structure
