// Names of fields in a row of print: by colons, by gaps, by the lists of known names, and where recognition lost both.
//
// Positions are code points of the row's text. Internal to key_values. Pure functions, thread-safe.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "structure/page/fragments.hpp"
#include "structure/page/key_values.hpp"
#include "structure/text/line_text.hpp"

namespace medmark::structure {

// Lengths in code points.
struct KeyLimits {
  std::size_t unknown_value = 24;  // of a key that no list names
  std::size_t unknown_key = 10;
  std::size_t latin_key = 28;
  std::size_t run_together = 64;  // a row of pairs that lost its gaps
  std::size_t grid_fields = 2;    // known names of a row without colons that speak for another
  std::size_t grid_key = 5;
};
inline constexpr KeyLimits kKeyLimits;

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

struct FoundKey {
  Span key;
  std::size_t value = 0;  // where the value begins
  bool is_known = false;
};

[[nodiscard]] RowCharacters characters_of(std::span<const Fragment> fragments, const Row& row);

[[nodiscard]] std::u32string_view view(const std::u32string& text, Span span);
[[nodiscard]] Span without_spaces_around(const std::u32string& text, Span span);

[[nodiscard]] bool is_colon(char32_t c);
// 。；，！？;!?: what ends a clause of prose.
[[nodiscard]] bool is_sentence_mark(char32_t c);

// The keys of a row from the left; empty where it names no field.
[[nodiscard]] std::vector<FoundKey> keys_of(const RowCharacters& row, FieldContext context);

}  // namespace medmark::structure
