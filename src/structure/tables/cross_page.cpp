// Tables that go on over a page break.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "base/text.hpp"
#include "structure/tables/entry_text.hpp"
#include "structure/tables/lost_columns.hpp"
#include "structure/tables/numbered_rows.hpp"
#include "structure/tables/tables.hpp"

namespace medmark::structure {
namespace {

using document::Block;
using document::BlockType;
using document::Table;
using document::TableCell;

struct JoinThresholds {
  double same_border = 0.02;  // of the table's width: the same table printed on two pages agrees to a rounding error
  double same_border_headed = 0.06;  // where the header is repeated word by word
  double scan_shift = 0.08;          // of its width, that sheets of a scan lie apart
  double agreeing_borders = 0.75;    // share of the borders that must agree
  double sure_text = 0.9;            // recognised header text below it may hold a misread character
};
constexpr JoinThresholds kThresholds;

int last_page(const Block& block) { return block.table->parts.empty() ? block.page : block.table->parts.back().page; }

// Text of a row's cells, for comparing rows.
std::vector<std::string> row_texts(const Table& table, int row) {
  std::vector<std::string> texts;
  for (const TableCell& cell : table.cells) {
    if (cell.row == row) texts.push_back(base::without_spaces(cell.text));
  }
  return texts;
}

bool is_blank(const std::vector<std::string>& texts) {
  return std::all_of(texts.begin(), texts.end(), [](const std::string& text) { return text.empty(); });
}

// Rows at the head of `next` that repeat the head of `table`.
int repeated_rows(const Table& table, const Table& next) {
  int rows = 0;
  while (rows < table.row_count && rows < next.row_count && rows < 4) {
    const std::vector<std::string> texts = row_texts(table, rows);
    if (texts != row_texts(next, rows) || is_blank(texts)) break;
    ++rows;
  }
  // A cell that spans from the repeated rows into others keeps them all: no grid position may be left open.
  const auto is_crossed = [&](int border) {
    return std::any_of(next.cells.begin(), next.cells.end(),
                       [&](const TableCell& cell) { return cell.row < border && cell.row + cell.row_span > border; });
  };
  while (rows > 0 && is_crossed(rows)) --rows;
  return rows;
}

// Whether two texts differ by one character, not a digit, as a misread one does. Words of two characters differ too
// easily.
bool differ_by_one_character(const std::u32string& text, const std::u32string& other) {
  if (text.size() != other.size() || text.size() < 3) return false;
  int differing = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == other[i]) continue;
    if (base::is_digit(text[i]) || base::is_digit(other[i])) return false;
    ++differing;
  }
  return differing == 1;
}

// Whether the first row of `next` is the head of `table` with one entry misread. Its row is not to be dropped, for it
// may say something else after all.
bool resembles_head(const Table& table, const Table& next) {
  int cells = 0;
  int misread = 0;
  for (const TableCell& cell : table.cells) {
    if (cell.row != 0) continue;
    const auto same_place = [&](const TableCell& other) {
      return other.row == 0 && other.column == cell.column && other.column_span == cell.column_span &&
             other.row_span == cell.row_span;
    };
    const auto other = std::find_if(next.cells.begin(), next.cells.end(), same_place);
    if (other == next.cells.end() || !cell.is_header || cell.text.empty()) return false;
    ++cells;
    const std::string text = base::without_spaces(cell.text);
    const std::string other_text = base::without_spaces(other->text);
    if (text == other_text) continue;
    ++misread;
    if (std::min(cell.confidence, other->confidence) >= kThresholds.sure_text) return false;
    if (!differ_by_one_character(base::decode_utf8(text), base::decode_utf8(other_text))) return false;
  }
  return cells >= 3 && misread == 1;
}

// Where the columns of the table's part on `page` begin, by column, along the way in which they follow each other: a
// page may be displayed turned, and then its columns run down, up or to the left.
struct ColumnStarts {
  bool to_the_right = true;  // the usual way
  double length = 0;         // of the table along that way
  std::map<int, double> starts;
};

// Middle of the column's cells that span nothing else, summed up with their number.
struct ColumnMiddle {
  base::Point sum;
  double count = 0;
};

