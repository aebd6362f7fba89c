#include "structure/page/key_values.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"
#include "structure/page/field_keys.hpp"
#include "structure/page/furniture.hpp"
#include "structure/page/paragraphs.hpp"

namespace medmark::structure {
namespace {

// Lengths in code points unless said otherwise.
struct FieldLimits {
  std::size_t known_value = 60;  // the address is the longest value that stands on one line
  double wrapped_gap = 1.1;      // ems of white between the lines of a wrapped value
  // "21:49" alone under "2024-04-04", or "5" under "住院号：98234", can be nothing else: in forms set with double lines
  // too.
  double wrapped_part_gap = 1.6;
  std::size_t wrapped_piece = 24;
  double heading_height = 1.15;   // of the key's height; recognised boxes are off by 8 % each
  double wrapped_room = 2.5;      // ems; grids keep up to two free between a value and the next key
  std::size_t single_value = 36;  // of a pair alone in its row
};
constexpr FieldLimits kLimits;

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
    if (value.size() > (pair.key_is_known ? kLimits.known_value : kKeyLimits.unknown_value)) return false;
  }
  return true;
}

bool single_pair_fits(const KeyValue& pair, FieldContext context) {
  const std::u32string key = base::decode_utf8(pair.key.text);
  const std::u32string value = base::decode_utf8(pair.value.text);
  if (value.size() > kLimits.single_value) return false;
  if (value.empty() && is_section_word(key)) return false;
  if (context != FieldContext::kAlone) return pair.key_is_known || key.size() <= kKeyLimits.unknown_key;
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

// Whether every piece below is digits under a value of digits.
bool is_rest_of_numbers(const FieldRow& fields, const Row& below, std::span<const Fragment> fragments) {
  return std::all_of(below.fragments.begin(), below.fragments.end(), [&](std::size_t index) {
    const Fragment& piece = fragments[index];
    const std::optional<std::size_t> pair = wrapping_pair(fields, piece);
    if (!pair.has_value() || !is_number_code(piece.content.text)) return false;
    const RunText& value = fields.pairs[*pair].value;
    return is_number_code(value.text) && piece.bbox.x0 > bounds_of_runs(value).x0 - 0.7 * piece.size;
  });
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
  const bool goes_on = times || is_rest_of_numbers(fields, below, fragments);
  const double most = goes_on ? kLimits.wrapped_part_gap : kLimits.wrapped_gap;
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
