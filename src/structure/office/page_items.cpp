#include "structure/office/page_items.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "structure/page/captions.hpp"

namespace medmark::structure {
namespace {

using base::Rect;
using document::OfficeCell;
using document::OfficeItem;
using document::OfficeItemKind;
using document::OfficePage;
using document::OfficePlace;
using document::OfficeTable;

struct OrderLimits {
  // A gutter must be wider than the gap between bands by this for columns to be read first.
  double wider = 1.5;
  double overlap = 2;                // points by which boxes that stand apart may still reach into each other
  std::size_t longest_caption = 40;  // code points under a picture in a grid of pictures
  std::size_t most_boxes = 300;      // of a slide; more are read from the top, whatever columns they stand in
};
constexpr OrderLimits kLimits;

bool holds(const OfficeCell& cell, OfficeItemKind kind) {
  return std::any_of(cell.items.begin(), cell.items.end(), [&](const OfficeItem& item) {
    if (item.kind == kind) return true;
    const OfficeCell frame{0, 0, 1, 1, item.items};
    return item.kind == OfficeItemKind::kFrame && holds(frame, kind);
  });
}

std::u32string text_of(const OfficeCell& cell) {
  std::string text;
  for (const OfficeItem& item : cell.items) {
    for (const document::OfficeRun& run : item.paragraph.runs) text += run.text;
  }
  return base::decode_utf8(base::trimmed(text));
}

// Takes apart the rows of a table that hold pictures or tables of their own.
class TableUnroller {
 public:
  explicit TableUnroller(OfficeTable table) : table_(std::move(table)) {
    rows_.resize(static_cast<std::size_t>(table_.row_count));
    for (OfficeCell& cell : table_.cells) rows_[static_cast<std::size_t>(cell.row)].push_back(std::move(cell));
  }

  std::vector<OfficeItem> items() {
    if (table_.row_count == 1 && table_.column_count == 1) {
      for (OfficeCell& cell : rows_.front()) append(std::move(cell.items));
      return std::move(out_);
    }
    std::size_t kept_from = 0;
    for (std::size_t row = 0; row < rows_.size();) {
      if (!is_layout(rows_[row])) {
        ++row;
        continue;
      }
      add_table(kept_from, row);
      row += unroll(row);
      kept_from = row;
    }
    add_table(kept_from, rows_.size());
    return std::move(out_);
  }

 private:
  static bool is_layout(const std::vector<OfficeCell>& row) {
    return std::any_of(row.begin(), row.end(), [](const OfficeCell& cell) {
      return holds(cell, OfficeItemKind::kTable) || holds(cell, OfficeItemKind::kPicture);
    });
  }

  void append(std::vector<OfficeItem> items) { std::move(items.begin(), items.end(), std::back_inserter(out_)); }

  // Rows [begin, end) as a table of their own. One with a single cell that says anything in all is text.
  void add_table(std::size_t begin, std::size_t end) {
    if (begin >= end) return;
    OfficeItem item;
    item.kind = OfficeItemKind::kTable;
    item.table.column_count = table_.column_count;
    item.table.column_widths = table_.column_widths;
    item.table.row_count = static_cast<int>(end - begin);
    item.table.header_rows = begin == 0 ? std::min(table_.header_rows, item.table.row_count) : 0;
    item.table.is_continued = begin == 0 && table_.is_continued;
    if (begin == 0) item.table.caption = table_.caption;
    const bool is_last = end == rows_.size();
    for (std::size_t row = begin; row < end; ++row) {
      for (OfficeCell& cell : rows_[row]) {
        cell.row -= static_cast<int>(begin);
        // Only the table's last rows may reach on to the next page.
        if (!is_last) cell.row_span = std::min(cell.row_span, item.table.row_count - cell.row);
        item.table.cells.push_back(std::move(cell));
      }
    }
    out_.push_back(std::move(item));
  }

