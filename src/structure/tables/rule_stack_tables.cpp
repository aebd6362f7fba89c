// Text between horizontal lines of one width: three-line tables, lists with a line below each row, framed lists.
#include <algorithm>
#include <cmath>
#include <optional>

#include "structure/tables/entry_text.hpp"
#include "structure/tables/placed_entries.hpp"
#include "structure/tables/rule_stretch.hpp"
#include "structure/tables/table_finder.hpp"
#include "structure/tables/text_score.hpp"

namespace medmark::structure {
namespace {

struct StackThresholds {
  double shortest = 70;          // pt of a line that may bound a table: narrower than a column of a two-column page
  double same_end = 8;           // pt between the ends of lines of one stack
  double same_end_share = 0.03;  // the same as a share of their length
  double piece_gap = 16;         // pt between the pieces of a line drawn column by column
  double head_reach = 3.0;       // em above the first line where a head may stand
  double rows_reach = 9.0;       // em below the last line where the rows of a head above it may stand
  double entry_gap = 0.8;        // em between entries of different columns
  std::size_t most_header_bands = 4;
};
constexpr StackThresholds kThresholds;

using Stack = std::vector<AxisLine>;  // from the top

// Pieces of a line that is drawn column by column, joined.
std::vector<AxisLine> joined_pieces(std::vector<AxisLine> lines) {
  std::vector<AxisLine> joined;
  for (const AxisLine& line : lines) {
    bool absorbed = false;
    for (auto other = joined.rbegin(); other != joined.rend() && !absorbed; ++other) {
      if (line.position - other->position > 1.5) break;
      if (line.from > other->to + kThresholds.piece_gap || line.to < other->from - kThresholds.piece_gap) continue;
      other->from = std::min(other->from, line.from);
      other->to = std::max(other->to, line.to);
      absorbed = true;
    }
    if (!absorbed) joined.push_back(line);
  }
  return joined;
}

bool same_ends(const AxisLine& a, const AxisLine& b) {
  const double tolerance = std::max(kThresholds.same_end, kThresholds.same_end_share * a.length());
  return std::abs(a.from - b.from) <= tolerance && std::abs(a.to - b.to) <= tolerance;
}

std::vector<Stack> stacks_of(const TableSearch& search) {
  std::vector<AxisLine> lines = search.rulings.horizontals;
  std::erase_if(lines, [&](const AxisLine& line) {
    const base::Point middle{(line.from + line.to) / 2, line.position};
    return std::any_of(search.taken_boxes.begin(), search.taken_boxes.end(),
                       [&](const base::Rect& box) { return inflated(box, 1, -1).contains(middle); });
  });
  std::vector<Stack> stacks;
  for (const AxisLine& line : joined_pieces(std::move(lines))) {
    if (line.length() < kThresholds.shortest) continue;
    const auto stack =
        std::find_if(stacks.begin(), stacks.end(), [&](const Stack& other) { return same_ends(other.back(), line); });
    if (stack == stacks.end()) {
      stacks.push_back({line});
    } else {
      stack->push_back(line);
    }
  }
  std::erase_if(stacks, [](const Stack& stack) { return stack.size() < 2; });
  return stacks;
}

bool may_be_head(const Stretch& stretch) {
  return stretch.bands <= kThresholds.most_header_bands && stretch.numbers * 3 < stretch.entries;
}

// Whether the stretch holds nothing but words of headers.
bool is_head(const Stretch& stretch) {
  return may_be_head(stretch) && stretch.numbers == 0 && stretch.headers >= 2 && stretch.headers * 2 >= stretch.entries;
}

// The line below the head of the stretches [first, last]; none where the first is no head. A head of several levels may
// have lines between them.
std::optional<double> header_rule(const Stack& stack, const std::vector<Stretch>& stretches, std::size_t first,
                                  std::size_t last) {
  if (first >= last || !may_be_head(stretches[first])) return std::nullopt;
  std::size_t head = first;
  while (head + 2 <= last && stretches[head + 1].numbers == 0 && may_be_head(stretches[head + 1]) &&
         stretches[head + 1].headers >= 2 && stretches[head + 2].numbers > 0) {
    ++head;
  }
  return stack[head + 1].position;
}

// Where a run really begins: at the first stretch that holds headers, where what stands above it does not.
std::size_t start_of_table(const std::vector<Stretch>& stretches, std::size_t first, std::size_t last) {
  for (std::size_t i = first; i <= last; ++i) {
    if (stretches[i].headers >= 2 && stretches[i].headers * 2 >= stretches[i].entries) return i;
  }
  return first;
}

// Whether the entries, three or more and none of them labelled, each stand over one column of what stands below: a head
// whatever its words (dates, names of groups).
bool stands_over_columns(const TableSearch& search, const std::vector<Entry>& entries, const Stretch& below) {
  if (entries.size() < 3) return false;
  std::vector<Entry> fullest;
  for (const Band& band : bands_of(search.words, below.words)) {
    std::vector<Entry> candidate = entries_of(search.words, band, kThresholds.entry_gap);
    if (candidate.size() > fullest.size()) fullest = std::move(candidate);
  }
  std::size_t over_one = 0;
  for (const Entry& entry : entries) {
    if (is_labelled(text_of(search, entry))) return false;
    const auto met = std::count_if(fullest.begin(), fullest.end(),
                                   [&](const Entry& other) { return overlap_x(entry.bbox, other.bbox) > 0; });
    over_one += met == 1 ? 1 : 0;
  }
  return over_one * 4 >= entries.size() * 3 && entries.size() * 3 >= fullest.size() * 2;
}

// A head that stands right above the first line of a stack: a band of words of headers. Empty for none.
std::vector<std::size_t> head_above(const TableSearch& search, const AxisLine& line, const Stretch& below) {
  const double em = median_em(search.words, below.words);
  const AxisLine top{line.position - kThresholds.head_reach * em, line.from, line.to, 0};
  const std::vector<Band> bands = bands_of(search.words, words_between(search, top, line));
  if (bands.empty()) return {};
  const std::vector<Entry> entries = entries_of(search.words, bands.back(), kThresholds.entry_gap);
  const auto headers = std::count_if(entries.begin(), entries.end(),
                                     [&](const Entry& entry) { return is_header_word(text_of(search, entry)); });
  const auto count = static_cast<std::ptrdiff_t>(entries.size());
  const bool is_head = headers >= 2 && headers * 2 >= count;
  return is_head || stands_over_columns(search, entries, below) ? bands.back().words : std::vector<std::size_t>{};
}

// The columns of the rows that have cells, where rows of words stand among them; else empty.
std::vector<TextColumn> columns_of_rows(const TableSearch& search, const std::vector<Stretch>& stretches,
                                        std::size_t first, std::size_t last) {
  std::vector<std::size_t> words;
  bool has_words = false;
  for (std::size_t i = first; i <= last; ++i) {
    const Stretch& stretch = stretches[i];
    has_words |= stretch.is_described_row || stretch.is_group_row;
    const bool is_of_words = stretch.is_described_row || stretch.is_group_row || stretch.kind == StretchKind::kSingle;
    if (!is_of_words) words.insert(words.end(), stretch.words.begin(), stretch.words.end());
  }
  if (!has_words) return {};
  return text_columns(search.words, bands_of(search.words, words));
}

// The table of the stretches [first, last] of a stack.
TablePlan plan_of_run(const TableSearch& search, const Stack& stack, const std::vector<Stretch>& stretches,
                      std::size_t first, std::size_t last) {
  std::vector<std::size_t> words;
  for (std::size_t i = first; i <= last; ++i) {
    words.insert(words.end(), stretches[i].words.begin(), stretches[i].words.end());
  }
  RegionRules rules;
  if (!may_be_head(stretches[first])) {
    const std::vector<std::size_t> head = head_above(search, stack[first], stretches[first]);
    words.insert(words.end(), head.begin(), head.end());
    if (!head.empty()) rules.header_rule = stack[first].position;
  }
  rules.across.assign(stack.begin() + static_cast<std::ptrdiff_t>(first) + (stretches[first].top ? 1 : 0),
                      stack.begin() + static_cast<std::ptrdiff_t>(last) + (stretches[last].foot ? 1 : 2));
  if (!rules.header_rule) rules.header_rule = header_rule(stack, stretches, first, last);
  const TextGrid grid =
      text_grid(search.page, search.words, words, rules, columns_of_rows(search, stretches, first, last));
  if (grid.columns.size() < 2 || grid.row_count() < 2) return {};
  TablePlan plan = plan_of(grid, TableKind::kRuleStack);
  const double bottom = stretches[last].foot.value_or(stack[last + 1].position);
  const double top = stretches[first].top.value_or(stack[first].position);
  plan.bbox = united(plan.bbox, {stack[first].from, top, stack[last + 1].to, bottom});
  score_plan(search, grid, {.has_outer_rules = true, .has_header_rule = rules.header_rule.has_value()}, plan);
  return plan;
}

// The last stretch of the table that begins at `first`.
std::size_t last_of_run(const std::vector<Stretch>& stretches, std::size_t first) {
  const bool has_head = is_head(stretches[first]);
  bool has_rows = false;
  std::size_t last = first;
  for (std::size_t i = first; i < stretches.size(); ++i) {
    const Stretch& stretch = stretches[i];
    const bool is_row = stretch.kind == StretchKind::kTabular || (has_head && stretch.is_described_row);
    const bool is_between = stretch.kind == StretchKind::kSingle || (has_head && stretch.is_group_row);
    if (!is_row && !is_between) break;
    // Text below the table's last line, and the next line is the page's foot.
    if (stretch.is_open && has_rows) break;
    // The name of a further table, whose head follows.
    const bool has_next = i > first && stretch.kind == StretchKind::kSingle && i + 1 < stretches.size();
    if (has_next && is_head(stretches[i + 1])) break;
    if (is_row) last = i;
    has_rows |= is_row && !is_head(stretch);
    if (stretch.foot) break;
  }
  return last;
}

// Whether the last stretch is no more than the head of a table that goes on below the last line without lines: wrapped
// names of columns look like rows.
bool heads_what_follows(const TableSearch& search, const Stack& stack, const Stretch& stretch) {
  if (stretch.numbers > 0 || stretch.headers < 2 || !may_be_head(stretch)) return false;
  const AxisLine& line = stack.back();
  const double em = median_em(search.words, stretch.words);
  const AxisLine reach{line.position + kThresholds.head_reach * em, line.from, line.to, 0};
  const std::vector<Band> bands = bands_of(search.words, words_between(search, line, reach));
  if (bands.empty()) return false;
  const std::vector<Entry> entries = entries_of(search.words, bands.front(), kThresholds.entry_gap);
  return entries.size() >= 3 && std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
           const std::u32string text = text_of(search, entry);
           return is_numeric(text) || starts_with_value(text);
         });
}