ColumnStarts column_starts(const Table& table, int page) {
  std::map<int, ColumnMiddle> middles;
  for (const TableCell& cell : table.cells) {
    if (cell.page != page || cell.bbox.empty() || cell.column_span > 1) continue;
    ColumnMiddle& middle = middles[cell.column];
    middle.sum.x += cell.bbox.center_x();
    middle.sum.y += cell.bbox.center_y();
    middle.count += 1;
  }
  ColumnStarts result;
  if (middles.size() < 2) return result;
  const ColumnMiddle& first = middles.begin()->second;
  const ColumnMiddle& last = middles.rbegin()->second;
  const double right = last.sum.x / last.count - first.sum.x / first.count;
  const double down = last.sum.y / last.count - first.sum.y / first.count;
  const bool along_x = std::abs(right) >= std::abs(down);
  const bool forward = along_x ? right > 0 : down > 0;
  result.to_the_right = along_x && forward;
  const auto start_of = [&](const base::Rect& box) {
    if (along_x) return forward ? box.x0 : -box.x1;
    return forward ? box.y0 : -box.y1;
  };
  double end = std::numeric_limits<double>::lowest();
  for (const TableCell& cell : table.cells) {
    if (cell.page != page || cell.bbox.empty()) continue;
    const double start = start_of(cell.bbox);
    const auto [at, added] = result.starts.try_emplace(cell.column, start);
    if (!added) at->second = std::min(at->second, start);
    end = std::max(end, start + (along_x ? cell.bbox.width() : cell.bbox.height()));
  }
  result.length = end - result.starts.begin()->second;
  return result;
}

bool columns_agree(const Block& block, const Block& next, double tolerance) {
  const ColumnStarts columns = column_starts(*block.table, last_page(block));
  const ColumnStarts others = column_starts(*next.table, next.page);
  const double length = std::max(columns.length, others.length);
  if (length <= 0) return false;
  // Pages turned differently, and pages that were laid on a scanner one by one, are compared by the columns' widths
  // alone.
  const bool same_way = columns.to_the_right && others.to_the_right;
  const double apart = others.starts.begin()->second - columns.starts.begin()->second;
  const bool is_scanned = block.source == document::TextSource::kOcr && next.source == document::TextSource::kOcr;
  const bool is_free = !same_way || (is_scanned && std::abs(apart) <= kThresholds.scan_shift * length);
  const double shift = is_free ? apart : 0;
  int agreeing = 0;
  int compared = 0;
  for (const auto& [column, start] : columns.starts) {
    const auto other = others.starts.find(column);
    if (other == others.starts.end()) continue;
    ++compared;
    agreeing += std::abs(other->second - shift - start) <= tolerance * length ? 1 : 0;
  }
  return compared > 0 && agreeing >= kThresholds.agreeing_borders * compared;
}

bool goes_on(const Block& block, const Block& next) {
  if (next.page != last_page(block) + 1) return false;
  if (block.table->column_count != next.table->column_count) return false;
  const bool is_headed = std::any_of(next.table->cells.begin(), next.table->cells.end(),
                                     [](const TableCell& cell) { return cell.is_header; });
  const bool repeats = repeated_rows(*block.table, *next.table) > 0 || resembles_head(*block.table, *next.table);
  // A head that was misread in several places is still a head where the rows below it go on counting.
  const bool is_sure = repeats || goes_on_counting(*block.table, *next.table);
  if (is_headed && !is_sure) return false;
  return columns_agree(block, next, is_sure ? kThresholds.same_border_headed : kThresholds.same_border);
}

void append_cell_text(TableCell& cell, const TableCell& more) {
  if (more.text.empty()) return;
  if (!cell.text.empty()) {
    const char32_t before = base::decode_utf8(cell.text).back();
    const char32_t after = base::decode_utf8(more.text).front();
    if (base::joins_with_space(before, after) && before != U'-' && before != U'/') cell.text += ' ';
  }
  const std::size_t offset = cell.text.size();
  cell.text += more.text;
  for (document::TextRun run : more.runs) {
    run.begin += offset;
    run.end += offset;
    cell.runs.push_back(std::move(run));
  }
  cell.confidence = std::min(cell.confidence, more.confidence);
  cell.needs_review = cell.needs_review || more.needs_review;
}

