#include "structure/page/reading_order.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "base/text.hpp"
#include "structure/tables/ruling_set.hpp"

namespace medmark::structure {
namespace {

using base::Rect;

// In ems of the body's text unless said otherwise. Journals and reports set gutters of 1.5 to 3 ems and columns of 16
// ems and more; a grid of fields has short values, a list of analytes lines that do not fill their side.
struct ColumnLimits {
  double gutter = 0.9;
  double column_width = 11;
  double full_line = 0.72;       // share of its side that a line of prose fills
  std::size_t prose_lines = 2;   // on both sides, or three on one side beside pictures and tables
  double line_pitch = 2.4;       // lines of prose follow each other within this
  double crossing = 0.35;        // how far into a gutter a box may reach
  double tight_gap = 0.8;        // white space between lines of one paragraph at most
  double stack_gap = 5;          // between pictures above each other, their captions included
  std::size_t lines_beside = 2;  // of text beside a stack of pictures
  std::size_t deepest = 8;
  double widest_margin = 0.2;  // share of the page's width
  double frame_height = 2.5;   // least, of a drawn box
  double frame_width = 8;
  double corner = 5;    // pt by which the lines of a box may miss each other
  double beside = 0.5;  // shared height of boxes side by side, of the lower one
};
constexpr ColumnLimits kLimits;

struct Item {
  Rect bbox;
  std::size_t index = 0;
  bool is_text = true;
  bool is_prose_like = false;  // long enough, no field in it
  bool is_figure = false;
};

struct ColumnCut {
  double x = 0;
  double y0 = 0;
  double y1 = 0;
  double score = 0;
};

// A colon near the beginning; behind more letters where the name is Latin ("Admission Date:").
bool looks_like_field(const std::u32string& text) {
  constexpr std::size_t kLongestName = 8;
  constexpr std::size_t kLongestLatinName = 24;
  bool is_latin = true;
  for (std::size_t i = 0; i < text.size() && i < (is_latin ? kLongestLatinName : kLongestName); ++i) {
    if (text[i] == U'：' || text[i] == U':') return true;
    is_latin = is_latin && (base::is_latin_letter(text[i]) || base::is_space(text[i]) || text[i] == U'.');
  }
  return false;
}

Rect bounds_of(const std::vector<Item>& items) {
  Rect all;
  for (const Item& item : items) all = base::united(all, item.bbox);
  return all;
}

// Lines of a side that fill it and have another such line, or the rest of one, right above or below.
std::size_t prose_lines_of(const std::vector<Item>& side, double em) {
  Rect text;
  for (const Item& item : side) {
    if (item.is_text) text = base::united(text, item.bbox);
  }
  if (text.width() < kLimits.column_width * em) return 0;
  std::vector<const Item*> full;
  for (const Item& item : side) {
    if (item.is_prose_like && item.bbox.width() >= kLimits.full_line * text.width()) full.push_back(&item);
  }
  std::size_t count = 0;
  for (const Item* line : full) {
    const bool runs_on = std::any_of(side.begin(), side.end(), [&](const Item& other) {
      const double distance = std::abs(other.bbox.center_y() - line->bbox.center_y());
      return &other != line && other.is_text && distance > 0.5 * em && distance < kLimits.line_pitch * em;
    });
    if (runs_on) ++count;
  }
  return count;
}

bool has_text(const std::vector<Item>& side) {
  return std::any_of(side.begin(), side.end(), [](const Item& item) { return item.is_text; });
}

// A gutter at x between two sides of prose; the score counts its lines.
double column_score(const std::vector<Item>& left, const std::vector<Item>& right, double em) {
  if (left.empty() || right.empty()) return 0;
  double left_edge = -std::numeric_limits<double>::infinity();
  double right_edge = std::numeric_limits<double>::infinity();
  // Tables and pictures may reach a little into the gutter.
  const auto slack = [&](const Item& item) { return item.is_text ? 0 : kLimits.crossing * em; };
  for (const Item& item : left) left_edge = std::max(left_edge, item.bbox.x1 - slack(item));
  for (const Item& item : right) right_edge = std::min(right_edge, item.bbox.x0 + slack(item));
  if (right_edge - left_edge < kLimits.gutter * em) return 0;
  const std::size_t left_prose = prose_lines_of(left, em);
  const std::size_t right_prose = prose_lines_of(right, em);
  const bool both = left_prose >= kLimits.prose_lines && right_prose >= kLimits.prose_lines;
  const bool beside_pictures =
      (left_prose > kLimits.prose_lines && !has_text(right)) || (right_prose > kLimits.prose_lines && !has_text(left));
  const bool unequal =
      std::min(left_prose, right_prose) >= 1 && left_prose + right_prose >= 2 * kLimits.prose_lines + 1;
  if (!both && !beside_pictures && !unequal) return 0;
  const Rect a = bounds_of(left);
  const Rect b = bounds_of(right);
  if (base::overlap_y(a, b) < 0.3 * std::min(a.height(), b.height())) return 0;
  return static_cast<double>(left_prose + right_prose);
}

bool crosses(const Rect& box, double x, double em) {
  return box.x0 < x - kLimits.crossing * em && box.x1 > x + kLimits.crossing * em;
}

// Middles of gaps between items that stand beside each other.
std::vector<double> gutter_candidates(const std::vector<Item>& items, double em) {
  std::vector<double> candidates;
  for (const Item& a : items) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const Item& b : items) {
      if (b.bbox.x0 < a.bbox.x1 || base::overlap_y(a.bbox, b.bbox) < 0.3 * std::min(a.bbox.height(), b.bbox.height()))
        continue;
      nearest = std::min(nearest, b.bbox.x0);
    }
    if (nearest - a.bbox.x1 >= kLimits.gutter * em && std::isfinite(nearest))
      candidates.push_back((nearest + a.bbox.x1) / 2);
  }
  std::sort(candidates.begin(), candidates.end());
  std::vector<double> distinct;
  for (const double x : candidates) {
    if (distinct.empty() || x - distinct.back() > 0.4 * em) distinct.push_back(x);
  }
  return distinct;
}

