#include "input/office/docx_pages.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace medmark::input::office {

using document::OfficeItem;
using document::OfficeItemKind;
using document::OfficeTable;

void DocxPages::add_page() {
  const DocxSection& section = sections_[section_];
  Page page;
  page.page.index = static_cast<int>(pages_.size());
  page.page.width = section.width;
  page.page.height = section.height;
  page.page.text_area = section.text_area;
  page.section = &section;
  page.is_first_of_section = std::exchange(section_begins_, false);
  pages_.push_back(std::move(page));
  is_fresh_ = true;
}

void DocxPages::end_notes() {
  std::vector<OfficeItem>& items = pages_.back().page.items;
  std::move(notes_.begin(), notes_.end(), std::back_inserter(items));
  notes_.clear();
}

void DocxPages::break_page() {
  if (pages_.size() > most_pages_) return;
  end_notes();
  add_page();
}

// The break that a program drew where an explicit one stands is the same break.
void DocxPages::rendered_break() {
  if (!is_fresh_) break_page();
}

void DocxPages::next_section() {
  if (section_ + 1 >= sections_.size()) return;
  ++section_;
  section_begins_ = true;
  if (sections_[section_].starts_page) break_page();
}

void DocxPages::add_item(OfficeItem item) {
  pages_.back().page.items.push_back(std::move(item));
  is_fresh_ = false;
}

void DocxPages::add_notes(std::vector<OfficeItem> notes) {
  for (OfficeItem& note : notes) {
    note.place = document::OfficePlace::kNote;
    notes_.push_back(std::move(note));
  }
}

void DocxPages::add(DocxBlock block) {
  if (block.starts_page && !is_fresh_) break_page();
  if (block.rendered.at_start) rendered_break();
  std::size_t next_break = 0;
  for (std::size_t i = 0; i <= block.items.size(); ++i) {
    for (; next_break < block.page_breaks.size() && block.page_breaks[next_break] == i; ++next_break) break_page();
    if (i == block.items.size()) break;
    if (block.items[i].kind == OfficeItemKind::kTable && !block.rows.empty()) {
      add_table(std::move(block.items[i]), block.rows);
    } else {
      add_item(std::move(block.items[i]));
    }
  }
  for (int i = 0; i < block.rendered.inside; ++i) {
    break_page();
    is_fresh_ = false;  // the rest of the paragraph stands here
  }
}

// Rows up to each break make a table of their page; the rest goes on on the next.
void DocxPages::add_table(OfficeItem item, const std::vector<RenderedBreaks>& rows) {
  OfficeTable& table = item.table;
  std::vector<OfficeTable> parts;
  std::vector<int> first_rows = {0};
  std::vector<int> breaks = {0};  // in front of each part
  for (int row = 0; row < table.row_count; ++row) {
    const RenderedBreaks& rendered = rows[static_cast<std::size_t>(row)];
    const bool splits = rendered.at_start && (row > 0 || !is_fresh_);
    if (splits && row > first_rows.back()) {
      first_rows.push_back(row);
      breaks.push_back(0);
    }
    if (splits) ++breaks.back();
    if (rendered.inside > 0 && row + 1 < table.row_count) {
      first_rows.push_back(row + 1);
      breaks.push_back(rendered.inside);
    }
  }
  for (std::size_t i = 0; i < first_rows.size(); ++i) {
    const int begin = first_rows[i];
    const int end = i + 1 < first_rows.size() ? first_rows[i + 1] : table.row_count;
    OfficeItem part;
    part.kind = OfficeItemKind::kTable;
    part.table.row_count = end - begin;
    part.table.column_count = table.column_count;
    part.table.column_widths = table.column_widths;
    part.table.header_rows = i == 0 ? std::min(table.header_rows, end) : 0;
    part.table.is_continued = i > 0;
    for (document::OfficeCell& cell : table.cells) {
      if (cell.row < begin || cell.row >= end) continue;
      cell.row -= begin;
      part.table.cells.push_back(std::move(cell));
    }
    for (int n = 0; n < breaks[i]; ++n) break_page();
    add_item(std::move(part));
  }
  if (!rows.empty() && rows.back().inside > 0) {
    for (int n = 0; n < rows.back().inside; ++n) break_page();
    is_fresh_ = false;
  }
}

std::vector<DocxPages::Page> DocxPages::take() {
  end_notes();
  return std::move(pages_);
}

}  // namespace medmark::input::office