// Whether row `row` of `next` is the rest of the last row of `table`, cut by the page break: its first cell is empty,
// it fills only what the row above fills, and some cell above stops in the middle.
bool is_rest_of_row(const Table& table, const Table& next, int row) {
  bool unfinished = false;
  bool any = false;
  for (const TableCell& cell : next.cells) {
    if (cell.row != row) continue;
    if (cell.row_span > 1 || cell.column_span > 1) return false;
    if (cell.column == 0 && !cell.text.empty()) return false;
    if (cell.text.empty()) continue;
    any = true;
    const auto above = std::find_if(table.cells.begin(), table.cells.end(), [&](const TableCell& other) {
      return other.row == table.row_count - 1 && other.column == cell.column;
    });
    if (above == table.cells.end() || above->text.empty()) return false;
    unfinished |= leaves_bracket_open(base::decode_utf8(above->text)) || above->runs.size() > 1 ||
                  !is_numeric(base::decode_utf8(cell.text));
  }
  return any && unfinished;
}

void append_rows(Block& block, const Block& next, int skipped) {
  Table& table = *block.table;
  const Table& more = *next.table;
  if (skipped < more.row_count && is_rest_of_row(table, more, skipped)) {
    for (const TableCell& cell : more.cells) {
      if (cell.row != skipped) continue;
      const auto above = std::find_if(table.cells.begin(), table.cells.end(), [&](const TableCell& other) {
        return other.row == table.row_count - 1 && other.column == cell.column;
      });
      if (above != table.cells.end()) append_cell_text(*above, cell);
    }
    ++skipped;
  }
  const int shift = table.row_count - skipped;
  for (const TableCell& cell : more.cells) {
    if (cell.row < skipped) continue;
    table.cells.push_back(cell);
    table.cells.back().row += shift;
    table.cells.back().is_header = false;
  }
  table.row_count += more.row_count - skipped;
}

void join(Block& block, const Block& next) {
  const int skipped = repeated_rows(*block.table, *next.table);
  if (block.table->parts.empty()) block.table->parts.push_back({block.page, block.bbox});
  if (next.table->parts.empty()) {
    block.table->parts.push_back({next.page, next.bbox});
  } else {
    block.table->parts.insert(block.table->parts.end(), next.table->parts.begin(), next.table->parts.end());
  }
  append_rows(block, next, skipped);
  block.confidence = std::min(block.confidence, next.confidence);
  block.needs_review = block.needs_review || next.needs_review;
}

// Whether `block` is print inside the last part of a table, such as an entry that found no cell: it stands on the
// table, not after it.
bool is_on_table(const Block& block, const Block& table) {
  if (block.type == BlockType::kTitle || block.type == BlockType::kTable || block.page != last_page(table))
    return false;
  const base::Rect& part = table.table->parts.empty() ? table.bbox : table.table->parts.back().bbox;
  return !block.bbox.empty() && block.bbox.x0 >= part.x0 && block.bbox.x1 <= part.x1 && block.bbox.y0 >= part.y0 &&
         block.bbox.y1 <= part.y1;
}

// Index of the table that the block at `index` may go on with: nothing but furniture between, or print that stands on
// the table itself; blocks.size() for none.
std::size_t table_before(const std::vector<Block>& blocks, std::size_t index) {
  std::size_t table = index;
  while (table-- > 0) {
    if (blocks[table].type == BlockType::kTable && blocks[table].table) break;
  }
  if (table >= index) return blocks.size();
  const auto is_between = [&](const Block& block) {
    return !document::is_furniture(block.type) && block.type != BlockType::kHandwriting &&
           !is_on_table(block, blocks[table]);
  };
  const auto first = blocks.begin() + static_cast<std::ptrdiff_t>(table) + 1;
  const auto last = blocks.begin() + static_cast<std::ptrdiff_t>(index);
  return std::any_of(first, last, is_between) ? blocks.size() : table;
}

}  // namespace

void join_tables_across_pages(std::vector<document::Block>& blocks) {
  std::vector<Block> joined;
  for (Block& block : blocks) {
    // Office files say for themselves where a table goes on (structure/office).
    const bool is_printed = block.source != document::TextSource::kOffice;
    if (block.type == BlockType::kTable && block.table && is_printed) {
      const std::size_t before = table_before(joined, joined.size());
      if (before < joined.size()) restore_lost_columns(joined[before], block);
      if (before < joined.size() && goes_on(joined[before], block)) {
        join(joined[before], block);
        continue;
      }
    }
    joined.push_back(std::move(block));
  }
  blocks = std::move(joined);
}

}  // namespace medmark::structure
