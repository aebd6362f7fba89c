// What only the whole of an Office document tells: levels of headings, what headers and footers say, tables over page
// breaks.
#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"
#include "structure/office/office.hpp"
#include "structure/whole/levels.hpp"

namespace medmark::structure {
namespace {

using document::Block;
using document::BlockType;
using document::Table;
using document::TableCell;

struct SettleLimits {
  double title_size = 1.12;        // of the sections below it
  double same_size = 0.98;         // of the heading it stands under: not below it
  std::size_t picture_words = 12;  // code points: fewer are a logo's
  std::size_t scan_words = 60;     // of a picture that does not look like text: fewer are the labels of a figure
  double picture_confidence = 0.6;
};
constexpr SettleLimits kLimits;

// ---- fields of headers and footers

bool same_field(const PageBlocks& page, const Block& block) {
  return std::any_of(page.blocks.begin(), page.blocks.end(), [&](const Block& other) {
    return other.key_size > 0 && other.text == block.text &&
           (other.type == block.type || other.type == BlockType::kKeyValue);
  });
}

bool is_on_line_of(const Block& block, const Block& field) {
  return block.bbox.center_y() > field.bbox.y0 && block.bbox.center_y() < field.bbox.y1;
}

// A header's field is printed with the first page that has it, a footer's with the last; what else stands on its line
// goes with it.
void place_fields(std::vector<PageBlocks>& pages) {
  for (std::size_t p = 0; p < pages.size(); ++p) {
    const Block* field = nullptr;  // the last one that was placed
    for (Block& block : pages[p].blocks) {
      if (block.type != BlockType::kHeader && block.type != BlockType::kFooter) continue;
      if (block.key_size == 0) {
        if (field != nullptr && is_on_line_of(block, *field)) block.type = BlockType::kParagraph;
        continue;
      }
      const bool is_header = block.type == BlockType::kHeader;
      const bool is_repeated = is_header ? p > 0 && same_field(pages[p - 1], block)
                                         : p + 1 < pages.size() && same_field(pages[p + 1], block);
      if (is_repeated) continue;
      block.type = BlockType::kKeyValue;
      field = &block;
    }
  }
}

// ---- tables

std::size_t last_table(const PageBlocks& page) {
  std::size_t found = page.blocks.size();
  for (std::size_t i = 0; i < page.blocks.size(); ++i) {
    if (page.blocks[i].type == BlockType::kTable) found = i;
  }
  return found;
}

void erase_block(PageBlocks& page, std::size_t i) {
  const auto at = static_cast<std::ptrdiff_t>(i);
  page.blocks.erase(page.blocks.begin() + at);
  page.font_sizes.erase(page.font_sizes.begin() + at);
  page.shapes.erase(page.shapes.begin() + at);
  page.stated_levels.erase(page.stated_levels.begin() + at);
}

bool is_covered(const Table& table, int row, int column) {
  return std::any_of(table.cells.begin(), table.cells.end(), [&](const TableCell& cell) {
    return row >= cell.row && row < cell.row + cell.row_span && column >= cell.column &&
           column < cell.column + cell.column_span;
  });
}

void append_rows(Block& before, Block after) {
  Table& table = *before.table;
  const int offset = table.row_count;
  if (table.parts.empty()) table.parts.push_back({before.page, before.bbox});
  table.parts.push_back({after.page, after.bbox});
  const bool reaches_over = std::any_of(table.cells.begin(), table.cells.end(),
                                        [&](const TableCell& cell) { return cell.row + cell.row_span > offset; });
  std::vector<TableCell> cells;
  for (TableCell& cell : after.table->cells) {
    cell.row += offset;
    // Places that a merged cell of the page before reaches over were left empty on this one.
    const bool is_gone = reaches_over && cell.text.empty() && is_covered(table, cell.row, cell.column);
    if (!is_gone) cells.push_back(std::move(cell));
  }
  std::move(cells.begin(), cells.end(), std::back_inserter(table.cells));
  table.row_count += after.table->row_count;
}

// Merged cells end with the table.
void cut_overhang(Table& table) {
  for (TableCell& cell : table.cells) cell.row_span = std::min(cell.row_span, table.row_count - cell.row);
}

void join_tables(std::vector<PageBlocks>& pages) {
  PageBlocks* holder = nullptr;  // of the table that goes on
  for (std::size_t p = 0; p < pages.size(); ++p) {
    PageBlocks& page = pages[p];
    const bool is_next = p > 0 && page.page_in_file == pages[p - 1].page_in_file + 1;
    const auto first = std::find_if(page.blocks.begin(), page.blocks.end(),
                                    [](const Block& block) { return block.type == BlockType::kTable; });
    std::size_t rest = page.blocks.size();
    if (page.continues_table && is_next && holder != nullptr && first != page.blocks.end()) {
      rest = static_cast<std::size_t>(first - page.blocks.begin());
      Block& before = holder->blocks[last_table(*holder)];
      if (before.table->column_count == first->table->column_count) {
        append_rows(before, std::move(*first));
        erase_block(page, rest);
      }
    }
    if (last_table(page) < page.blocks.size()) holder = &page;
    if (!page.continues_table && last_table(page) == page.blocks.size()) holder = nullptr;
  }
  for (PageBlocks& page : pages) {
    for (Block& block : page.blocks) {
      if (block.table) cut_overhang(*block.table);
    }
  }
}

// ---- headings

struct OfficeHeading {
  Block* block = nullptr;
  int stated = 0;
  double size = 0;
  bool leads = false;          // nothing but furniture and headings stands before it in the document
  bool follows_title = false;  // right behind the heading before it
  bool is_slide = false;
  bool on_first_page = false;
  std::u32string text;
};

std::vector<OfficeHeading> headings_of(std::vector<PageBlocks>& pages) {
  std::vector<OfficeHeading> headings;
  bool leads = true;
  bool is_behind_heading = false;
  for (PageBlocks& page : pages) {
    for (std::size_t i = 0; i < page.blocks.size(); ++i) {
      Block& block = page.blocks[i];
      if (document::is_furniture(block.type)) continue;
      if (block.type != BlockType::kTitle) {
        leads = leads && block.type == BlockType::kFigure;
        is_behind_heading = false;
        continue;
      }
      headings.push_back({&block, page.stated_levels[i], page.font_sizes[i], leads, is_behind_heading, page.is_slide,
                          &page == &pages.front(), base::decode_utf8(block.text)});
      is_behind_heading = true;
    }
  }
  return headings;
}

// The first slide's title is the document's; other slides' titles are its sections.
void level_slides(std::vector<OfficeHeading>& headings) {
  bool has_title = false;
  for (OfficeHeading& heading : headings) {
    const bool is_slide_title = heading.stated == kTitleLevel;
    const bool may_lead = heading.leads && (is_slide_title || heading.on_first_page);
    if (!has_title && may_lead && (!is_section_word(heading.text) || has_report_title_ending(heading.text))) {
      heading.block->level = 1;
      has_title = true;
    } else {
      heading.block->level = is_slide_title ? 2 : 3;
    }
  }
}

bool is_title_by_looks(const std::vector<OfficeHeading>& headings, std::size_t i) {
  const OfficeHeading& heading = headings[i];
  if (has_report_title_ending(heading.text) || is_hospital_name(heading.text)) return true;
  if (is_section_word(heading.text) || i + 1 >= headings.size()) return false;
  return heading.size > kLimits.title_size * headings[i + 1].size;
}

// The lines of the report's title at the head of the document: the title, or a hospital's name and the title.
std::size_t level_title(std::vector<OfficeHeading>& headings) {
  OfficeHeading& first = headings.front();
  const bool is_stated = first.stated == kTitleLevel;
  const bool is_first_style =
      first.stated > 0 && std::all_of(headings.begin() + 1, headings.end(), [&](const OfficeHeading& other) {
        return other.stated == 0 || other.stated > first.stated || other.stated == kTitleLevel;
      });
  const bool by_looks = first.leads && is_title_by_looks(headings, 0) && first.stated <= 1;
  if (!is_stated && !is_first_style && !by_looks) return 0;
  if (is_first_style && !is_stated && !first.leads && first.stated > 1) return 0;
  if (is_first_style && is_section_word(first.text) && !has_report_title_ending(first.text)) return 0;
  first.block->level = 1;
  if (headings.size() < 2) return 1;
  OfficeHeading& second = headings[1];
  const bool goes_on = second.follows_title && is_hospital_name(first.text) && !is_section_word(second.text) &&
                       (second.stated == first.stated || second.stated <= 0 || has_report_title_ending(second.text));
  if (!goes_on) return 1;
  second.block->level = 2;
  return 2;
}

void level_sections(std::vector<OfficeHeading>& headings, std::size_t titles) {
  int least = 0;
  for (std::size_t i = titles; i < headings.size(); ++i) {
    const int stated = headings[i].stated;
    if (stated > 0) least = least == 0 ? stated : std::min(least, stated);
  }
  const bool has_title_lost = titles == 0 && is_section_word(headings.front().text);
  const int base = static_cast<int>(titles) + 1 + (has_title_lost ? 1 : 0);
  const OfficeHeading* above = nullptr;  // the last one that the file states
  for (std::size_t i = titles; i < headings.size(); ++i) {
    OfficeHeading& heading = headings[i];
    if (heading.stated > 0) {
      heading.block->level = base + heading.stated - least;
      above = &heading;
    } else if (heading.stated == kTitleLevel) {
      heading.block->level = std::max(1, static_cast<int>(titles));
    } else {
      const int outer = above != nullptr ? above->block->level.value_or(base) : base;
      const bool is_peer = above == nullptr || heading.size >= kLimits.same_size * above->size;
      heading.block->level = is_peer ? outer : outer + 1;
    }
  }
}

void level_headings(std::vector<PageBlocks>& pages) {
  std::vector<OfficeHeading> headings = headings_of(pages);
  if (headings.empty()) return;
  if (headings.front().is_slide) {
    level_slides(headings);
  } else {
    const std::size_t titles = level_title(headings);
    const bool has_stated = std::any_of(headings.begin() + static_cast<std::ptrdiff_t>(titles), headings.end(),
                                        [](const OfficeHeading& heading) { return heading.stated > 0; });
    if (has_stated || titles == headings.size()) {
      level_sections(headings, titles);
    } else {
      set_heading_levels(pages, {});
    }
  }
  for (OfficeHeading& heading : headings) heading.block->level = std::clamp(heading.block->level.value_or(2), 1, 6);
}

// ---- text in pictures

base::Rect scaled(const base::Rect& box, const base::Rect& onto, double scale_x, double scale_y) {
  return {onto.x0 + box.x0 * scale_x, onto.y0 + box.y0 * scale_y, onto.x0 + box.x1 * scale_x,
          onto.y0 + box.y1 * scale_y};
}

void scale_runs(std::vector<document::TextRun>& runs, const base::Rect& onto, double scale_x, double scale_y) {
  for (document::TextRun& run : runs) {
    run.bbox = scaled(run.bbox, onto, scale_x, scale_y);
    for (double& edge : run.character_edges) edge = onto.x0 + edge * scale_x;
  }
}

void move_onto(Block& block, const base::Rect& onto, double scale_x, double scale_y) {
  block.bbox = scaled(block.bbox, onto, scale_x, scale_y);
  scale_runs(block.runs, onto, scale_x, scale_y);
  if (!block.table) return;
  for (TableCell& cell : block.table->cells) {
    cell.bbox = scaled(cell.bbox, onto, scale_x, scale_y);
    scale_runs(cell.runs, onto, scale_x, scale_y);
  }
}

// Whether what was read is too little, or too unsure, to be text that somebody meant to be read.
bool is_figure(const PageBlocks& read, bool shows_text) {
  std::size_t characters = 0;
  double confidence = 0;
  double weight = 0;
  const auto count = [&](const std::string& text, double sure) {
    const std::size_t size = base::decode_utf8(text).size();
    characters += size;
    confidence += sure * static_cast<double>(size);
    weight += static_cast<double>(size);
  };
  for (const Block& block : read.blocks) {
    count(block.text, block.confidence);
    if (!block.table) continue;
    for (const TableCell& cell : block.table->cells) count(cell.text, cell.confidence);
  }
  return characters < (shows_text ? kLimits.picture_words : kLimits.scan_words) ||
         confidence < kLimits.picture_confidence * weight;
}

}  // namespace

bool place_picture_text(OfficePageBlocks& page, std::size_t figure, PageBlocks read) {
  const OfficeFigure placed = page.figures[figure];
  PageBlocks& out = page.page;
  const base::Rect onto = out.blocks[placed.block].bbox;
  if (is_figure(read, placed.picture.shows_text) || !(read.width > 0) || !(read.height > 0)) return false;
  const double scale_x = onto.width() / read.width;
  const double scale_y = onto.height() / read.height;
  const bool keeps_figure = !out.blocks[placed.block].caption.empty();
  std::size_t at = placed.block + 1;
  for (std::size_t i = 0; i < read.blocks.size(); ++i, ++at) {
    Block block = std::move(read.blocks[i]);
    move_onto(block, onto, scale_x, scale_y);
    block.page = out.index;
    const std::string prefix = out.blocks[placed.block].id + ".";
    block.id = prefix + block.id;
    if (!block.caption_of.empty()) block.caption_of = prefix + block.caption_of;
    const auto where = static_cast<std::ptrdiff_t>(at);
    out.blocks.insert(out.blocks.begin() + where, std::move(block));
    out.font_sizes.insert(out.font_sizes.begin() + where,
                          i < read.font_sizes.size() ? read.font_sizes[i] * scale_y : 0);
    out.shapes.insert(out.shapes.begin() + where, BlockShape{true, false});
    out.stated_levels.insert(out.stated_levels.begin() + where, 0);
  }
  std::size_t shift = read.blocks.size();
  if (!keeps_figure) {
    erase_block(out, placed.block);
    --shift;
  }
  for (std::size_t k = figure + 1; k < page.figures.size(); ++k) page.figures[k].block += shift;
  if (!keeps_figure) page.figures.erase(page.figures.begin() + static_cast<std::ptrdiff_t>(figure));
  return true;
}

void settle_office_pages(std::vector<PageBlocks>& pages) {
  place_fields(pages);
  join_tables(pages);
  level_headings(pages);
}

}  // namespace medmark::structure
