#include "structure/tables/placed_entries.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.hpp"

namespace medmark::structure {
namespace {

constexpr double kEntryGap = 0.36;      // em, as in text_columns
constexpr double kBorderReach = 1.5;    // em: interpolated character positions of recognised text are off by up to 1 em
constexpr double kGutterReach = 0.35;   // em by which a word gap may miss the gutter
constexpr double kAlignedStart = 0.9;   // em between the start of a cut entry and its column's text
constexpr double kOverhang = 0.7;       // em that an entry may reach into the neighbour without spanning it
constexpr double kOverhangShare = 0.2;  // the same as a share of the entry

enum class CharacterKind { kHan, kNumber, kLatin, kOther };

CharacterKind kind_of(char32_t c) {
  if (base::is_han(c)) return CharacterKind::kHan;
  if (base::is_digit(c) || c == U'.' || c == U'<' || c == U'>' || c == U'-' || c == U'~') return CharacterKind::kNumber;
  if (base::is_latin_letter(c)) return CharacterKind::kLatin;
  return CharacterKind::kOther;
}

PlacedEntry entry_of(std::vector<Word> words) {
  PlacedEntry entry;
  entry.words = std::move(words);
  for (const Word& word : entry.words) entry.bbox = united(entry.bbox, word.bbox);
  return entry;
}

// Cuts an entry between words where a gap of it falls into the gutter between two columns and what follows starts, or
// what precedes ends, as the columns do.
bool cut_between_words(const PlacedEntry& entry, const TextColumn& left, const TextColumn& right,
                       std::pair<PlacedEntry, PlacedEntry>& parts) {
  for (std::size_t i = 1; i < entry.words.size(); ++i) {
    const Word& before = entry.words[i - 1];
    const Word& after = entry.words[i];
    const double reach = kGutterReach * after.em;
    const bool in_gutter = after.bbox.x0 >= left.text_to - reach && before.bbox.x1 <= right.text_from + reach;
    if (!in_gutter) continue;
    const bool aligned = std::abs(after.bbox.x0 - right.text_from) <= kAlignedStart * after.em ||
                         std::abs(before.bbox.x1 - left.text_to) <= kAlignedStart * after.em;
    if (!aligned) continue;
    const auto middle = entry.words.begin() + static_cast<std::ptrdiff_t>(i);
    parts = {entry_of({entry.words.begin(), middle}), entry_of({middle, entry.words.end()})};
    return true;
  }
  return false;
}

// Cuts a word of recognised text that was read over a gutter, where its characters change their kind near the gutter.
bool cut_in_word(const document::PageEvidence& page, const PlacedEntry& entry, const TextColumn& left,
                 const TextColumn& right, std::pair<PlacedEntry, PlacedEntry>& parts) {
  for (std::size_t i = 0; i < entry.words.size(); ++i) {
    const Word& word = entry.words[i];
    if (word.is_exact || word.bbox.x0 >= left.to || word.bbox.x1 <= left.to) continue;
    if (word.bbox.x1 - right.text_from < kOverhang * word.em) return false;
    const document::TextLine& line = page.lines[word.line];
    const double reach = kBorderReach * word.em;
    const std::size_t cut = best_cut(line, word, right.text_from, reach, CutRule::kChangeOfKind);
    if (cut >= word.end) return false;
    std::vector<Word> first(entry.words.begin(), entry.words.begin() + static_cast<std::ptrdiff_t>(i));
    std::vector<Word> second(entry.words.begin() + static_cast<std::ptrdiff_t>(i) + 1, entry.words.end());
    first.push_back(word_of(line, word.line, word.begin, cut));
    second.insert(second.begin(), word_of(line, word.line, cut, word.end));
    parts = {entry_of(std::move(first)), entry_of(std::move(second))};
    return true;
  }
  return false;
}

// Sets the columns of an entry that is not cut any more: an overhang does not span.
void settle_columns(PlacedEntry& entry, std::span<const TextColumn> columns) {
  entry.first = column_at(columns, entry.bbox.x0);
  entry.last = column_at(columns, entry.bbox.x1);
  const double em = entry.words.front().em;
  const double small = std::max(kOverhang * em, kOverhangShare * entry.bbox.width());
  while (entry.last > entry.first) {
    const double into_last = entry.bbox.x1 - columns[entry.last].text_from;
    const double out_of_first = columns[entry.first].text_to - entry.bbox.x0;
    if (into_last >= small && out_of_first >= small) break;
    if (into_last <= out_of_first) {
      --entry.last;
    } else {
      ++entry.first;
    }
  }
}

void place(const document::PageEvidence& page, PlacedEntry entry, std::span<const TextColumn> columns,
           std::vector<PlacedEntry>& out) {
  const std::size_t first = column_at(columns, entry.bbox.x0);
  const std::size_t last = column_at(columns, entry.bbox.x1);
  for (std::size_t column = first; column < last; ++column) {
    std::pair<PlacedEntry, PlacedEntry> parts;
    if (cut_between_words(entry, columns[column], columns[column + 1], parts) ||
        cut_in_word(page, entry, columns[column], columns[column + 1], parts)) {
      settle_columns(parts.first, columns);
      out.push_back(std::move(parts.first));
      place(page, std::move(parts.second), columns, out);
      return;
    }
  }
  settle_columns(entry, columns);
  out.push_back(std::move(entry));
}

// No two entries of a band may claim one column by spanning it.
void part_neighbours(std::vector<PlacedEntry>& entries) {
  for (std::size_t i = 0; i + 1 < entries.size(); ++i) {
    PlacedEntry& entry = entries[i];
    PlacedEntry& next = entries[i + 1];
    if (entry.spans() && entry.last >= next.first)
      entry.last = std::max(entry.first, next.first > 0 ? next.first - 1 : 0);
    if (next.spans() && next.first <= entry.last) next.first = std::min(next.last, entry.last + 1);
  }
}

}  // namespace

std::vector<PlacedEntry> placed_entries(const document::PageEvidence& page, std::span<const Word> words,
                                        const Band& band, std::span<const TextColumn> columns) {
  std::vector<PlacedEntry> placed;
  for (const Entry& found : entries_of(words, band, kEntryGap)) {
    std::vector<Word> own;
    for (const std::size_t index : found.words) own.push_back(words[index]);
    place(page, entry_of(std::move(own)), columns, placed);
  }
  part_neighbours(placed);
  return placed;
}

std::u32string text_of(const document::PageEvidence& page, std::span<const Word> words) {
  std::u32string text;
  for (const Word& word : words) {
    const std::u32string next = code_points_of(page, word);
    if (!text.empty() && !next.empty() && base::joins_with_space(text.back(), next.front())) text.push_back(U' ');
    text += next;
  }
  return text;
}

std::size_t best_cut(const document::TextLine& line, const Word& word, double x, double reach, CutRule rule) {
  std::size_t best = word.end;
  double least = std::numeric_limits<double>::max();
  for (std::size_t i = word.begin + 1; i < word.end; ++i) {
    const double edge = (line.characters[i - 1].bbox.x1 + line.characters[i].bbox.x0) / 2;
    const bool changes = kind_of(line.characters[i - 1].code) != kind_of(line.characters[i].code);
    if (rule == CutRule::kChangeOfKind && (!changes || std::abs(edge - x) > reach)) continue;
    const double distance = std::abs(edge - x) + (changes && std::abs(edge - x) <= reach ? 0 : reach);
    if (distance < least) {
      least = distance;
      best = i;
    }
  }
  return best;
}

}  // namespace medmark::structure