// Whether the last stretch is the fields of a form ("姓名：… 科室：…") and under them a head, whatever its words, over
// the columns of what goes on below the last line without lines.
bool ends_in_head(const TableSearch& search, const Stack& stack, const Stretch& stretch) {
  std::vector<Band> bands = bands_of(search.words, stretch.words);
  if (bands.size() < 2) return false;
  const std::vector<Entry> head = entries_of(search.words, bands.back(), kThresholds.entry_gap);
  bands.pop_back();
  const bool is_form = std::any_of(bands.begin(), bands.end(), [&](const Band& band) {
    const std::vector<Entry> entries = entries_of(search.words, band, kThresholds.entry_gap);
    return std::any_of(entries.begin(), entries.end(),
                       [&](const Entry& entry) { return is_labelled(text_of(search, entry)); });
  });
  if (!is_form) return false;
  const AxisLine& line = stack.back();
  const double reach = kThresholds.rows_reach * median_em(search.words, stretch.words);
  Stretch below;
  below.words = words_between(search, line, {line.position + reach, line.from, line.to, 0});
  return stands_over_columns(search, head, below);
}

}  // namespace

std::vector<TablePlan> rule_stack_tables(const TableSearch& search) {
  std::vector<TablePlan> plans;
  for (const Stack& stack : stacks_of(search)) {
    std::vector<Stretch> stretches;
    for (std::size_t i = 0; i + 1 < stack.size(); ++i) {
      stretches.push_back(stretch_between(search, stack[i], stack[i + 1]));
    }
    for (std::size_t first = 0; first < stretches.size(); ++first) {
      if (stretches[first].kind != StretchKind::kTabular) continue;
      const std::size_t last = last_of_run(stretches, first);
      const bool is_last = first == last && last + 1 == stretches.size();
      if (is_last &&
          (heads_what_follows(search, stack, stretches[first]) || ends_in_head(search, stack, stretches[first]))) {
        continue;
      }
      TablePlan plan = plan_of_run(search, stack, stretches, start_of_table(stretches, first, last), last);
      if (plan.column_count >= 2) plans.push_back(std::move(plan));
      first = last;
    }
  }
  return plans;
}

}  // namespace medmark::structure
