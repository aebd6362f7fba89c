// Text between horizontal lines of one width: three-line tables, lists with a line below each row, framed lists.
#include <algorithm>
#include <cmath>
#include <optional>

#include "structure/tables/entry_text.hpp"
#include "structure/tables/placed_entries.hpp"
#include "structure/tables/staggered_bands.hpp"
#include "structure/tables/table_finder.hpp"
#include "structure/tables/text_score.hpp"

namespace medmark::structure {
namespace {

struct StackThresholds {
  double shortest = 70;           // pt of a line that may bound a table: narrower than a column of a two-column page
  double same_end = 8;            // pt between the ends of lines of one stack
  double same_end_share = 0.03;   // the same as a share of their length
  double piece_gap = 16;          // pt between the pieces of a line drawn column by column
  double overhang = 5;            // pt by which text may reach over the ends of the lines
  double within = 0.5;            // of a line of text that must stand between the ends of the lines
  double head_reach = 3.0;        // em above the first line where a head may stand
  double entry_gap = 0.8;         // em between entries of different columns
  double prose_width = 0.8;       // of the lines' length that running text fills
  std::size_t prose_column = 14;  // characters of each entry of a band of running text in columns
  std::size_t prose_length = 18;  // characters of a band that holds nothing else
  std::size_t most_header_bands = 4;
  std::size_t least_rows = 2;  // of a table whose foot no line marks
  double foot_gap = 2.5;       // of the widest distance of its rows, to text that stands apart
  std::size_t row_bands = 4;   // of a row whose description is wrapped
  double list_gap = 0.8;       // em between the lines of a list in a cell
  double list_aligned = 0.6;   // em between their beginnings
  double item_end = 0.45;      // of the lines' length, within which an item with a description ends
  std::size_t text_bands = 6;  // of text between a line and a head below it
};
constexpr StackThresholds kThresholds;

enum class StretchKind { kEmpty, kTabular, kSingle, kOther };

// What stands between two neighbouring lines of a stack.
struct Stretch {
  StretchKind kind = StretchKind::kEmpty;
  std::vector<std::size_t> words;
  std::size_t bands = 0;
  std::size_t entries = 0;
  std::size_t headers = 0;  // entries that are words of headers
  std::size_t numbers = 0;
  // Where fields of the page follow the rows, far above the line below: the end of the table.
  std::optional<double> foot;
  // Where the head begins under text that is none of the table's: its beginning.
  std::optional<double> top;
  // Not tabular by itself, but may be a row among rows: an item with its description, ...
  bool is_described_row = false;
  // ... or a group's name with who examined it.
  bool is_group_row = false;
};

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

// Words between two lines of a stack, by the middles of their lines. A line of text that reaches over an end stands
// there all the same: its row must not lose it.
std::vector<std::size_t> words_between(const TableSearch& search, const AxisLine& above, const AxisLine& below) {
  const double from = std::min(above.from, below.from) - kThresholds.overhang;
  const double to = std::max(above.to, below.to) + kThresholds.overhang;
  std::vector<std::size_t> words;
  for (std::size_t i = 0; i < search.words.size(); ++i) {
    const base::Rect& line = search.page.lines[search.words[i].line].bbox;
    const double within = std::min(line.x1, to) - std::max(line.x0, from);
    const bool inside = line.center_y() > above.position && line.center_y() < below.position &&
                        within >= kThresholds.within * line.width();
    if (inside && !search.taken[i]) words.push_back(i);
  }
  return words;
}

std::u32string text_of(const TableSearch& search, const Entry& entry) {
  std::vector<Word> words;
  for (const std::size_t index : entry.words) words.push_back(search.words[index]);
  return text_of(search.page, words);
}

// Two entries or more that are no fields, the first among them; a range behind them may name whom it is for
// ("女：3-5").
bool is_row(const TableSearch& search, const std::vector<Entry>& entries) {
  const auto labelled = std::count_if(entries.begin(), entries.end(),
                                      [&](const Entry& entry) { return is_labelled(text_of(search, entry)); });
  if (labelled == 0) return entries.size() >= 2;
  return labelled == 1 && entries.size() >= 3 && is_labelled(text_of(search, entries.back()));
}

// Whether the band is one line more of a list in a cell of the band above: close below an entry of it, and aligned.
bool goes_on_list(const TableSearch& search, const Band& above, const std::vector<Entry>& upper, const Band& band,
                  const std::vector<Entry>& entries) {
  if (entries.size() != 1 || upper.size() < 2) return false;
  const double em = median_em(search.words, band.words);
  if (band.bbox.y0 - above.bbox.y1 > kThresholds.list_gap * em) return false;
  return std::abs(entries.front().bbox.x0 - upper.back().bbox.x0) <= kThresholds.list_aligned * em;
}

bool is_fields(const TableSearch& search, const std::vector<Entry>& entries) {
  const auto labelled = std::count_if(entries.begin(), entries.end(),
                                      [&](const Entry& entry) { return is_labelled(text_of(search, entry)); });
  return labelled * 2 > static_cast<std::ptrdiff_t>(entries.size()) && is_labelled(text_of(search, entries.front()));
}

bool is_head(const TableSearch& search, const std::vector<Entry>& entries) {
  std::size_t headers = 0;
  for (const Entry& entry : entries) {
    const std::u32string text = text_of(search, entry);
    if (is_numeric(text)) return false;
    headers += is_header_word(text) ? 1 : 0;
  }
  return headers >= 2 && headers * 2 >= entries.size();
}

// Whether the band at `index` is the head of a further table or the name above one.
bool begins_next_table(const TableSearch& search, const std::vector<std::vector<Entry>>& bands, std::size_t index) {
  if (is_head(search, bands[index])) return true;
  return bands[index].size() == 1 && index + 1 < bands.size() && is_head(search, bands[index + 1]);
}

// Number of the bands from the top that may be the table's, where fields of the page or text after a wide gap follow
// its rows without a line between; all of them where nothing does.
std::size_t bands_above_foot(const TableSearch& search, const std::vector<Band>& bands) {
  std::vector<std::vector<Entry>> entries;
  for (const Band& band : bands) entries.push_back(entries_of(search.words, band, kThresholds.entry_gap));
  std::size_t rows = 0;
  std::size_t widest = 0;  // entries of the fullest row
  double pitch = 0;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    if (rows > 0 && begins_next_table(search, entries, i)) return i;
    const double distance = i > 0 ? bands[i].center - bands[i - 1].center : 0;
    const bool is_apart = distance > kThresholds.foot_gap * pitch;
    const bool is_note = starts_note(text_of(search, entries[i].front()));
    if (i > 0 && goes_on_list(search, bands[i - 1], entries[i - 1], bands[i], entries[i])) continue;
    if (rows >= kThresholds.least_rows && (is_apart || is_note || is_fields(search, entries[i]))) {
      const bool goes_on = std::any_of(entries.begin() + static_cast<std::ptrdiff_t>(i), entries.end(),
                                       [&](auto& below) { return below.size() * 2 > widest && is_row(search, below); });
      if (!goes_on) return i;
    }
    pitch = std::max(pitch, distance);
    if (!is_row(search, entries[i])) continue;
    ++rows;
    widest = std::max(widest, entries[i].size());
  }
  return bands.size();
}

void set_words(Stretch& stretch, const std::vector<Band>& bands) {
  stretch.words.clear();
  for (const Band& band : bands) stretch.words.insert(stretch.words.end(), band.words.begin(), band.words.end());
}

void cut_foot(const TableSearch& search, Stretch& stretch, std::vector<Band>& bands) {
  const std::size_t kept = bands_above_foot(search, bands);
  if (kept == bands.size()) return;
  bands.resize(kept);
  stretch.foot = bands.back().bbox.y1;
  set_words(stretch, bands);
}

// Whether the bands from `first` on are a head: few, and without numbers.
bool is_all_head(const TableSearch& search, const std::vector<Band>& bands, std::size_t first) {
  if (bands.size() - first > kThresholds.most_header_bands) return false;
  return std::none_of(bands.begin() + static_cast<std::ptrdiff_t>(first), bands.end(), [&](const Band& band) {
    const std::vector<Entry> entries = entries_of(search.words, band, kThresholds.entry_gap);
    return std::any_of(entries.begin(), entries.end(),
                       [&](const Entry& entry) { return is_numeric(text_of(search, entry)); });
  });
}

// Whether a band of the first `count` is a row of a table.
bool has_row(const TableSearch& search, const std::vector<Band>& bands, std::size_t count) {
  return std::any_of(bands.begin(), bands.begin() + static_cast<std::ptrdiff_t>(count), [&](const Band& band) {
    const std::vector<Entry> entries = entries_of(search.words, band, kThresholds.entry_gap);
    return is_row(search, entries) && std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
             return is_numeric(text_of(search, entry));
           });
  });
}

