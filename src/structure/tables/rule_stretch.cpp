#include "structure/tables/rule_stretch.hpp"

#include <algorithm>
#include <cmath>

#include "structure/tables/entry_text.hpp"
#include "structure/tables/placed_entries.hpp"
#include "structure/tables/staggered_bands.hpp"

namespace medmark::structure {
namespace {

struct StretchThresholds {
  double overhang = 5;            // pt by which text may reach over the ends of the lines
  double within = 0.5;            // of a line of text that must stand between the ends of the lines
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
  double open_below = 5;       // em of empty paper above a line that ends no row
};
constexpr StretchThresholds kThresholds;

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

}  // namespace

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

Stretch stretch_between(const TableSearch& search, const AxisLine& above, const AxisLine& below) {
  Stretch stretch;
  stretch.words = words_between(search, above, below);
  std::vector<Band> bands = joined_staggered(search.page, search.words, bands_of(search.words, stretch.words));
  stretch.is_open = !bands.empty() && below.position - bands.back().bbox.y1 >
                                          kThresholds.open_below * median_em(search.words, stretch.words);
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

}  // namespace medmark::structure
