#include "structure/page/key_values.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"
#include "structure/page/furniture.hpp"
#include "structure/page/paragraphs.hpp"

namespace medmark::structure {
namespace {

// Lengths in code points unless said otherwise.
struct FieldLimits {
  std::size_t known_value = 60;    // the address is the longest value that stands on one line
  std::size_t unknown_value = 24;  // of a key that no list names
  std::size_t unknown_key = 10;
  std::size_t latin_key = 28;
  double wrapped_gap = 1.1;       // ems of white between the lines of a wrapped value
  double wrapped_time_gap = 1.6;  // "21:49" alone under "2024-04-04" can be nothing else
  std::size_t wrapped_piece = 24;
  double heading_height = 1.15;   // of the key's height; recognised boxes are off by 8 % each
  double wrapped_room = 2.5;      // ems; grids keep up to two free between a value and the next key
  std::size_t run_together = 64;  // a row of pairs that lost its gaps
  std::size_t single_value = 36;  // of a pair alone in its row
  std::size_t grid_fields = 2;    // known names of a row without colons that speak for another
  std::size_t grid_key = 5;
};
constexpr FieldLimits kLimits;

// A piece of a row between wide gaps, or a part of it.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] bool is_empty() const { return begin >= end; }
};

// The row's text with the code points that begin behind a wide gap marked.
struct RowCharacters {
  RunText content;
  std::u32string text;
  std::vector<std::size_t> bytes;  // of each code point, one more for the end
  std::vector<Span> pieces;
};

RowCharacters characters_of(std::span<const Fragment> fragments, const Row& row) {
  RowCharacters out;
  for (const std::size_t index : row.fragments) {
    append_text(out.content, fragments[index].content, Join::kSpace);
    const std::size_t end = base::decode_utf8(out.content.text).size();
    out.pieces.push_back({end - fragments[index].text.size(), end});
  }
  out.text = base::decode_utf8(out.content.text);
  std::size_t byte = 0;
  for (const char32_t c : out.text) {
    out.bytes.push_back(byte);
    std::string one;
    base::append_utf8(one, c);
    byte += one.size();
  }
  out.bytes.push_back(byte);
  return out;
}

bool is_colon(char32_t c) { return c == U':' || c == U'：' || c == U'﹕' || c == U'∶'; }

bool is_sentence_mark(char32_t c) {
  constexpr std::u32string_view kMarks = U"。；，！？;!?";
  return kMarks.find(c) != std::u32string_view::npos;
}

bool is_key_colon(const std::u32string& text, std::size_t i) {
  if (!is_colon(text[i])) return false;
  if (i == 0 || base::is_digit(text[i - 1])) return false;  // 10:11, 1:200, "1:" of a list
  return i + 1 == text.size() || text[i + 1] != U'/';       // no address
}

Span without_spaces_around(const std::u32string& text, Span span) {
  while (span.begin < span.end && base::is_space(text[span.begin])) ++span.begin;
  while (span.end > span.begin && base::is_space(text[span.end - 1])) --span.end;
  return span;
}

std::u32string_view view(const std::u32string& text, Span span) {
  return std::u32string_view(text).substr(span.begin, span.end - span.begin);
}

// "签发单位 Issued by", "签发单位Issued by": Chinese characters, then Latin words.
bool is_two_language_key(std::u32string_view key) {
  std::size_t han = 0;
  while (han < key.size() && base::is_han(key[han])) ++han;
  const std::u32string_view latin = key.substr(han);
  const bool is_latin = std::all_of(latin.begin(), latin.end(), [](char32_t c) {
    return base::is_latin_letter(c) || base::is_space(c) || c == U'.' || c == U'/';
  });
  return han >= 2 && han <= kLimits.unknown_key && is_latin && latin.size() <= kLimits.latin_key;
}

bool is_plausible_key(std::u32string_view key) {
  if (key.empty() || base::is_digit(key.front())) return false;
  std::size_t han = 0;
  std::size_t others = 0;
  for (const char32_t c : key) {
    if (is_sentence_mark(c) || c == U'、' || c == U'】' || c == U'【') return false;
    if (!base::is_space(c)) ++(base::is_han(c) ? han : others);
  }
  if (is_field_name(key)) return true;
  if (han > 0 && is_two_language_key(key)) return true;
  return han > 0 ? han + others <= kLimits.unknown_key : others <= kLimits.latin_key;
}

// Length of the field's name that ends the text, or of several with strokes between them: "性别/年龄".
std::size_t field_names_at_end(std::u32string_view text) {
  std::size_t length = field_name_at_end(text);
  while (length > 0 && length + 1 < text.size()) {
    const char32_t before = text[text.size() - length - 1];
    if (before != U'/' && before != U'／') break;
    const std::size_t more = field_name_at_end(text.substr(0, text.size() - length - 1));
    if (more == 0) break;
    length += 1 + more;
  }
  return length;
}

struct FoundKey {
  Span key;
  std::size_t value = 0;  // where the value begins
  bool is_known = false;
};

// Length of "15:17" or "15:17:09" at the start of the text; 0 where there is none.
std::size_t end_of_clock(std::u32string_view text) {
  std::size_t end = 0;
  std::size_t parts = 0;
  for (std::size_t i = 0; i + 1 < text.size() && base::is_digit(text[i]) && base::is_digit(text[i + 1]);) {
    end = i + 2;
    ++parts;
    if (end >= text.size() || !is_colon(text[end])) break;
    i = end + 1;
  }
  return parts >= 2 ? end : 0;
}

// The key in front of a colon. `region` reaches from the last boundary to the colon; `behind_value` says that another
// pair's value may fill its beginning.
std::optional<Span> key_in(const std::u32string& text, Span region, bool behind_value) {
  region = without_spaces_around(text, region);
  const std::u32string_view words = view(text, region);
  if (words.empty()) return std::nullopt;
  const std::size_t known = field_names_at_end(words);
  if (!behind_value) {
    if (is_plausible_key(words)) return region;
    return known > 0 ? std::optional(Span{region.end - known, region.end}) : std::nullopt;
  }
  const std::size_t space = words.find_last_of(U" ");
  const Span last_word{space == std::u32string_view::npos ? region.begin : region.begin + space + 1, region.end};
  const std::size_t last_length = last_word.end - last_word.begin;
  if (known > 0) {
    // A longer compound of the name ("取材时间") counts where a space sets it apart from the value before it.
    const bool is_bilingual = known > last_length || is_field_name(view(text, {region.end - known, region.end}));
    const bool holds_other_value = is_bilingual && base::is_latin_letter(text[region.end - known]);
    const bool compound = space != std::u32string_view::npos && last_length > known && !holds_other_value &&
                          is_plausible_key(view(text, last_word));
    return compound ? last_word : Span{region.end - known, region.end};
  }
  const std::size_t clock = end_of_clock(view(text, last_word));
  const Span behind_clock{last_word.begin + clock, last_word.end};
  if (clock > 0 && !behind_clock.is_empty() && is_plausible_key(view(text, behind_clock))) return behind_clock;
  if (space != std::u32string_view::npos && last_length >= 2 && is_plausible_key(view(text, last_word)))
    return last_word;
  return std::nullopt;
}

std::u32string without_spaces(std::u32string_view text) {
  std::u32string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char32_t c) { return !base::is_space(c); });
  return out;
}

