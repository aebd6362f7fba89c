#include "structure/page/field_keys.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "structure/lexicon/lexicon.hpp"
#include "structure/page/paragraphs.hpp"

namespace medmark::structure {

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

Span without_spaces_around(const std::u32string& text, Span span) {
  while (span.begin < span.end && base::is_space(text[span.begin])) ++span.begin;
  while (span.end > span.begin && base::is_space(text[span.end - 1])) --span.end;
  return span;
}

std::u32string_view view(const std::u32string& text, Span span) {
  return std::u32string_view(text).substr(span.begin, span.end - span.begin);
}

namespace {

bool is_key_colon(const std::u32string& text, std::size_t i) {
  if (!is_colon(text[i])) return false;
  if (i == 0 || base::is_digit(text[i - 1])) return false;  // 10:11, 1:200, "1:" of a list
  return i + 1 == text.size() || text[i + 1] != U'/';       // no address
}

// "签发单位 Issued by", "签发单位Issued by": Chinese characters, then Latin words.
bool is_two_language_key(std::u32string_view key) {
  std::size_t han = 0;
  while (han < key.size() && base::is_han(key[han])) ++han;
  const std::u32string_view latin = key.substr(han);
  const bool is_latin = std::all_of(latin.begin(), latin.end(), [](char32_t c) {
    return base::is_latin_letter(c) || base::is_space(c) || c == U'.' || c == U'/';
  });
  return han >= 2 && han <= kKeyLimits.unknown_key && is_latin && latin.size() <= kKeyLimits.latin_key;
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
  return han > 0 ? han + others <= kKeyLimits.unknown_key : others <= kKeyLimits.latin_key;
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
  const bool beside_grid = context == FieldContext::kBesideGrid && row.text.size() <= kKeyLimits.unknown_value &&
                           !has_report_title_ending(row.text);
  return keys.size() >= 2 || beside_grid ? keys : std::vector<FoundKey>{};
}

// Names of fields with their values between them and no colon, where recognition lost the gaps: 姓名周某性别女年龄47岁.
std::vector<FoundKey> keys_run_together(const RowCharacters& row, FieldContext context) {
  const std::u32string& text = row.text;
  const bool has_marks = std::any_of(text.begin(), text.end(), [](char32_t c) { return is_sentence_mark(c); });
  if (has_marks || text.size() > kKeyLimits.run_together || field_name_at_start(text) < 2) return {};
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
    if (is_known || bare.size() < kKeyLimits.grid_fields) continue;
    std::size_t han = piece.begin;
    while (han < piece.end && base::is_han(row.text[han])) ++han;
    const std::size_t length = han - piece.begin;
    if (length < 2 || length > kKeyLimits.grid_key || han >= piece.end) continue;
    const Span value = without_spaces_around(row.text, {han, piece.end});
    const bool is_code = std::all_of(row.text.begin() + static_cast<std::ptrdiff_t>(value.begin),
                                     row.text.begin() + static_cast<std::ptrdiff_t>(value.end), [](char32_t c) {
                                       return base::is_digit(c) || base::is_latin_letter(c) || c == U'-' || c == U'/';
                                     });
    if (!value.is_empty() && is_code) bare.push_back({{piece.begin, han}, han, false});
  }
}

}  // namespace

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

}  // namespace medmark::structure