// Fields and sentences that stand between a line and the head of a table, without a line of their own.
void cut_text_above_head(const TableSearch& search, Stretch& stretch, std::vector<Band>& bands) {
  bool has_text = false;
  for (std::size_t i = 0; i < bands.size(); ++i) {
    const std::vector<Entry> entries = entries_of(search.words, bands[i], kThresholds.entry_gap);
    if (is_head(search, entries)) {
      if (!has_text || i > kThresholds.text_bands) return;
      if (!is_all_head(search, bands, i) && has_row(search, bands, i)) return;
      bands.erase(bands.begin(), bands.begin() + static_cast<std::ptrdiff_t>(i));
      stretch.top = bands.front().bbox.y0;
      set_words(stretch, bands);
      return;
    }
    const std::u32string text = text_of(search, entries.front());
    has_text |= is_labelled(text) || (entries.size() == 1 && text.size() >= kThresholds.prose_length);
  }
}

// Whether the bands are one row of a list: an item on the left with its description, which may be wrapped.
bool is_described(const TableSearch& search, const std::vector<Band>& bands, const AxisLine& above) {
  if (bands.size() > kThresholds.row_bands) return false;
  std::size_t items = 0;
  std::size_t beside = 0;
  for (const Band& band : bands) {
    const std::vector<Entry> entries = entries_of(search.words, band, kThresholds.entry_gap);
    const bool has_item = entries.front().bbox.x1 - above.from < kThresholds.item_end * above.length();
    const std::size_t others = entries.size() - (has_item ? 1 : 0);
    if (others > 1) return false;
    const std::u32string last = text_of(search, entries.back());
    if (others == 1 && (is_numeric(last) || is_header_word(last))) return false;
    const std::u32string first = text_of(search, entries.front());
    if (has_item && (is_labelled(first) || first.size() >= kThresholds.prose_length)) return false;
    items += has_item ? 1 : 0;
    beside += has_item && others > 0 ? 1 : 0;
  }
  // The item may be wrapped, too; a heading above a paragraph is none.
  return items >= 1 && items <= 2 && beside > 0;
}