// The key with the one character before the piece that begins its name, where the name is spread over its cell
// ("姓      名：").
Span with_spread_begin(const RowCharacters& row, Span piece, Span key) {
  if (key.begin != piece.begin || is_field_name(view(row.text, key))) return key;
  for (const Span& before : row.pieces) {
    const Span lone = without_spaces_around(row.text, before);
    if (lone.end > piece.begin || lone.end - lone.begin != 1) continue;
    if (!without_spaces_around(row.text, {lone.end, piece.begin}).is_empty()) continue;
    const Span whole{lone.begin, key.end};
    if (is_field_name(without_spaces(view(row.text, whole)))) return whole;
  }
  return key;
}

// Keys of one piece, by their colons.
void add_keys_at_colons(const RowCharacters& row, Span piece, std::vector<FoundKey>& keys) {
  std::size_t boundary = piece.begin;
  bool behind_value = false;
  for (std::size_t i = piece.begin; i < piece.end; ++i) {
    if (!is_key_colon(row.text, i)) continue;
    const std::optional<Span> key = key_in(row.text, {boundary, i}, behind_value);
    if (!key.has_value()) continue;
    const Span whole = boundary == piece.begin ? with_spread_begin(row, piece, *key) : *key;
    keys.push_back({whole, i + 1, is_field_name(without_spaces(view(row.text, whole)))});
    boundary = i + 1;
    behind_value = true;
  }
}