  // The row's cells one behind the other; with captions below pictures, each behind its own. Returns how many rows
  // went.
  std::size_t unroll(std::size_t row) {
    const bool has_captions = row + 1 < rows_.size() && are_captions(rows_[row], rows_[row + 1]);
    for (OfficeCell& cell : rows_[row]) {
      append(std::move(cell.items));
      if (!has_captions) continue;
      for (OfficeCell& below : rows_[row + 1]) {
        if (below.column != cell.column) continue;
        for (OfficeItem& item : below.items) item.paragraph.is_caption = true;
        append(std::move(below.items));
      }
    }
    return has_captions ? 2 : 1;
  }

  static bool are_captions(const std::vector<OfficeCell>& pictures, const std::vector<OfficeCell>& texts) {
    std::size_t captions = 0;
    for (const OfficeCell& text : texts) {
      const std::u32string words = text_of(text);
      if (words.empty()) continue;
      const bool is_below_picture = std::any_of(pictures.begin(), pictures.end(), [&](const OfficeCell& cell) {
        return cell.column == text.column && cell.column_span == text.column_span &&
               holds(cell, OfficeItemKind::kPicture) && text_of(cell).empty();
      });
      if (!is_below_picture || words.size() > kLimits.longest_caption || holds(text, OfficeItemKind::kPicture)) {
        return false;
      }
      ++captions;
    }
    return captions > 0;
  }

  OfficeTable table_;
  std::vector<std::vector<OfficeCell>> rows_;
  std::vector<OfficeItem> out_;
};

class ItemCollector {
 public:
  void add(std::vector<OfficeItem> items, OfficePlace place, const Rect& frame) {
    bool is_first = true;
    for (OfficeItem& item : items) {
      const OfficePlace own = item.place == OfficePlace::kBody ? place : item.place;
      const Rect box = frame == Rect{} ? item.bbox : frame;
      if (item.kind == OfficeItemKind::kFrame) {
        add(std::move(item.items), own, item.bbox == Rect{} ? frame : item.bbox);
        continue;
      }
      const bool is_furniture = own == OfficePlace::kHeader || own == OfficePlace::kFooter;
      if (is_furniture && item.kind == OfficeItemKind::kPicture) continue;  // the letterhead's logo
      if (item.kind == OfficeItemKind::kTable && is_layout(item.table)) {
        add(TableUnroller(std::move(item.table)).items(), own, item.bbox == Rect{} ? frame : item.bbox);
        continue;
      }
      if (is_furniture && item.kind == OfficeItemKind::kTable) {
        add(lines_of(item.table), own, frame);
        continue;
      }
      out_.push_back({std::move(item), own, box, is_first});
      is_first = false;
    }
  }
  [[nodiscard]] std::vector<PageItem> take() { return std::move(out_); }

 private:
  // A table in a header or footer sets its words side by side: each row is a line, its cells wide apart.
  static std::vector<OfficeItem> lines_of(const OfficeTable& table) {
    std::vector<OfficeItem> lines(static_cast<std::size_t>(table.row_count));
    for (const OfficeCell& cell : table.cells) {
      document::OfficeParagraph& line = lines[static_cast<std::size_t>(cell.row)].paragraph;
      add_words(cell.items, line);
    }
    return lines;
  }

  static void add_words(const std::vector<OfficeItem>& items, document::OfficeParagraph& line) {
    for (const OfficeItem& item : items) {
      add_words(item.items, line);
      if (item.paragraph.runs.empty()) continue;
      if (!line.runs.empty()) line.runs.push_back({.text = "\t"});
      line.is_page_number = line.is_page_number || item.paragraph.is_page_number;
      for (document::OfficeRun run : item.paragraph.runs) {
        std::replace(run.text.begin(), run.text.end(), '\n', ' ');
        line.runs.push_back(std::move(run));
      }
    }
  }

  static bool is_layout(const OfficeTable& table) {
    if (table.row_count == 1 && table.column_count == 1) return true;
    return std::any_of(table.cells.begin(), table.cells.end(), [](const OfficeCell& cell) {
      return holds(cell, OfficeItemKind::kTable) || holds(cell, OfficeItemKind::kPicture);
    });
  }