Stretch stretch_between(const TableSearch& search, const AxisLine& above, const AxisLine& below) {
  Stretch stretch;
  stretch.words = words_between(search, above, below);
  std::vector<Band> bands = joined_staggered(search.page, search.words, bands_of(search.words, stretch.words));
  cut_text_above_head(search, stretch, bands);
  cut_foot(search, stretch, bands);
  stretch.bands = bands.size();
  if (bands.empty()) return stretch;
  std::size_t labelled = 0;
  std::size_t several = 0;
  std::size_t prose = 0;
  std::size_t characters = 0;
  for (const Band& band : bands) {
    const std::vector<Entry> entries = entries_of(search.words, band, kThresholds.entry_gap);
    stretch.entries += entries.size();
    for (const Entry& entry : entries) {
      const std::u32string text = text_of(search, entry);
      labelled += is_labelled(text) ? 1 : 0;
      stretch.headers += is_header_word(text) ? 1 : 0;
      stretch.numbers += is_numeric(text) ? 1 : 0;
    }
    several += entries.size() >= 2 ? 1 : 0;
    characters = 0;
    for (const Entry& entry : entries) characters += text_of(search, entry).size();
    const bool is_listed = starts_with_enumerator(text_of(search, entries.front())) && entries.size() <= 3 &&
                           characters >= kThresholds.prose_length;
    const bool reads_on = std::all_of(entries.begin(), entries.end(), [&](const Entry& entry) {
      return text_of(search, entry).size() >= kThresholds.prose_column;
    });
    if (entries.size() > 1) {
      prose += reads_on || is_listed ? 1 : 0;
    } else {
      const bool wide = entries.front().bbox.width() >= kThresholds.prose_width * above.length();
      const bool is_long = text_of(search, entries.front()).size() >= kThresholds.prose_length;
      prose += wide || is_long ? 1 : 0;
    }
  }
  stretch.is_described_row = labelled == 0 && is_described(search, bands, above);
  stretch.is_group_row =
      bands.size() == 1 && stretch.entries <= 3 && labelled > 0 && labelled < stretch.entries && stretch.numbers == 0;
  const bool is_text = prose * 3 > bands.size() || (bands.size() >= 4 && several * 2 < bands.size() && prose > 0);
  // A note stands below the line that ends the table.
  const bool is_note =
      starts_note(text_of(search, entries_of(search.words, bands.front(), kThresholds.entry_gap).front()));
  if (labelled * 2 >= stretch.entries || is_text || is_note) {
    stretch.kind = StretchKind::kOther;
  } else if (several > 0) {
    stretch.kind = StretchKind::kTabular;
  } else {
    stretch.kind = bands.size() <= 2 ? StretchKind::kSingle : StretchKind::kOther;
  }
  return stretch;
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
  std::size_t last = first;
  for (std::size_t i = first; i < stretches.size(); ++i) {
    const Stretch& stretch = stretches[i];
    const bool is_row = stretch.kind == StretchKind::kTabular || (has_head && stretch.is_described_row);
    const bool is_between = stretch.kind == StretchKind::kSingle || (has_head && stretch.is_group_row);
    if (!is_row && !is_between) break;
    // The name of a further table, whose head follows.
    const bool has_next = i > first && stretch.kind == StretchKind::kSingle && i + 1 < stretches.size();
    if (has_next && is_head(stretches[i + 1])) break;
    if (is_row) last = i;
    if (stretch.foot) break;
  }
  return last;
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
      TablePlan plan = plan_of_run(search, stack, stretches, start_of_table(stretches, first, last), last);
      if (plan.column_count >= 2) plans.push_back(std::move(plan));
      first = last;
    }
  }
  return plans;
}

}  // namespace medmark::structure