// The name of a field at the start of a piece that has lost its colon: the whole piece, or followed by a space.
std::optional<FoundKey> key_without_colon(const RowCharacters& row, Span piece) {
  const std::u32string_view words = view(row.text, piece);
  const std::size_t length = field_name_at_start(words);
  if (length < 2) return std::nullopt;
  const std::size_t end = piece.begin + length;
  if (end < piece.end && !base::is_space(row.text[end])) return std::nullopt;
  return FoundKey{{piece.begin, end}, end, true};
}

// A field's name with its value right behind it, in a row where every piece begins so: a grid that prints no colons.
std::vector<FoundKey> keys_of_grid(const RowCharacters& row, FieldContext context) {
  std::vector<FoundKey> keys;
  for (const Span& piece : row.pieces) {
    const std::size_t length = field_name_at_start(view(row.text, piece));
    if (length < 2) return {};
    keys.push_back({{piece.begin, piece.begin + length}, piece.begin + length, true});
  }
  const bool beside_grid = context == FieldContext::kBesideGrid && row.text.size() <= kLimits.unknown_value &&
                           !has_report_title_ending(row.text);
  return keys.size() >= 2 || beside_grid ? keys : std::vector<FoundKey>{};
}

// Names of fields with their values between them and no colon, where recognition lost the gaps: 姓名周某性别女年龄47岁.
std::vector<FoundKey> keys_run_together(const RowCharacters& row, FieldContext context) {
  const std::u32string& text = row.text;
  const bool has_marks = std::any_of(text.begin(), text.end(), [](char32_t c) { return is_sentence_mark(c); });
  if (has_marks || text.size() > kLimits.run_together || field_name_at_start(text) < 2) return {};
  std::vector<FoundKey> keys;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = field_name_at_start(std::u32string_view(text).substr(i));
    const bool has_value = keys.empty() || i > keys.back().value;
    if (length < 2 || !has_value) {
      ++i;
      continue;
    }
    keys.push_back({{i, i + length}, i + length, true});
    i += length;
  }
  const auto is_word = [](char32_t c) { return base::is_han(c) || base::is_latin_letter(c) || base::is_digit(c); };
  const bool ends_in_value = !keys.empty() && keys.back().value < text.size();
  for (std::size_t k = 0; k < keys.size(); ++k) {
    const std::size_t end = k + 1 < keys.size() ? keys[k + 1].key.begin : text.size();
    if (std::none_of(text.begin() + static_cast<std::ptrdiff_t>(keys[k].value),
                     text.begin() + static_cast<std::ptrdiff_t>(end), is_word))
      return {};
  }
  const std::size_t least = context == FieldContext::kAlone ? 3 : 2;
  return ends_in_value && keys.size() >= least ? keys : std::vector<FoundKey>{};
}

// Pieces of a row of names without colons that no list names, but that are made as their neighbours are: a short
// Chinese word, then one value of letters and digits.
void add_unknown_keys(const RowCharacters& row, std::vector<FoundKey>& bare) {
  for (const Span& piece : row.pieces) {
    const bool is_known =
        std::any_of(bare.begin(), bare.end(), [&](const FoundKey& key) { return key.key.begin == piece.begin; });
    if (is_known || bare.size() < kLimits.grid_fields) continue;
    std::size_t han = piece.begin;
    while (han < piece.end && base::is_han(row.text[han])) ++han;
    const std::size_t length = han - piece.begin;
    if (length < 2 || length > kLimits.grid_key || han >= piece.end) continue;
    const Span value = without_spaces_around(row.text, {han, piece.end});
    const bool is_code = std::all_of(row.text.begin() + static_cast<std::ptrdiff_t>(value.begin),
                                     row.text.begin() + static_cast<std::ptrdiff_t>(value.end), [](char32_t c) {
                                       return base::is_digit(c) || base::is_latin_letter(c) || c == U'-' || c == U'/';
                                     });
    if (!value.is_empty() && is_code) bare.push_back({{piece.begin, han}, han, false});
  }
}