// The best stretch without a crossing item at gutter x. Items are sorted by their top.
void look_for_cut(const std::vector<Item>& items, double x, double em, ColumnCut& best) {
  std::vector<const Item*> barriers;
  for (const Item& item : items) {
    if (crosses(item.bbox, x, em)) barriers.push_back(&item);
  }
  double top = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i <= barriers.size(); ++i) {
    const double bottom = i < barriers.size() ? barriers[i]->bbox.center_y() : std::numeric_limits<double>::infinity();
    std::vector<Item> left;
    std::vector<Item> right;
    for (const Item& item : items) {
      const double y = item.bbox.center_y();
      if (y <= top || y >= bottom || crosses(item.bbox, x, em)) continue;
      (item.bbox.center_x() < x ? left : right).push_back(item);
    }
    const double score = column_score(left, right, em);
    if (score > best.score) best = {x, top, bottom, score};
    if (i < barriers.size()) top = barriers[i]->bbox.center_y();
  }
}

struct ColumnEdges {
  double x0 = 0;
  double x1 = 0;
};

Flow flow_of(const std::vector<Item>& items, ColumnEdges edges) {
  Flow flow;
  flow.column_x0 = edges.x0;
  flow.column_x1 = edges.x1;
  for (const Item& item : items) {
    (item.is_text ? flow.fragments : flow.obstacles).push_back(item.index);
    flow.bbox = base::united(flow.bbox, item.bbox);
  }
  return flow;
}