  std::vector<PageItem> out_;
};

// A cut through all boxes along one axis: the widest white gap, and the boxes on both sides of it.
struct Cut {
  double gap = 0;
  double at = 0;
};

std::optional<Cut> widest_gap(const std::vector<Rect>& boxes, const std::vector<std::size_t>& indices, bool across) {
  std::vector<std::pair<double, double>> spans;
  for (const std::size_t i : indices) {
    spans.emplace_back(across ? boxes[i].y0 : boxes[i].x0, across ? boxes[i].y1 : boxes[i].x1);
  }
  std::sort(spans.begin(), spans.end());
  std::optional<Cut> best;
  double end = spans.front().second;
  for (std::size_t i = 1; i < spans.size(); ++i) {
    const double gap = spans[i].first - end;
    if (gap > -kLimits.overlap && (!best || gap > best->gap)) best = Cut{gap, (spans[i].first + end) / 2};
    end = std::max(end, spans[i].second);
  }
  return best;
}

void order_boxes(const std::vector<Rect>& boxes, std::vector<std::size_t> indices, std::vector<std::size_t>& out) {
  if (indices.size() <= 1) {
    out.insert(out.end(), indices.begin(), indices.end());
    return;
  }
  const auto band = widest_gap(boxes, indices, true);
  const auto gutter = widest_gap(boxes, indices, false);
  if ((!band && !gutter) || indices.size() > kLimits.most_boxes) {  // all over each other
    std::stable_sort(indices.begin(), indices.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(boxes[a].y0, boxes[a].x0) < std::pair(boxes[b].y0, boxes[b].x0);
    });
    out.insert(out.end(), indices.begin(), indices.end());
    return;
  }
  const bool by_columns = gutter && (!band || gutter->gap > kLimits.wider * std::max(band->gap, 1.0));
  const double at = by_columns ? gutter->at : band->at;
  const auto is_before = [&](std::size_t i) { return (by_columns ? boxes[i].center_x() : boxes[i].center_y()) < at; };
  std::vector<std::size_t> after;
  std::copy_if(indices.begin(), indices.end(), std::back_inserter(after), [&](std::size_t i) { return !is_before(i); });
  std::erase_if(indices, [&](std::size_t i) { return !is_before(i); });
  if (indices.empty() || after.empty()) {
    out.insert(out.end(), indices.begin(), indices.end());
    out.insert(out.end(), after.begin(), after.end());
    return;
  }
  order_boxes(boxes, std::move(indices), out);
  order_boxes(boxes, std::move(after), out);
}

bool is_title(const OfficeItem& item) {
  return std::any_of(item.items.begin(), item.items.end(),
                     [](const OfficeItem& inner) { return inner.paragraph.is_title; });
}

// The title first; then shapes by place; shapes without a place, notes and the slide's furniture behind them.
std::vector<OfficeItem> slide_items(std::vector<OfficeItem> items) {
  std::vector<OfficeItem> titles;
  std::vector<OfficeItem> placed;
  std::vector<OfficeItem> rest;
  for (OfficeItem& item : items) {
    const bool is_body = item.place == OfficePlace::kBody && !(item.bbox == Rect{});
    (is_title(item) ? titles : is_body ? placed : rest).push_back(std::move(item));
  }
  std::vector<Rect> boxes;
  for (const OfficeItem& item : placed) boxes.push_back(item.bbox);
  std::vector<OfficeItem> out = std::move(titles);
  for (const std::size_t i : reading_order_of(boxes)) out.push_back(std::move(placed[i]));
  std::move(rest.begin(), rest.end(), std::back_inserter(out));
  return out;
}

}  // namespace

std::vector<std::size_t> reading_order_of(const std::vector<Rect>& boxes) {
  std::vector<std::size_t> indices(boxes.size());
  std::iota(indices.begin(), indices.end(), std::size_t{0});
  std::vector<std::size_t> out;
  order_boxes(boxes, std::move(indices), out);
  return out;
}

std::vector<PageItem> items_in_order(const OfficePage& page) {
  ItemCollector collector;
  collector.add(page.is_slide ? slide_items(page.items) : page.items, OfficePlace::kBody, {});
  return collector.take();
}

}  // namespace medmark::structure