std::vector<FoundKey> keys_of(const RowCharacters& row, FieldContext context) {
  std::vector<FoundKey> keys;
  std::vector<FoundKey> bare;
  for (const Span& piece : row.pieces) {
    const std::size_t before = keys.size();
    add_keys_at_colons(row, piece, keys);
    const bool starts_with_key = keys.size() > before && keys[before].key.begin == piece.begin;
    if (starts_with_key) continue;
    if (const std::optional<FoundKey> key = key_without_colon(row, piece); key.has_value()) bare.push_back(*key);
  }
  // A word alone proves nothing: names without a colon count beside other fields only.
  if (keys.size() + bare.size() >= 2) {
    if (keys.empty()) add_unknown_keys(row, bare);
    keys.insert(keys.end(), bare.begin(), bare.end());
  }
  if (keys.empty()) keys = keys_of_grid(row, context);
  if (std::none_of(row.text.begin(), row.text.end(), is_colon)) {
    if (auto more = keys_run_together(row, context); more.size() > keys.size()) keys = std::move(more);
  }
  std::sort(keys.begin(), keys.end(), [](const FoundKey& a, const FoundKey& b) { return a.key.begin < b.key.begin; });
  return keys;
}

bool is_blank_line(char32_t c) { return c == U'_' || c == U'＿'; }

bool starts_with_date(std::u32string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && base::is_digit(text[digits])) ++digits;
  return digits == 4 && text.size() > 5 && (text[4] == U'-' || text[4] == U'/' || text[4] == U'.' || text[4] == U'年');
}

// Where a date begins that stands behind a filled or blank value and is no part of it; the value's end where there is
// none.
std::size_t stray_date(const std::u32string& text, Span value) {
  for (std::size_t i = value.begin + 1; i + 5 < value.end; ++i) {
    const bool may_begin = base::is_space(text[i - 1]) || base::is_han(text[i - 1]);
    if (may_begin && starts_with_date(view(text, {i, value.end}))) {
      const Span before = without_spaces_around(text, {value.begin, i});
      const bool blank = std::all_of(text.begin() + static_cast<std::ptrdiff_t>(before.begin),
                                     text.begin() + static_cast<std::ptrdiff_t>(before.end), is_blank_line);
      const bool name = before.end - before.begin <= 4 && base::is_han(text[before.begin]);
      if (before.begin < before.end && (blank || name)) return i;
    }
  }
  return value.end;
}

// Where the number of the page begins behind a value and a wide gap; the value's end where there is none.
std::size_t page_number_in(const RowCharacters& row, Span value) {
  const Span last = without_spaces_around(row.text, row.pieces.back());
  return last.begin > value.begin && last.end == value.end && is_page_number(view(row.text, last)) ? last.begin
                                                                                                   : value.end;
}

RunText slice_of(const RowCharacters& row, Span span) {
  return slice(row.content, row.bytes[span.begin], row.bytes[span.end]);
}

FieldRow pairs_of(const RowCharacters& row, const std::vector<FoundKey>& keys) {
  FieldRow out;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    Span value{keys[i].value, i + 1 < keys.size() ? keys[i + 1].key.begin : row.text.size()};
    value = without_spaces_around(row.text, value);
    const std::size_t date = std::min(stray_date(row.text, value), page_number_in(row, value));
    KeyValue pair{slice_of(row, keys[i].key), slice_of(row, {value.begin, date}), keys[i].is_known};
    out.pairs.push_back(std::move(pair));
    if (date < value.end) out.rest.push_back(slice_of(row, {date, value.end}));
  }
  return out;
}

bool is_prose_value(const std::u32string& value, bool is_last) {
  if (value.empty()) return false;
  if (value.find(U'。') != std::u32string::npos) return true;
  if (!is_last && is_sentence_mark(value.back())) return true;
  return std::count_if(value.begin(), value.end(), is_sentence_mark) > 2;
}

bool values_fit(const FieldRow& row) {
  for (std::size_t i = 0; i < row.pairs.size(); ++i) {
    const KeyValue& pair = row.pairs[i];
    const std::u32string value = base::decode_utf8(pair.value.text);
    if (is_prose_value(value, i + 1 == row.pairs.size())) return false;
    if (value.size() > (pair.key_is_known ? kLimits.known_value : kLimits.unknown_value)) return false;
  }
  return true;
}