// Where the columns' own content begins. What stands on one side only, above the first item of the other side, belongs
// to the text before (a narrow title, the short last line of a paragraph across the page), unless it is a paragraph of
// the column that goes on below. Returns the height above which items are not the columns'.
double top_of_columns(const std::vector<Item>& items, const ColumnCut& cut, double em) {
  std::vector<const Item*> sides[2];
  double barrier_bottom = -std::numeric_limits<double>::infinity();
  for (const Item& item : items) {
    const double y = item.bbox.center_y();
    if (y <= cut.y0) {
      if (item.is_text) barrier_bottom = std::max(barrier_bottom, item.bbox.y1);
    } else if (y < cut.y1) {
      sides[item.bbox.center_x() < cut.x ? 0 : 1].push_back(&item);
    }
  }
  const double tops[2] = {sides[0].front()->bbox.y0, sides[1].front()->bbox.y0};  // items come sorted by their top
  const std::vector<const Item*>& early = sides[tops[0] <= tops[1] ? 0 : 1];
  const double late_top = std::max(tops[0], tops[1]);
  const Item* last = nullptr;
  const Item* next = nullptr;
  double side_width = 0;
  for (const Item* item : early) {
    side_width = std::max(side_width, item->bbox.width());
    (item->bbox.y1 <= late_top ? last : next) = item->bbox.y1 <= late_top || next == nullptr ? item : next;
  }
  if (last == nullptr || !early.front()->is_text) return -std::numeric_limits<double>::infinity();
  const bool ends_text_above = early.front()->bbox.y0 - barrier_bottom < kLimits.tight_gap * em;
  const bool goes_on = next != nullptr && next->bbox.y0 - last->bbox.y1 < kLimits.tight_gap * em &&
                       last->bbox.width() > kLimits.full_line * side_width;
  return goes_on && !ends_text_above ? -std::numeric_limits<double>::infinity() : late_top;
}

ColumnEdges edges_of(const std::vector<Item>& items) {
  const Rect all = bounds_of(items);
  return {all.x0, all.x1};
}

void split(const std::vector<Item>& items, ColumnEdges edges, double em, std::size_t depth, std::vector<Flow>& flows);

// Figures above each other, from `seed` down.
Rect stack_of(const std::vector<Item>& items, const Item& seed, double em) {
  Rect stack = seed.bbox;
  for (const Item& item : items) {  // sorted by their top
    if (!item.is_figure || item.bbox.y0 < stack.y1 - em || item.bbox.y0 - stack.y1 > kLimits.stack_gap * em) continue;
    if (base::overlap_x(item.bbox, stack) > 0.7 * std::min(item.bbox.width(), stack.width()))
      stack = base::united(stack, item.bbox);
  }
  return stack;
}

bool stands_beside(const Rect& box, const Rect& stack, bool on_right, double em) {
  return on_right ? box.x0 > stack.x1 - kLimits.crossing * em : box.x1 < stack.x0 + kLimits.crossing * em;
}

// Whether something on the item's line does not keep to the side of the stack.
bool has_partner(const std::vector<Item>& items, const Item& item, const Rect& stack, bool on_right, double em) {
  return std::any_of(items.begin(), items.end(), [&](const Item& other) {
    return base::overlap_y(other.bbox, item.bbox) > 0.5 * item.bbox.height() &&
           !stands_beside(other.bbox, stack, on_right, em);
  });
}

// Lower end of the text on one side of a stack: it may go on below the pictures as long as it keeps to its side. The
// stack's own lower end where the stack has no such text, or other text beside it.
double bottom_beside(const std::vector<Item>& items, const Rect& stack, bool on_right, double em) {
  double bottom = stack.y1;
  std::size_t lines = 0;
  for (const Item& item : items) {
    const double y = item.bbox.center_y();
    if (y < stack.y0 - em || item.is_figure) continue;
    const bool beside = stands_beside(item.bbox, stack, on_right, em);
    if (y < stack.y1) {
      if (!beside) return stack.y1 - 1;
      if (item.is_text) ++lines;
    } else if (!beside || item.bbox.y0 - bottom > kLimits.line_pitch * em ||
               has_partner(items, item, stack, on_right, em)) {
      break;
    }
    bottom = std::max(bottom, item.bbox.y1);
  }
  return lines >= kLimits.lines_beside ? bottom : stack.y1 - 1;
}