bool single_pair_fits(const KeyValue& pair, FieldContext context) {
  const std::u32string key = base::decode_utf8(pair.key.text);
  const std::u32string value = base::decode_utf8(pair.value.text);
  if (value.size() > kLimits.single_value) return false;
  if (value.empty() && is_section_word(key)) return false;
  if (context != FieldContext::kAlone) return pair.key_is_known || key.size() <= kLimits.unknown_key;
  return pair.key_is_known && !is_section_word(key);
}

base::Rect bounds_of_runs(const RunText& text) {
  base::Rect box;
  for (const document::TextRun& run : text.runs) box = base::united(box, run.bbox);
  return box;
}

// A number of letters and digits ("B769155"), which a narrow cell breaks anywhere.
bool is_number_code(std::string_view text) {
  const auto is_code = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_code) && text.back() >= '0' && text.back() <= '9';
}

// "21:49", "21:49:05": what a narrow cell breaks off a date.
bool is_time(std::string_view text) {
  const auto is_part = [](char c) { return (c >= '0' && c <= '9') || c == ':'; };
  const auto colon = text.find(':');
  return text.size() >= 4 && text.size() <= 8 && (colon == 1 || colon == 2) &&
         std::all_of(text.begin(), text.end(), is_part);
}

// "2024-06-07 15:40"
bool ends_in_time(std::string_view text) {
  const std::size_t space = text.rfind(' ');
  return space != std::string_view::npos && space >= 8 && is_time(text.substr(space + 1));
}