// Pictures on one side, text on the other: two columns for as long as that lasts.
bool split_at_stack(const std::vector<Item>& items, ColumnEdges edges, double em, std::size_t depth,
                    std::vector<Flow>& flows) {
  for (const Item& seed : items) {
    if (!seed.is_figure) continue;
    const Rect stack = stack_of(items, seed, em);
    for (const bool on_right : {true, false}) {
      const double bottom = bottom_beside(items, stack, on_right, em);
      if (bottom < stack.y1) continue;
      std::vector<Item> above;
      std::vector<Item> pictures;
      std::vector<Item> text;
      std::vector<Item> below;
      for (const Item& item : items) {
        const double y = item.bbox.center_y();
        const bool in_stack = item.is_figure && base::covered_share(item.bbox, stack) > 0.9;
        if (in_stack) {
          pictures.push_back(item);
        } else if (y < stack.y0 - em) {
          above.push_back(item);
        } else {
          (y < bottom ? text : below).push_back(item);
        }
      }
      split(above, edges, em, depth + 1, flows);
      split(on_right ? pictures : text, edges_of(on_right ? pictures : text), em, depth + 1, flows);
      split(on_right ? text : pictures, edges_of(on_right ? text : pictures), em, depth + 1, flows);
      split(below, edges, em, depth + 1, flows);
      return true;
    }
  }
  return false;
}

void split(const std::vector<Item>& items, ColumnEdges edges, double em, std::size_t depth, std::vector<Flow>& flows) {
  if (items.empty()) return;
  ColumnCut cut;
  if (depth < kLimits.deepest) {
    for (const double x : gutter_candidates(items, em)) look_for_cut(items, x, em, cut);
  }
  if (cut.score <= 0) {
    if (depth < kLimits.deepest && split_at_stack(items, edges, em, depth, flows)) return;
    flows.push_back(flow_of(items, edges));
    return;
  }
  const double top = top_of_columns(items, cut, em);
  std::vector<Item> above;
  std::vector<Item> left;
  std::vector<Item> right;
  std::vector<Item> below;
  for (const Item& item : items) {
    const double y = item.bbox.center_y();
    if (y <= cut.y0 || (y < cut.y1 && item.bbox.y1 <= top)) {
      above.push_back(item);
    } else if (y >= cut.y1) {
      below.push_back(item);
    } else {
      (item.bbox.center_x() < cut.x ? left : right).push_back(item);
    }
  }
  split(above, edges, em, depth + 1, flows);
  split(left, edges_of(left), em, depth + 1, flows);
  split(right, edges_of(right), em, depth + 1, flows);
  split(below, edges, em, depth + 1, flows);
}

// Boxes that stand side by side, from the top; those of a row from the left.
std::vector<std::vector<Rect>> rows_of_frames(std::span<const Rect> frames, double em) {
  std::vector<Rect> sorted(frames.begin(), frames.end());
  std::erase_if(sorted, [&](const Rect& frame) {
    return frame.height() < kLimits.frame_height * em || frame.width() < kLimits.frame_width * em;
  });
  std::sort(sorted.begin(), sorted.end(), [](const Rect& a, const Rect& b) { return a.y0 < b.y0; });
  std::vector<std::vector<Rect>> rows;
  for (const Rect& frame : sorted) {
    const bool joins = !rows.empty() && std::all_of(rows.back().begin(), rows.back().end(), [&](const Rect& other) {
      const double shared = base::overlap_y(frame, other);
      return shared > kLimits.beside * std::min(frame.height(), other.height()) && base::overlap_x(frame, other) <= 0;
    });
    if (joins) {
      rows.back().push_back(frame);
    } else {
      rows.push_back({frame});
    }
  }
  std::erase_if(rows, [](const std::vector<Rect>& row) { return row.size() < 2; });
  for (auto& row : rows) std::sort(row.begin(), row.end(), [](const Rect& a, const Rect& b) { return a.x0 < b.x0; });
  return rows;
}