// The pair whose value a piece below goes on with.
std::optional<std::size_t> wrapping_pair(const FieldRow& fields, const Fragment& piece) {
  for (std::size_t i = fields.pairs.size(); i-- > 0;) {
    const base::Rect key = bounds_of_runs(fields.pairs[i].key);
    const base::Rect value = bounds_of_runs(fields.pairs[i].value);
    if (piece.bbox.x0 < key.x0 - 0.5 * piece.size) continue;
    const double next = i + 1 < fields.pairs.size() ? bounds_of_runs(fields.pairs[i + 1].key).x0 : piece.bbox.x1 + 1;
    const double value_left = value == base::Rect{} ? key.x1 : value.x0;
    const bool under_value = piece.bbox.x0 > value_left - 0.7 * piece.size && value_left - key.x0 > 1.5 * piece.size;
    // The last cell of a row has no right neighbour that bounds it: its piece must stand under the key.
    const bool under_key = std::abs(piece.bbox.x0 - key.x0) < 0.7 * piece.size;
    const bool in_cell = fields.pairs.size() > 1 && (i + 1 < fields.pairs.size() || under_key);
    // What would have fitted on the value's own line was not wrapped: a heading below the fields.
    const bool had_room = !under_value && i + 1 < fields.pairs.size() && value != base::Rect{} &&
                          value.x1 + piece.bbox.width() + kLimits.wrapped_room * piece.size < next;
    // A section's word has no cell to be wrapped in behind the last pair, and a heading is set larger than the fields.
    const bool is_heading = piece.bbox.height() > kLimits.heading_height * key.height() ||
                            (i + 1 == fields.pairs.size() && is_section_word(piece.text));
    const bool short_piece = piece.text.size() <= kLimits.wrapped_piece && !starts_entry(piece.text) && !had_room &&
                             !is_heading && field_name_at_start(piece.text) < 2;
    return short_piece && piece.bbox.x1 < next && (under_value || in_cell) ? std::optional(i) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<FieldRow> field_row_of(std::span<const Fragment> fragments, const Row& row, FieldContext context) {
  const RowCharacters characters = characters_of(fragments, row);
  const std::vector<FoundKey> keys = keys_of(characters, context);
  if (keys.empty()) return std::nullopt;
  // Text in front of the first key: the row is something else, unless it is a mark or a date.
  const Span lead = without_spaces_around(characters.text, {0, keys.front().key.begin});
  if (lead.end - lead.begin > 1 && !starts_with_date(view(characters.text, lead))) return std::nullopt;
  FieldRow out = pairs_of(characters, keys);
  out.is_grid = std::none_of(characters.text.begin(), characters.text.end(), is_colon);
  if (lead.end - lead.begin > 1) out.rest.insert(out.rest.begin(), slice_of(characters, lead));
  if (!values_fit(out)) return std::nullopt;
  if (out.pairs.size() == 1 && !single_pair_fits(out.pairs.front(), context)) return std::nullopt;
  const bool any_known =
      std::any_of(out.pairs.begin(), out.pairs.end(), [](const KeyValue& p) { return p.key_is_known; });
  if (out.pairs.size() > 1 && !any_known && context == FieldContext::kAlone && row.fragments.size() < 2)
    return std::nullopt;
  return out;
}

bool append_wrapped_values(FieldRow& fields, const Row& row, const Row& below, std::span<const Fragment> fragments) {
  const bool times = std::all_of(below.fragments.begin(), below.fragments.end(),
                                 [&](std::size_t index) { return is_time(fragments[index].content.text); });
  const double most = times ? kLimits.wrapped_time_gap : kLimits.wrapped_gap;
  if (below.bbox.y0 - row.bbox.y1 > most * row.size) return false;
  std::vector<std::pair<std::size_t, std::size_t>> additions;  // pair, fragment
  for (const std::size_t index : below.fragments) {
    const std::optional<std::size_t> pair = wrapping_pair(fields, fragments[index]);
    if (!pair.has_value()) return false;
    // A date with its time is whole.
    if (ends_in_time(fields.pairs[*pair].value.text) && !times) return false;
    additions.emplace_back(*pair, index);
  }
  for (const auto& [pair, index] : additions) {
    RunText& value = fields.pairs[pair].value;
    const bool one_number = is_number_code(value.text) && is_number_code(fragments[index].content.text);
    append_text(value, fragments[index].content, one_number ? Join::kDirect : Join::kLine);
  }
  return true;
}

bool is_field_grid(const document::Table& table) {
  std::size_t filled = 0;
  std::size_t fields = 0;
  for (const document::TableCell& cell : table.cells) {
    const std::u32string text = base::decode_utf8(cell.text);
    if (text.empty()) continue;
    ++filled;
    const std::size_t length = field_name_at_start(text);
    const std::size_t colon = std::min(text.find(U'：'), text.find(U':'));
    const bool labelled =
        colon != std::u32string::npos && field_name_at_end(std::u32string_view(text).substr(0, colon)) > 0;
    if (labelled || (length >= 2 && length < text.size())) ++fields;
  }
  return filled >= 2 && fields * 10 >= filled * 7;
}

document::Block block_of(const KeyValue& pair) {
  document::Block block;
  block.type = document::BlockType::kKeyValue;
  RunText text;
  const std::u32string key = base::decode_utf8(pair.key.text);
  const bool has_han = std::any_of(key.begin(), key.end(), base::is_han);
  for (std::size_t i = 0; i < key.size(); ++i) {
    const bool is_between_words =
        i > 0 && i + 1 < key.size() && base::is_latin_letter(key[i - 1]) && base::is_latin_letter(key[i + 1]);
    if (!base::is_space(key[i]) || !has_han || is_between_words) base::append_utf8(text.text, key[i]);
  }
  if (!pair.key.runs.empty()) {
    document::TextRun run = pair.key.runs.front();
    for (const document::TextRun& other : pair.key.runs) {
      run.bbox = base::united(run.bbox, other.bbox);
      run.confidence = std::min(run.confidence, other.confidence);
    }
    const bool unchanged = pair.key.runs.size() == 1 && text.text == pair.key.text;
    if (!unchanged) {
      run.character_edges.clear();
      run.character_confidences.clear();
    }
    run.begin = 0;
    run.end = text.text.size();
    text.runs.push_back(std::move(run));
  }
  block.key_size = text.text.size();
  const std::u32string value = base::decode_utf8(pair.value.text);
  const bool is_latin = std::none_of(key.begin(), key.end(), base::is_full_width) &&
                        std::none_of(value.begin(), value.end(), base::is_full_width);
  const bool is_latin_key = std::any_of(key.begin(), key.end(), base::is_latin_letter);
  text.text += is_latin && is_latin_key ? ": " : "：";
  block.value_offset = text.text.size();
  append_text(text, pair.value, Join::kDirect);
  block.text = std::move(text.text);
  block.runs = std::move(text.runs);
  return block;
}

}  // namespace medmark::structure