// What stands above a row of boxes, then each box, then what stands below. A row beside which other things stand is
// read as if nothing were drawn.
void split_at_frames(const std::vector<Item>& items, ColumnEdges edges, std::span<const std::vector<Rect>> rows,
                     double em, std::vector<Flow>& flows) {
  std::vector<Item> rest = items;
  for (const std::vector<Rect>& row : rows) {
    Rect all;
    for (const Rect& frame : row) all = base::united(all, frame);
    std::vector<Item> above;
    std::vector<Item> below;
    std::vector<std::vector<Item>> inside(row.size());
    bool is_clear = true;
    for (const Item& item : rest) {
      const auto frame = std::find_if(row.begin(), row.end(), [&](const Rect& box) {
        return box.contains({item.bbox.center_x(), item.bbox.center_y()});
      });
      if (frame != row.end()) {
        inside[static_cast<std::size_t>(frame - row.begin())].push_back(item);
      } else {
        is_clear &= item.bbox.center_y() < all.y0 || item.bbox.center_y() > all.y1;
        (item.bbox.center_y() < all.center_y() ? above : below).push_back(item);
      }
    }
    const auto filled = std::count_if(inside.begin(), inside.end(), [](const auto& box) { return !box.empty(); });
    if (!is_clear || filled < 2) continue;
    split(above, edges, em, 0, flows);
    for (const std::vector<Item>& box : inside) split(box, edges_of(box), em, 0, flows);
    rest = std::move(below);
  }
  split(rest, edges, em, 0, flows);
}

}  // namespace

std::vector<Rect> frames_of(std::span<const document::RulingLine> rulings, document::TextSource source) {
  const RulingTolerance tolerance = ruling_tolerance(source);
  const RulingSet set = normalised_rulings(rulings, tolerance);
  const auto is_side = [&](double x, double top, double bottom) {
    return std::any_of(set.verticals.begin(), set.verticals.end(), [&](const AxisLine& line) {
      return std::abs(line.position - x) <= kLimits.corner && line.from <= top + kLimits.corner &&
             line.to >= bottom - kLimits.corner;
    });
  };
  std::vector<Rect> frames;
  for (auto top = set.horizontals.begin(); top != set.horizontals.end(); ++top) {
    const auto bottom = std::find_if(top + 1, set.horizontals.end(), [&](const AxisLine& line) {
      return std::abs(line.from - top->from) <= kLimits.corner && std::abs(line.to - top->to) <= kLimits.corner;
    });
    if (bottom == set.horizontals.end()) continue;
    const bool is_closed =
        is_side(top->from, top->position, bottom->position) && is_side(top->to, top->position, bottom->position);
    const bool is_divided = std::any_of(set.verticals.begin(), set.verticals.end(), [&](const AxisLine& line) {
      const double inside = std::min(line.to, bottom->position) - std::max(line.from, top->position);
      return line.position > top->from + kLimits.corner && line.position < top->to - kLimits.corner &&
             inside > kLimits.beside * (bottom->position - top->position);
    });
    if (is_closed && !is_divided) frames.push_back({top->from, top->position, top->to, bottom->position});
  }
  return frames;
}

std::vector<Flow> flows_of(std::span<const Fragment> fragments, std::span<const std::size_t> indices,
                           std::span<const Obstacle> obstacles, std::span<const Rect> frames, double page_width,
                           double em) {
  std::vector<Item> items;
  for (const std::size_t index : indices) {
    const Fragment& fragment = fragments[index];
    const bool prose = fragment.bbox.width() >= 0.6 * kLimits.column_width * em && !looks_like_field(fragment.text);
    items.push_back({fragment.bbox, index, true, prose});
  }
  for (std::size_t i = 0; i < obstacles.size(); ++i)
    items.push_back({obstacles[i].bbox, i, false, false, obstacles[i].is_figure});
  std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.bbox.y0 < b.bbox.y0; });
  std::vector<Flow> flows;
  ColumnEdges edges = edges_of(items);
  if (edges.x0 > 0 && edges.x0 < kLimits.widest_margin * page_width)
    edges.x1 = std::max(edges.x1, page_width - edges.x0);
  split_at_frames(items, edges, rows_of_frames(frames, em), em, flows);
  return flows;
}

}  // namespace medmark::structure
